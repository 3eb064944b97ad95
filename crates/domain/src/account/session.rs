//! An agent's signed-in session.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Timestamp, limits};
use sha2::{Digest, Sha256};

/// Milliseconds between two notes of a session's use, so that not every request writes.
const TOUCH_INTERVAL_MS: u64 = 10 * 60_000;

/// When a session began and was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When the agent signed in.
    pub created_at: Timestamp,
    /// When it was last used, to within ten minutes.
    pub used_at: Timestamp,
}

impl Session {
    /// Whether it is still good (SPEC AP5).
    #[must_use]
    pub const fn is_good(&self, now: Timestamp) -> bool {
        now.since(self.created_at) < limits::SESSION_MS && now.since(self.used_at) < limits::SESSION_IDLE_MS
    }

    /// Whether its use should be noted.
    #[must_use]
    pub const fn wants_touch(&self, now: Timestamp) -> bool {
        now.since(self.used_at) >= TOUCH_INTERVAL_MS
    }
}

/// The value of the session cookie: which account, and the session's secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionToken {
    /// The account's object.
    pub account: [u8; 16],
    /// Random; the account stores only its digest.
    pub secret: [u8; 32],
}

impl SessionToken {
    /// Returns the text for the cookie.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.account.as_slice(), self.secret.as_slice()].concat())
    }

    /// Reads a cookie; `None` for anything of another length or alphabet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (account, secret) = bytes.split_at_checked(16)?;
        Some(Self { account: account.try_into().ok()?, secret: secret.try_into().ok()? })
    }

    /// The digest that is stored.
    #[must_use]
    pub fn digest(secret: &[u8; 32]) -> [u8; 32] {
        Sha256::digest(secret).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap5_a_session_ends_unused_or_old() {
        let hour = 3_600_000;
        let session = Session { created_at: Timestamp(0), used_at: Timestamp(10 * hour) };
        assert!(session.is_good(Timestamp(22 * hour - 1)));
        assert!(!session.is_good(Timestamp(22 * hour)));
        let busy = Session { created_at: Timestamp(0), used_at: Timestamp(167 * hour) };
        assert!(busy.is_good(Timestamp(168 * hour - 1)));
        assert!(!busy.is_good(Timestamp(168 * hour)));
    }

    #[test]
    fn ap6_a_session_token_has_one_length() {
        let token = SessionToken { account: [1; 16], secret: [2; 32] };
        let text = token.to_text();
        assert!(SessionToken::parse(&text) == Some(token));
        for bad in ["", "null", " ", &text[1..], &format!("{text}A"), &text.to_lowercase()[..10]] {
            assert!(SessionToken::parse(bad).is_none(), "{bad}");
        }
    }
}
