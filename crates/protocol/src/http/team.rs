//! Teams, as those who manage people make them.

use serde::{Deserialize, Serialize};

use crate::ids::AgentId;
use crate::team::Team;

/// Makes a team, or says anew what it is called and who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamDraft {
    /// Its name.
    pub name: String,
    /// Who is in it: people of the workspace.
    pub members: Vec<AgentId>,
}

/// The teams of a workspace, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamList {
    /// At most [`crate::limits::TEAMS`].
    pub teams: Vec<Team>,
}
