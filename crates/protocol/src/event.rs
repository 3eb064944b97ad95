//! Durable facts of a conversation, each with a position.

use serde::{Deserialize, Serialize};

use crate::file::File;
use crate::ids::{AgentId, ClientMessageId};
use crate::seq::{Seq, Timestamp};
use crate::text::MessageText;

/// A stored fact as one audience sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event<K> {
    /// Position in the sequence of the audience.
    pub seq: Seq,
    /// When the server stored it.
    pub at: Timestamp,
    /// Who caused it.
    pub author: Author,
    /// The id that its author chose; with the author it names the fact for good.
    pub client_message_id: ClientMessageId,
    /// What happened.
    pub kind: K,
}

/// An event that visitors and agents see.
pub type PublicEvent = Event<PublicKind>;

/// An event as agents see it.
pub type AgentEvent = Event<AgentKind>;

impl AgentEvent {
    /// Whether somebody says something in it: a message, a note or a file.
    #[must_use]
    pub const fn is_said(&self) -> bool {
        match &self.kind {
            AgentKind::Public(PublicKind::Message { .. }) | AgentKind::Private(PrivateKind::Note { .. }) => {
                true
            }
            AgentKind::Public(PublicKind::File(_)) | AgentKind::Private(PrivateKind::File(_)) => true,
            AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened) => false,
        }
    }
}

/// What visitors and agents see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicKind {
    /// Somebody wrote.
    Message {
        /// What they wrote.
        text: MessageText,
    },
    /// An agent resolved the conversation.
    Resolved,
    /// The conversation is open again: an agent reopened it, or the visitor wrote.
    Reopened,
    /// Somebody sent a file.
    File(File),
}

/// What only agents see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateKind {
    /// An agent wrote to the other agents.
    Note {
        /// What they wrote.
        text: MessageText,
    },
    /// An agent sent a file to the other agents.
    File(File),
}

/// What agents see: everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// The visitor sees it too.
    Public(PublicKind),
    /// The visitor does not.
    Private(PrivateKind),
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The visitor of the conversation.
    Visitor,
    /// An agent, under the name they had then.
    Agent(AgentProfile),
    /// Porchlight itself.
    System,
}

impl Author {
    /// Whether both are the same person; an agent may have changed their name.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Visitor, Self::Visitor) | (Self::System, Self::System) => true,
            (Self::Agent(one), Self::Agent(other)) => one.id == other.id,
            (Self::Visitor | Self::Agent(_) | Self::System, _) => false,
        }
    }
}

/// An agent as others see them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgentProfile {
    /// Which agent.
    pub id: AgentId,
    /// The name they show.
    pub name: String,
}

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody should answer.
    #[default]
    Open,
    /// Done, until the visitor writes again.
    Resolved,
}
