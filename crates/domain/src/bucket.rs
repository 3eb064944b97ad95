//! How often something may be done: a token bucket, kept in memory.

use protocol::{Code, Reject, Timestamp};

/// So much at once, and one more after each interval. Full at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bucket {
    /// Milliseconds' worth that is spent beyond what has been earned.
    spent: u64,
    at: Timestamp,
}

impl Bucket {
    /// Takes one out of a bucket of `burst`, into which one comes every `interval` milliseconds.
    ///
    /// # Errors
    /// [`Code::RateLimited`] with the milliseconds until there is one.
    pub fn take(&mut self, burst: u64, interval: u64, now: Timestamp) -> Result<(), Reject> {
        self.spent = self.spent.saturating_sub(now.since(self.at));
        self.at = now;
        let room = burst.saturating_sub(1).saturating_mul(interval);
        if let Some(wait) = self.spent.checked_sub(room).filter(|wait| *wait > 0) {
            return Err(Reject {
                code: Code::RateLimited,
                retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
            });
        }
        self.spent = self.spent.saturating_add(interval);
        Ok(())
    }
}
