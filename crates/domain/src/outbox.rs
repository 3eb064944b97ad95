//! When a job of an object's outbox is attempted, and when it is given up (SPEC OB1, OB3).

use protocol::Timestamp;

/// Milliseconds after the first, second … failure.
const WAITS_MS: [u64; 5] = [1_000, 5_000, 30_000, 2 * 60_000, 10 * 60_000];

/// Milliseconds after every later failure.
const LONGEST_WAIT_MS: u64 = 30 * 60_000;

/// Milliseconds after which a job that still fails is given up: a day.
const GIVEN_UP_AFTER_MS: u64 = 24 * 3_600_000;

/// Milliseconds for which an attempt has the job to itself. When the object dies during the attempt, the job is
/// attempted again after them.
const LEASE_MS: u64 = 60_000;

/// When a job is attempted again that was made at `made_at` and whose `failures`-th attempt has just failed; `None` if
/// it is given up.
#[must_use]
pub fn next_attempt(made_at: Timestamp, failures: u32, now: Timestamp) -> Option<Timestamp> {
    let earlier = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    let wait = WAITS_MS.get(earlier).copied().unwrap_or(LONGEST_WAIT_MS);
    (now.since(made_at) < GIVEN_UP_AFTER_MS).then(|| now.plus(wait))
}

/// Until when an attempt that begins now has the job to itself.
#[must_use]
pub const fn lease(now: Timestamp) -> Timestamp {
    now.plus(LEASE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ob1_waits_grow_to_half_an_hour_until_the_job_is_given_up_after_a_day() {
        let second = 1_000;
        let minute = 60 * second;
        let expected = [second, 5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 30 * minute];
        for (failures, wait) in (1..).zip(expected) {
            let at = next_attempt(Timestamp(0), failures, Timestamp(100)).expect("attempted again");
            assert_eq!(at, Timestamp(100).plus(wait), "after {failures} failures");
        }
        let day = 24 * 60 * minute;
        assert!(next_attempt(Timestamp(0), 60, Timestamp(0).plus(day - 1)).is_some());
        assert_eq!(next_attempt(Timestamp(0), 60, Timestamp(0).plus(day)), None);
    }
}
