//! Private chats: what agents ask for when they gather.

use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, ConversationId, Nonce};

/// Begins a private chat, or finds the one that two people have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivateChatDraft {
    /// With whom: with one person, or with those of a group.
    pub with: Vec<AgentId>,
    /// Of a group.
    pub group: Option<GroupDraft>,
}

/// What a group begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupDraft {
    /// What it is called.
    pub name: String,
    /// Chosen once per intent: asking again finds the group that was begun.
    pub nonce: Nonce,
}

/// The chat that was begun or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateChatAnswer {
    /// Which.
    pub conversation: ConversationId,
}

/// Adds somebody to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivateChatMember {
    /// Whom.
    pub agent: AgentId,
}

/// Gives a group another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivateChatName {
    /// Which.
    pub name: String,
}
