//! Whether agents are there: what each chooses, and what the others see of it.

use serde::{Deserialize, Serialize};

use crate::ids::AgentId;

/// What an agent says of themselves; kept with the workspace, so that it follows them over their devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AvailabilityChoice {
    /// There while the inbox is open and somebody uses it, away by itself otherwise.
    #[default]
    Online,
    /// Away, whatever they do.
    Away,
    /// At work, and to everybody else as if they were not.
    Invisible,
}

impl AvailabilityChoice {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Online, Self::Away, Self::Invisible];
}

/// What is seen of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// The inbox is open nowhere, as far as others can tell.
    #[default]
    Offline,
    /// It is open, and nobody uses it, or they said so.
    Away,
    /// It is open and used.
    Online,
}

/// Who is how available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentAvailability {
    /// Who.
    pub agent: AgentId,
    /// How.
    pub availability: Availability,
}
