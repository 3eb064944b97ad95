//! What was written and is not known to be stored: kept in order, sent in order, sent again until it is answered.
//!
//! All tabs of one person share what is kept, and one of them sends ([`sharing`]). Only the sender gives numbers. The
//! server stores number `n` of an outbox only after number `n - 1`. Once a number is refused for good, nothing after it
//! can ever be stored under this outbox, so that everything that waits is numbered anew in a fresh one; the client
//! message ids stay, which makes sending again safe.

mod entry;
mod failing;
mod sharing;

use mutant::mutant;
use protocol::{
    Audience, ClientMessageId, Code, Cursor, Failure, OutboxId, PublicKind, Submission, Timestamp,
};

pub(crate) use self::entry::Entry;
pub(crate) use self::sharing::Change;
use crate::backoff;
use crate::env::Entropy;

/// Submissions that may be unanswered at a time.
const WINDOW: usize = 8;

/// Milliseconds within which a submission must be answered.
const ANSWER_MS: u64 = 15_000;

/// The longest pause that a refusal may ask for, in milliseconds.
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Faults of the server over one message after which it is given up.
const MOST_FAULTS: u32 = 8;

/// The messages of one person that this tab knows of and that are not known to be stored.
#[derive(Debug)]
pub(crate) struct Outbox<A: Audience> {
    id: OutboxId,
    next_number: u64,
    /// First those that have a number, in that order; the others as they were written.
    entries: Vec<Entry<A>>,
    window: usize,
    paused_until: Option<Timestamp>,
    /// Refusals since something was last stored.
    setbacks: u32,
    answer_by: Option<Timestamp>,
    /// Whether it is this tab that sends.
    sends: bool,
    /// When this tab has waited long enough for another one to send.
    overdue_at: Option<Timestamp>,
    /// Whether it has waited for that on this connection before.
    has_waited: bool,
    /// The latest that anything was written, as far as this tab knows.
    newest: Timestamp,
    /// Messages whose kept form is not up to date, in the order in which that happened.
    unsaved: Vec<ClientMessageId>,
    /// Failed messages of which nothing is left to be done or said: forgotten once they are kept as that, so that the other
    /// tabs know.
    settled: Vec<ClientMessageId>,
}

impl<A: Audience> Outbox<A> {
    pub(crate) fn new(entropy: &mut Entropy) -> Self {
        Self {
            id: OutboxId::from_bytes(entropy.take()),
            next_number: 1,
            entries: Vec::new(),
            window: WINDOW,
            paused_until: None,
            setbacks: 0,
            answer_by: None,
            sends: false,
            overdue_at: None,
            has_waited: false,
            newest: Timestamp::default(),
            unsaved: Vec::new(),
            settled: Vec::new(),
        }
    }

    pub(crate) fn entries(&self) -> &[Entry<A>] {
        &self.entries
    }

