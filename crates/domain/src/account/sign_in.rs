//! The limit on guessing passwords.

use protocol::{Code, Reject, Timestamp, limits};

/// Decides whether an account still looks at passwords, by the times of its failures so far (SPEC AP4).
///
/// # Errors
/// [`Code::RateLimited`] with the milliseconds until the oldest failure of the window is forgotten.
pub fn sign_in_allowed(failures: &[Timestamp], now: Timestamp) -> Result<(), Reject> {
    let mut recent: Vec<_> =
        failures.iter().copied().filter(|at| now.since(*at) < limits::SIGN_IN_WINDOW_MS).collect();
    recent.sort_unstable();
    let limit = limits::SIGN_IN_ATTEMPTS as usize;
    let Some(oldest) = recent.len().checked_sub(limit).and_then(|index| recent.get(index)) else {
        return Ok(());
    };
    let wait = oldest.plus(limits::SIGN_IN_WINDOW_MS).since(now);
    Err(Reject { code: Code::RateLimited, retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)) })
}

#[cfg(test)]
mod tests {
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
}
