//! The links of mails: where to look, and a secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Timestamp, limits};
use sha2::{Digest, Sha256};

/// Characters of a token: 48 bytes in base64url, which leaves no bit over, so that a token has one spelling.
const CHARACTERS: usize = 64;

/// What the fragment of a mailed link says: which object to ask, and a secret of which that object keeps the digest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MailedToken {
    /// The account's id, or for an invitation the workspace's.
    pub place: [u8; 16],
    /// Random.
    pub secret: [u8; 32],
}

impl MailedToken {
    /// Returns the text for the link.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.place.as_slice(), self.secret.as_slice()].concat())
    }

    /// Reads a token; `None` for anything of another length or alphabet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != CHARACTERS {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (place, secret) = bytes.split_at_checked(16)?;
        Some(Self { place: place.try_into().ok()?, secret: secret.try_into().ok()? })
    }

    /// The digest of a secret, which is what is stored.
    #[must_use]
    pub fn digest(secret: &[u8; 32]) -> [u8; 32] {
        Sha256::digest(secret).into()
    }
}

/// What a link is for. It is good for nothing else (SPEC AP9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkPurpose {
    /// Make an account.
    SignUp,
    /// Sign in.
    SignIn,
    /// Choose a new password.
    Reset,
    /// Confirm a new address.
    NewAddress,
}

impl LinkPurpose {
    /// The number that is stored.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::SignUp => 1,
            Self::SignIn => 2,
            Self::Reset => 3,
            Self::NewAddress => 4,
        }
    }
}

/// When a link that is made now stops being good.
#[must_use]
pub const fn link_expires_at(purpose: LinkPurpose, now: Timestamp) -> Timestamp {
    match purpose {
        LinkPurpose::SignIn => now.plus(limits::SIGN_IN_LINK_MS),
        LinkPurpose::SignUp | LinkPurpose::Reset | LinkPurpose::NewAddress => now.plus(limits::LINK_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap9_a_mailed_token_has_one_spelling() {
        let token = MailedToken { place: [1; 16], secret: [0xfe; 32] };
        let text = token.to_text();
        assert_eq!(text.len(), 64);
        assert!(MailedToken::parse(&text) == Some(token));
        let short = &text[..63];
        let spaced = format!(" {short}");
        let padded = format!("{short}=");
        let other_alphabet = text.replace('-', "+").replace('_', "/");
        assert_ne!(other_alphabet, text);
        let (longer, null) = (format!("{text}A"), "null".to_owned());
        for bad in ["", "%20", " ", &null, short, &spaced, &padded, &longer, &other_alphabet] {
            assert!(MailedToken::parse(bad).is_none(), "{bad}");
        }
        let changed = MailedToken::parse(&text.to_lowercase()).expect("the same length");
        assert!(changed != token, "the case counts");
    }
}
