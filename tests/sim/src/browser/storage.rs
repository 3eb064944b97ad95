//! What a visitor's browser keeps on the site's origin, as `widget/loader/src/storage.ts` does.

use std::collections::BTreeMap;

use crate::browser::PageId;

/// How storage behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mode {
    #[default]
    Normal,
    /// Nothing is read and nothing written.
    Denied,
    /// What is there stays, nothing new is taken.
    Full,
}

/// The outboxes of one site in one browser, and the locks on them.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) mode: Mode,
    pub(crate) outboxes: BTreeMap<usize, String>,
    /// What was kept before the latest writes, which a crash of the browser may take.
    earlier: BTreeMap<usize, String>,
    locks: BTreeMap<usize, PageId>,
}

impl Shelf {
    /// Takes the lock of a tab's own outbox, or of the first that is free.
    pub(crate) fn claim(&mut self, mine: Option<usize>, page: PageId) -> usize {
        let own = mine.filter(|slot| !self.locks.contains_key(slot));
        let slot = own.or_else(|| (0..).find(|slot| !self.locks.contains_key(slot)));
        let slot = slot.expect("invariant: there is always a free number");
        self.locks.insert(slot, page);
        slot
    }

    pub(crate) fn release(&mut self, page: PageId) {
        self.locks.retain(|_, holder| *holder != page);
    }

    /// Outboxes that hold something and that no page is responsible for.
    pub(crate) fn orphans(&self, holds_something: impl Fn(&str) -> bool) -> Vec<usize> {
        let orphans = self.outboxes.iter().filter(|(slot, _)| !self.locks.contains_key(slot));
        orphans.filter(|(_, text)| holds_something(text)).map(|(slot, _)| *slot).collect()
    }

    pub(crate) fn read(&self, slot: usize) -> Option<String> {
        match self.mode {
            Mode::Normal | Mode::Full => self.outboxes.get(&slot).cloned(),
            Mode::Denied => None,
        }
    }

    /// Returns whether it could be kept.
    pub(crate) fn keep(&mut self, slot: usize, text: &str) -> bool {
        if self.mode != Mode::Normal {
            return false;
        }
        if let Some(before) = self.outboxes.insert(slot, text.to_owned()) {
            self.earlier.insert(slot, before);
        }
        true
    }

    pub(crate) fn clear(&mut self) {
        self.outboxes.clear();
        self.earlier.clear();
    }

    /// Loses the latest write of every outbox.
    pub(crate) fn fall_back(&mut self) {
        for (slot, text) in std::mem::take(&mut self.earlier) {
            self.outboxes.insert(slot, text);
        }
    }
}
