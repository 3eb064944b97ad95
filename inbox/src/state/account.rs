//! Who is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::account::Me;

use crate::api::{Failure, account as api};

/// What is known of the person at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The server was not asked, or has not answered.
    Unknown,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn(Me),
    /// The server could not be asked.
    Failed(Failure),
}

/// The signed-in person, for all pages.
#[derive(Clone, Copy)]
pub(crate) struct Account(RwSignal<Standing>);

impl Account {
    /// Begins without asking.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Standing::Unknown))
    }

    /// What is known, tracked.
    pub(crate) fn get(self) -> Standing {
        self.0.get()
    }

    /// Whether the server has yet to be asked, untracked.
    pub(crate) fn is_unknown(self) -> bool {
        self.0.get_untracked() == Standing::Unknown
    }

    /// The signed-in person, tracked.
    pub(crate) fn me(self) -> Option<Me> {
        self.0.with(Standing::me)
    }

    /// The signed-in person, untracked.
    pub(crate) fn me_untracked(self) -> Option<Me> {
        self.0.with_untracked(Standing::me)
    }

    /// Asks the server, unless it has said that somebody is signed in.
    pub(crate) fn load(self) {
        if matches!(self.0.get_untracked(), Standing::SignedIn(_)) {
            return;
        }
        self.0.set(Standing::Unknown);
        self.refresh();
    }

    /// Asks the server again; what is known stays until it has answered.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            match api::me().await {
                Ok(me) => self.put(me),
                Err(failure) if failure.is_signed_out() => self.forget(Standing::SignedOut),
                Err(failure) if self.me_untracked().is_none() => self.forget(Standing::Failed(failure)),
                Err(_) => {}
            }
        });
    }

    /// Takes what the server said of the person.
    pub(crate) fn put(self, me: Me) {
        self.forget(Standing::SignedIn(me));
    }

    /// Takes note that a session began, ended, or was found to have ended.
    pub(crate) fn forget(self, standing: Standing) {
        if self.0.get_untracked() != standing {
            self.0.set(standing);
        }
    }
}

impl Standing {
    fn me(&self) -> Option<Me> {
        match self {
            Self::SignedIn(me) => Some(me.clone()),
            Self::Unknown | Self::SignedOut | Self::Failed(_) => None,
        }
    }
}
