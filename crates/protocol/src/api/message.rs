//! What is said in a conversation.

use serde::{Deserialize, Serialize};

use crate::api::attachment::Attachment;
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
    /// What they wrote: plain text, lines ended by line feeds. Empty where they sent a file.
    pub text: String,
    /// The files that they sent.
    pub attachments: Vec<Attachment>,
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
        let (kind, text, file) = match event.kind {
            AgentKind::Public(PublicKind::Message { text }) => (MessageKind::Reply, text.into(), None),
            AgentKind::Private(PrivateKind::Note { text }) => (MessageKind::Note, text.into(), None),
            AgentKind::Public(PublicKind::File(file)) => (MessageKind::Reply, String::new(), Some(file)),
            AgentKind::Private(PrivateKind::File(file)) => (MessageKind::Note, String::new(), Some(file)),
            AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened) => return None,
        };
        Some(Self {
            id: Prefixed(MessageId::of(conversation, event.seq)),
            conversation_id: Prefixed(conversation),
            kind,
            author: event.author.into(),
            text,
            attachments: file.into_iter().map(Attachment::from).collect(),
            created_at: Moment(event.at),
        })
    }
}
