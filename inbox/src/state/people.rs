//! The people of the workspace, as far as the list and the threads need them: who is called what.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AgentId, AgentProfile, WorkspaceId};

use crate::api::workspace as api;

/// Everybody, by name.
#[derive(Clone, Copy)]
pub(crate) struct Colleagues {
    workspace: WorkspaceId,
    everybody: RwSignal<Vec<AgentProfile>>,
}

impl Colleagues {
    /// Begins to ask.
    pub(crate) fn load(workspace: WorkspaceId) -> Self {
        let colleagues = Self { workspace, everybody: RwSignal::new(Vec::new()) };
        colleagues.refresh();
        colleagues
    }

    /// Asks again; what is known stays until there is an answer.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            let Ok(people) = api::people(self.workspace).await else { return };
            let everybody: Vec<_> = people.agents.into_iter().map(|person| person.agent).collect();
            if self.everybody.try_get_untracked().is_some_and(|known| known != everybody) {
                self.everybody.try_set(everybody);
            }
        });
    }

    /// Everybody, tracked.
    pub(crate) fn all(self) -> Vec<AgentProfile> {
        self.everybody.get()
    }

    /// What somebody is called, tracked; nothing for whoever does not belong to the workspace.
    pub(crate) fn name(self, agent: AgentId) -> Option<String> {
        self.everybody.with(|all| all.iter().find(|one| one.id == agent).map(|one| one.name.clone()))
    }
}
