//! Durable facts of a conversation, each with a position.

use serde::{Deserialize, Serialize};

use crate::file::File;
use crate::handling::Handling;
use crate::ids::{AgentId, ClientMessageId};
use crate::private_chat::Gathering;
use crate::rating::Rating;
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
    /// Whether somebody says something in it, or did before they deleted it: a message, a note or a file.
    #[must_use]
    pub fn is_said(&self) -> bool {
        match &self.kind {
            AgentKind::Public(PublicKind::Message { .. }) | AgentKind::Private(PrivateKind::Note { .. }) => {
                true
            }
            AgentKind::Public(PublicKind::Deleted { of })
            | AgentKind::Private(PrivateKind::NoteDeleted { of }) => *of == self.client_message_id,
            AgentKind::Public(
                PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::Rated(_),
            )
            | AgentKind::Private(
                PrivateKind::NoteEdited { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
            ) => false,
            AgentKind::Public(PublicKind::File(_)) | AgentKind::Private(PrivateKind::File(_)) => true,
        }
    }
}

/// What visitors and agents see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicKind {
    /// Somebody wrote.
    Message {
        /// What they wrote, or what they have changed it to.
        text: MessageText,
        /// Whether they have changed it since.
        edited: bool,
        /// The earlier one that it answers, if it answers one.
        reply_to: Option<MessageName>,
    },
    /// An agent resolved the conversation, or the visitor ended it.
    Resolved,
    /// The conversation is open again: an agent reopened it, or the visitor wrote.
    Reopened,
    /// The author has changed an earlier message of theirs.
    Edited {
        /// The id of that message.
        of: ClientMessageId,
        /// What it says. Whoever reads this later is told what the message says by then.
        text: MessageText,
    },
    /// The author has deleted an earlier message of theirs.
    ///
    /// The message itself, and whatever had edited it, is read as this from then on: its text is nowhere any more.
    Deleted {
        /// The id of that message.
        of: ClientMessageId,
    },
    /// Somebody sent a file.
    File(File),
    /// The visitor has rated the conversation after its end; the newest rating counts.
    Rated(Rating),
}

/// What only agents see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateKind {
    /// An agent wrote to the other agents.
    Note {
        /// What they wrote, or what they have changed it to.
        text: MessageText,
        /// Whether they have changed it since.
        edited: bool,
        /// The earlier one that it answers, if it answers one.
        reply_to: Option<MessageName>,
    },
    /// The author has changed an earlier note of theirs: as [`PublicKind::Edited`].
    NoteEdited {
        /// The id of that note.
        of: ClientMessageId,
        /// What it says.
        text: MessageText,
    },
    /// The author has deleted an earlier note of theirs: as [`PublicKind::Deleted`].
    NoteDeleted {
        /// The id of that note.
        of: ClientMessageId,
    },
    /// An agent sent a file to the other agents.
    File(File),
    /// An agent handled the conversation, or Porchlight took it up again when its time had come.
    Handled(Handling),
    /// Among whom a private chat is has changed.
    Gathered(Box<Gathering>),
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

impl PublicKind {
    /// Where the conversation stands after it; `None` if that stays as it is.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self {
            Self::Resolved => Some(Status::Resolved),
            Self::Reopened => Some(Status::Open),
            Self::Message { .. }
            | Self::Edited { .. }
            | Self::Deleted { .. }
            | Self::File(_)
            | Self::Rated(_) => None,
        }
    }
}

impl AgentKind {
    /// As [`PublicKind::status`].
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self {
            Self::Public(kind) => kind.status(),
            Self::Private(PrivateKind::Handled(step)) => step.status(),
            Self::Private(
                PrivateKind::Note { .. }
                | PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }

    /// The step of handling that it is, if it is one.
    #[must_use]
    pub const fn handling(&self) -> Option<&Handling> {
        match self {
            Self::Private(PrivateKind::Handled(step)) => Some(step),
            Self::Public(_)
            | Self::Private(
                PrivateKind::Note { .. }
                | PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }
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

/// Names a message for good, to both sides alike, without a word of where in the log it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageName {
    /// Who wrote it.
    pub by: Writer,
    /// The id that they chose.
    pub id: ClientMessageId,
}

impl MessageName {
    /// The name of what an author has written; Porchlight itself writes nothing.
    #[must_use]
    pub const fn of(author: &Author, id: ClientMessageId) -> Option<Self> {
        match author {
            Author::Visitor => Some(Self { by: Writer::Visitor, id }),
            Author::Agent(profile) => Some(Self { by: Writer::Agent(profile.id), id }),
            Author::System => None,
        }
    }
}

/// Who writes messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writer {
    /// The visitor of the conversation.
    Visitor,
    /// An agent.
    Agent(AgentId),
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
    /// Laid aside until the visitor writes.
    Pending,
    /// Laid aside until a time, or until the visitor writes before it.
    Snoozed,
}

impl Status {
    /// What the visitor is told: that their conversation is laid aside is the team's to know.
    #[must_use]
    pub const fn for_visitor(self) -> Self {
        match self {
            Self::Open | Self::Pending | Self::Snoozed => Self::Open,
            Self::Resolved => Self::Resolved,
        }
    }
}
