//! What the audit log is told of attempts.

use protocol::Timestamp;

/// Milliseconds between two lines about the same attempt of the same person, so that nobody fills the log.
const REFUSAL_INTERVAL_MS: u64 = 60_000;

/// Whether a refused attempt is noted, given when the last one of the same person and kind was (SPEC WS15).
#[must_use]
pub fn refusal_is_noted(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.since(last) >= REFUSAL_INTERVAL_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws15_a_refused_attempt_is_noted_once_a_minute() {
        let check = |last: Option<i64>, now| refusal_is_noted(last.map(Timestamp), Timestamp(now));
        assert!(check(None, 0));
        assert!(!check(Some(0), 59_999));
        assert!(check(Some(0), 60_000));
    }
}
