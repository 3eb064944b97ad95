//! What only its author can say what becomes of: refused for good, under an id that is taken, or lost by the server.

use protocol::{Audience, ClientMessageId, Code, Cursor, Event, Failure, OutboxId, Status, Timestamp};

use super::{Entry, Outbox};
use crate::env::Entropy;

impl<A: Audience> Outbox<A> {
    /// Queues a failed message at the end, as said by somebody who has seen so much; returns whether there is one.
    pub(crate) fn retry(&mut self, id: ClientMessageId, seen: Option<Cursor>, written_at: Timestamp) -> bool {
        let Some(mut entry) = self.take_failed(id) else {
            return false;
        };
        entry.failed = None;
        entry.faults = 0;
        entry.saw(seen);
        self.queue(entry, written_at);
        true
    }

    /// Forgets a failed message; returns whether there is one.
    pub(crate) fn discard(&mut self, id: ClientMessageId) -> bool {
        let was_there = self.take_failed(id).is_some();
        if was_there {
            self.unsaved.push(id);
        }
        was_there
    }

    /// Takes back what was stored once and is no longer, as failed; returns whether there is any. It stands before what
    /// was written later.
    pub(crate) fn lose(&mut self, events: &[Event<A::Kind>]) -> bool {
        let mut after = Timestamp::default();
        let mut any = false;
        for event in events {
            if self.position(event.client_message_id).is_some() {
                continue;
            }
            let Some(mut entry) = Entry::lost(event) else { continue };
            // In the order that they had, also where they are kept.
            entry.written_at = entry.written_at.max(after.plus(1));
            after = entry.written_at;
            self.unsaved.push(entry.client_message_id);
            self.insert(entry);
            any = true;
        }
        any
    }

    /// Takes that an event of this person is stored: its message is, or has to go by another id.
    pub(crate) fn found(&mut self, event: &Event<A::Kind>, now: Timestamp, entropy: &mut Entropy) {
        let Some(index) = self.position(event.client_message_id) else { return };
        let id = event.client_message_id;
        // What was lost is known as it read then: a tab that has sent it again may not have known of a change, which is
        // lost under an id of its own.
        let is_same = |entry: &Entry<A>| {
            entry.failed == Some(Failure::Lost) || A::may_come_of(&event.kind, id, &entry.kind)
        };
        if self.entries.get(index).is_some_and(is_same) {
            self.confirm(id, now);
        } else {
            self.fail(index, Code::IdempotencyConflict, now, entropy);
        }
    }

    /// Drops changes that wait, of messages that are deleted; returns whether there is any. The server would refuse them,
    /// but says so only to the tab that asks.
    pub(crate) fn give_up_moot(
        &mut self,
        is_deleted: impl Fn(ClientMessageId) -> bool,
        now: Timestamp,
        entropy: &mut Entropy,
    ) -> bool {
        let waiting = self.entries.iter().filter(|entry| entry.is_pending());
        let moot = waiting.filter(|entry| A::amends(&entry.kind).is_some_and(&is_deleted));
        let moot: Vec<_> = moot.map(|entry| entry.client_message_id).collect();
        if moot.is_empty() {
            return false;
        }
        self.entries.retain(|entry| !moot.contains(&entry.client_message_id));
        self.unsaved.extend(moot);
        self.renumber(OutboxId::from_bytes(entropy.take()));
        self.await_answer(now);
        true
    }

    /// Leaves a message to its author, and what follows to a fresh outbox.
    pub(super) fn fail(&mut self, index: usize, code: Code, now: Timestamp, entropy: &mut Entropy) {
        let Some(entry) = self.entries.get_mut(index) else { return };
        entry.fail(code);
        let id = entry.client_message_id;
        if code == Code::IdempotencyConflict {
            self.rename(index);
        }
        self.unsaved.push(id);
        if A::WRITES_NOTES && code == Code::Overtaken {
            self.hold_behind(index);
        }
        self.renumber(OutboxId::from_bytes(entropy.take()));
        self.await_answer(now);
    }

    /// Holds with a reply what was written behind it and takes the conversation out of sight: it was meant to come after the
    /// reply, and its author is to see what came before that first (SPEC MA7).
    fn hold_behind(&mut self, index: usize) {
        let ends = |entry: &Entry<A>| {
            matches!(A::status(&entry.kind), Some(Status::Resolved | Status::Pending | Status::Snoozed))
        };
        let behind = self.entries.iter_mut().skip(index + 1);
        for entry in behind.filter(|entry| entry.is_pending() && ends(entry)) {
            entry.fail(Code::Overtaken);
            self.unsaved.push(entry.client_message_id);
        }
    }

    /// Gives a message an id of its own, the same in every tab; what another tab has renamed already is there.
    fn rename(&mut self, index: usize) {
        let mut entry = self.entries.remove(index);
        entry.rename();
        while let Some(other) = self.position(entry.client_message_id).and_then(|at| self.entries.get(at)) {
            if other.kind == entry.kind {
                return;
            }
            entry.rename();
        }
        // What takes another's place is kept before that is forgotten.
        self.unsaved.push(entry.client_message_id);
        self.entries.insert(index, entry);
    }

    pub(super) fn take_failed(&mut self, id: ClientMessageId) -> Option<Entry<A>> {
        let index =
            self.entries.iter().position(|entry| entry.client_message_id == id && !entry.is_pending())?;
        Some(self.entries.remove(index))
    }
}
