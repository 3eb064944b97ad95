//! The second book-keeper: what is stored, kept the simplest way, and what the rules say must follow from it.

use std::collections::BTreeMap;

use domain::conversation::{Fingerprint, Person, StoredEvent, Writing};
use protocol::Writer;
use protocol::{
    AgentId, AgentKind, Author, ClientMessageId, Code, Cursor, Handling, Label, OutboxId, PrivateKind,
    PublicKind, Reject, Seq, Status, Submission, Timestamp, limits,
};
use serde::Serialize;

use super::EPOCH;

/// What was stored, in order.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) events: Vec<StoredEvent>,
    /// The command of each event that somebody asked for.
    commands: BTreeMap<Seq, Vec<u8>>,
    /// When each person's messages were stored since the rates were last forgotten.
    stored_at: BTreeMap<Person, Vec<Timestamp>>,
    /// When somebody's typing was last passed on, and whether its end was not.
    typed_at: BTreeMap<(Person, Writing), (Timestamp, bool)>,
    /// The clock was set back since the rates were last forgotten, so that they say nothing.
    is_off_time: bool,
}

/// What must follow from a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is stored.
    Stored,
    /// It was stored before, there and then.
    Duplicate(Seq, Timestamp),
    /// It is refused.
    Refused(Reject),
    /// It is stored or refused for its rate.
    StoredOrLimited,
}