    pub(crate) fn pending(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_pending()).count()
    }

    /// Adds a message at the end; returns whether it is one.
    pub(crate) fn submit(
        &mut self,
        mut command: A::Command,
        seen: Option<Cursor>,
        written_at: Timestamp,
        entropy: &mut Entropy,
    ) -> bool {
        let id = ClientMessageId::from_bytes(entropy.take());
        A::see(&mut command, seen);
        let Some(entry) = Entry::new(id, command, written_at) else {
            return false;
        };
        self.queue(entry, written_at);
        true
    }

    /// Takes out what turned out to be stored.
    pub(crate) fn confirm(&mut self, id: ClientMessageId, now: Timestamp) -> Option<Entry<A>> {
        let index = self.position(id)?;
        let entry = self.entries.remove(index);
        self.unsaved.push(id);
        self.overdue_at = None;
        self.setbacks = 0;
        self.window = WINDOW.min(self.window + 1);
        if self.entries.iter().find(|entry| entry.is_pending()).is_some_and(Entry::is_refused) {
            self.rewind();
        }
        self.await_answer(now);
        Some(entry)
    }

    /// Takes a refusal; returns whether it changes what is shown.
    pub(crate) fn refused(
        &mut self,
        id: ClientMessageId,
        code: Code,
        retry_after: Option<u32>,
        now: Timestamp,
        entropy: &mut Entropy,
    ) -> bool {
        let first = self.entries.iter().position(Entry::is_pending);
        let Some(index) = mutant!(48, self.position(id), self.position(id).and(first)) else {
            return false;
        };
        let Some(entry) = self.entries.get_mut(index) else { return false };
        // Answers come in the order of what they answer: this one is for a sending that its author knows to have failed, and
        // says nothing of what they ask for since.
        if entry.outdated > 0 {
            entry.outdated -= 1;
            return false;
        }
        if !entry.is_pending() {
            return false;
        }
        entry.unanswered = entry.unanswered.saturating_sub(1);
        // What comes after the first has to wait for that one in any case, and an answer to an earlier sending says
        // nothing about the later one.
        let decides = first == Some(index) && entry.is_refused();
        entry.faults += u32::from(decides && code == Code::Internal);
        if !code.is_retryable() || entry.faults >= MOST_FAULTS {
            if is_settled_by::<A>(code, &entry.kind) {
                self.settled.push(id);
            }
            self.fail(index, code, now, entropy);
            return true;
        }
        if decides {
            self.set_back(code, retry_after, now, entropy);
        }
        self.await_answer(now);
        // What came late, from another tab, has gone to its place.
        decides && code == Code::OutOfOrder
    }

    /// Takes what may be sent by now, in order: every message once a connection unless it is refused meanwhile.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Submission<A::Command>> {
        self.paused_until.take_if(|until| *until <= now);
        if self.paused_until.is_some() || mutant!(19, !self.sends, false) {
            return Vec::new();
        }
        let room = self.window.saturating_sub(self.unanswered());
        let (outbox, next_number) = (self.id, &mut self.next_number);
        let waiting = self.entries.iter_mut().filter(|entry| entry.is_pending() && !entry.transmitted);
        let due = waiting.take(room).map(|entry| {
            let number = entry.number.unwrap_or_else(|| take_number(next_number));
            entry.transmit(outbox, number)
        });
        let due: Vec<_> = due.collect();
        if !due.is_empty() && self.answer_by.is_none() {
            self.await_answer(now);
        }
        due
    }

    pub(crate) fn disconnected(&mut self) {
        mutant!(15, self.rewind(), {});
        for entry in &mut self.entries {
            entry.unanswered = 0;
            entry.outdated = 0;
        }
        self.window = WINDOW;
        self.answer_by = None;
        self.overdue_at = None;
        self.has_waited = false;
    }

    /// Tells whether an answer is overdue.
    pub(crate) fn is_stuck(&self, now: Timestamp) -> bool {
        self.answer_by.is_some_and(|by| by <= now)
    }

    /// Returns when to look again while connected.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.paused_until.into_iter().chain(self.answer_by).chain(self.overdue_at).min()
    }

    fn position(&self, id: ClientMessageId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.client_message_id == id)
    }

    /// Adds what was just written at the end: later than all that is known, whatever the clock says.
    fn queue(&mut self, mut entry: Entry<A>, written_at: Timestamp) {
        entry.written_at = written_at.max(self.newest.plus(1));
        self.unsaved.push(entry.client_message_id);
        self.insert(entry);
    }

    /// Puts a message where it belongs: behind everything that has a number, and there in the order written; what was
    /// lost, before everything.
    fn insert(&mut self, entry: Entry<A>) {
        self.newest = self.newest.max(entry.written_at);
        let is_lost = entry.failed == Some(Failure::Lost);
        let numbered = self.entries.iter().rposition(|entry| entry.number.is_some()).filter(|_| !is_lost);
        let first = numbered.map_or(0, |index| index + 1);
        let earlier = self.entries.iter().skip(first).take_while(|other| other.order() < entry.order());
        let index = first + earlier.count();
        self.entries.insert(index, entry);
    }

    fn unanswered(&self) -> usize {
        self.entries.iter().map(|entry| entry.unanswered).sum()
    }

    /// The first message was refused and may be sent again.
    fn set_back(&mut self, code: Code, retry_after: Option<u32>, now: Timestamp, entropy: &mut Entropy) {
        self.setbacks = self.setbacks.saturating_add(1);
        self.window = 1;
        let misnumbered = code == Code::OutOfOrder;
        if misnumbered {
            self.renumber(OutboxId::from_bytes(entropy.take()));
        } else {
            self.rewind();
        }
        if misnumbered && self.setbacks == 1 {
            return;
        }
        let pause = match retry_after {
            Some(asked) => u64::from(asked).min(LONGEST_PAUSE_MS),
            None => backoff::wait(self.setbacks, entropy),
        };
        self.paused_until = Some(now.plus(pause));
    }

    /// Begins a fresh outbox with everything that waits, in the order written.
    fn renumber(&mut self, fresh: OutboxId) {
        self.id = fresh;
        self.next_number = 1;
        self.rewind();
        for entry in &mut self.entries {
            entry.number = None;
        }
        self.entries.sort_by_key(Entry::order);
    }

    fn rewind(&mut self) {
        for entry in &mut self.entries {
            entry.transmitted = false;
        }
    }

    fn await_answer(&mut self, now: Timestamp) {
        self.answer_by = (self.unanswered() > 0).then(|| now.plus(ANSWER_MS));
    }
}

/// Whether a refusal says all about what it was for: what it was to change is deleted, and what says where the conversation
/// stands, or how it was, comes too late (SPEC SY45).
fn is_settled_by<A: Audience>(code: Code, kind: &A::Kind) -> bool {
    let is_rating = matches!(A::public(kind), Some(PublicKind::Rated(_)));
    let is_end = matches!(A::public(kind), Some(PublicKind::Resolved));
    (code == Code::NotFound && (A::amends(kind).is_some() || is_rating || is_end))
        || (code == Code::TooLate && is_rating)
}

fn take_number(next: &mut u64) -> u64 {
    let number = *next;
    *next = number.saturating_add(1);
    number
}
