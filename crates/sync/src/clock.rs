//! A clock that never runs backwards, made from one that may.

use protocol::Timestamp;

/// Adds up how far the outer clock moved forward; what it moves back is left out.
///
/// All deadlines of the engine are times of this clock, so that none of them ends up days away when somebody sets the
/// clock of the computer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    outside: Timestamp,
    inside: Timestamp,
    /// When a timer was asked for, by the inner clock.
    due: Option<Timestamp>,
}

impl Clock {
    pub(crate) const fn new(outside: Timestamp) -> Self {
        Self { outside, inside: outside, due: None }
    }

    /// Takes note of the outer time and returns the inner one.
    ///
    /// A clock that was set back hides how much time has passed. It counts as all that can have: the timer that was asked
    /// for goes off by a clock that nobody sets, and would have done so otherwise.
    pub(crate) fn advance(&mut self, outside: Timestamp) -> Timestamp {
        let was_set_back = outside < self.outside;
        self.inside = self.inside_at(outside);
        self.outside = outside;
        if let (true, Some(due)) = (was_set_back, self.due) {
            self.inside = self.inside.max(due);
        }
        self.inside
    }

    /// Takes note of when a timer is wanted and returns the outer time of that.
    pub(crate) fn set_timer(&mut self, due: Option<Timestamp>) -> Option<Timestamp> {
        self.due = due;
        due.map(|due| self.outside_at(due))
    }

    /// Returns the inner time of the last [`Self::advance`].
    pub(crate) const fn now(&self) -> Timestamp {
        self.inside
    }

    /// Returns the inner time at an outer time.
    pub(crate) const fn inside_at(&self, outside: Timestamp) -> Timestamp {
        self.inside.plus(outside.since(self.outside))
    }

    /// Returns the outer time at which a deadline passes, as far as can be told.
    const fn outside_at(&self, inside: Timestamp) -> Timestamp {
        self.outside.plus(inside.since(self.inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sy10_a_clock_set_back_moves_no_deadline_away() {
        let mut clock = Clock::new(Timestamp(1_000_000));
        assert_eq!(clock.advance(Timestamp(1_000_500)), Timestamp(1_000_500));
        assert_eq!(clock.advance(Timestamp(500)), Timestamp(1_000_500));
        assert_eq!(clock.outside_at(Timestamp(1_002_500)), Timestamp(2_500));
        assert_eq!(clock.inside_at(Timestamp(1_500)), Timestamp(1_001_500));
        assert_eq!(clock.outside_at(Timestamp(7)), Timestamp(500));
    }

    #[test]
    fn sy10_what_a_clock_set_back_hides_counts_up_to_the_next_deadline() {
        let mut clock = Clock::new(Timestamp(1_000_000));
        assert_eq!(clock.set_timer(Some(Timestamp(1_015_000))), Some(Timestamp(1_015_000)));
        assert_eq!(clock.advance(Timestamp(1_009_000)), Timestamp(1_009_000));
        assert_eq!(clock.advance(Timestamp(500)), Timestamp(1_015_000));
        assert_eq!(clock.advance(Timestamp(700)), Timestamp(1_015_200));
    }
}
