//! How conversations find the agents who see to them, without anybody handing them out.

use serde::{Deserialize, Serialize};

/// By which way conversations are given to agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentWay {
    /// By people only.
    #[default]
    ByHand,
    /// To who got one the longest time ago.
    RoundRobin,
    /// To who has the fewest that are open.
    LeastBusy,
}

impl AssignmentWay {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::ByHand, Self::RoundRobin, Self::LeastBusy];
}

/// How conversations of a team are given to its agents, or those of no team to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// By which way.
    pub way: AssignmentWay,
    /// With how many open conversations nobody is given another; without one, however many they have.
    pub limit: Option<u16>,
}
