//! Codes that stand in for the second factor, each once.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

/// How many a person gets.
pub const RECOVERY_CODES: usize = 10;

/// Characters between two hyphens.
const GROUP: usize = 6;

/// A code of 120 random bits, so that its plain digest may be stored (OWASP ASVS 5.0, 6.5.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecoveryCode([u8; 15]);

impl RecoveryCode {
    /// Takes up random bytes.
    #[must_use]
    pub const fn from_entropy(bytes: [u8; 15]) -> Self {
        Self(bytes)
    }

    /// Returns the text to be kept on paper: four groups of six letters and digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        let letters: Vec<char> = BASE32_NOPAD.encode(&self.0).to_lowercase().chars().collect();
        letters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join("-")
    }

    /// Reads a code as a person types it; `None` for what cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters: String = text.chars().filter(|character| !matches!(character, '-' | ' ')).collect();
        let bytes = BASE32_NOPAD.decode(letters.to_uppercase().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The digest that is stored.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap14_a_recovery_code_is_read_as_it_is_typed() {
        let code = RecoveryCode::from_entropy([0xa5; 15]);
        let text = code.to_text();
        assert_eq!((text.len(), text.split('-').count()), (27, 4));
        for typed in [text.clone(), text.to_uppercase(), text.replace('-', " "), text.replace('-', "")] {
            assert!(RecoveryCode::parse(&typed) == Some(code), "{typed}");
        }
        for bad in ["", "123456", &text[1..], &format!("{text}a"), "0189-", &"a".repeat(10_000)] {
            assert!(RecoveryCode::parse(bad).is_none(), "{bad}");
        }
    }
}
