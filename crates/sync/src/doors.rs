//! Whether a team is there at a moment, by the comings and goings that the server has told.

use protocol::Timestamp;
use protocol::http::reception::Openings;

/// Whether a team is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Doors {
    /// Nobody says: the site has no hours, or what was told of them is over, and somebody is in the inbox or that is not known.
    #[default]
    Unsaid,
    /// It is.
    Open,
    /// It is not.
    Closed {
        /// When it is back, where that is known.
        back: Option<Timestamp>,
    },
}

impl Doors {
    /// The same while nobody of the team is in the inbox, or somebody is: hours that say nothing better are only when somebody
    /// should be there (SPEC OH8).
    #[must_use]
    pub const fn without_anybody(self, is_away: bool) -> Self {
        match self {
            Self::Unsaid | Self::Open if is_away => Self::Closed { back: None },
            Self::Unsaid | Self::Open | Self::Closed { .. } => self,
        }
    }
}

/// Whether a team is there at a moment, and when that may be otherwise: not before, and `None` if never (SPEC OH4).
#[must_use]
pub fn doors(hours: &Openings, now: Timestamp) -> (Doors, Option<Timestamp>) {
    if hours.until <= now {
        return (Doors::Unsaid, None);
    }
    let passed = hours.changes.iter().take_while(|change| **change <= now).count();
    let next = hours.changes.get(passed).copied();
    let is_open = hours.open == (passed % 2 == 0);
    let doors = if is_open { Doors::Open } else { Doors::Closed { back: next } };
    (doors, next.or(Some(hours.until)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oh8_nobody_in_the_inbox_is_away_and_hours_that_are_over_say_until_when() {
        let closed = Doors::Closed { back: Some(Timestamp(7)) };
        for doors in [Doors::Unsaid, Doors::Open, closed] {
            assert_eq!(doors.without_anybody(false), doors);
        }
        assert_eq!(Doors::Unsaid.without_anybody(true), Doors::Closed { back: None });
        assert_eq!(Doors::Open.without_anybody(true), Doors::Closed { back: None });
        assert_eq!(closed.without_anybody(true), closed);
    }

    #[test]
    fn oh4_a_panel_that_stays_open_tells_every_change_and_nothing_beyond() {
        let at = Timestamp;
        let hours = Openings { open: true, changes: vec![at(10), at(20), at(30)], until: at(40) };
        let cases = [
            (0, Doors::Open, Some(10)),
            (9, Doors::Open, Some(10)),
            (10, Doors::Closed { back: Some(at(20)) }, Some(20)),
            (20, Doors::Open, Some(30)),
            (30, Doors::Closed { back: None }, Some(40)),
            (39, Doors::Closed { back: None }, Some(40)),
            (40, Doors::Unsaid, None),
            (99, Doors::Unsaid, None),
        ];
        for (now, expected, next) in cases {
            assert_eq!(doors(&hours, at(now)), (expected, next.map(at)), "{now}");
        }
        let closed = Openings { open: false, ..hours };
        assert_eq!(doors(&closed, at(5)), (Doors::Closed { back: Some(at(10)) }, Some(at(10))));
        assert_eq!(doors(&closed, at(15)), (Doors::Open, Some(at(20))));
    }
}
