//! Something that is asked of the server when a page is opened.

use core::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Load<T> {
    /// The server has not answered.
    Waiting,
    /// It is here.
    Here(T),
    /// The server refused, or could not be asked.
    Failed(Failure),
}

/// A value that comes from the server.
pub(crate) struct Loaded<T: Send + Sync + 'static>(RwSignal<Load<T>>);

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loaded<T> {
    /// Begins without asking.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Load::Waiting))
    }

    /// Asks; what is known stays until there is an answer.
    pub(crate) fn ask(self, request: impl Future<Output = Result<T, Failure>> + 'static) {
        if matches!(self.0.get_untracked(), Load::Failed(_)) {
            self.0.set(Load::Waiting);
        }
        spawn_local(async move {
            match request.await {
                Ok(value) => self.put(value),
                Err(failure) => {
                    let is_here = self.0.try_with_untracked(|load| matches!(load, Load::Here(_)));
                    if is_here == Some(false) || failure.is_out_of_reach() {
                        self.0.try_set(Load::Failed(failure));
                    }
                }
            }
        });
    }

    /// Takes a value that the server told elsewhere.
    pub(crate) fn put(self, value: T) {
        self.0.try_set(Load::Here(value));
    }

    /// What is known, tracked, with the value read.
    pub(crate) fn map<A>(self, read: impl FnOnce(&T) -> A) -> Load<A> {
        self.0.with(|load| match load {
            Load::Waiting => Load::Waiting,
            Load::Here(value) => Load::Here(read(value)),
            Load::Failed(failure) => Load::Failed(*failure),
        })
    }

    /// The value, tracked, if it is here.
    pub(crate) fn value(self) -> Option<T> {
        self.0.with(Load::value)
    }

    /// The value, untracked, if it is here.
    pub(crate) fn value_untracked(self) -> Option<T> {
        self.0.with_untracked(Load::value)
    }

    /// Changes the value, if it is here.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        self.0.try_update(|load| {
            if let Load::Here(value) = load {
                change(value);
            }
        });
    }
}

impl<T: Clone> Load<T> {
    fn value(&self) -> Option<T> {
        match self {
            Self::Here(value) => Some(value.clone()),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}
