//! What was written and is not known to be stored: kept in order, sent in order, sent again until it is answered.
//!
//! The server stores number `n` of an outbox only after number `n - 1`. Once a number is refused for good, nothing after
//! it can ever be stored under this outbox, so that everything that waits is numbered anew in a fresh one; the client
//! message ids stay, which makes sending again safe.

mod entry;

use mutant::mutant;
use protocol::{
    Audience, ClientMessageId, Code, Event, Failure, OutboxId, SavedOutbox, Submission, Timestamp,
};

pub(crate) use self::entry::Entry;
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

/// The messages of one client that are not known to be stored.
#[derive(Debug)]
pub(crate) struct Outbox<A: Audience> {
    id: OutboxId,
    next_number: u64,
    entries: Vec<Entry<A>>,
    window: usize,
    paused_until: Option<Timestamp>,
    /// Refusals since something was last stored.
    setbacks: u32,
    answer_by: Option<Timestamp>,
    unsaved: bool,
}

impl<A: Audience> Outbox<A> {
    /// Takes up what was saved, in its order and under its ids, or begins empty.
    ///
    /// The numbers are given anew, in a fresh outbox: what was saved may be older than what was sent (a browser that
    /// crashed, a tab that was duplicated), and a number that is taken lets a later message overtake an earlier one.
    pub(crate) fn new(
        saved: Option<SavedOutbox<A::Command>>,
        written_at: Timestamp,
        entropy: &mut Entropy,
    ) -> Self {
        let mut outbox = Self {
            id: OutboxId::from_bytes(entropy.take()),
            next_number: 1,
            entries: Vec::new(),
            window: WINDOW,
            paused_until: None,
            setbacks: 0,
            answer_by: None,
            unsaved: false,
        };
        let Some(saved) = saved else { return outbox };
        for entry in saved.entries.into_iter().filter_map(|entry| Entry::restored(entry, written_at)) {
            if outbox.position(entry.client_message_id).is_none() {
                outbox.entries.push(entry);
            }
        }
        if !outbox.entries.is_empty() {
            let fresh = outbox.id;
            outbox.renumber(fresh);
        }
        outbox
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
        command: A::Command,
        written_at: Timestamp,
        entropy: &mut Entropy,
    ) -> bool {
        let id = ClientMessageId::from_bytes(entropy.take());
        let Some(entry) = Entry::new(id, self.next_number, command, written_at) else {
            return false;
        };
        self.take_number();
        self.entries.push(entry);
        true
    }

    /// Queues a failed message at the end; returns whether there is one.
    pub(crate) fn retry(&mut self, id: ClientMessageId) -> bool {
        let Some(mut entry) = self.take_failed(id) else {
            return false;
        };
        entry.failed = None;
        entry.faults = 0;
        entry.number = self.take_number();
        self.entries.push(entry);
        true
    }

    /// Forgets a failed message; returns whether there is one.
    pub(crate) fn discard(&mut self, id: ClientMessageId) -> bool {
        self.take_failed(id).is_some()
    }

    /// Takes back what was stored once and is no longer, as failed; returns whether there is any. It stands before what
    /// was written later.
    pub(crate) fn lose(&mut self, events: Vec<Event<A::Kind>>) -> bool {
        let mut place = self.entries.iter().take_while(|entry| entry.failed == Some(Failure::Lost)).count();
        let before = self.entries.len();
        for event in events {
            if self.position(event.client_message_id).is_some() {
                continue;
            }
            if let Some(entry) = Entry::lost(event) {
                self.entries.insert(place, entry);
                place += 1;
            }
        }
        let any = self.entries.len() > before;
        self.unsaved |= any;
        any
    }

    /// Takes that an event of this person is stored: its message is, or has to go by another id.
    pub(crate) fn found(&mut self, event: &Event<A::Kind>, now: Timestamp, entropy: &mut Entropy) {
        let Some(index) = self.position(event.client_message_id) else { return };
        if self.entries.get(index).is_some_and(|entry| entry.kind == event.kind) {
            self.confirm(event.client_message_id, now);
        } else {
            self.fail(index, Code::IdempotencyConflict, now, entropy);
        }
    }

