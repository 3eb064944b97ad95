//! What a workspace keeps of each conversation so that agents find it.

use serde::{Deserialize, Serialize};

use crate::event::{AgentEvent, AgentKind, Author, PrivateKind, PublicKind, Status};
use crate::file::File;
use crate::handling::Placement;
use crate::identity::VisitorIdentity;
use crate::ids::{ConversationId, Epoch, SiteId, VisitorId};
use crate::limits::PREVIEW_CHARACTERS;
use crate::seq::{Seq, Timestamp};
use crate::text::MessageText;

/// What a conversation tells its workspace: the whole present state, so that telling it twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationDigest {
    /// The life of the log this was read from.
    pub epoch: Epoch,
    /// Grows with every change of the digest; an older one is ignored.
    pub revision: u64,
    /// What agents are shown.
    pub entry: IndexEntry,
}

/// A row of the agents' list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The site it began on.
    pub site: SiteId,
    /// Who it is with.
    pub visitor: VisitorId,
    /// Where it stands.
    pub status: Status,
    /// When something was last said or done in it.
    pub active_at: Timestamp,
    /// What was said last.
    pub preview: Option<Preview>,
    /// Messages of the visitor that no agent has read.
    pub unread: u32,
    /// When it began.
    pub began_at: Timestamp,
    /// What is known of the visitor, by proof or by their page's word.
    pub identity: Option<VisitorIdentity>,
    /// Where it lies with the team.
    pub placement: Placement,
}

impl IndexEntry {
    /// Where the entry stands in the list.
    #[must_use]
    pub const fn position(&self) -> IndexPosition {
        IndexPosition { active_at: self.active_at, conversation: self.conversation }
    }
}

/// A place in the list of conversations, which runs from the most recently active to the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexPosition {
    /// When something last happened.
    pub active_at: Timestamp,
    /// Orders what happened at the same moment.
    pub conversation: ConversationId,
}

/// The beginning of the last message; empty if it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Who wrote it.
    pub author: Author,
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// At most [`PREVIEW_CHARACTERS`], on one line, without marks.
    pub text: String,
}

impl Preview {
    /// Cuts a message to one short line without marks.
    #[must_use]
    pub fn of(author: Author, seq: Seq, text: &MessageText) -> Self {
        let line = markup::plain(text.as_str()).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if line.chars().count() > PREVIEW_CHARACTERS {
            line.chars().take(PREVIEW_CHARACTERS - 1).chain(['…']).collect()
        } else {
            line
        };
        Self { author, seq, text }
    }

    /// What is left of a message that was deleted.
    #[must_use]
    pub const fn deleted(author: Author, seq: Seq) -> Self {
        Self { author, seq, text: String::new() }
    }

    /// What stands in the list for an event; `None` if that is no message that both sides see.
    #[must_use]
    pub fn of_event(event: &AgentEvent) -> Option<Self> {
        let said = event.is_said();
        match &event.kind {
            AgentKind::Public(PublicKind::Message { text, .. }) => {
                Some(Self::of(event.author.clone(), event.seq, text))
            }
            AgentKind::Public(PublicKind::Deleted { .. }) if said => {
                Some(Self::deleted(event.author.clone(), event.seq))
            }
            AgentKind::Public(PublicKind::File(file)) => {
                Some(Self::of_file(event.author.clone(), event.seq, file))
            }
            AgentKind::Public(_) | AgentKind::Private(_) => None,
        }
    }

    /// What stands in the list for an event of a private chat; `None` if nothing is said in it.
    #[must_use]
    pub fn of_private_event(event: &AgentEvent) -> Option<Self> {
        let author = event.author.clone();
        match &event.kind {
            AgentKind::Private(PrivateKind::Note { text, .. }) => Some(Self::of(author, event.seq, text)),
            AgentKind::Private(PrivateKind::File(file)) => Some(Self::of_file(author, event.seq, file)),
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) if event.is_said() => {
                Some(Self::deleted(author, event.seq))
            }
            AgentKind::Public(_) | AgentKind::Private(_) => None,
        }
    }

    /// A file by its name.
    #[must_use]
    pub fn of_file(author: Author, seq: Seq, file: &File) -> Self {
        Self { author, seq, text: file.name.as_str().to_owned() }
    }
}
