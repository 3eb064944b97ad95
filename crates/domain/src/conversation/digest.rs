//! What the workspace is told of a conversation.

use protocol::mention::is_mentioned;
use protocol::{
    AgentId, Circle, ConversationDigest, ConversationId, IndexEntry, MessageText, PrivateChatDigest, Seq,
    Unread, limits,
};

use super::outcome::Write;
use super::revision::Revision;
use super::state::{Conversation, Party};
use super::stored::{LineKind, Person, StoredEvent};

impl Conversation {
    /// Grows with everything that changes the digest, and exceeds what the workspace is known to know of marks that are
    /// lost.
    #[must_use]
    pub fn revision(&self) -> u64 {
        let told = Revision::from_number(self.told());
        Revision::following(told, self.head(), self.marks().of_agents()).number()
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
        let (head, marks) = (self.head(), self.marks());
        let told = Revision::from_number(self.told());
        let is_told_of_lost_marks = told > Revision::of(head, told.doubts, marks.of_agents());
        let settled = self.settled();
        let stored = Revision::from_number(settled.told);
        let shows_no_news = stored == Revision::of(head, stored.doubts, settled.marks.of_agents());
        let is_needed = is_in_doubt || is_told_of_lost_marks || shows_no_news;
        is_needed.then(|| Write::Settle { marks: marks.clone(), told: told.doubted(head).number() })
    }

    /// What is to be stored with a change that neither the log nor a mark shows, or that the workspace has forgotten, so that
    /// it hears of it.
    #[must_use]
    pub fn announce(&self) -> Write {
        let told = Revision::from_number(self.told());
        Write::Settle { marks: self.marks().clone(), told: told.doubted(self.head()).number() }
    }

    /// The present state for the workspace's index; `None` before the conversation has begun, and of a private chat.
    #[must_use]
    pub fn digest(&self, conversation: ConversationId) -> Option<ConversationDigest> {
        let identity = self.identity.as_ref()?;
        let Party::Visitor { site, visitor } = identity.party else { return None };
        Some(ConversationDigest {
            epoch: identity.epoch,
            revision: self.revision(),
            entry: IndexEntry {
                conversation,
                site,
                visitor,
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

    /// The present state of a private chat for its workspace, given the events of [`Self::stretch_to_count`]; `None` of any
    /// other conversation.
    #[must_use]
    pub fn private_digest(
        &self,
        conversation: ConversationId,
        newest: &[StoredEvent],
    ) -> Option<PrivateChatDigest> {
        let (identity, circle) = (self.identity.as_ref()?, self.circle()?);
        Some(PrivateChatDigest {
            epoch: identity.epoch,
            revision: self.revision(),
            conversation,
            circle: circle.clone(),
            active_at: self.newest_line().map_or(identity.began_at, |line| line.at),
            preview: self.preview.clone(),
            unread: circle.members.iter().map(|member| self.unread_of(member.id, circle, newest)).collect(),
        })
    }

    /// The stretch of the log in which is counted what each member of a private chat has not read.
    #[must_use]
    pub fn stretch_to_count(&self) -> (Seq, Seq) {
        let head = self.head();
        let marks = self.circle().into_iter().flat_map(|circle| &circle.members);
        let least = marks.map(|member| self.mark_of(member.id)).min().unwrap_or(head);
        (Seq(head.0.saturating_sub(limits::PRIVATE_CHAT_COUNTED)).max(least), head)
    }

    fn unread_of(&self, agent: AgentId, circle: &Circle, newest: &[StoredEvent]) -> Unread {
        let mark = self.mark_of(agent);
        let is_unread = |event: &&StoredEvent| {
            event.seq > mark
                && Person::of(&event.author) != Person::Agent(agent)
                && matches!(LineKind::of(&event.kind), LineKind::Note | LineKind::NoteFile)
        };
        let (mut messages, mut mentions) = (0_u32, 0_u32);
        for event in newest.iter().filter(is_unread) {
            messages = messages.saturating_add(1);
            let text = event.kind.text().map(MessageText::as_str);
            let names = text.is_some_and(|text| is_mentioned(text, agent, &circle.members));
            mentions = mentions.saturating_add(u32::from(names));
        }
        Unread { agent, messages, mentions }
    }

    fn mark_of(&self, agent: AgentId) -> Seq {
        self.marks().each.get(&agent).copied().unwrap_or_default()
    }
}
