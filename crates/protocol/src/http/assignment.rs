//! How conversations are given to agents, as those who manage people choose it.

use serde::{Deserialize, Serialize};

use crate::assignment::Assignment;
use crate::ids::TeamId;

/// How conversations are given to agents, everywhere in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignments {
    /// Those of no team.
    pub workspace: Assignment,
    /// Those of the teams for which somebody said so.
    pub teams: Vec<TeamAssignment>,
}

/// How conversations of a team are given to its agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamAssignment {
    /// Which team.
    pub team: TeamId,
    /// How.
    pub assignment: Assignment,
}
