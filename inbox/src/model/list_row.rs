//! A row of the list of conversations.

use protocol::{AgentId, Author, ConversationId, IndexEntry, Placement, Status, Timestamp};

use super::visitor_name::VisitorName;

/// All that a row shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListRow {
    /// Where the row leads.
    pub(crate) conversation: ConversationId,
    /// Who the conversation is with.
    pub(crate) visitor: VisitorName,
    /// The beginning of what was said last.
    pub(crate) preview: Option<RowPreview>,
    /// When something last happened.
    pub(crate) active_at: Timestamp,
    /// Messages that no agent has read.
    pub(crate) unread: u32,
    /// Where it stands.
    pub(crate) status: Status,
    /// Where it lies with the team.
    pub(crate) placement: Placement,
    /// Whether who looks was named in it and has not seen it since.
    pub(crate) is_mentioned: bool,
}

/// The last message in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowPreview {
    /// Who wrote it.
    pub(crate) by: PreviewBy,
    /// On one line.
    pub(crate) text: String,
}

/// Who wrote the last message, as far as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PreviewBy {
    /// The visitor: not said, the row bears their name.
    Visitor,
    /// The agent who looks at the row.
    Me,
    /// Another agent.
    Agent(String),
    /// Porchlight itself.
    System,
}

impl ListRow {
    /// Projects an entry of the feed for the agent `me`.
    pub(crate) fn of(entry: &IndexEntry, me: Option<AgentId>) -> Self {
        Self {
            conversation: entry.conversation,
            visitor: VisitorName::of(entry.visitor, entry.identity.as_ref()),
            preview: entry.preview.as_ref().map(|preview| RowPreview {
                by: PreviewBy::of(&preview.author, me),
                text: preview.text.clone(),
            }),
            active_at: entry.active_at,
            unread: entry.unread,
            status: entry.status,
            placement: entry.placement.clone(),
            is_mentioned: false,
        }
    }
}

impl PreviewBy {
    fn of(author: &Author, me: Option<AgentId>) -> Self {
        match author {
            Author::Visitor => Self::Visitor,
            Author::Agent(agent) if Some(agent.id) == me => Self::Me,
            Author::Agent(agent) => Self::Agent(agent.name.clone()),
            Author::System => Self::System,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use protocol::{AgentProfile, Preview, Seq, SiteId, VisitorId};

    use super::*;

    pub(crate) fn entry(number: u8) -> IndexEntry {
        IndexEntry {
            conversation: ConversationId::from_bytes([number; 32]),
            site: SiteId::from_bytes([1; 16]),
            visitor: VisitorId::from_bytes([number; 16]),
            status: Status::Open,
            active_at: Timestamp(i64::from(number)),
            preview: None,
            unread: 0,
            began_at: Timestamp(0),
            identity: None,
            placement: Placement::default(),
        }
    }

    #[test]
    fn ib3_a_preview_says_who_wrote_unless_it_was_the_visitor() {
        let me = AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Anna".to_owned() };
        let other = AgentProfile { id: AgentId::from_bytes([2; 16]), name: "Ben".to_owned() };
        let by = |author: Author| {
            let preview = Preview { author, seq: Seq(1), text: "hi".to_owned() };
            let entry = IndexEntry { preview: Some(preview), ..entry(1) };
            ListRow::of(&entry, Some(me.id)).preview.map(|preview| preview.by)
        };
        assert_eq!(by(Author::Visitor), Some(PreviewBy::Visitor));
        assert_eq!(by(Author::Agent(me.clone())), Some(PreviewBy::Me));
        assert_eq!(by(Author::Agent(other)), Some(PreviewBy::Agent("Ben".to_owned())));
        assert_eq!(by(Author::System), Some(PreviewBy::System));
        assert_eq!(ListRow::of(&entry(1), None).preview, None);
    }
}
