//! How far both sides have read. Within one life of the log, a mark only ever grows.

use mutant::mutant;
use protocol::{Author, ReadMarks, Seq};

/// The marks as the server told them, and what this person has seen since.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    shown: ReadMarks,
    /// As the server has them on this connection: a crash may have made it forget what it told before.
    known_to_server: ReadMarks,
    seen: Seq,
    /// The last that was sent, as long as there is no reason to send it again.
    told: Seq,
}

impl Marks {
    /// Begins anew, since positions have lost their meaning.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes the marks of a welcome.
    pub(crate) fn welcome(&mut self, marks: ReadMarks) {
        self.known_to_server = marks;
        self.shown = greater(self.shown, marks);
    }

    /// Takes marks that have moved.
    pub(crate) fn grow(&mut self, marks: ReadMarks) {
        self.known_to_server = greater(self.known_to_server, marks);
        self.shown = mutant!(46, greater(self.shown, marks), self.shown);
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
        if self.seen <= own(self.known_to_server, me).max(self.told) {
            return None;
        }
        self.told = self.seen;
        Some(self.seen)
    }

    /// Returns up to where this side has seen everything.
    pub(crate) fn seen_by_this_side(&self, me: &Author) -> Seq {
        mutant!(47, own(self.shown, me).max(self.seen), self.seen)
    }

    /// Returns up to where the other side has.
    pub(crate) const fn seen_by_other_side(&self, me: &Author) -> Seq {
        match me {
            Author::Visitor => self.shown.agents,
            Author::Agent(_) | Author::System => self.shown.visitor,
        }
    }
}

const fn own(marks: ReadMarks, me: &Author) -> Seq {
    match me {
        Author::Visitor => marks.visitor,
        Author::Agent(_) | Author::System => marks.agents,
    }
}

fn greater(one: ReadMarks, other: ReadMarks) -> ReadMarks {
    ReadMarks { visitor: one.visitor.max(other.visitor), agents: one.agents.max(other.agents) }
}
