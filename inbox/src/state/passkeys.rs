//! The one question for a passkey that a page may have open: a browser refuses a second one.

use leptos::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// The question; it ends with the page.
#[derive(Clone, Copy)]
pub(crate) struct PasskeyAsked(StoredValue<Option<AbortController>, LocalStorage>);

impl PasskeyAsked {
    /// Nothing is asked.
    pub(crate) fn new() -> Self {
        let asked = Self(StoredValue::new_local(None));
        on_cleanup(move || asked.withdraw());
        asked
    }

    /// Takes back what is asked, for another question; `None` where the page is gone.
    pub(crate) fn begin(self) -> Option<AbortSignal> {
        self.withdraw();
        let controller = AbortController::new().ok()?;
        let signal = controller.signal();
        self.0.try_update_value(|asked| *asked = Some(controller))?;
        Some(signal)
    }

    /// Takes back what is asked.
    pub(crate) fn withdraw(self) {
        if let Some(controller) = self.0.try_update_value(Option::take).flatten() {
            controller.abort();
        }
    }
}
