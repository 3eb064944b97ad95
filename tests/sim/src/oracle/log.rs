//! The reference log of a conversation: a plain list.

use std::collections::{BTreeMap, BTreeSet};

use domain::conversation::{Person, StoredEvent};
use protocol::{
    AgentId, AgentKind, Author, ClientMessageId, ConversationId, Epoch, Handling, IndexEntry, OutboxId,
    Placement, Preview, PrivateKind, PublicKind, ReadMarks, Seq, Status, Timestamp,
};

use super::amending::{self, named};
use super::{Intent, Verdict, demand};

/// What a conversation holds, and held in earlier lives.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) id: ConversationId,
    pub(crate) epoch: Option<Epoch>,
    /// As they read by now.
    pub(crate) rows: Vec<StoredEvent>,
    /// As they were written.
    written: Vec<StoredEvent>,
    /// The durable ones as they read.
    readable: Vec<StoredEvent>,
    /// In the agents' sequence.
    pub(crate) marks: ReadMarks,
    durable: (Option<Epoch>, usize, ReadMarks),
    /// The highest marks of this life, some of which were only kept with a socket.
    highest: ReadMarks,
    /// As they read, and as they were written.
    past: BTreeMap<Epoch, (Vec<StoredEvent>, Vec<StoredEvent>)>,
    /// The lives that are over, in order.
    lives: Vec<Epoch>,
    /// Lives that were named before anything was said: after how many that were over. Such a one never began if the object
    /// slept meanwhile; what it is continued by is the next.
    named: BTreeMap<Epoch, usize>,
    /// As it was before it was deleted, as long as that is not durable.
    undo: Option<Box<Self>>,
    /// Nothing is ever said in it again (ST13).
    pub(crate) is_erased: bool,
    /// Whatever was durable at some time.
    ever: BTreeSet<(Person, ClientMessageId)>,
    /// Whatever was durably deleted at some time.
    deleted: BTreeSet<(Person, ClientMessageId)>,
}

impl Log {
    const NO_MARKS: ReadMarks = ReadMarks { visitor: Seq::START, agents: Seq::START };

    pub(crate) const fn new(id: ConversationId) -> Self {
        Self {
            id,
            epoch: None,
            rows: Vec::new(),
            written: Vec::new(),
            readable: Vec::new(),
            marks: Self::NO_MARKS,
            durable: (None, 0, Self::NO_MARKS),
            highest: Self::NO_MARKS,
            past: BTreeMap::new(),
            lives: Vec::new(),
            named: BTreeMap::new(),
            undo: None,
            is_erased: false,
            ever: BTreeSet::new(),
            deleted: BTreeSet::new(),
        }
    }

    /// Takes what was there before the world began.
    pub(crate) fn begin(&mut self, epoch: Epoch, rows: Vec<StoredEvent>) -> Verdict {
        self.epoch = Some(epoch);
        for row in rows {
            self.append(row)?;
        }
        self.commit();
        Ok(())
    }

    pub(super) fn commit(&mut self) {
        self.undo = None;
        self.note_durable();
        let fresh = self.rows.iter().skip(self.durable.1);
        if fresh.clone().any(|row| named(&row.kind).is_some()) {
            self.readable.clone_from(&self.rows);
        } else {
            self.readable.extend(fresh.cloned());
        }
        self.durable = (self.epoch, self.rows.len(), self.marks);
    }

    /// What was written since is durable now, or was for a moment.
    fn note_durable(&mut self) {
        let fresh = self.rows.iter().skip(self.durable.1);
        self.ever.extend(fresh.clone().map(|row| (Person::of(&row.author), row.client_message_id)));
        self.deleted.extend(fresh.filter_map(|row| match &row.kind {
            AgentKind::Public(PublicKind::Deleted { of })
            | AgentKind::Private(PrivateKind::NoteDeleted { of }) => Some((Person::of(&row.author), *of)),
            AgentKind::Public(_) | AgentKind::Private(_) => None,
        }));
    }

    pub(super) fn roll_back(&mut self) {
        if let Some(before) = self.undo.take() {
            *self = *before;
        }
        self.epoch = self.durable.0;
        if self.written.len() > self.durable.1 {
            self.written.truncate(self.durable.1);
            self.rows.clone_from(&self.readable);
        }
        self.marks = self.durable.2;
    }

