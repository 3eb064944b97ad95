//! How long ago something was, in the one unit that a person would use.

use protocol::Timestamp;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// A distance in time for the list of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ago {
    /// Less than a minute, or in the future by a clock that is wrong.
    Now,
    /// Whole minutes, at least one.
    Minutes(u64),
    /// Whole hours, at least one.
    Hours(u64),
    /// Whole days, at least one.
    Days(u64),
    /// A week or more: a date says it better.
    Longer,
}

impl Ago {
    /// Measures from `then` to `now`.
    pub(crate) const fn between(then: Timestamp, now: Timestamp) -> Self {
        match now.since(then) {
            passed if passed < MINUTE => Self::Now,
            passed if passed < HOUR => Self::Minutes(passed / MINUTE),
            passed if passed < DAY => Self::Hours(passed / HOUR),
            passed if passed < WEEK => Self::Days(passed / DAY),
            _ => Self::Longer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib5_the_distance_is_in_the_largest_whole_unit() {
        let then = Timestamp(1_000_000);
        let check =
            |passed: u64, expected| assert_eq!(Ago::between(then, then.plus(passed)), expected, "{passed}");
        check(0, Ago::Now);
        check(MINUTE - 1, Ago::Now);
        check(MINUTE, Ago::Minutes(1));
        check(HOUR - 1, Ago::Minutes(59));
        check(HOUR, Ago::Hours(1));
        check(DAY, Ago::Days(1));
        check(WEEK - 1, Ago::Days(6));
        check(WEEK, Ago::Longer);
        assert_eq!(Ago::between(then.plus(HOUR), then), Ago::Now, "a clock that runs ahead");
    }
}
