//! The canned responses and macros that the person can use, loaded when they are first needed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::canned::Canned;
use protocol::{CannedId, WorkspaceId};

use crate::api::canned as api;
use crate::model::macros::AskedMacro;

/// Those of one workspace.
#[derive(Clone, Copy)]
pub(crate) struct CannedBox {
    workspace: WorkspaceId,
    all: RwSignal<Option<Vec<Canned>>>,
    is_asked: StoredValue<bool>,
    /// What the person is asked about macros, in the conversation on screen.
    pub(crate) macros: RwSignal<Option<AskedMacro>>,
}

impl CannedBox {
    /// Asks for nothing yet.
    pub(crate) fn new(workspace: WorkspaceId) -> Self {
        let is_asked = StoredValue::new(false);
        Self { workspace, all: RwSignal::new(None), is_asked, macros: RwSignal::new(None) }
    }

    /// All that are known, tracked.
    pub(crate) fn all(self) -> Vec<Canned> {
        self.all.get().unwrap_or_default()
    }

    /// The macros that are known, tracked; nothing before the server has answered.
    pub(crate) fn known_macros(self) -> Option<Vec<Canned>> {
        self.all.with(|all| Some(all.as_ref()?.iter().filter(|one| one.is_macro()).cloned().collect()))
    }

    /// Asks the server, unless it was asked; what cannot be had is asked for the next time.
    pub(crate) fn load_once(self) {
        if self.is_asked.get_value() {
            return;
        }
        self.is_asked.set_value(true);
        self.load();
    }

    /// Asks the server.
    pub(crate) fn load(self) {
        spawn_local(async move {
            match api::list(self.workspace).await {
                Ok(list) => drop(self.all.try_set(Some(list.responses))),
                Err(_) => drop(self.is_asked.try_set_value(false)),
            }
        });
    }

    /// One was used: it counts.
    pub(crate) fn used(self, id: CannedId) {
        self.all.update(|all| {
            let found = all.iter_mut().flatten().find(|response| response.id == id);
            if let Some(response) = found {
                response.used = response.used.saturating_add(1);
            }
        });
        spawn_local(async move {
            // What is not counted is no loss.
            let _ = api::used(self.workspace, id).await;
        });
    }
}