    /// Takes out what turned out to be stored.
    pub(crate) fn confirm(&mut self, id: ClientMessageId, now: Timestamp) -> Option<Entry<A>> {
        let index = self.position(id)?;
        let entry = self.entries.remove(index);
        self.unsaved = true;
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
        let Some(index) = self.position(id) else {
            return false;
        };
        let first = self.entries.iter().position(Entry::is_pending);
        let Some(entry) = self.entries.get_mut(index).filter(|entry| entry.is_pending()) else {
            return false;
        };
        entry.unanswered = entry.unanswered.saturating_sub(1);
        // What comes after the first has to wait for that one in any case, and an answer to an earlier sending says
        // nothing about the later one.
        let decides = first == Some(index) && entry.is_refused();
        entry.faults += u32::from(decides && code == Code::Internal);
        if !code.is_retryable() || entry.faults >= MOST_FAULTS {
            self.fail(index, code, now, entropy);
            return true;
        }
        if decides {
            self.set_back(code, retry_after, now, entropy);
        }
        self.await_answer(now);
        false
    }

    /// Takes what may be sent by now, in order: every message once a connection unless it is refused meanwhile.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Submission<A::Command>> {
        self.paused_until.take_if(|until| *until <= now);
        if self.paused_until.is_some() {
            return Vec::new();
        }
        let room = self.window.saturating_sub(self.unanswered());
        let outbox = self.id;
        let waiting = self.entries.iter_mut().filter(|entry| entry.is_pending() && !entry.transmitted);
        let due: Vec<_> = waiting.take(room).map(|entry| entry.transmit(outbox)).collect();
        if !due.is_empty() && self.answer_by.is_none() {
            self.await_answer(now);
        }
        due
    }

    /// Returns what to keep, if it differs from what was kept last.
    pub(crate) fn take_unsaved(&mut self) -> Option<SavedOutbox<A::Command>> {
        core::mem::take(&mut self.unsaved).then(|| SavedOutbox {
            outbox: self.id,
            next_number: self.next_number,
            entries: self.entries.iter().map(Entry::saved).collect(),
        })
    }

    pub(crate) fn disconnected(&mut self) {
        mutant!(15, self.rewind(), {});
        for entry in &mut self.entries {
            entry.unanswered = 0;
        }
        self.window = WINDOW;
        self.answer_by = None;
    }

    /// Tells whether an answer is overdue.
    pub(crate) fn is_stuck(&self, now: Timestamp) -> bool {
        self.answer_by.is_some_and(|by| by <= now)
    }

    /// Returns when to look again while connected.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.paused_until.into_iter().chain(self.answer_by).min()
    }

    fn position(&self, id: ClientMessageId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.client_message_id == id)
    }

    fn take_failed(&mut self, id: ClientMessageId) -> Option<Entry<A>> {
        let index =
            self.entries.iter().position(|entry| entry.client_message_id == id && !entry.is_pending())?;
        self.unsaved = true;
        Some(self.entries.remove(index))
    }

    /// Leaves a message to its author, and what follows to a fresh outbox.
    fn fail(&mut self, index: usize, code: Code, now: Timestamp, entropy: &mut Entropy) {
        let Some(entry) = self.entries.get_mut(index) else { return };
        entry.fail(code, entropy);
        self.renumber(OutboxId::from_bytes(entropy.take()));
        self.await_answer(now);
    }

    fn take_number(&mut self) -> u64 {
        let number = self.next_number;
        self.next_number = number.saturating_add(1);
        self.unsaved = true;
        number
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

    /// Gives everything that waits new numbers, and sends it again.
    fn renumber(&mut self, fresh: OutboxId) {
        self.id = fresh;
        self.next_number = 1;
        self.rewind();
        for entry in self.entries.iter_mut().filter(|entry| entry.failed.is_none()) {
            entry.number = self.next_number;
            self.next_number += 1;
        }
        self.unsaved = true;
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
