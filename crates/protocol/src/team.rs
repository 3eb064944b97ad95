//! Teams of a workspace: some of its people under a name.

use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, SiteId, TeamId};

/// A team, as everybody of the workspace sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// What it is called.
    pub name: String,
    /// Who is in it, in the order of ids; somebody may be in several.
    pub members: Vec<AgentId>,
}

/// A team with what lies with it, as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamEntry {
    /// The team.
    pub team: Team,
    /// How many open conversations it has of each site that has any.
    pub open: Vec<TeamCount>,
}

/// How many open conversations of a site lie with a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamCount {
    /// Of which site.
    pub site: SiteId,
    /// How many.
    pub open: u32,
}
