//! What a person chose for this browser.

use gloo::storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use protocol::WorkspaceId;

use crate::model::density::Density;

const SHORTCUTS: &str = "porchlight:inbox:shortcuts";
const DENSITY: &str = "porchlight:inbox:density";
const WORKSPACE: &str = "porchlight:inbox:workspace";

/// The settings, as signals.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// Whether single keys do something (WCAG 2.1.4 asks for a way to turn them off).
    pub(crate) shortcuts: RwSignal<bool>,
    /// How close together what is on screen stands.
    pub(crate) density: RwSignal<Density>,
}

impl Settings {
    /// Reads what was chosen earlier; a browser without storage has the defaults.
    pub(crate) fn load() -> Self {
        let density = LocalStorage::get::<String>(DENSITY).unwrap_or_default();
        let settings = Self {
            shortcuts: RwSignal::new(LocalStorage::get(SHORTCUTS).unwrap_or(true)),
            density: RwSignal::new(Density::of_tag(&density)),
        };
        Effect::new(move || {
            if let Some(page) = document().document_element() {
                // An attribute of this name can always be set.
                let _ = page.set_attribute("data-density", settings.density.get().tag());
            }
        });
        settings
    }

    /// Turns single keys on or off.
    pub(crate) fn set_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        // Without storage the choice holds until the tab is closed.
        let _ = LocalStorage::set(SHORTCUTS, on);
    }

    /// Chooses how close together what is on screen stands.
    pub(crate) fn set_density(self, density: Density) {
        self.density.set(density);
        let _ = LocalStorage::set(DENSITY, density.tag());
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
