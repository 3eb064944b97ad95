//! An agent's signed-in session.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::call::Proof;
use protocol::{AccountId, SessionId, Timestamp, limits};
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
    /// When its person last proved who they are.
    pub proof: Proof,
}

impl Session {
    /// A session that begins.
    #[must_use]
    pub const fn beginning_at(now: Timestamp) -> Self {
        Self { created_at: now, used_at: now, proof: Proof { at: now } }
    }

    /// Whether it is still good (SPEC AP5).
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        now < self.ends_at()
    }

    /// When it ends if it is not used again.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.created_at.plus(limits::SESSION_MS).min(self.used_at.plus(limits::SESSION_IDLE_MS))
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
    pub account: AccountId,
    /// Random; the account stores only its digest.
    pub secret: [u8; 32],
}

impl SessionToken {
    /// Returns the text for the cookie.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.account.as_bytes().as_slice(), self.secret.as_slice()].concat())
    }

    /// Reads a cookie; `None` for anything of another length or alphabet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (account, secret) = bytes.split_at_checked(16)?;
        Some(Self {
            account: AccountId::from_bytes(account.try_into().ok()?),
            secret: secret.try_into().ok()?,
        })
    }

    /// The name of the session of a secret.
    #[must_use]
    pub fn id(secret: &[u8; 32]) -> SessionId {
        Self::id_of_digest(&Self::digest(secret))
    }

    /// The name of the session of a stored digest.
    #[must_use]
    pub fn id_of_digest(digest: &[u8; 32]) -> SessionId {
        let mut id = [0; SessionId::LENGTH];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
        SessionId::from_bytes(id)
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
        let begun = Session::beginning_at(Timestamp(0));
        let session = Session { used_at: Timestamp(10 * hour), ..begun };
        assert!(session.is_good(Timestamp(22 * hour - 1)));
        assert!(!session.is_good(Timestamp(22 * hour)));
        let busy = Session { used_at: Timestamp(167 * hour), ..begun };
        assert!(busy.is_good(Timestamp(168 * hour - 1)));
        assert!(!busy.is_good(Timestamp(168 * hour)));
    }

    #[test]
    fn ap6_a_session_token_has_one_length() {
        let token = SessionToken { account: AccountId::from_bytes([1; 16]), secret: [2; 32] };
        let text = token.to_text();
        assert!(SessionToken::parse(&text) == Some(token));
        for bad in ["", "null", " ", &text[1..], &format!("{text}A"), &text.to_lowercase()[..10]] {
            assert!(SessionToken::parse(bad).is_none(), "{bad}");
        }
    }
}
