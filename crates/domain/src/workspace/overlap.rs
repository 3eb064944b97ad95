//! How a key or a secret gives way to the next one: both are good for a while, so that pages and servers can follow.

use protocol::Timestamp;
use protocol::limits::OVERLAP_MS;

/// When each of those that were good ends once there is a new one, newest first: `ends` says when each ended so far,
/// `most` how many may be good together with the new one (SPEC SI3).
#[must_use]
pub fn ends_after_rotation(ends: &[Option<Timestamp>], now: Timestamp, most: usize) -> Vec<Timestamp> {
    let latest = now.plus(OVERLAP_MS);
    let room = most.saturating_sub(1);
    ends.iter()
        .enumerate()
        .map(|(index, end)| if index < room { end.map_or(latest, |end| end.min(latest)) } else { now })
        .collect()
}

/// Whether a key or a secret is good: it never ends, or has not ended yet.
#[must_use]
pub fn is_good(ends_at: Option<Timestamp>, now: Timestamp) -> bool {
    ends_at.is_none_or(|ends_at| now < ends_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    #[test]
    fn si3_the_one_before_stays_good_for_thirty_days() {
        let now = Timestamp(1_000);
        let end = Timestamp(1_000 + 30 * DAY);
        assert_eq!(ends_after_rotation(&[None], now, 2), [end]);
        assert!(is_good(Some(end), Timestamp(end.0 - 1)));
        assert!(!is_good(Some(end), end));
        assert!(is_good(None, end));
    }

    #[test]
    fn si3_an_older_one_keeps_its_end_or_makes_room() {
        let now = Timestamp(10 * DAY);
        let earlier = Timestamp(20 * DAY);
        assert_eq!(ends_after_rotation(&[None, Some(earlier)], now, 3), [Timestamp(40 * DAY), earlier]);
        assert_eq!(ends_after_rotation(&[None, Some(earlier)], now, 2), [Timestamp(40 * DAY), now]);
        assert_eq!(ends_after_rotation(&[], now, 2), []);
    }
}
