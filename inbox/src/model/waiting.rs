//! How long until a mail can be asked for again.

/// Milliseconds between two mails of one kind to one address.
const MAIL_MS: u64 = 60_000;

use protocol::Timestamp;

/// The moment from which the next mail can be asked for, given the last one and what the server said about waiting.
pub(crate) fn next_mail(sent_at: Timestamp, retry_after: Option<u32>) -> Timestamp {
    sent_at.plus(retry_after.map_or(MAIL_MS, u64::from))
}

/// Seconds until then, rounded up; 0 when it has come.
pub(crate) fn seconds_until(then: Timestamp, now: Timestamp) -> u64 {
    then.since(now).div_ceil(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib27_the_next_mail_can_be_asked_for_when_the_server_takes_it() {
        let sent = Timestamp(1_000_000);
        assert_eq!(seconds_until(next_mail(sent, None), sent), 60);
        assert_eq!(seconds_until(next_mail(sent, Some(1_500)), sent), 2, "never too early");
        assert_eq!(seconds_until(next_mail(sent, None), Timestamp(1_060_000)), 0);
        assert_eq!(seconds_until(next_mail(sent, None), Timestamp(9_000_000)), 0);
    }
}
