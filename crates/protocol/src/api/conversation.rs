//! Conversations with visitors.

use serde::Serialize;

use crate::api::id::{MessageId, Prefixed};
use crate::api::message::MessageAuthor;
use crate::api::moment::Moment;
use crate::event::Status;
use crate::ids::{ConversationId, SiteId, VisitorId};
use crate::index::IndexEntry;

/// A conversation with a visitor.
///
/// In lists it can be some seconds old; read alone it is as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conversation {
    /// Its id.
    pub id: Prefixed<ConversationId>,
    /// The site it began on.
    pub site_id: Prefixed<SiteId>,
    /// Who it is with.
    pub contact_id: Prefixed<VisitorId>,
    /// Where it stands.
    pub status: Status,
    /// When it began.
    pub created_at: Moment,
    /// When something was last said or done in it.
    pub last_activity_at: Moment,
    /// Messages of the visitor that no agent has read.
    pub unread_count: u32,
    /// What visitor or agents said last.
    pub last_message: Option<LastMessage>,
}

/// The beginning of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LastMessage {
    /// Its id.
    pub id: Prefixed<MessageId>,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// At most 120 characters of it, on one line.
    pub preview: String,
}

impl From<IndexEntry> for Conversation {
    fn from(entry: IndexEntry) -> Self {
        let last_message = entry.preview.map(|preview| LastMessage {
            id: Prefixed(MessageId::of(entry.conversation, preview.seq)),
            author: preview.author.into(),
            preview: preview.text,
        });
        Self {
            id: Prefixed(entry.conversation),
            site_id: Prefixed(entry.site),
            contact_id: Prefixed(entry.visitor),
            status: entry.status,
            created_at: Moment(entry.began_at),
            last_activity_at: Moment(entry.active_at),
            unread_count: entry.unread,
            last_message,
        }
    }
}
