//! The state of a conversation: a fold over what is stored.

use std::collections::BTreeMap;

use protocol::{
    AgentCommand, AgentId, AgentKind, Circle, ClientMessageId, Epoch, Handling, OutboxId, Page, Placement,
    Preview, PrivateKind, ReadMarks, Seq, SiteId, Status, Timestamp, VisitorId, VisitorIdentity, WorkspaceId,
};

use super::lines::Lines;
use super::outcome::Write;
use super::stored::{Line, LineKind, Person, Standing, StoredEvent};

/// Whose conversation it is, fixed by its first message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The workspace that it belongs to.
    pub workspace: WorkspaceId,
    /// Who it is with.
    pub party: Party,
    /// This life of the log.
    pub epoch: Epoch,
    /// When it began.
    pub began_at: Timestamp,
}

/// Who a conversation is with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// A visitor; the agents of the workspace see it.
    Visitor {
        /// The site it began on.
        site: SiteId,
        /// The visitor.
        visitor: VisitorId,
    },
    /// Colleagues among themselves: those in the circle see it, and nobody else (SPEC PC1).
    Colleagues(Circle),
}

impl Party {
    /// The visitor, if it is with one.
    #[must_use]
    pub const fn visitor(&self) -> Option<VisitorId> {
        match self {
            Self::Visitor { visitor, .. } => Some(*visitor),
            Self::Colleagues(_) => None,
        }
    }
}

/// How far those in a conversation have read, in the agents' sequence. Each mark only grows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of one with a visitor: both sides.
    pub sides: ReadMarks,
    /// Of a private chat: each of its members.
    pub each: BTreeMap<AgentId, Seq>,
}

impl Marks {
    /// Takes up others.
    pub fn grow(&mut self, other: &Self) {
        self.sides.visitor = self.sides.visitor.max(other.sides.visitor);
        self.sides.agents = self.sides.agents.max(other.sides.agents);
        for (agent, mark) in &other.each {
            let kept = self.each.entry(*agent).or_default();
            *kept = (*mark).max(*kept);
        }
    }

    /// Grows whenever agents have read more: how far they have together, or the sum of how far each has.
    pub(super) fn of_agents(&self) -> Seq {
        self.each.values().fold(self.sides.agents, |sum, mark| Seq(sum.0.saturating_add(mark.0)))
    }
}

impl From<ReadMarks> for Marks {
    fn from(sides: ReadMarks) -> Self {
        Self { sides, each: BTreeMap::new() }
    }
}

/// A conversation as its object keeps it in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversation {
    pub(super) identity: Option<Identity>,
    pub(super) lines: Lines,
    pub(super) by_id: BTreeMap<(Person, ClientMessageId), Seq>,
    pub(super) numbers: BTreeMap<(Person, OutboxId), u64>,
    pub(super) preview: Option<Preview>,
    pub(super) page: Option<Page>,
    pub(super) who: Option<VisitorIdentity>,
    /// As the newest event says that changed it.
    placement: Placement,
    /// What holds, some of which is kept with sockets only.
    unsettled: Rest,
    /// What is stored of it.
    settled: Rest,
}

