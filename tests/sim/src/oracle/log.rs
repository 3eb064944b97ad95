//! The reference log of a conversation: a plain list.

use std::collections::{BTreeMap, BTreeSet};

use domain::conversation::{Person, StoredEvent};
use protocol::{
    AgentKind, Author, ClientMessageId, ConversationId, Epoch, IndexEntry, OutboxId, Preview, PublicKind,
    ReadMarks, Seq, Status, Timestamp,
};

use super::{Verdict, demand};

/// What a conversation holds, and held in earlier lives.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) id: ConversationId,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) rows: Vec<StoredEvent>,
    /// In the agents' sequence.
    pub(crate) marks: ReadMarks,
    durable: (Option<Epoch>, usize, ReadMarks),
    /// The highest marks of this life, some of which were only kept with a socket.
    highest: ReadMarks,
    past: BTreeMap<Epoch, Vec<StoredEvent>>,
    /// The life that began first.
    first: Option<Epoch>,
    /// Whatever was durable at some time.
    ever: BTreeSet<(Person, ClientMessageId)>,
}

impl Log {
    pub(crate) const fn new(id: ConversationId) -> Self {
        const NONE: ReadMarks = ReadMarks { visitor: Seq::START, agents: Seq::START };
        Self {
            id,
            epoch: None,
            rows: Vec::new(),
            marks: NONE,
            durable: (None, 0, NONE),
            highest: NONE,
            past: BTreeMap::new(),
            first: None,
            ever: BTreeSet::new(),
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
        let fresh = self.rows.iter().skip(self.durable.1);
        self.ever.extend(fresh.map(|row| (Person::of(&row.author), row.client_message_id)));
        self.durable = (self.epoch, self.rows.len(), self.marks);
    }

    pub(super) fn roll_back(&mut self) {
        self.epoch = self.durable.0;
        self.rows.truncate(self.durable.1);
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
    pub(crate) fn restored(&mut self, epoch: Epoch, head: Seq, visitor: Seq, agents: Seq) {
        self.roll_back();
        if let Some(before) = self.epoch {
            self.first.get_or_insert(before);
            self.past.insert(before, self.rows.clone());
        }
        self.epoch = Some(epoch);
        self.rows.truncate(usize::try_from(head.0).expect("small"));
        self.marks = ReadMarks { visitor, agents };
        self.highest = self.marks;
        self.commit();
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
        self.rows.push(row);
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

    /// The durable rows of a life; of the present one if the life never stored anything.
    pub(crate) fn durable_rows(&self, epoch: Epoch) -> &[StoredEvent] {
        if self.epoch == Some(epoch) {
            return &self.rows[..self.durable.1];
        }
        // A life that was named before the first message and never began: what it is continued by is the first.
        let first = self.first.unwrap_or(epoch);
        self.past
            .get(&epoch)
            .or_else(|| self.past.get(&first))
            .map_or(&self.rows[..self.durable.1], Vec::as_slice)
    }

    pub(crate) const fn highest_marks(&self) -> ReadMarks {
        self.highest
    }

    pub(crate) fn is_past(&self, epoch: Epoch) -> bool {
        self.epoch != Some(epoch) && !self.past.is_empty()
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
        if person == Person::Visitor {
            ReadMarks {
                visitor: self.public_position(self.marks.visitor),
                agents: self.public_position(self.marks.agents),
            }
        } else {
            self.marks
        }
    }

    pub(crate) fn status(&self) -> Status {
        let last = self.rows.iter().rev().find_map(|row| match &row.kind {
            AgentKind::Public(PublicKind::Resolved) => Some(Status::Resolved),
            AgentKind::Public(PublicKind::Reopened) => Some(Status::Open),
            AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)) | AgentKind::Private(_) => {
                None
            }
        });
        last.unwrap_or_default()
    }

    pub(crate) fn find(&self, person: Person, id: ClientMessageId) -> Option<&StoredEvent> {
        self.rows.iter().find(|row| row.client_message_id == id && Person::of(&row.author) == person)
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
            AgentKind::Public(PublicKind::Message { text }) => {
                Some(Preview::of(row.author.clone(), row.seq, text))
            }
            AgentKind::Public(PublicKind::File(file)) => {
                Some(Preview::of_file(row.author.clone(), row.seq, file))
            }
            AgentKind::Public(_) | AgentKind::Private(_) => None,
        });
        IndexEntry {
            conversation: self.id,
            status: self.status(),
            active_at: self.rows.last().map_or(Timestamp(0), |row| row.at),
            preview: newest,
            unread: self.unread(),
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

const fn is_message(row: &StoredEvent) -> bool {
    matches!(row.kind, AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)))
}