    /// Takes the marks as a turn left them.
    pub(super) fn mark(&mut self, marks: ReadMarks) {
        self.marks = marks;
        self.highest.visitor = self.highest.visitor.max(marks.visitor);
        self.highest.agents = self.highest.agents.max(marks.agents);
    }

    /// ST12: the marks that were kept with lost sockets are lost; what is left was held before.
    pub(super) fn lose_marks(&mut self, left: ReadMarks) -> Verdict {
        demand!(
            left.visitor <= self.marks.visitor && left.agents <= self.marks.agents,
            "ST12: a crash made marks of {:?}, {left:?}",
            self.marks
        );
        self.marks = left;
        Ok(())
    }

    /// Storage was put back to an earlier moment.
    pub(crate) fn restored(&mut self, epoch: Epoch, head: Seq, marks: ReadMarks) {
        self.roll_back();
        self.ends_life();
        self.epoch = Some(epoch);
        self.written.truncate(usize::try_from(head.0).expect("small"));
        self.rows.clear();
        self.written.iter().for_each(|row| amending::add(&mut self.rows, row.clone()));
        self.readable.clone_from(&self.rows);
        self.durable.1 = self.rows.len();
        self.marks = marks;
        self.highest = self.marks;
        self.commit();
    }

    /// A life of the log is over; who saw it may show it until they are told.
    fn ends_life(&mut self) {
        if let Some(before) = self.epoch.take() {
            self.lives.push(before);
            self.past.insert(before, (self.rows.clone(), self.written.clone()));
        }
    }

    /// Everything was deleted, in a turn that is not durable yet; a message may begin another life, unless it is for good.
    pub(crate) fn emptied(&mut self, for_good: bool) {
        let before = Box::new(Self { undo: None, ..self.clone() });
        self.note_durable();
        self.ends_life();
        self.rows.clear();
        self.written.clear();
        self.readable.clear();
        self.marks = Self::NO_MARKS;
        self.highest = Self::NO_MARKS;
        self.durable = (None, 0, Self::NO_MARKS);
        self.is_erased |= for_good;
        self.undo.get_or_insert(before);
    }

    /// Somebody was told of a life before anything was said in it.
    pub(super) fn name(&mut self, epoch: Epoch) {
        if self.epoch.is_none() {
            self.named.entry(epoch).or_insert(self.lives.len());
        }
    }

    /// Adds what was found on the disk: dense in both sequences (I1, DL5).
    pub(super) fn append(&mut self, row: StoredEvent) -> Verdict {
        let seq = self.rows.len() as u64 + 1;
        demand!(row.seq == Seq(seq), "DL5/I1: position {} is stored, {seq} was next", row.seq.0);
        let public = self.public_head().0 + u64::from(is_public(&row));
        demand!(
            row.public_seq == Seq(public),
            "DL5/I1: the visitor's position of {seq} is stored as {}, {public} was right",
            row.public_seq.0
        );
        self.written.push(row.clone());
        amending::add(&mut self.rows, row);
        Ok(())
    }

    /// What is durable in this life.
    pub(crate) fn is_stored(&self, person: Person, id: ClientMessageId) -> bool {
        is_among(&self.rows[..self.durable.1], person, id)
    }

    /// What was durable at some time in some life.
    pub(crate) fn was_stored(&self, person: Person, id: ClientMessageId) -> bool {
        self.ever.contains(&(person, id))
    }

    /// Whether what somebody wanted is to change a message of theirs that was deleted at some time (SY45).
    pub(crate) fn makes_moot(&self, person: Person, intent: &Intent) -> bool {
        intent.changes.is_some_and(|of| self.deleted.contains(&(person, of)))
    }

    /// The durable rows of a life; of the present one if the life never stored anything.
    pub(crate) fn durable_rows(&self, epoch: Epoch) -> &[StoredEvent] {
        self.life(epoch).0
    }

    /// Whether a durable row of a life reads like this to somebody who knows that log up to a position at least.
    pub(crate) fn is_form(&self, epoch: Epoch, seq: Seq, known: Seq, shown: &AgentKind) -> bool {
        amending::is_form(self.life(epoch).1, seq, known, shown)
    }

