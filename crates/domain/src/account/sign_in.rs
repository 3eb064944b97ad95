//! The limit on guessing passwords and codes.

use protocol::{Reject, Timestamp, limits};

use super::window::window_allows;
use crate::bucket::Bucket;

/// Whose guess it was, and at what: each kind has a limit of its own, so that strangers cannot keep a person out of a
/// browser that the account knows, nor out of a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guess {
    /// At the password, from a browser that nobody has signed in with.
    Stranger,
    /// At the password, from a browser that is known, or in a session.
    Known,
    /// At a code of the second factor, after a password or a link that was right.
    Code,
    /// With a passkey.
    Passkey,
}

impl Guess {
    /// The number that is stored.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Stranger => 1,
            Self::Known => 2,
            Self::Code => 3,
            Self::Passkey => 4,
        }
    }
}

/// Decides whether an account still looks at guesses of a kind, by the times of its failures of that kind so far (SPEC AP4).
///
/// # Errors
/// `rate_limited` with the milliseconds until the oldest failure of the window is forgotten.
pub fn sign_in_allowed(failures: &[Timestamp], now: Timestamp) -> Result<(), Reject> {
    window_allows(failures, limits::SIGN_IN_ATTEMPTS as usize, limits::SIGN_IN_WINDOW_MS, now)
}

/// Decides whether one more guess is looked at, whatever account it is at, where all that a process hashes for strangers is
/// taken out of one bucket (SPEC AP43). Known browsers are not kept waiting by strangers.
///
/// # Errors
/// `rate_limited` with the milliseconds until there is time for one.
pub fn may_hash(bucket: &mut Bucket, guess: Guess, now: Timestamp) -> Result<(), Reject> {
    match guess {
        Guess::Stranger => bucket.take(limits::HASHES_AT_ONCE, limits::HASH_INTERVAL_MS, now),
        Guess::Known | Guess::Code | Guess::Passkey => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use protocol::Code;

    use super::*;

    #[test]
    fn ap4_five_failures_in_fifteen_minutes_end_the_guessing() {
        let minute = |minutes: i64| Timestamp(minutes * 60_000);
        let failures: Vec<_> = (0..5).map(minute).collect();
        assert_eq!(sign_in_allowed(&failures[..4], minute(5)), Ok(()));
        let refused = sign_in_allowed(&failures, minute(5)).expect_err("fifth");
        assert_eq!(refused, Reject { code: Code::RateLimited, retry_after: Some(10 * 60_000) });
        assert_eq!(sign_in_allowed(&failures, minute(15)), Ok(()));
    }

    #[test]
    fn ap43_strangers_cost_a_process_ten_hashes_at_once_and_five_a_second_and_keep_out_no_known_browser() {
        let mut bucket = Bucket::default();
        for _ in 0..10 {
            assert_eq!(may_hash(&mut bucket, Guess::Stranger, Timestamp(1_000)), Ok(()));
        }
        let refused = may_hash(&mut bucket, Guess::Stranger, Timestamp(1_050)).expect_err("an eleventh");
        assert_eq!(refused, Reject { code: Code::RateLimited, retry_after: Some(150) });
        assert_eq!(may_hash(&mut bucket, Guess::Known, Timestamp(1_050)), Ok(()));
        assert_eq!(may_hash(&mut bucket, Guess::Stranger, Timestamp(1_200)), Ok(()));
        assert!(may_hash(&mut bucket, Guess::Stranger, Timestamp(1_200)).is_err());
    }
}
