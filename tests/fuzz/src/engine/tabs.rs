//! The other tabs of the person, and what the browser does for all of them: storage and the lock.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{ClientMessageId, Code, Failure, SavedMessage, Timestamp};
use sync::View;

use super::side::Side;
use super::wire::{Waiting, pick};
use crate::reader::Reader;

/// What the tabs share.
#[derive(Debug)]
pub(super) struct Tabs<S: Side> {
    storage: BTreeMap<ClientMessageId, SavedMessage<S::Command>>,
    /// Messages that were kept at some time, by whomever.
    seen: BTreeSet<ClientMessageId>,
    /// What this tab could not keep.
    unkept: BTreeSet<ClientMessageId>,
    /// What another tab has removed although it waits here.
    removed: BTreeSet<ClientMessageId>,
    /// Whether this tab is the one that sends.
    pub(super) sends: bool,
    waits_for_lock: bool,
    is_locked: bool,
    written: u64,
}

impl<S: Side> Tabs<S> {
    pub(super) const fn new() -> Self {
        Self {
            storage: BTreeMap::new(),
            seen: BTreeSet::new(),
            unkept: BTreeSet::new(),
            removed: BTreeSet::new(),
            sends: false,
            waits_for_lock: false,
            is_locked: false,
            written: 0,
        }
    }

    pub(super) fn keep(&mut self, message: SavedMessage<S::Command>) {
        let id = message.client_message_id;
        self.seen.insert(id);
        self.removed.remove(&id);
        self.unkept.remove(&id);
        self.storage.insert(id, message);
    }

    pub(super) fn drop(&mut self, id: ClientMessageId) {
        self.storage.remove(&id);
        self.unkept.remove(&id);
        self.removed.remove(&id);
    }

    /// Another tab keeps something: a message of its own, another form of one that waits here, or one that is stored.
    pub(super) fn keeps(
        &mut self,
        reader: &mut Reader<'_>,
        view: &View<S>,
        now: Timestamp,
    ) -> Option<SavedMessage<S::Command>> {
        let known = pick(reader, &view.items)?.filter(|item| item.mine);
        let known = known.and_then(|item| Some((item.client_message_id, S::repeat(&item.kind)?)));
        let (client_message_id, command) = match known {
            Some(known) => known,
            None => {
                self.written += 1;
                let id = u128::from(self.written).to_be_bytes();
                (ClientMessageId::from_bytes(id), S::command(reader)?)
            }
        };
        let span = i64::try_from(reader.span()?).ok()?;
        let span = if reader.flag()? { span } else { -span };
        let failed = [None, Some(Failure::Refused(Code::TooLong)), Some(Failure::Lost)];
        let message = SavedMessage {
            client_message_id,
            written_at: Timestamp(now.0.saturating_add(span)),
            command,
            failed: failed[usize::from(reader.below(3)?)],
        };
        self.keep(message.clone());
        Some(message)
    }

    pub(super) fn removes(&mut self, id: ClientMessageId) {
        if self.storage.remove(&id).is_some() {
            self.removed.insert(id);
        }
    }

    /// Storage takes back that it has kept a message; returns whether it had, and this tab is told.
    pub(super) fn could_not_keep(&mut self, id: ClientMessageId, waiting: &[Waiting<S>]) -> bool {
        let was_kept = self.storage.remove(&id).is_some() && waiting.iter().any(|waiting| waiting.id == id);
        if was_kept {
            self.unkept.insert(id);
            self.sends = true;
        }
        was_kept
    }

    pub(super) const fn contend(&mut self, steal: bool) {
        self.waits_for_lock = true;
        self.is_locked &= !steal;
    }

    /// Another tab takes the lock; returns whether this one had it.
    pub(super) fn take_lock(&mut self, waiting: &[Waiting<S>]) -> bool {
        let had_lock = !self.is_locked && !self.waits_for_lock && self.sends;
        self.is_locked = true;
        if had_lock {
            let mut pending = waiting.iter().filter(|waiting| waiting.failed.is_none());
            self.sends = pending.any(|waiting| self.unkept.contains(&waiting.id));
        }
        had_lock
    }

    pub(super) const fn let_go(&mut self) {
        self.is_locked = false;
    }

    /// Whether this tab gets the lock that it waits for; once.
    pub(super) const fn is_turn(&mut self) -> bool {
        if self.is_locked || !self.waits_for_lock {
            return false;
        }
        self.waits_for_lock = false;
        self.sends = true;
        true
    }

    /// This tab is loaded again; returns what it finds.
    pub(super) fn reloaded(&mut self) -> Vec<SavedMessage<S::Command>> {
        self.sends = false;
        self.waits_for_lock = false;
        self.unkept.clear();
        self.removed.clear();
        self.storage.values().cloned().collect()
    }

    pub(super) fn has(&self, id: ClientMessageId) -> bool {
        self.storage.contains_key(&id)
    }

    pub(super) fn was_kept(&self, id: ClientMessageId) -> bool {
        self.seen.contains(&id)
    }

    pub(super) fn unkept(&self) -> usize {
        self.unkept.len()
    }

    /// What waits is kept as it is, unless that could not be done or another tab undid it (SPEC SY11).
    pub(super) fn check(&self, waiting: &Waiting<S>) {
        match self.storage.get(&waiting.id) {
            Some(kept) => {
                let is_same = kept.failed.is_some() == waiting.failed.is_some();
                assert!(
                    is_same && S::echo(&kept.command).as_ref() == Some(&waiting.kind),
                    "SY11: kept as it is"
                );
            }
            None => {
                let is_known = self.unkept.contains(&waiting.id) || self.removed.contains(&waiting.id);
                assert!(is_known, "SY11: {:?} waits and is not kept", waiting.id);
            }
        }
    }
}
