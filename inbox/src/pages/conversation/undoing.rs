//! What was done last, for as long as it can be taken back.

use core::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

/// For how long that is.
const UNDO: Duration = Duration::from_secs(10);

/// The words on it, and what takes it back.
pub(super) struct Undoing<T: Send + Sync + 'static> {
    done: RwSignal<Option<(String, T)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<T: Send + Sync + 'static> Clone for Undoing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Undoing<T> {}

impl<T: Clone + Send + Sync + 'static> Undoing<T> {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        });
        Self { done: RwSignal::new(None), timer }
    }

    /// Says what was done, and offers to take it back if there is a way.
    pub(super) fn offer(self, text: String, back: Option<T>) {
        self.done.try_set(back.map(|back| (text, back)));
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || drop(self.done.try_set(None)), UNDO);
        self.timer.try_set_value(timer.ok());
    }

    /// What takes it back, once.
    pub(super) fn take(self) -> Option<T> {
        let (_, back) = self.done.get_untracked()?;
        self.done.set(None);
        Some(back)
    }

    /// The words, tracked.
    pub(super) fn text(self) -> Option<String> {
        self.done.with(|done| done.as_ref().map(|(text, _)| text.clone()))
    }
}
