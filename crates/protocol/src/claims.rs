//! What signed credentials state. Signing and checking is `domain`'s.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::ids::{ConversationId, Nonce, SiteId, VisitorId, WorkspaceId};
use crate::seq::Timestamp;

/// A visitor's token: who they are, and the conversation they may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorClaims {
    /// The workspace of the site.
    pub workspace: WorkspaceId,
    /// The site.
    pub site: SiteId,
    /// The visitor.
    pub visitor: VisitorId,
    /// The conversation.
    pub conversation: ConversationId,
    /// When the token stops being good.
    pub expires_at: Timestamp,
}

/// An agent's ticket: opens one socket, once, within [`crate::limits::TICKET_MS`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentTicket {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The agent.
    pub agent: AgentProfile,
    /// What they may do.
    pub role: Role,
    /// The one object that accepts it.
    pub target: SocketTarget,
    /// Seen once by that object.
    pub nonce: Nonce,
    /// When the ticket stops being good.
    pub expires_at: Timestamp,
}

/// What a socket is opened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SocketTarget {
    /// The feed of the agent's workspace.
    Feed,
    /// One conversation.
    Conversation(ConversationId),
}

/// What an agent may do in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Owner,
    /// Answer visitors.
    Agent,
}