impl Ledger {
    pub(super) fn id(number: u64) -> ClientMessageId {
        let mut bytes = [0xff; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        ClientMessageId::from_bytes(bytes)
    }

    /// An id that nobody has used, but whoever sends again may.
    pub(super) fn fresh_id(&self) -> ClientMessageId {
        Self::id(self.events.len() as u64)
    }

    /// The number that this outbox is at (SPEC DL4).
    pub(super) fn next_number(&self, person: Person, outbox: OutboxId) -> u64 {
        self.events.iter().filter(|event| is_by(event, person) && event.outbox == outbox).count() as u64 + 1
    }

    /// What the rules say of a submission whose author may make it (SPEC DL2 to DL4, CV2, CV6, CV30).
    pub(super) fn verdict<C: Serialize>(
        &self,
        person: Person,
        submission: &Submission<C>,
        legal: Result<(), Code>,
        seen: Option<Cursor>,
        now: Timestamp,
    ) -> Verdict {
        let refused = |code: Code| Verdict::Refused(code.into());
        let same = |event: &&StoredEvent| {
            is_by(event, person) && event.client_message_id == submission.client_message_id
        };
        if let Some(event) = self.events.iter().find(same) {
            // Of what was changed since, nothing is left to compare.
            let is_same =
                self.commands.get(&event.seq).is_none_or(|known| *known == written(&submission.command));
            return if is_same {
                Verdict::Duplicate(event.seq, event.at)
            } else {
                refused(Code::IdempotencyConflict)
            };
        }
        if let Err(code) = legal {
            return refused(code);
        }
        if submission.number != self.next_number(person, submission.outbox) {
            return refused(Code::OutOfOrder);
        }
        if seen.is_some_and(|seen| self.is_overtaken(person, self.position_of(seen))) {
            return refused(Code::Overtaken);
        }
        if self.is_off_time {
            return Verdict::StoredOrLimited;
        }
        match self.wait(person, now) {
            0 => Verdict::Stored,
            wait => Verdict::Refused(Reject {
                code: Code::RateLimited,
                retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
            }),
        }
    }

    /// When the event at a position of the agents' sequence was stored, if there is one.
    pub(super) fn stored_at(&self, seq: Seq) -> Option<Timestamp> {
        self.events.iter().find(|event| event.seq == seq).map(|event| event.at)
    }

    /// Up to where somebody has this log, and not another one.
    fn position_of(&self, cursor: Cursor) -> Seq {
        let is_here = cursor.epoch == EPOCH && self.stored_at(cursor.seq).is_none_or(|at| at == cursor.at);
        if is_here { cursor.seq } else { Seq::START }
    }

    /// Whether somebody else did something that a person should see before their reply is said.
    fn is_overtaken(&self, person: Person, seen: Seq) -> bool {
        let unseen = self.events.iter().filter(|event| event.seq > seen && !is_by(event, person));
        let mut news = unseen.filter(|event| {
            let is_visitors = event.author == Author::Visitor;
            match &event.kind {
                AgentKind::Public(PublicKind::Edited { .. } | PublicKind::Deleted { .. }) if is_visitors => {
                    true
                }
                AgentKind::Public(PublicKind::Resolved) => true,
                AgentKind::Private(PrivateKind::Handled(Handling::Assign { .. })) => {
                    self.assignee().is_some_and(|agent| Person::Agent(agent) != person)
                }
                AgentKind::Public(_) | AgentKind::Private(_) => event.for_agents().is_said(),
            }
        });
        news.next().is_some()
    }

    fn assignee(&self) -> Option<AgentId> {
        let steps = self.events.iter().rev().filter_map(|event| event.kind.handling());
        let mut assignments = steps.filter_map(|step| match step {
            Handling::Assign { to } => Some(*to),
            Handling::Wait
            | Handling::Snooze { .. }
            | Handling::Open
            | Handling::Prioritize(_)
            | Handling::Label(_)
            | Handling::Unlabel(_)
            | Handling::HandTo { .. } => None,
        });
        assignments.next().flatten()
    }

    /// Milliseconds until a person may send (SPEC CV6): no stretch of time holds more than a burst and one an interval.
    fn wait(&self, person: Person, now: Timestamp) -> u64 {
        let burst = match person {
            Person::Visitor => limits::MESSAGE_BURST,
            Person::Agent(_) | Person::System => limits::AGENT_MESSAGE_BURST,
        };
        let times = self.stored_at.get(&person).map_or(&[][..], Vec::as_slice);
        let spent =
            times.iter().rev().zip(1_u64..).map(|(since, count)| {
                (count * limits::MESSAGE_INTERVAL_MS).saturating_sub(now.since(*since))
            });
        spent.max().unwrap_or(0).saturating_sub((burst - 1) * limits::MESSAGE_INTERVAL_MS)
    }

    pub(super) fn store<C: Serialize>(&mut self, event: StoredEvent, command: &C) {
        let person = Person::of(&event.author);
        self.commands.insert(event.seq, written(command));
        self.stored_at.entry(person).or_default().push(event.at);
        for what in [Writing::Message, Writing::Note] {
            self.types((person, what), false, event.at);
        }
        for earlier in self.events.iter_mut().filter(|earlier| is_by(earlier, person)) {
            if let Some(kind) = earlier.kind.amended(earlier.client_message_id, &event.kind) {
                earlier.kind = kind;
                earlier.target = event.target;
                earlier.fingerprint = Fingerprint::NONE;
                self.commands.remove(&earlier.seq);
            }
        }
        self.events.push(event);
    }

    /// Whether there is a conversation to end, and one that is over to rate (SPEC CV15, CV16).
    pub(super) fn may_end(&self, person: Person, kind: &AgentKind, now: Timestamp) -> Result<(), Code> {
        let is_rating = matches!(kind, AgentKind::Public(PublicKind::Rated(_)));
        let is_end = matches!(kind, AgentKind::Public(PublicKind::Resolved));
        if person != Person::Visitor || !(is_rating || is_end) {
            return Ok(());
        }
        if self.events.is_empty() {
            return Err(Code::NotFound);
        }
        let resolved = AgentKind::Public(PublicKind::Resolved);
        let end = self.events.iter().rev().find(|event| event.kind == resolved);
        let may_rate = self.status() == Status::Resolved
            && end.is_some_and(|event| now.since(event.at) <= limits::RATING_MS);
        if is_rating && !may_rate { Err(Code::TooLate) } else { Ok(()) }
    }

    /// Whether what is answered is there for those who see the answer (SPEC CV14).
    pub(super) fn is_answerable(&self, kind: &AgentKind) -> bool {
        let Some(name) = kind.reply_to() else { return true };
        let person = match name.by {
            Writer::Visitor => Person::Visitor,
            Writer::Agent(id) => Person::Agent(id),
        };
        self.events.iter().any(|event| {
            is_by(event, person)
                && event.client_message_id == name.id
                && event.for_agents().is_said()
                && (is_public(event) || !is_public_kind(kind))
        })
    }

    /// Where the message is that somebody may change (SPEC CV12, CV13); [`Seq::START`] if they want something else.
    pub(super) fn target(&self, person: Person, kind: &AgentKind, now: Timestamp) -> Result<Seq, Code> {
        let Some(of) = kind.amends() else { return Ok(Seq::START) };
        let target = self.events.iter().find(|event| {
            is_by(event, person)
                && event.client_message_id == of
                && match &event.kind {
                    AgentKind::Public(PublicKind::Message { .. }) => is_public_kind(kind),
                    AgentKind::Private(PrivateKind::Note { .. }) => !is_public_kind(kind),
                    AgentKind::Public(_) | AgentKind::Private(_) => false,
                }
        });
        let target = target.ok_or(Code::NotFound)?;
        let limit = match person {
            Person::Visitor => limits::VISITOR_AMENDS_MS,
            Person::Agent(_) | Person::System => limits::AGENT_AMENDS_MS,
        };
        if now.since(target.at) > limit { Err(Code::TooLate) } else { Ok(target.seq) }
    }

    /// Whether a typing notice is passed on (SPEC CV7).
    pub(super) fn types(&mut self, who: (Person, Writing), on: bool, now: Timestamp) -> bool {
        if !on {
            return self.typed_at.get_mut(&who).is_some_and(|(_, is_on)| std::mem::take(is_on));
        }
        let is_due =
            self.typed_at.get(&who).is_none_or(|(at, _)| now.since(*at) >= limits::TYPING_INTERVAL_MS);
        if is_due {
            self.typed_at.insert(who, (now, true));
        }
        is_due
    }

    pub(super) fn set_back(&mut self) {
        self.is_off_time = true;
    }

    /// Rates are kept in memory only.
    pub(super) fn forget_rates(&mut self) {
        self.stored_at.clear();
        self.typed_at.clear();
        self.is_off_time = false;
    }

    /// How many events visitors may see up to a position.
    pub(super) fn public_count(&self, upto: Seq) -> Seq {
        Seq(self.events.iter().filter(|event| event.seq <= upto && is_public(event)).count() as u64)
    }

    /// Where the event of a visitor's position is in the log.
    pub(super) fn position_of_public(&self, position: Seq) -> Seq {
        let index = usize::try_from(position.0).ok().and_then(|position| position.checked_sub(1));
        let event = index.and_then(|index| self.events.iter().filter(|event| is_public(event)).nth(index));
        event.map_or(Seq::START, |event| event.seq)
    }

    /// The visitor's messages beyond a position (SPEC CV5).
    pub(super) fn unread(&self, read: Seq) -> u32 {
        let unread = self
            .events
            .iter()
            .filter(|event| event.seq > read && event.author == Author::Visitor && said(event).is_some());
        u32::try_from(unread.count()).unwrap_or(u32::MAX)
    }

    /// Where the conversation stands (SPEC CV3).
    pub(super) fn status(&self) -> Status {
        let changes = self.events.iter().rev().find_map(|event| match &event.kind {
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
            AgentKind::Private(PrivateKind::Handled(step)) => step.status(),
        });
        changes.unwrap_or_default()
    }

    /// Whether a step of handling makes sense (SPEC CV19, CV21).
    pub(super) fn may_handle(&self, kind: &AgentKind, now: Timestamp) -> Result<(), Code> {
        match kind {
            AgentKind::Private(PrivateKind::Handled(Handling::Snooze { until })) => {
                let is_good = now < *until && until.since(now) <= limits::SNOOZE_MS;
                if is_good { Ok(()) } else { Err(Code::BadField) }
            }
            AgentKind::Private(PrivateKind::Handled(Handling::Label(label))) => {
                let labels = self.labels();
                let has_room = labels.contains(label) || labels.len() < limits::LABELS;
                if has_room { Ok(()) } else { Err(Code::TooLarge) }
            }
            AgentKind::Public(_) | AgentKind::Private(_) => Ok(()),
        }
    }

    fn labels(&self) -> Vec<Label> {
        let mut labels = Vec::new();
        for event in &self.events {
            match event.kind.handling() {
                Some(Handling::Label(label)) if !labels.contains(label) => labels.push(label.clone()),
                Some(Handling::Unlabel(label)) => labels.retain(|other| other != label),
                Some(_) | None => {}
            }
        }
        labels
    }

    /// The newest thing that was said to the other side, and where.
    pub(super) fn newest(&self) -> Option<(Seq, &str)> {
        self.events.iter().rev().find_map(|event| Some((event.seq, said(event)?)))
    }
}

pub(super) fn is_public(event: &StoredEvent) -> bool {
    is_public_kind(&event.kind)
}

const fn is_public_kind(kind: &AgentKind) -> bool {
    matches!(kind, AgentKind::Public(_))
}

fn is_by(event: &StoredEvent, person: Person) -> bool {
    Person::of(&event.author) == person
}

fn said(event: &StoredEvent) -> Option<&str> {
    match &event.kind {
        AgentKind::Public(PublicKind::Message { text, .. }) => Some(text.as_str()),
        AgentKind::Public(PublicKind::Deleted { of }) if *of == event.client_message_id => Some(""),
        // Nobody sends a file up here, so that none is ever said.
        AgentKind::Public(
            PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::File(_)
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(_) => None,
    }
}

fn written<C: Serialize>(command: &C) -> Vec<u8> {
    ::postcard::to_allocvec(command).expect("commands can be written")
}
