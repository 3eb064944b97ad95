//! This person's own messages that were stored once, while it is not known whether the server has them still.
//!
//! A server whose storage was put back to an earlier moment has the log up to there, and goes on from there. So whatever
//! stood beyond the first position that is known of the new log is among the known events or is lost; what stood before
//! it shows when older events come.

use std::collections::BTreeSet;

use protocol::{ClientMessageId, Event, Seq};

/// Own events that a welcome has put in doubt.
#[derive(Debug)]
pub(crate) struct Doubtful<K> {
    /// In the order and with the positions that they had.
    events: Vec<Event<K>>,
    /// The end of the log at the latest of those welcomes.
    head: Seq,
}

impl<K> Default for Doubtful<K> {
    fn default() -> Self {
        Self { events: Vec::new(), head: Seq::START }
    }
}

impl<K> Doubtful<K> {
    /// Takes what a welcome, which told this head, has made the client forget.
    pub(crate) fn add(&mut self, events: impl Iterator<Item = Event<K>>, head: Seq) {
        self.events.extend(events);
        self.head = head;
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the end of the log that must be known before anything can be said.
    pub(crate) const fn head(&self) -> Seq {
        self.head
    }

    /// Takes out what is certain, once everything after a position is known; returns what is lost.
    pub(crate) fn settle(&mut self, from: Seq, stored: &BTreeSet<ClientMessageId>) -> Vec<Event<K>> {
        let missing = |event: &Event<K>| !stored.contains(&event.client_message_id);
        let (certain, doubtful): (Vec<_>, Vec<_>) =
            core::mem::take(&mut self.events).into_iter().partition(|event| event.seq > from);
        self.events = doubtful.into_iter().filter(missing).collect();
        certain.into_iter().filter(missing).collect()
    }
}
