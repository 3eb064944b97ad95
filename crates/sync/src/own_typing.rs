//! Tells the others that this person types: seldom enough to cost little, often enough to stay true.

use protocol::Timestamp;
use protocol::limits::TYPING_INTERVAL_MS;

/// Milliseconds without a key after which a person has stopped typing.
const STOPPED_MS: u64 = 5_000;

/// What the others were told of this person's typing.
#[derive(Debug, Default)]
pub(crate) struct OwnTyping {
    /// The last key, as long as the others believe that this person types.
    typed_at: Option<Timestamp>,
    told_at: Option<Timestamp>,
    is_note: bool,
}

/// What to tell the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Telling {
    pub(crate) on: bool,
    /// Whether it is a note, of which only colleagues hear.
    pub(crate) is_note: bool,
}

impl OwnTyping {
    /// Takes a key press, or that the field is empty; returns what to tell.
    pub(crate) fn typed(&mut self, on: bool, is_note: bool, now: Timestamp) -> Option<Telling> {
        if !on {
            return self.stop();
        }
        let is_other = self.is_note != is_note;
        self.is_note = is_note;
        let due = is_other || self.told_at.is_none_or(|told| now >= told.plus(TYPING_INTERVAL_MS));
        if due {
            self.told_at = Some(now);
        }
        if due || self.typed_at.is_some() {
            self.typed_at = Some(now);
        }
        due.then_some(Telling { on, is_note })
    }

    /// Takes that the person has stopped; returns what to tell.
    pub(crate) fn stop(&mut self) -> Option<Telling> {
        self.typed_at.take().map(|_| Telling { on: false, is_note: self.is_note })
    }

    /// Returns what to tell by now.
    pub(crate) fn due(&mut self, now: Timestamp) -> Option<Telling> {
        self.wake_at().filter(|at| *at <= now).and_then(|_| self.stop())
    }

    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.typed_at.map(|at| at.plus(STOPPED_MS))
    }
}
