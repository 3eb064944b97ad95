//! Limits of so many in so long a time.

use protocol::{Code, Reject, Timestamp};

/// Decides whether one more is within a limit, by the times of those so far.
///
/// # Errors
/// [`Code::RateLimited`] with the milliseconds until the oldest of the window is forgotten.
pub(crate) fn window_allows(
    times: &[Timestamp],
    limit: usize,
    window_ms: u64,
    now: Timestamp,
) -> Result<(), Reject> {
    let mut recent: Vec<_> = times.iter().copied().filter(|at| now.since(*at) < window_ms).collect();
    recent.sort_unstable();
    let Some(oldest) = recent.len().checked_sub(limit).and_then(|index| recent.get(index)) else {
        return Ok(());
    };
    let wait = oldest.plus(window_ms).since(now);
    Err(Reject { code: Code::RateLimited, retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)) })
}
