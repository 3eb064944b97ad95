//! Passwords: Argon2id with the parameters of OWASP ASVS 5.0, appendix C.

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Code, limits};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password's hash with its parameters, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password. Takes some 30 ms and 19 MiB.
    ///
    /// # Errors
    /// [`Code::TooLong`] for a password over the limit.
    pub fn of(password: &str, salt: &[u8; 16]) -> Result<Self, Code> {
        if password.len() > limits::PASSWORD_BYTES {
            return Err(Code::TooLong);
        }
        let hash: phc::PasswordHash =
            hasher()?.hash_password_with_salt(password.as_bytes(), salt).map_err(|_| Code::Internal)?;
        Ok(Self(hash.to_string()))
    }

    /// Takes up a stored hash.
    #[must_use]
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// Returns the PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a password is the hashed one. A hash with parameters above ours is refused without computing it.
    #[must_use]
    pub fn matches(&self, password: &str) -> bool {
        if password.len() > limits::PASSWORD_BYTES {
            return false;
        }
        let Ok(hash) = phc::PasswordHash::new(&self.0) else {
            return false;
        };
        let Ok(params) = Params::try_from(&hash) else {
            return false;
        };
        if params.m_cost() > MEMORY_KIB || params.t_cost() > PASSES || params.p_cost() > LANES {
            return false;
        }
        hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// Spends the time that [`Self::matches`] takes, for an account that does not exist.
    pub fn match_nobody(password: &str) {
        let _ = Self::of(password, &[0; 16]);
    }
}

/// A random password for an owner's first sign-in.
pub struct GeneratedPassword(String);

impl GeneratedPassword {
    /// Turns 18 random bytes into 24 letters.
    #[must_use]
    pub fn from_entropy(entropy: &[u8; 18]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(entropy))
    }

    /// Gives the password away, to be told once.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn hasher() -> Result<Argon2<'static>, Code> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| Code::Internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap2_a_hash_matches_its_password_only() {
        let hash = PasswordHash::of("correct horse", &[7; 16]).expect("short enough");
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hash.matches("correct horse"));
        assert!(!hash.matches("correct horse "));
        assert!(!hash.matches(""));
    }

    #[test]
    fn ap3_absurd_parameters_are_refused_without_computing() {
        let hash = PasswordHash::of("a", &[7; 16]).expect("short enough");
        for (ours, absurd) in [
            ("m=19456", "m=1048576"),
            ("m=19456", "m=4294967295"),
            ("m=19456", "m=99999999999"),
            ("t=2", "t=1000000000"),
            ("p=1", "p=16777215"),
        ] {
            let absurd = hash.as_str().replace(ours, absurd);
            assert!(!PasswordHash::from_stored(absurd.clone()).matches("a"), "{absurd}");
        }
        assert!(!PasswordHash::from_stored("$argon2id$".to_owned()).matches("a"));
    }

    #[test]
    fn ap3_a_password_over_the_limit_is_not_hashed() {
        assert_eq!(PasswordHash::of(&"a".repeat(1_025), &[0; 16]).err(), Some(Code::TooLong));
    }
}
