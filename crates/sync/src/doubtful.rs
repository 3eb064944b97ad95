//! This person's own messages that were stored once, while it is not known whether the server has them still.
//!
//! A server whose storage was put back to an earlier moment has the log up to there, and goes on from there. So whatever
//! stood beyond the first position that is known of the new log is among the known events or is lost; what stood before
//! it shows when older events come.

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
    pub(crate) fn add(&mut self, events: Vec<Event<K>>, head: Seq) {
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
    pub(crate) fn settle(&mut self, from: Seq, is_stored: impl Fn(ClientMessageId) -> bool) -> Vec<Event<K>> {
        let mut lost = Vec::new();
        for event in core::mem::take(&mut self.events) {
            if is_stored(event.client_message_id) {
                continue;
            }
            let certain = event.seq > from;
            (if certain { &mut lost } else { &mut self.events }).push(event);
        }
        lost
    }
}
