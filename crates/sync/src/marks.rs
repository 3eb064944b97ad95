//! How far both sides have read. Within one life of the log, a mark only ever grows.

use protocol::{Author, ReadMarks, Seq};

/// The marks as the server told them, and what this person has seen since.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    stored: ReadMarks,
    seen: Seq,
    /// The last that was sent, as long as there is no reason to send it again.
    told: Seq,
}

impl Marks {
    /// Begins anew, since positions have lost their meaning.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn grow(&mut self, marks: ReadMarks) {
        self.stored.visitor = self.stored.visitor.max(marks.visitor);
        self.stored.agents = self.stored.agents.max(marks.agents);
    }

    /// Takes that the person has seen everything up to here; returns whether that is new.
    pub(crate) fn see(&mut self, upto: Seq) -> bool {
        let grown = upto > self.seen;
        self.seen = self.seen.max(upto);
        grown
    }

    /// What was told may be lost: tells it again unless the server turns out to know it.
    pub(crate) const fn tell_again(&mut self) {
        self.told = Seq::START;
    }

    /// Returns what the server should be told, once.
    pub(crate) fn take_untold(&mut self, me: &Author) -> Option<Seq> {
        if self.seen <= self.own(me).max(self.told) {
            return None;
        }
        self.told = self.seen;
        Some(self.seen)
    }

    /// Returns up to where this side has seen everything.
    pub(crate) fn seen_by_this_side(&self, me: &Author) -> Seq {
        self.own(me).max(self.seen)
    }

    /// Returns up to where the other side has.
    pub(crate) const fn seen_by_other_side(&self, me: &Author) -> Seq {
        match me {
            Author::Visitor => self.stored.agents,
            Author::Agent(_) | Author::System => self.stored.visitor,
        }
    }

    const fn own(&self, me: &Author) -> Seq {
        match me {
            Author::Visitor => self.stored.visitor,
            Author::Agent(_) | Author::System => self.stored.agents,
        }
    }
}
