//! The canned responses that the person can use, loaded when they are first needed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::canned::Canned;
use protocol::{CannedId, WorkspaceId};

use crate::api::canned as api;

/// Those of one workspace.
#[derive(Clone, Copy)]
pub(crate) struct CannedBox {
    workspace: WorkspaceId,
    all: RwSignal<Vec<Canned>>,
    is_asked: StoredValue<bool>,
}

impl CannedBox {
    /// Asks for nothing yet.
    pub(crate) fn new(workspace: WorkspaceId) -> Self {
        Self { workspace, all: RwSignal::new(Vec::new()), is_asked: StoredValue::new(false) }
    }

    /// All that are known, tracked.
    pub(crate) fn all(self) -> Vec<Canned> {
        self.all.get()
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
                Ok(list) => drop(self.all.try_set(list.responses)),
                Err(_) => drop(self.is_asked.try_set_value(false)),
            }
        });
    }

    /// One was used: it counts.
    pub(crate) fn used(self, id: CannedId) {
        self.all.update(|all| {
            if let Some(response) = all.iter_mut().find(|response| response.id == id) {
                response.used = response.used.saturating_add(1);
            }
        });
        spawn_local(async move {
            // What is not counted is no loss.
            let _ = api::used(self.workspace, id).await;
        });
    }
}
