//! What the workspace is told of a conversation.

use protocol::{ConversationDigest, ConversationId, IndexEntry};

use super::state::Conversation;

/// Read marks are told apart up to this one, and a log up to its counterpart: together below 2^53.
const MOST_MARKED: u64 = (1 << 26) - 1;

const MOST_EVENTS: u64 = (1 << 27) - 1;

impl Conversation {
    /// Grows with everything that changes the digest: with the log first, so that a mark that a crash took away holds
    /// back no later news.
    #[must_use]
    pub fn revision(&self) -> u64 {
        let marks = self.marks_for_agents().agents.0.min(MOST_MARKED);
        self.head().0.min(MOST_EVENTS).saturating_mul(MOST_MARKED.saturating_add(1)).saturating_add(marks)
    }

    /// Whether the workspace has yet to be told.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.revision() > self.told()
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
                status: self.status(),
                active_at: self.newest_line().map_or(identity.began_at, |line| line.at),
                preview: self.preview.clone(),
                unread: self.unread(),
            },
        })
    }
}
