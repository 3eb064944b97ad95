//! What the tabs of one person share: the messages that are kept, and that one tab sends them.
//!
//! A tab writes items of its own and never changes another's list, so that no two tabs overwrite each other. Who sends
//! is decided outside, by a lock. Two senders at a time do no harm: the ids are the same, and each keeps the order.

use core::cmp::Ordering;

use mutant::mutant;
use protocol::{Audience, ClientMessageId, Failure, OutboxId, SavedMessage, Timestamp};

use super::{Entry, Outbox, is_settled_by};
use crate::env::Entropy;

/// Milliseconds that a tab which is connected waits for another one to send.
const PATIENCE_MS: u64 = 10_000;

/// The same, where another tab has removed something that waits here, or did not send for so long already before this tab was
/// connected: if that was stored, this tab's own socket says so soon.
const SHORT_PATIENCE_MS: u64 = 2_000;

/// What is to be done about a kept message.
#[derive(Debug)]
pub(crate) enum Change<C> {
    Keep(SavedMessage<C>),
    Drop(ClientMessageId),
}

impl<A: Audience> Outbox<A> {
    /// Whether it is this tab that sends.
    pub(crate) const fn sends(&self) -> bool {
        self.sends
    }

    /// How many messages could not be kept.
    pub(crate) fn unkept(&self) -> usize {
        self.entries.iter().filter(|entry| entry.unkept).count()
    }

    /// This tab sends from now on: everything, under numbers of its own; returns whether it did not before.
    pub(crate) fn elect(&mut self, entropy: &mut Entropy) -> bool {
        if self.sends {
            return false;
        }
        self.sends = true;
        self.overdue_at = None;
        self.renumber(OutboxId::from_bytes(entropy.take()));
        true
    }

    /// Another tab sends from now on; but what could not be kept no other tab knows. What was kept is kept again: the
    /// storage may have lost it before that tab could read it.
    pub(crate) fn depose(&mut self) {
        self.sends = self.entries.iter().any(|entry| entry.unkept && entry.is_pending());
        let handed_over = self.entries.iter().filter(|entry| entry.is_pending() && !entry.unkept);
        self.unsaved.extend(handed_over.map(|entry| entry.client_message_id));
        self.overdue_at = None;
    }

    /// Takes up what was kept, here or by another tab; returns whether that is news.
    pub(crate) fn take_up(
        &mut self,
        kept: SavedMessage<A::Command>,
        now: Timestamp,
        entropy: &mut Entropy,
    ) -> bool {
        let Some(mut entry) = Entry::restored(kept) else { return false };
        let id = entry.client_message_id;
        let is_settled =
            matches!(entry.failed, Some(Failure::Refused(code)) if is_settled_by::<A>(code, &entry.kind));
        let Some(index) = self.position(id) else {
            if !is_settled {
                self.insert(entry);
            }
            return !is_settled;
        };
        let Some(known) = self.entries.get_mut(index) else { return false };
        match known.version().cmp(&entry.version()) {
            Ordering::Greater => {
                // Written over by a tab that had not heard of it.
                self.unsaved.push(entry.client_message_id);
                return false;
            }
            Ordering::Equal => return core::mem::take(&mut known.unkept),
            Ordering::Less => {}
        }
        if is_settled {
            self.settled.push(id);
        }
        let earlier = self.entries.remove(index);
        // What is still to be answered here was sent before.
        entry.outdated = earlier.outdated + earlier.unanswered;
        let had_number = earlier.number.is_some();
        self.insert(entry);
        if had_number {
            self.renumber(OutboxId::from_bytes(entropy.take()));
        }
        self.await_answer(now);
        true
    }

    /// Forgets a failed message that another tab has removed; returns whether there is one.
    ///
    /// Of one that waits a removal proves nothing: what is stored, the server says on this tab's own socket; or else, if that
    /// lies further back in the log than this tab has read, when it is asked.
    pub(crate) fn removed(&mut self, id: ClientMessageId) -> bool {
        if let Some(entry) =
            self.entries.iter_mut().find(|entry| entry.client_message_id == id && entry.is_pending())
        {
            entry.is_removed = true;
            self.overdue_at = None;
        }
        self.take_failed(id).is_some()
    }

    /// Removes what turned out to be stored and was kept nonetheless.
    pub(crate) fn forget(&mut self, id: ClientMessageId) {
        self.unsaved.push(id);
    }

    /// A message could not be kept, so that nobody but this tab can send it; returns whether there is one.
    pub(crate) fn not_kept(&mut self, id: ClientMessageId, entropy: &mut Entropy) -> bool {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.client_message_id == id) else {
            return false;
        };
        entry.unkept = true;
        let _ = self.elect(entropy);
        true
    }

    /// Tells whether another tab was to send what waits here and did not for too long; once each time.
    pub(crate) fn is_overdue(&mut self, now: Timestamp) -> bool {
        if self.sends || self.pending() == 0 {
            self.overdue_at = None;
            return false;
        }
        let is_overdue = self.overdue_at.take_if(|at| *at <= now).is_some();
        if self.overdue_at.is_none() {
            let is_new_here = !core::mem::replace(&mut self.has_waited, true);
            let is_late = |entry: &Entry<A>| is_new_here && now.since(entry.written_at) >= PATIENCE_MS;
            let is_soon =
                self.entries.iter().any(|entry| entry.is_pending() && (entry.is_removed || is_late(entry)));
            self.overdue_at = Some(now.plus(if is_soon { SHORT_PATIENCE_MS } else { PATIENCE_MS }));
        }
        mutant!(25, is_overdue, false)
    }

    /// Returns what to keep and what to remove, in order. What could not be kept is tried again with the next message.
    pub(crate) fn take_changes(&mut self) -> Vec<Change<A::Command>> {
        if self.unsaved.is_empty() && self.settled.is_empty() {
            return Vec::new();
        }
        let again = self.entries.iter().filter(|entry| entry.unkept).map(|entry| entry.client_message_id);
        let mut ids: Vec<_> = again.collect();
        for id in core::mem::take(&mut self.unsaved) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut changes: Vec<_> = ids.into_iter().map(|id| self.change(id)).collect();
        for id in core::mem::take(&mut self.settled) {
            self.take_failed(id);
            changes.push(Change::Drop(id));
        }
        changes
    }

    fn change(&mut self, id: ClientMessageId) -> Change<A::Command> {
        match self.entries.iter_mut().find(|entry| entry.client_message_id == id) {
            Some(entry) => {
                entry.unkept = false;
                mutant!(9, Change::Keep(entry.saved()), Change::Drop(id))
            }
            None => Change::Drop(id),
        }
    }
}
