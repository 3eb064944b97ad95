//! A moment as its parts, in UTC. Each language puts them into its own order.

use protocol::Timestamp;
use time::OffsetDateTime;

/// A moment of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) year: i32,
    /// From 0.
    pub(crate) month: usize,
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
}

impl Moment {
    /// Reads a timestamp. One outside the calendar's ten thousand years is its beginning.
    pub(crate) fn of(at: Timestamp) -> Self {
        let seconds = at.0.div_euclid(1_000);
        let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Self {
            year: moment.year(),
            month: usize::from(u8::from(moment.month())).saturating_sub(1),
            day: moment.day(),
            hour: moment.hour(),
            minute: moment.minute(),
        }
    }

    /// Hour and minute.
    pub(crate) fn clock(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// The month's name, from a language's list.
    pub(crate) fn month_of(self, names: &[&'static str; 12]) -> &'static str {
        names.get(self.month).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ml1_a_moment_is_told_in_utc() {
        let moment = Moment::of(Timestamp(1_795_615_380_999));
        let expected = Moment { year: 2026, month: 10, day: 25, hour: 14, minute: 3 };
        assert_eq!(moment, expected);
        assert_eq!(moment.clock(), "14:03");
        assert_eq!(Moment::of(Timestamp(i64::MAX)).year, 1970);
        assert_eq!(Moment::of(Timestamp(-1)).year, 1969);
    }
}
