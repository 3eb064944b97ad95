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
}

impl OwnTyping {
    /// Takes a key press, or that the field is empty; returns what to tell.
    pub(crate) fn typed(&mut self, on: bool, now: Timestamp) -> Option<bool> {
        if !on {
            return self.stop();
        }
        let due = self.told_at.is_none_or(|told| now >= told.plus(TYPING_INTERVAL_MS));
        if due {
            self.told_at = Some(now);
        }
        if due || self.typed_at.is_some() {
            self.typed_at = Some(now);
        }
        due.then_some(true)
    }

    /// Takes that the person has stopped; returns what to tell.
    pub(crate) fn stop(&mut self) -> Option<bool> {
        self.typed_at.take().map(|_| false)
    }

    /// Returns what to tell by now.
    pub(crate) fn due(&mut self, now: Timestamp) -> Option<bool> {
        self.wake_at().filter(|at| *at <= now).and_then(|_| self.stop())
    }

    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.typed_at.map(|at| at.plus(STOPPED_MS))
    }
}