    /// The durable rows of a life as they read and as they were written.
    fn life(&self, epoch: Epoch) -> (&[StoredEvent], &[StoredEvent]) {
        let present = (self.readable.as_slice(), &self.written[..self.durable.1]);
        if self.epoch == Some(epoch) {
            return present;
        }
        let past = self.past.get(&epoch).or_else(|| self.past.get(self.continuation(epoch)?));
        past.map_or(present, |(rows, written)| (rows.as_slice(), written.as_slice()))
    }

    pub(crate) const fn highest_marks(&self) -> ReadMarks {
        self.highest
    }

    pub(crate) fn is_past(&self, epoch: Epoch) -> bool {
        self.epoch != Some(epoch) && (self.past.contains_key(&epoch) || self.continuation(epoch).is_some())
    }

    /// What a life that never began was continued by, if that is over.
    fn continuation(&self, epoch: Epoch) -> Option<&Epoch> {
        self.lives.get(self.named.get(&epoch).copied().unwrap_or(0))
    }

    pub(crate) fn head(&self) -> Seq {
        Seq(self.rows.len() as u64)
    }

    pub(crate) fn public_head(&self) -> Seq {
        self.rows.last().map_or(Seq::START, |row| row.public_seq)
    }

    pub(crate) fn head_for(&self, person: Person) -> Seq {
        if person == Person::Visitor { self.public_head() } else { self.head() }
    }

    /// How many of the rows up to a position visitors see.
    pub(crate) fn public_position(&self, seq: Seq) -> Seq {
        let upto = usize::try_from(seq.0).expect("small");
        Seq(self.rows.iter().take(upto).filter(|row| is_public(row)).count() as u64)
    }

    /// Where the visitor's position is among all.
    pub(crate) fn position_of_public(&self, public: Seq) -> Seq {
        let found = self.rows.iter().find(|row| is_public(row) && row.public_seq == public);
        found.map_or(Seq::START, |row| row.seq)
    }

    pub(crate) fn marks_for(&self, person: Person) -> ReadMarks {
        self.in_positions_of(person, self.marks)
    }

    /// Marks in the positions of a person.
    pub(crate) fn in_positions_of(&self, person: Person, marks: ReadMarks) -> ReadMarks {
        if person != Person::Visitor {
            return marks;
        }
        ReadMarks { visitor: self.public_position(marks.visitor), agents: self.public_position(marks.agents) }
    }

    pub(crate) fn status(&self) -> Status {
        let last = self.rows.iter().rev().find_map(|row| match &row.kind {
            AgentKind::Public(PublicKind::Resolved) => Some(Status::Resolved),
            AgentKind::Public(PublicKind::Reopened) => Some(Status::Open),
            AgentKind::Public(
                PublicKind::Message { .. }
                | PublicKind::Edited { .. }
                | PublicKind::Deleted { .. }
                | PublicKind::File(_)
                | PublicKind::Rated(_),
            )
            | AgentKind::Private(
                PrivateKind::Note { .. }
                | PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Gathered(_),
            ) => None,
            AgentKind::Private(PrivateKind::Handled(step)) => match step {
                Handling::Wait => Some(Status::Pending),
                Handling::Snooze { .. } => Some(Status::Snoozed),
                Handling::Open => Some(Status::Open),
                Handling::Assign { .. }
                | Handling::Prioritize(_)
                | Handling::Label(_)
                | Handling::Unlabel(_)
                | Handling::HandTo { .. } => None,
            },
        });
        last.unwrap_or_default()
    }

    /// As somebody is told it.
    pub(crate) fn status_for(&self, person: Person) -> Status {
        match (self.status(), person) {
            (Status::Pending | Status::Snoozed, Person::Visitor) => Status::Open,
            (status, _) => status,
        }
    }

    /// CV18 to CV21: what all steps of handling have come to.
    pub(crate) fn placement(&self) -> Placement {
        let mut placement = Placement::default();
        for row in &self.rows {
            let AgentKind::Private(PrivateKind::Handled(step)) = &row.kind else { continue };
            match step {
                Handling::Assign { to } => placement.assignee = *to,
                Handling::Snooze { until } => placement.snoozed_until = Some(*until),
                Handling::Wait | Handling::Open => {}
                Handling::Prioritize(priority) => placement.priority = *priority,
                Handling::Label(label) => {
                    let is_new = placement.labels.iter().all(|other| other != label);
                    placement.labels.extend(is_new.then(|| label.clone()));
                }
                Handling::Unlabel(label) => placement.labels.retain(|other| other != label),
                Handling::HandTo { team } => placement.team = *team,
            }
        }
        if self.status() != Status::Snoozed {
            placement.snoozed_until = None;
        }
        placement
    }

