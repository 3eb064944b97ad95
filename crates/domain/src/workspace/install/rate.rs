//! How often a workspace may have pages looked at: each check makes requests to somebody else.

use protocol::limits::{INSTALL_CHECK_WINDOW_MS, INSTALL_CHECKS};
use protocol::{Reject, Timestamp};

use crate::account::window_allows;

/// Decides whether one more page may be looked at, by the times of those so far (SPEC SI7).
///
/// # Errors
/// `rate_limited` with the milliseconds until the oldest check of the window is forgotten.
pub fn may_check_install(checks: &[Timestamp], now: Timestamp) -> Result<(), Reject> {
    window_allows(checks, INSTALL_CHECKS, INSTALL_CHECK_WINDOW_MS, now)
}

#[cfg(test)]
mod tests {
    use protocol::Code;

    use super::*;

    #[test]
    fn si7_ten_checks_a_minute() {
        let second = |seconds: i64| Timestamp(seconds * 1_000);
        let checks: Vec<_> = (0..10).map(second).collect();
        assert_eq!(may_check_install(&checks[..9], second(9)), Ok(()));
        let refused = may_check_install(&checks, second(20)).expect_err("the eleventh");
        assert_eq!(refused, Reject { code: Code::RateLimited, retry_after: Some(40_000) });
        assert_eq!(may_check_install(&checks, second(60)), Ok(()));
    }
}
