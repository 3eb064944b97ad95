//! What a person chose for this browser.

use gloo::storage::{LocalStorage, Storage as _};
use leptos::prelude::*;

const SHORTCUTS: &str = "porchlight:inbox:shortcuts";

/// The settings, as signals.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// Whether single keys do something (WCAG 2.1.4 asks for a way to turn them off).
    pub(crate) shortcuts: RwSignal<bool>,
}

impl Settings {
    /// Reads what was chosen earlier; a browser without storage has the defaults.
    pub(crate) fn load() -> Self {
        Self { shortcuts: RwSignal::new(LocalStorage::get(SHORTCUTS).unwrap_or(true)) }
    }

    /// Turns single keys on or off.
    pub(crate) fn set_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        // Without storage the choice holds until the tab is closed.
        let _ = LocalStorage::set(SHORTCUTS, on);
    }
}
