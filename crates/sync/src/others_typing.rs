//! Who else types, as far as is known: every notice lapses by itself.

use protocol::limits::TYPING_LAPSES_MS;
use protocol::{Author, Timestamp};

use crate::view::Writing;

/// The others who type, the latest notice last.
#[derive(Debug, Default)]
pub(crate) struct OthersTyping(Vec<(Writing, Timestamp)>);

impl OthersTyping {
    pub(crate) fn noticed(&mut self, writing: Writing, on: bool, now: Timestamp) {
        self.stopped(&writing.author);
        if on {
            self.0.push((writing, now.plus(TYPING_LAPSES_MS)));
        }
    }

    /// Whoever has written does not type.
    pub(crate) fn stopped(&mut self, author: &Author) {
        self.0.retain(|(other, _)| !other.author.is_same_person(author));
    }

    /// Forgets what has lapsed; returns whether there was any.
    pub(crate) fn lapse(&mut self, now: Timestamp) -> bool {
        let before = self.0.len();
        self.0.retain(|(_, lapses_at)| *lapses_at > now);
        self.0.len() != before
    }

    pub(crate) fn shown(&self, now: Timestamp) -> Vec<Writing> {
        self.0.iter().filter(|(_, lapses_at)| *lapses_at > now).map(|(writing, _)| writing.clone()).collect()
    }

    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.0.iter().map(|(_, lapses_at)| *lapses_at).min()
    }
}
