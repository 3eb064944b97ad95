//! Teams: made, named and removed by who manages people, and told to every feed at once.

use std::collections::BTreeSet;

use domain::workspace::{draw_team, entries_of_teams};
use protocol::call::WorkspaceAnswer;
use protocol::http::team::{TeamDraft, TeamList};
use protocol::http::workspace::AuditChange;
use protocol::{AgentId, Code, FeedFrame, Team, TeamEntry, TeamId};
use store::Database;
use store::workspace::WorkspaceStore;

use super::asking::Asking;
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

/// Every team.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::Teams(TeamList { teams: stored(platform, asking.store.teams())? }))
}

/// Every team with what lies with it.
pub(super) fn told<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
) -> Result<Vec<TeamEntry>, Code> {
    let teams = stored(platform, store.teams())?;
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entries_of_teams(teams, &stored(platform, store.team_tallies())?))
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Makes a team.
    pub(super) fn make_team<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        draft: &TeamDraft,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let there = stored(platform, asking.store.teams())?;
        let id = TeamId::from_bytes(platform.random()?);
        let team = draw_team(id, draft, &there, &people(platform, &asking.store)?)?;
        asking.note(platform, &AuditChange::TeamMade { name: team.name.clone() })?;
        self.keep_team(platform, asking, team)
    }

    /// Says anew what a team is called and who is in it.
    pub(super) fn change_team<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        id: TeamId,
        draft: &TeamDraft,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let there = stored(platform, asking.store.teams())?;
        there.iter().find(|team| team.id == id).ok_or(Code::NotFound)?;
        let team = draw_team(id, draft, &there, &people(platform, &asking.store)?)?;
        if there.contains(&team) {
            return Ok(WorkspaceAnswer::Team(team));
        }
        asking.note(platform, &AuditChange::TeamChanged { name: team.name.clone() })?;
        let members = there.into_iter().filter(|one| one.id == id).flat_map(|one| one.members);
        let left: Vec<_> = members.filter(|member| !team.members.contains(member)).collect();
        let answer = self.keep_team(platform, asking, team)?;
        for member in left {
            self.route_all_of(platform, &asking.store, Some(member), Some(id))?;
        }
        self.route_all_of(platform, &asking.store, None, Some(id))?;
        Ok(answer)
    }

    fn keep_team<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        team: Team,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        stored(platform, asking.store.keep_team(&team))?;
        self.tell_teams(platform, &asking.store)?;
        self.tell_filters(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Team(team))
    }

    /// Removes a team: what was with it is with none (SPEC TM3).
    pub(super) fn remove_team<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        id: TeamId,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let there = stored(platform, asking.store.teams())?;
        let team = there.into_iter().find(|team| team.id == id).ok_or(Code::NotFound)?;
        asking.note(platform, &AuditChange::TeamRemoved { name: team.name })?;
        stored(platform, asking.store.remove_team(id))?;
        self.ways = None;
        self.tell_teams(platform, &asking.store)?;
        self.tell_filters(platform, &asking.store)?;
        self.route_all_of(platform, &asking.store, None, None)?;
        Ok(WorkspaceAnswer::Done)
    }

    /// Tells every feed which teams there are, who is in them and what lies with them.
    pub(super) fn tell_teams<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        if self.has_feeds(platform) {
            let teams = told(platform, store)?;
            self.tell_all(platform, &FeedFrame::Teams { teams });
        }
        Ok(())
    }
}

fn people<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
) -> Result<BTreeSet<AgentId>, Code> {
    Ok(stored(platform, store.members())?.iter().map(domain::workspace::Member::id).collect())
}
