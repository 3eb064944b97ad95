//! How conversations are given to agents, as those who manage people choose it.

use domain::workspace::tidied_assignment;
use protocol::call::WorkspaceAnswer;
use protocol::http::workspace::AuditChange;
use protocol::{Assignment, Code, TeamId};

use super::asking::Asking;
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

/// How they are, everywhere.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::Assignments(stored(platform, asking.store.ways())?.told()))
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Chooses how those of a team are, or those of none. What waits is given out by it at once.
    pub(super) fn set_assignment<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        team: Option<TeamId>,
        assignment: Assignment,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let assignment = tidied_assignment(assignment)?;
        let name = match team {
            Some(id) => {
                let teams = stored(platform, asking.store.teams())?;
                Some(teams.into_iter().find(|team| team.id == id).ok_or(Code::NotFound)?.name)
            }
            None => None,
        };
        if stored(platform, asking.store.ways())?.of(team) == assignment {
            return Ok(WorkspaceAnswer::Done);
        }
        asking.note(platform, &AuditChange::AssignmentSet { team: name, assignment })?;
        stored(platform, asking.store.keep_assignment(team, &assignment))?;
        self.route_anew(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Done)
    }
}
