//! What is said in a conversation.

use serde::{Deserialize, Serialize};

use crate::api::id::{MessageId, Prefixed};
use crate::api::moment::Moment;
use crate::event::{AgentEvent, AgentKind, Author, PrivateKind, PublicKind};
use crate::ids::{AgentId, ConversationId};

/// A message or a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Its id. The ids of a conversation's messages sort as the messages do.
    pub id: Prefixed<MessageId>,
    /// In which conversation.
    pub conversation_id: Prefixed<ConversationId>,
    /// Who sees it.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// What it says: plain text, lines ended by line feeds. Empty if it was deleted; earlier texts are kept nowhere.
    pub text: String,
    /// Whether its author has changed the text since.
    pub edited: bool,
    /// Whether its author has deleted it.
    pub deleted: bool,
    /// When it was stored.
    pub created_at: Moment,
}

/// Who sees a message. More kinds may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Visitor and agents.
    Reply,
    /// Agents only.
    Note,
}

/// Who wrote something. More types may be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MessageAuthor {
    /// The visitor of the conversation.
    Visitor {},
    /// An agent.
    Agent {
        /// Who.
        id: Prefixed<AgentId>,
        /// The name they had then.
        name: String,
    },
    /// The product itself.
    System {},
}

impl From<Author> for MessageAuthor {
    fn from(author: Author) -> Self {
        match author {
            Author::Visitor => Self::Visitor {},
            Author::Agent(profile) => Self::Agent { id: Prefixed(profile.id), name: profile.name },
            Author::System => Self::System {},
        }
    }
}

impl Message {
    /// What an event says; `None` if nobody says anything in it.
    #[must_use]
    pub fn of(conversation: ConversationId, event: AgentEvent) -> Option<Self> {
        if !event.is_said() {
            return None;
        }
        let (kind, text, edited) = match event.kind {
            AgentKind::Public(PublicKind::Message { text, edited, .. }) => {
                (MessageKind::Reply, Some(text), edited)
            }
            AgentKind::Private(PrivateKind::Note { text, edited, .. }) => {
                (MessageKind::Note, Some(text), edited)
            }
            AgentKind::Public(PublicKind::Deleted { .. }) => (MessageKind::Reply, None, false),
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) => (MessageKind::Note, None, false),
            AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened | PublicKind::Edited { .. })
            | AgentKind::Private(PrivateKind::NoteEdited { .. }) => return None,
        };
        Some(Self {
            id: Prefixed(MessageId::of(conversation, event.seq)),
            conversation_id: Prefixed(conversation),
            kind,
            author: event.author.into(),
            deleted: text.is_none(),
            text: text.map(String::from).unwrap_or_default(),
            edited,
            created_at: Moment(event.at),
        })
    }
}
