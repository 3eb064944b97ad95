//! The state of a conversation: a fold over what is stored.

use std::collections::BTreeMap;

use protocol::{
    AgentKind, ClientMessageId, Epoch, OutboxId, Page, Preview, PrivateKind, PublicKind, ReadMarks, Seq,
    SiteId, Status, Timestamp, VisitorId, WorkspaceId,
};

use super::outcome::Write;
use super::stored::{Line, LineKind, Person, StoredEvent};

/// Whose conversation it is, fixed by its first message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The workspace whose agents see it.
    pub workspace: WorkspaceId,
    /// The site it began on.
    pub site: SiteId,
    /// The visitor.
    pub visitor: VisitorId,
    /// This life of the log.
    pub epoch: Epoch,
    /// When it began.
    pub began_at: Timestamp,
}

/// Which side has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The visitor.
    Visitor,
    /// The agents together.
    Agents,
}

/// A conversation as its object keeps it in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversation {
    pub(super) identity: Option<Identity>,
    pub(super) lines: Vec<Line>,
    pub(super) by_id: BTreeMap<(Person, ClientMessageId), Seq>,
    pub(super) numbers: BTreeMap<(Person, OutboxId), u64>,
    pub(super) status: Status,
    pub(super) preview: Option<Preview>,
    pub(super) page: Option<Page>,
    /// Both in the agents' sequence.
    pub(super) read: ReadMarks,
    pub(super) told: u64,
}

impl Conversation {
    /// Whose conversation it is; `None` before its first message.
    #[must_use]
    pub const fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// The newest position in the agents' sequence.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.lines.last().map_or(Seq::START, |line| line.seq)
    }

    /// The newest position in the visitor's sequence.
    #[must_use]
    pub fn public_head(&self) -> Seq {
        self.lines.last().map_or(Seq::START, |line| line.public_seq)
    }

    /// Where the conversation stands.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// The page the visitor was last on.
    #[must_use]
    pub const fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// How far both sides have read, in the agents' sequence.
    #[must_use]
    pub const fn marks_for_agents(&self) -> ReadMarks {
        self.read
    }

    /// How far both sides have read, in the visitor's sequence.
    #[must_use]
    pub fn marks_for_visitor(&self) -> ReadMarks {
        ReadMarks {
            visitor: self.public_position(self.read.visitor),
            agents: self.public_position(self.read.agents),
        }
    }

    /// The position in the visitor's sequence that covers a position in the agents'.
    #[must_use]
    pub fn public_position(&self, seq: Seq) -> Seq {
        self.line(seq).map_or(Seq::START, |line| line.public_seq)
    }

    /// The position in the agents' sequence of a position in the visitor's.
    #[must_use]
    pub fn position_of_public(&self, public_seq: Seq) -> Seq {
        if public_seq == Seq::START {
            return Seq::START;
        }
        let before = self.lines.partition_point(|line| line.public_seq < public_seq);
        self.lines.get(before).map_or(Seq::START, |line| line.seq)
    }

    /// Messages of the visitor that no agent has read.
    #[must_use]
    pub fn unread(&self) -> u32 {
        let unread = self
            .lines
            .iter()
            .rev()
            .take_while(|line| line.seq > self.read.agents)
            .filter(|line| line.kind == LineKind::Message && line.person == Person::Visitor)
            .count();
        u32::try_from(unread).unwrap_or(u32::MAX)
    }

    /// Takes up one stored write. The shell calls this after the write has succeeded, and for each row on waking.
    pub fn apply(&mut self, write: &Write) {
        match write {
            Write::Begin { identity, page } => {
                self.identity = Some(*identity);
                self.page.clone_from(page);
            }
            Write::Append(event) => {
                self.recall(event.line());
                self.remember_preview(event);
            }
            Write::Mark { side, upto } => match side {
                Mark::Visitor => self.read.visitor = *upto,
                Mark::Agents => self.read.agents = *upto,
            },
            Write::Page(page) => self.page = Some(page.clone()),
            Write::Told { revision } => self.told = *revision,
        }
    }

    /// Takes up a stored event without its text, on waking.
    pub fn recall(&mut self, line: Line) {
        self.by_id.insert((line.person, line.client_message_id), line.seq);
        let number = self.numbers.entry((line.person, line.outbox)).or_default();
        *number = line.number.max(*number);
        match line.kind {
            LineKind::Resolved => self.status = Status::Resolved,
            LineKind::Reopened => self.status = Status::Open,
            LineKind::Message | LineKind::Note => {}
        }
        self.lines.push(line);
    }

    /// Takes up the text of the newest message, on waking.
    pub fn remember_preview(&mut self, event: &StoredEvent) {
        match &event.kind {
            AgentKind::Public(PublicKind::Message { text }) => {
                self.preview = Some(Preview::of(event.author.clone(), event.seq, text));
            }
            AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened)
            | AgentKind::Private(PrivateKind::Note { .. }) => {}
        }
    }

    /// The position of the newest message that both sides see; the shell reads its text on waking.
    #[must_use]
    pub fn newest_message(&self) -> Option<Seq> {
        self.lines.iter().rev().find(|line| line.kind == LineKind::Message).map(|line| line.seq)
    }

    pub(super) fn line(&self, seq: Seq) -> Option<&Line> {
        let index = usize::try_from(seq.0.checked_sub(1)?).ok()?;
        self.lines.get(index)
    }
}