    /// AS6: whether the workspace may give it to somebody, as it knew it.
    pub(crate) fn may_be_given(&self, epoch: Epoch, head: Seq, to: Option<AgentId>) -> bool {
        let handled = |row: &StoredEvent| matches!(row.kind, AgentKind::Private(PrivateKind::Handled(_)));
        let is_as_known = !self.rows.iter().any(|row| row.seq > head && handled(row));
        let last = self.rows.iter().rev().find(|row| is_message(row));
        let waits = last.is_some_and(|row| row.author == Author::Visitor);
        let is_another = self.placement().assignee != to;
        self.epoch == Some(epoch) && self.status() == Status::Open && is_as_known && waits && is_another
    }

    /// CV20: when it comes up by itself.
    pub(crate) fn comes_up_at(&self) -> Option<Timestamp> {
        self.placement().snoozed_until
    }

    pub(crate) fn find(&self, person: Person, id: ClientMessageId) -> Option<&StoredEvent> {
        self.rows.iter().find(|row| row.client_message_id == id && Person::of(&row.author) == person)
    }

    /// Whether a row does not read as it was written, or is a change that a later one has overtaken.
    pub(crate) fn was_changed(&self, seq: Seq) -> bool {
        let index = usize::try_from(seq.0.saturating_sub(1)).expect("small");
        let overtakes = |one: &StoredEvent| {
            named(&one.kind).is_some_and(|(of, _)| {
                self.written.iter().skip(index + 1).any(|later| {
                    named(&later.kind).is_some_and(|(same, _)| same == of)
                        && Person::of(&later.author) == Person::of(&one.author)
                })
            })
        };
        let written = self.written.get(index);
        written
            .is_some_and(|one| overtakes(one) || self.rows.get(index).is_some_and(|row| row.kind != one.kind))
    }

    /// The highest number that was stored of an outbox.
    pub(crate) fn last_number(&self, person: Person, outbox: OutboxId) -> u64 {
        let numbers =
            self.rows.iter().filter(|row| row.outbox == outbox && Person::of(&row.author) == person);
        numbers.map(|row| row.number).max().unwrap_or(0)
    }

    /// I9: the visitor's messages beyond the agents' mark.
    pub(crate) fn unread(&self) -> u32 {
        let unread = self.rows.iter().filter(|row| row.seq > self.marks.agents && is_message(row));
        u32::try_from(unread.filter(|row| row.author == Author::Visitor).count()).expect("small")
    }

    /// What the index must say at the end (I8).
    pub(crate) fn entry(&self, like: &IndexEntry) -> IndexEntry {
        let newest = self.rows.iter().rev().find_map(|row| match &row.kind {
            AgentKind::Public(PublicKind::Message { text, .. }) => {
                Some(Preview::of(row.author.clone(), row.seq, text))
            }
            AgentKind::Public(PublicKind::File(file)) => {
                Some(Preview::of_file(row.author.clone(), row.seq, file))
            }
            AgentKind::Public(PublicKind::Deleted { .. }) => is_message(row).then(|| Preview {
                author: row.author.clone(),
                seq: row.seq,
                text: String::new(),
            }),
            AgentKind::Public(_) | AgentKind::Private(_) => None,
        });
        IndexEntry {
            conversation: self.id,
            status: self.status(),
            active_at: self.rows.last().map_or(Timestamp(0), |row| row.at),
            preview: newest,
            unread: self.unread(),
            placement: self.placement(),
            ..like.clone()
        }
    }
}

/// Whether somebody's message is among some rows.
pub(super) fn is_among(rows: &[StoredEvent], person: Person, id: ClientMessageId) -> bool {
    rows.iter().any(|row| row.client_message_id == id && Person::of(&row.author) == person)
}

pub(crate) const fn is_public(row: &StoredEvent) -> bool {
    matches!(row.kind, AgentKind::Public(_))
}

/// Whether the row holds a message to the other side, or held one that was deleted.
fn is_message(row: &StoredEvent) -> bool {
    match &row.kind {
        AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)) => true,
        AgentKind::Public(PublicKind::Deleted { of }) => *of == row.client_message_id,
        AgentKind::Public(_) | AgentKind::Private(_) => false,
    }
}