/// What changes too often for a row each time: it is kept with sockets and stored when they leave (SPEC ST12).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rest {
    /// How far everybody has read.
    pub(super) marks: Marks,
    /// The revision of the newest digest that the workspace knows.
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
        self.newest_line().map_or(Seq::START, |line| line.seq)
    }

    /// The newest position in the visitor's sequence.
    #[must_use]
    pub fn public_head(&self) -> Seq {
        self.newest_line().map_or(Seq::START, |line| line.public_seq)
    }

    /// Where the conversation stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.standing().status
    }

    /// What an agent has to do so that the conversation stands in a certain way; nothing if it does.
    #[must_use]
    pub fn command_to(&self, status: Status) -> Option<AgentCommand> {
        let before = self.status();
        if before == status {
            return None;
        }
        match (before, status) {
            (_, Status::Resolved) => Some(AgentCommand::Resolve),
            (Status::Resolved, Status::Open) => Some(AgentCommand::Reopen),
            (_, Status::Open) => Some(AgentCommand::Handle(Handling::Open)),
            (_, Status::Pending) => Some(AgentCommand::Handle(Handling::Wait)),
            // Nobody said until when.
            (_, Status::Snoozed) => None,
        }
    }

    /// Where the conversation lies with the team.
    #[must_use]
    pub fn placement(&self) -> Placement {
        self.placement.clone().in_status(self.status())
    }

    /// The page the visitor was last on.
    #[must_use]
    pub const fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// What is known of the visitor, by proof or by their page's word.
    #[must_use]
    pub const fn who(&self) -> Option<&VisitorIdentity> {
        self.who.as_ref()
    }

    /// How far both sides have read, in the agents' sequence.
    #[must_use]
    pub const fn marks_for_agents(&self) -> ReadMarks {
        self.unsettled.marks.sides
    }

    /// How far everybody has read.
    #[must_use]
    pub const fn marks(&self) -> &Marks {
        &self.unsettled.marks
    }

    /// How far both sides have read as an agent is told: in a private chat they are one, and all others the other side
    /// (SPEC PC6).
    #[must_use]
    pub fn marks_for(&self, agent: AgentId) -> ReadMarks {
        let Some(circle) = self.circle() else { return self.marks_for_agents() };
        let mark = |agent: AgentId| self.marks().each.get(&agent).copied().unwrap_or_default();
        let others = circle.others(agent).map(|member| mark(member.id)).min();
        ReadMarks { visitor: others.unwrap_or_default(), agents: mark(agent) }
    }

    /// Among whom it is, if it is a private chat.
    #[must_use]
    pub const fn circle(&self) -> Option<&Circle> {
        match &self.identity {
            Some(Identity { party: Party::Colleagues(circle), .. }) => Some(circle),
            Some(Identity { party: Party::Visitor { .. }, .. }) | None => None,
        }
    }

    /// How far both sides have read, in the visitor's sequence.
    #[must_use]
    pub fn marks_for_visitor(&self) -> ReadMarks {
        let marks = self.marks_for_agents();
        ReadMarks { visitor: self.public_position(marks.visitor), agents: self.public_position(marks.agents) }
    }

    /// The position in the visitor's sequence that covers a position in the agents'.
    #[must_use]
    pub fn public_position(&self, seq: Seq) -> Seq {
        self.lines.get(seq).map_or(Seq::START, |line| line.public_seq)
    }

    /// The position in the agents' sequence of a position in the visitor's, which must be known
    /// ([`Self::knows_public`]).
    #[must_use]
    pub fn position_of_public(&self, public_seq: Seq) -> Seq {
        if public_seq == Seq::START {
            return Seq::START;
        }
        let newest = self.lines.newest();
        let before = newest.partition_point(|line| line.public_seq < public_seq);
        newest.get(before).map_or(Seq::START, |line| line.seq)
    }

    /// Whether the lines in memory tell where a position of the visitor's sequence is in the agents'.
    #[must_use]
    pub fn knows_public(&self, public_seq: Seq) -> bool {
        let before_first = self.lines.newest().first().map(|line| {
            let own = u64::from(line.kind.is_public());
            Seq(line.public_seq.0.saturating_sub(own))
        });
        public_seq == Seq::START
            || self.lines.is_whole()
            || before_first.is_some_and(|before| public_seq > before)
    }

    /// Whether the lines in memory tell what is at a position of a person's sequence.
    #[must_use]
    pub fn knows(&self, person: Person, seq: Seq) -> bool {
        match person {
            Person::Visitor => self.knows_public(seq),
            Person::Agent(_) | Person::System => self.lines.is_whole() || self.lines.get(seq).is_some(),
        }
    }

    /// When the event at a position of a person's sequence was stored, if there is one; it must be known ([`Self::knows`]).
    #[must_use]
    pub fn stored_at(&self, person: Person, seq: Seq) -> Option<Timestamp> {
        let position = match person {
            Person::Visitor => self.position_of_public(seq),
            Person::Agent(_) | Person::System => seq,
        };
        self.lines.get(position).map(|line| line.at)
    }

    /// Messages of the visitor that no agent has read.
    #[must_use]
    pub fn unread(&self) -> u32 {
        let written = |line: &Line| line.standing.visitor_messages;
        let read = self.lines.get(self.marks_for_agents().agents).map_or(0, written);
        u32::try_from(self.standing().visitor_messages.saturating_sub(read)).unwrap_or(u32::MAX)
    }

    /// Messages for the visitor that they have not read, as far as the lines in memory tell.
    #[must_use]
    pub fn unread_by_visitor(&self) -> u32 {
        let read = self.marks_for_agents().visitor;
        let is_for_visitor = |line: &&Line| {
            let is_said = matches!(line.kind, LineKind::Message | LineKind::File);
            is_said && line.seq > read && matches!(line.person, Person::Agent(_))
        };
        u32::try_from(self.lines.newest().iter().filter(is_for_visitor).count()).unwrap_or(u32::MAX)
    }

    /// Takes up one stored write. The shell calls this after the write has succeeded, and for each row on waking.
    pub fn apply(&mut self, write: &Write) {
        match write {
            Write::Begin { identity, page, who } => {
                self.identity = Some(identity.clone());
                self.page.clone_from(page);
                self.who.clone_from(who);
            }
            Write::Append(event) => {
                if event.amends() {
                    self.lines.amend(event);
                }
                self.recall(event.line());
                self.remember_preview(event);
                self.remember_placement(event);
            }
            Write::Page(page) => self.page = Some(page.clone()),
            Write::Introduce(who) => self.who = Some(who.clone()),
            Write::Settle { marks, told } => {
                self.settled = Rest { marks: marks.clone(), told: *told };
                self.keep_marks(marks.clone());
                self.keep_told(*told);
            }
        }
    }

    /// Takes up marks that are kept with a socket; they only grow.
    pub fn keep_marks(&mut self, marks: impl Into<Marks>) {
        self.unsettled.marks.grow(&marks.into());
    }

    /// Takes up that the workspace knows a digest.
    pub fn keep_told(&mut self, revision: u64) {
        self.unsettled.told = self.unsettled.told.max(revision);
    }

    /// The revision of the newest digest that the workspace is known to know.
    #[must_use]
    pub const fn told(&self) -> u64 {
        self.unsettled.told
    }

    /// What a crash would leave of what changes too often.
    pub(super) const fn settled(&self) -> &Rest {
        &self.settled
    }

    /// What is to be stored before a socket leaves with it, if anything.
    #[must_use]
    pub fn settle(&self) -> Option<Write> {
        let is_unsettled = self.identity.is_some() && self.unsettled != self.settled;
        let Rest { marks, told } = &self.unsettled;
        is_unsettled.then(|| Write::Settle { marks: marks.clone(), told: *told })
    }

    /// Takes up the next stored event without its text, on waking.
    pub fn recall(&mut self, line: Line) {
        self.index(&line);
        self.lines.push(line);
    }

    /// Whether a read mark stands on a line that was left out on waking: [`Self::recall_single`] takes it up.
    #[must_use]
    pub fn lacks_marked_lines(&self) -> bool {
        let ReadMarks { visitor, agents } = self.marks_for_agents();
        [visitor, agents].into_iter().any(|mark| mark > Seq::START && self.lines.get(mark).is_none())
    }

    /// Takes up one older line, on waking: where a read mark stands.
    pub fn recall_single(&mut self, line: Line) {
        self.lines.add_single(line);
    }

    /// Takes up all lines that were left out on waking, oldest first.
    pub fn recall_earlier(&mut self, earlier: Vec<Line>) {
        earlier.iter().for_each(|line| self.index(line));
        self.lines.complete(earlier);
    }

    /// The position up to which lines were left out on waking; [`Seq::START`] if none was.
    #[must_use]
    pub fn recalled_after(&self) -> Seq {
        self.lines.before()
    }

    /// Takes up the text of the newest message, on waking; in life also when it is changed.
    pub fn remember_preview(&mut self, event: &StoredEvent) {
        let preview = match self.circle() {
            Some(_) => Preview::of_private_event(&event.for_agents()),
            None => Preview::of_event(&event.for_agents()),
        };
        if let Some(preview) = preview {
            self.preview = Some(preview);
        } else if event.amends()
            && let Some(Preview { author, seq, .. }) =
                self.preview.take_if(|preview| preview.seq == event.target)
        {
            self.preview = Some(match event.kind.text() {
                Some(text) => Preview::of(author, seq, text),
                None => Preview::deleted(author, seq),
            });
        }
    }

    /// Takes up what the newest event says of where the conversation lies with the team, or among whom a private chat is.
    pub fn remember_placement(&mut self, event: &StoredEvent) {
        if let AgentKind::Private(PrivateKind::Gathered(gathering)) = &event.kind
            && let Some(Identity { party: Party::Colleagues(circle), .. }) = &mut self.identity
        {
            circle.clone_from(&gathering.circle);
        }
        if let Some(placement) = &event.placement {
            self.placement = Placement::clone(placement);
        }
    }

    /// The position of the newest event that says where the conversation lies with the team, or among whom it is; the shell
    /// reads it on waking.
    #[must_use]
    pub fn newest_placing(&self) -> Option<Seq> {
        Some(self.standing().placed).filter(|seq| *seq > Seq::START)
    }

    /// The position of the newest message that everybody in the conversation sees; the shell reads its text on waking.
    #[must_use]
    pub fn newest_message(&self) -> Option<Seq> {
        Some(self.standing().newest_message).filter(|seq| *seq > Seq::START)
    }

    /// What holds after the newest event.
    pub(super) fn standing(&self) -> Standing {
        self.newest_line().map_or_else(Standing::default, |line| line.standing)
    }

    pub(super) fn newest_line(&self) -> Option<&Line> {
        self.lines.newest().last()
    }

    fn index(&mut self, line: &Line) {
        self.by_id.insert((line.person, line.client_message_id), line.seq);
        let number = self.numbers.entry((line.person, line.outbox)).or_default();
        *number = line.number.max(*number);
    }
}
