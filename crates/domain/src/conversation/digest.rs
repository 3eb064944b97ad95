//! What the workspace is told of a conversation.

use protocol::{ConversationDigest, ConversationId, IndexEntry};

use super::outcome::Write;
use super::state::Conversation;

impl Conversation {
    /// Grows with everything that changes the digest: both positions only ever grow.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.head().0.saturating_add(self.read.agents.0)
    }

    /// Whether the workspace has yet to be told.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.revision() > self.told
    }

    /// The present state for the workspace's index; `None` before the conversation has begun.
    #[must_use]
    pub fn digest(&self, conversation: ConversationId) -> Option<ConversationDigest> {
        let identity = self.identity?;
        Some(ConversationDigest {
            epoch: identity.epoch,
            revision: self.revision(),
            entry: IndexEntry {
                conversation,
                site: identity.site,
                visitor: identity.visitor,
                status: self.status,
                active_at: self.lines.last().map_or(identity.began_at, |line| line.at),
                preview: self.preview.clone(),
                unread: self.unread(),
            },
        })
    }

    /// What is stored once the workspace has taken a digest.
    #[must_use]
    pub const fn told(digest: &ConversationDigest) -> Write {
        Write::Told { revision: digest.revision }
    }
}
