//! What a person chose for this browser.

use gloo::storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use protocol::WorkspaceId;

const SHORTCUTS: &str = "porchlight:inbox:shortcuts";
const WORKSPACE: &str = "porchlight:inbox:workspace";

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

    /// The workspace that was used last.
    pub(crate) fn last_workspace(self) -> Option<WorkspaceId> {
        LocalStorage::get(WORKSPACE).ok()
    }

    /// Notes which workspace is used.
    pub(crate) fn use_workspace(self, workspace: WorkspaceId) {
        // Without storage the first page is a choice.
        let _ = LocalStorage::set(WORKSPACE, workspace);
    }
}
