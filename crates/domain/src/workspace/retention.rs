//! For how long a workspace keeps conversations that are over (SPEC WS40).

use protocol::{Code, Timestamp, limits};

const DAY_MS: u64 = 24 * 3_600_000;

/// Milliseconds between two looks for conversations whose time is over.
pub const RETENTION_LOOK_MS: u64 = 6 * 3_600_000;

/// Decides whether conversations may be kept for so many days; for ever without a number.
///
/// # Errors
/// [`Code::BadField`].
pub fn retention_days(wanted: Option<u16>) -> Result<Option<u16>, Code> {
    match wanted {
        Some(days) if !(1..=limits::RETENTION_DAYS).contains(&days) => Err(Code::BadField),
        wanted => Ok(wanted),
    }
}

/// A resolved conversation in which nothing happened since then is to go.
#[must_use]
pub fn kept_since(days: u16, now: Timestamp) -> Timestamp {
    Timestamp(now.0.saturating_sub_unsigned(u64::from(days).saturating_mul(DAY_MS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws40_conversations_are_kept_for_ever_or_for_one_day_to_ten_years() {
        for days in [None, Some(1), Some(30), Some(365), Some(3_650)] {
            assert_eq!(retention_days(days), Ok(days));
        }
        for days in [0, 3_651, u16::MAX] {
            assert_eq!(retention_days(Some(days)), Err(Code::BadField), "{days}");
        }
        assert_eq!(kept_since(30, Timestamp(31 * 86_400_000)), Timestamp(86_400_000));
    }
}
