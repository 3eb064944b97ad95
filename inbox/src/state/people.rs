//! The people and teams of the workspace, as far as the list and the threads need them: who is called what.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AgentId, AgentProfile, Availability, TeamEntry, TeamId, WorkspaceId};

use super::feed::FeedState;
use crate::api::workspace as api;

/// Everybody, by name.
#[derive(Clone, Copy)]
pub(crate) struct Colleagues {
    workspace: WorkspaceId,
    everybody: RwSignal<Vec<AgentProfile>>,
    feed: FeedState,
    teams: Memo<Vec<TeamEntry>>,
}

impl Colleagues {
    /// Begins to ask.
    pub(crate) fn load(workspace: WorkspaceId, feed: FeedState) -> Self {
        let teams =
            Memo::new(move |_| feed.with(|view| view.map(|view| view.teams.clone()).unwrap_or_default()));
        let colleagues = Self { workspace, everybody: RwSignal::new(Vec::new()), feed, teams };
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

    /// Every team, tracked.
    pub(crate) fn teams(self) -> Vec<TeamEntry> {
        self.teams.try_get().unwrap_or_default()
    }

    /// What a team is called, tracked; nothing for one that was removed.
    pub(crate) fn team(self, team: TeamId) -> Option<String> {
        self.teams
            .try_with(|all| all.iter().find(|one| one.team.id == team).map(|one| one.team.name.clone()))?
    }

    /// How available somebody is, tracked.
    pub(crate) fn available(self, agent: AgentId) -> Availability {
        self.feed.with(|view| view.and_then(|view| view.available.get(&agent).copied()).unwrap_or_default())
    }
}
