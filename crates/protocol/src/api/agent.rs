//! The people who answer.

use serde::Serialize;

use crate::api::id::Prefixed;
use crate::api::moment::Moment;
use crate::http::workspace::AgentView;
use crate::ids::AgentId;
use crate::permission::Role;

/// Somebody who belongs to the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// Their id, the same as long as they belong to the workspace.
    pub id: Prefixed<AgentId>,
    /// The name they show.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they are.
    pub role: AgentRole,
    /// Since when they belong to the workspace.
    pub joined_at: Moment,
}

/// What an agent is. More may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentRole {
    /// May do everything.
    Owner,
    /// May do everything but hand over or delete the workspace.
    Admin,
    /// Answers visitors.
    Agent,
    /// A role that the workspace made itself.
    Custom,
}

impl From<AgentView> for Agent {
    fn from(view: AgentView) -> Self {
        let AgentView { agent, email, role, joined_at } = view;
        let role = match role {
            Role::Owner => AgentRole::Owner,
            Role::Admin => AgentRole::Admin,
            Role::Agent => AgentRole::Agent,
            Role::Custom(_) => AgentRole::Custom,
        };
        Self { id: Prefixed(agent.id), name: agent.name, email, role, joined_at: Moment(joined_at) }
    }
}
