//! What a browser keeps on an origin for all of a person's tabs, and the lock of the tab that sends.

use std::collections::{BTreeMap, BTreeSet};

use protocol::ClientMessageId;

use crate::browser::ClientId;

/// How storage behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mode {
    #[default]
    Normal,
    /// Nothing is read and nothing written, and there are no locks.
    Denied,
    /// What is there stays, nothing new is taken.
    Full,
}

/// Writes that a crash of the browser may take.
const AT_RISK: usize = 4;

/// A message of a conversation.
pub(crate) type Name = (usize, ClientMessageId);

/// The storage of one browser, and its locks.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) mode: Mode,
    items: BTreeMap<Name, String>,
    /// The latest writes, each with what was there before.
    journal: Vec<(Name, Option<String>)>,
    /// Messages that could not be kept, or were damaged since.
    pub(crate) lost: BTreeSet<Name>,
    locks: BTreeMap<usize, Lock>,
}

#[derive(Debug, Default)]
struct Lock {
    holder: Option<ClientId>,
    queue: Vec<ClientId>,
}

impl Shelf {
    /// What can be read of a conversation.
    pub(crate) fn read(&self, conversation: usize) -> Vec<(ClientMessageId, String)> {
        if self.mode == Mode::Denied {
            return Vec::new();
        }
        let items = self.items.iter().filter(|((of, _), _)| *of == conversation);
        items.map(|((_, id), text)| (*id, text.clone())).collect()
    }

    /// Everything, whether it can be read or not.
    pub(crate) fn items(&self) -> impl Iterator<Item = (Name, &str)> {
        self.items.iter().map(|(name, text)| (*name, text.as_str()))
    }

    pub(crate) fn has(&self, name: Name) -> bool {
        self.items.contains_key(&name)
    }

    /// Keeps or removes an item; returns whether that could be done.
    pub(crate) fn put(&mut self, name: Name, text: Option<String>) -> bool {
        let can = match self.mode {
            Mode::Normal => true,
            Mode::Full => text.is_none() || text.as_ref() == self.items.get(&name),
            Mode::Denied => false,
        };
        if !can {
            if text.is_some() {
                self.lost.insert(name);
            }
            return false;
        }
        let before = match text {
            Some(text) => {
                self.lost.remove(&name);
                self.items.insert(name, text)
            }
            // Another tab may still have a form of it that could not be kept.
            None => self.items.remove(&name),
        };
        self.journal.push((name, before));
        let old = self.journal.len().saturating_sub(AT_RISK);
        self.journal.drain(..old);
        true
    }

    /// Loses everything; tells whether there was anything, as do the other losses.
    pub(crate) fn clear(&mut self) -> bool {
        let had_any = !self.items.is_empty();
        self.items.clear();
        self.journal.clear();
        had_any
    }

    pub(crate) fn corrupt(&mut self) -> bool {
        self.items.values_mut().for_each(|text| text.truncate(text.len() / 2));
        !self.items.is_empty()
    }

    /// What is kept becomes what a build before this one would have kept, which nobody reads.
    pub(crate) fn outdate(&mut self) -> bool {
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // The version is the first byte: its lowest bits are the highest of the second letter.
        for text in self.items.values_mut() {
            let value = text.chars().nth(1).and_then(|letter| LETTERS.find(letter));
            if let Some(older) = value.and_then(|value| LETTERS.get(value.checked_sub(16)?..)?.get(..1)) {
                text.replace_range(1..2, older);
            }
        }
        !self.items.is_empty()
    }

    /// Loses the latest writes.
    pub(crate) fn fall_back(&mut self) -> bool {
        let before = self.items.clone();
        for (name, before) in std::mem::take(&mut self.journal).into_iter().rev() {
            match before {
                Some(text) => self.items.insert(name, text),
                None => self.items.remove(&name),
            };
        }
        self.items != before
    }

    /// Takes the lock if it is free or is to be stolen, else waits for it; returns whether it is held, and from whom it
    /// was taken.
    pub(crate) fn contend(
        &mut self,
        conversation: usize,
        client: ClientId,
        steal: bool,
    ) -> (bool, Option<ClientId>) {
        let lock = self.locks.entry(conversation).or_default();
        if lock.holder.is_none() || lock.holder == Some(client) || steal {
            let before = lock.holder.replace(client).filter(|before| *before != client);
            return (true, before);
        }
        if !lock.queue.contains(&client) {
            lock.queue.push(client);
        }
        (false, None)
    }

    /// A client is gone; returns whose turn it is where it held the lock.
    pub(crate) fn let_go(&mut self, client: ClientId) -> Option<ClientId> {
        for lock in self.locks.values_mut() {
            lock.queue.retain(|other| *other != client);
            if lock.holder == Some(client) {
                lock.holder = (!lock.queue.is_empty()).then(|| lock.queue.remove(0));
                return lock.holder;
            }
        }
        None
    }
}
