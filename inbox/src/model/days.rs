//! Days by the agent's own calendar.

/// A day of the agent's calendar, counted from an arbitrary one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LocalDay(pub(crate) i64);

/// How a day is called, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayName {
    /// The present day.
    Today,
    /// The one before.
    Yesterday,
    /// The one after.
    Tomorrow,
    /// Any other: a date says it.
    Other,
}

impl LocalDay {
    /// Finds the day of a moment, given by how many minutes the local clock is ahead of UTC at that moment.
    pub(crate) const fn at(milliseconds: i64, minutes_ahead: i64) -> Self {
        Self((milliseconds + minutes_ahead * 60_000).div_euclid(24 * 3_600_000))
    }

    /// Names the day.
    pub(crate) const fn seen_from(self, today: Self) -> DayName {
        match today.0 - self.0 {
            0 => DayName::Today,
            1 => DayName::Yesterday,
            -1 => DayName::Tomorrow,
            _ => DayName::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib10_a_day_ends_at_local_midnight() {
        let hour = 3_600_000;
        assert_eq!(LocalDay::at(23 * hour, 0), LocalDay(0));
        assert_eq!(LocalDay::at(23 * hour, 60), LocalDay(1));
        assert_eq!(LocalDay::at(hour, -120), LocalDay(-1));
        let today = LocalDay(10);
        assert_eq!(LocalDay(10).seen_from(today), DayName::Today);
        assert_eq!(LocalDay(9).seen_from(today), DayName::Yesterday);
        assert_eq!(LocalDay(11).seen_from(today), DayName::Tomorrow);
        assert_eq!(LocalDay(12).seen_from(today), DayName::Other);
    }
}
