//! What the workspace is told of a conversation.

use protocol::{ConversationDigest, ConversationId, IndexEntry};

use super::outcome::Write;
use super::revision::Revision;
use super::state::Conversation;

impl Conversation {
    /// Grows with everything that changes the digest, and exceeds what the workspace is known to know of marks that are
    /// lost.
    #[must_use]
    pub fn revision(&self) -> u64 {
        let told = Revision::from_number(self.told());
        Revision::following(told, self.head(), self.marks_for_agents().agents).number()
    }

    /// Whether the workspace has yet to be told.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.identity.is_some() && self.revision() > self.told()
    }

    /// What is to be stored before the workspace is told, so that a conversation which a crash has set back to what is
    /// stored knows that it has news, under a revision beyond all that was told (SPEC WS8).
    ///
    /// Nothing, as long as the log has grown since the workspace was last known to know it, which storage shows by
    /// itself. `is_in_doubt` if the conversation was loaded as it is from storage alone: whoever had it in memory before
    /// may have told more.
    #[must_use]
    pub fn vouch(&self, is_in_doubt: bool) -> Option<Write> {
        let (head, marks) = (self.head(), self.marks_for_agents());
        let told = Revision::from_number(self.told());
        let is_told_of_lost_marks = told > Revision::of(head, told.doubts, marks.agents);
        let settled = self.settled();
        let stored = Revision::from_number(settled.told);
        let shows_no_news = stored == Revision::of(head, stored.doubts, settled.marks.agents);
        let is_needed = is_in_doubt || is_told_of_lost_marks || shows_no_news;
        is_needed.then(|| Write::Settle { marks, told: told.doubted(head).number() })
    }

    /// What is to be stored with a change that neither the log nor a mark shows, or that the workspace has forgotten, so that
    /// it hears of it.
    #[must_use]
    pub fn announce(&self) -> Write {
        let told = Revision::from_number(self.told());
        Write::Settle { marks: self.marks_for_agents(), told: told.doubted(self.head()).number() }
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
                began_at: identity.began_at,
                identity: self.who.clone(),
                placement: self.placement(),
            },
        })
    }
}
