//! How fast may be asked with a key: a bucket each, which is refilled steadily (SPEC AK6).

use protocol::call::Quota;
use protocol::limits::{API_KEY_BURST, API_KEY_INTERVAL_MS};
use protocol::{Code, Reject, Timestamp};

/// Milliseconds without a request after which an object can be evicted.
const EVICTED_AFTER_MS: u64 = 10_000;

/// Milliseconds that a whole bucket takes to fill.
const FULL_MS: u64 = API_KEY_BURST.saturating_mul(API_KEY_INTERVAL_MS);

/// What was spent of a key's bucket, as the moment at which it is full again.
///
/// It lives in memory. An eviction, which takes ten idle seconds, forgets nothing of a bucket that those seconds fill; of a
/// bucket that lacks more, what is stored is ten seconds ahead, so that it is stored anew every hundredth request only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    full_at: Timestamp,
    stored: Timestamp,
}

impl Spending {
    /// Takes up what was stored.
    #[must_use]
    pub const fn stored(at: Timestamp) -> Self {
        Self { full_at: at, stored: at }
    }

    /// Takes one request out of the bucket.
    ///
    /// # Errors
    /// [`Code::RateLimited`] with the milliseconds until there is one.
    pub fn take(self, now: Timestamp) -> Result<Self, Reject> {
        let full_at = self.full_at.max(now).plus(API_KEY_INTERVAL_MS);
        let wait = full_at.since(now).saturating_sub(FULL_MS);
        if wait > 0 {
            return Err(Reject { code: Code::RateLimited, retry_after: Some(milliseconds(wait)) });
        }
        Ok(Self { full_at, ..self })
    }

    /// What is to be stored, if anything is: then it is what this spending goes by.
    pub fn to_store(&mut self, now: Timestamp) -> Option<Timestamp> {
        let is_filled_by_eviction = self.full_at.since(now) <= EVICTED_AFTER_MS;
        if is_filled_by_eviction || self.full_at <= self.stored {
            return None;
        }
        self.stored = self.full_at.plus(EVICTED_AFTER_MS);
        Some(self.stored)
    }

    /// What is left.
    #[must_use]
    pub fn quota(self, now: Timestamp) -> Quota {
        let lacking = self.full_at.since(now);
        let remaining = FULL_MS.saturating_sub(lacking).checked_div(API_KEY_INTERVAL_MS).unwrap_or(0);
        Quota {
            limit: u32::try_from(API_KEY_BURST).unwrap_or(u32::MAX),
            remaining: u32::try_from(remaining).unwrap_or(u32::MAX),
            reset_ms: milliseconds(lacking),
        }
    }
}

fn milliseconds(time: u64) -> u32 {
    u32::try_from(time).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn spend(mut spending: Spending, times: u32, now: Timestamp) -> Spending {
        for _ in 0..times {
            spending = spending.take(now).expect("within the quota");
        }
        spending
    }

    #[test]
    fn ak6_six_hundred_at_once_and_ten_a_second() {
        let new = Spending::stored(Timestamp(0));
        assert_eq!(new.quota(NOW), Quota { limit: 600, remaining: 600, reset_ms: 0 });
        let spent = spend(new, 600, NOW);
        assert_eq!(spent.quota(NOW), Quota { limit: 600, remaining: 0, reset_ms: 60_000 });
        let refused = |wait| Err(Reject { code: Code::RateLimited, retry_after: Some(wait) });
        assert_eq!(spent.take(NOW), refused(100));
        assert_eq!(spent.take(NOW.plus(99)), refused(1));
        let later = spend(spent, 1, NOW.plus(100));
        assert_eq!(later.take(NOW.plus(100)), refused(100), "a refused one is not counted");
        assert_eq!(later.quota(NOW.plus(60_100)).remaining, 600);
    }

    #[test]
    fn ak6_a_clock_that_is_set_back_shuts_nobody_out_for_longer_than_it_was_set_back() {
        let spent = spend(Spending::stored(Timestamp(0)), 1, NOW);
        let earlier = Timestamp(NOW.0 - 600_000);
        let Err(Reject { retry_after, .. }) = spent.take(earlier) else { panic!("it waits") };
        assert!(retry_after.is_some_and(|wait| wait <= 600_000));
    }

    #[test]
    fn ak6_what_an_eviction_forgets_is_refilled_by_then() {
        let mut spending = Spending::stored(Timestamp(0));
        let mut stored = Timestamp(0);
        let mut writes = 0;
        for request in 0..600 {
            spending = spend(spending, 1, NOW);
            if let Some(at) = spending.to_store(NOW) {
                stored = at;
                writes += 1;
            }
            let evicted = NOW.plus(10_000);
            let after = Spending::stored(stored).quota(evicted).remaining;
            assert!(after <= spending.quota(evicted).remaining, "after {request}: {after}");
        }
        assert_eq!(writes, 5);
    }

    #[test]
    fn ak6_who_asks_seldom_has_nothing_stored() {
        let mut spending = Spending::stored(Timestamp(0));
        for minute in 0..100 {
            let now = NOW.plus(minute * 60_000);
            spending = spend(spending, 100, now);
            assert_eq!(spending.to_store(now), None);
        }
    }
}
