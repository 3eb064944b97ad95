//! What is said in a conversation.

use serde::{Deserialize, Serialize};

use crate::api::attachment::Attachment;
use crate::api::id::{MessageId, Prefixed};
use crate::api::moment::Moment;
use crate::call::SaidEvent;
use crate::event::{AgentKind, Author, PrivateKind, PublicKind};
use crate::file::File;
use crate::ids::{AgentId, ConversationId};
use crate::text::MessageText;

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
    /// What it says: plain text, lines ended by line feeds. Empty where it is a file, or was deleted; earlier texts are kept
    /// nowhere.
    pub text: String,
    /// The earlier message or note of the conversation that it answers.
    pub reply_to: Option<Prefixed<MessageId>>,
    /// Whether its author has changed the text since.
    pub edited: bool,
    /// Whether its author has deleted it.
    pub deleted: bool,
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

/// What there is of a message.
enum Said {
    Text(MessageText),
    File(File),
    /// It was deleted.
    Nothing,
}

impl Message {
    /// What an event says; `None` if nobody says anything in it.
    #[must_use]
    pub fn of(conversation: ConversationId, said: SaidEvent) -> Option<Self> {
        let SaidEvent { event, answers } = said;
        if !event.is_said() {
            return None;
        }
        let (kind, said, edited) = match event.kind {
            AgentKind::Public(PublicKind::Message { text, edited, .. }) => {
                (MessageKind::Reply, Said::Text(text), edited)
            }
            AgentKind::Private(PrivateKind::Note { text, edited, .. }) => {
                (MessageKind::Note, Said::Text(text), edited)
            }
            AgentKind::Public(PublicKind::Deleted { .. }) => (MessageKind::Reply, Said::Nothing, false),
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) => (MessageKind::Note, Said::Nothing, false),
            AgentKind::Public(PublicKind::File(file)) => (MessageKind::Reply, Said::File(file), false),
            AgentKind::Private(PrivateKind::File(file)) => (MessageKind::Note, Said::File(file), false),
            AgentKind::Public(
                PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::Rated(_),
            )
            | AgentKind::Private(
                PrivateKind::NoteEdited { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
            ) => return None,
        };
        let deleted = matches!(said, Said::Nothing);
        let (text, file) = match said {
            Said::Text(text) => (text.into(), None),
            Said::File(file) => (String::new(), Some(file)),
            Said::Nothing => (String::new(), None),
        };
        Some(Self {
            id: Prefixed(MessageId::of(conversation, event.seq)),
            conversation_id: Prefixed(conversation),
            kind,
            author: event.author.into(),
            text,
            reply_to: answers.map(|seq| Prefixed(MessageId::of(conversation, seq))),
            edited,
            deleted,
            attachments: file.into_iter().map(Attachment::from).collect(),
            created_at: Moment(event.at),
        })
    }
}
