//! E-mail addresses, as far as an account needs to tell them apart.

use core::fmt;

use hmac::Mac;
use protocol::{AccountId, Code};

use crate::token::keyed;

/// Bytes of the longest address (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;

/// An address in lower case with something on both sides of one `@`.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Accepts what a person typed.
    ///
    /// # Errors
    /// [`Code::BadField`] for what cannot be an address.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = text.trim().to_lowercase();
        let is_plain = |character: char| !character.is_whitespace() && !character.is_control();
        match text.split_once('@') {
            Some((local, host))
                if !local.is_empty()
                    && !host.is_empty()
                    && !host.contains('@')
                    && text.len() <= LONGEST
                    && text.chars().all(is_plain) =>
            {
                Ok(Self(text))
            }
            Some(_) | None => Err(Code::BadField),
        }
    }

    /// Returns the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the account's object: a keyed digest, so that a list of objects is no list of addresses.
    #[must_use]
    pub fn account(&self, secret: &[u8]) -> AccountId {
        let mac = keyed(secret)
            .chain_update(b"porchlight/account/1")
            .chain_update(self.0.as_bytes())
            .finalize()
            .into_bytes();
        let mut name = [0; AccountId::LENGTH];
        name.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
        AccountId::from_bytes(name)
    }
}

/// An address never reaches a log.
impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap1_an_address_has_one_spelling() {
        let parse = |text: &str| Email::parse(text).map(|email| email.as_str().to_owned());
        assert_eq!(parse(" Anna@Example.com "), Ok("anna@example.com".to_owned()));
        for bad in
            ["", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\r\nBcc: c@d", &format!("{}@b", "a".repeat(254))]
        {
            assert_eq!(parse(bad), Err(Code::BadField), "{bad:?}");
        }
    }
}
