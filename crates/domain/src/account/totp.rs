//! The second factor: six digits from a shared secret and the time (RFC 6238, with SHA-1 and 30 s as every app has it).

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Timestamp;
use sha1::Sha1;

use crate::token::equal;

const STEP_MS: i64 = 30_000;

const DIGITS: usize = 6;

/// The secret that a person's app shares with us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// Takes up random bytes, or stored ones.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret to be typed, in base32.
    #[must_use]
    pub fn to_base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address to be scanned, as apps agreed on it.
    #[must_use]
    pub fn address(&self, email: &str) -> String {
        let label = percent_encoded(email);
        format!("otpauth://totp/Porchlight:{label}?secret={}&issuer=Porchlight", self.to_base32())
    }

    /// Checks a code: of this half minute, the one before or the one after, and later than the last one that was used.
    /// Returns the step to remember as used.
    #[must_use]
    pub fn check(&self, code: &str, last_used: u64, now: Timestamp) -> Option<u64> {
        let now = u64::try_from(now.0.checked_div(STEP_MS)?).ok()?;
        let steps = [now, now.saturating_sub(1), now.saturating_add(1)];
        let is_right = |step: &u64| equal(self.code(*step).as_bytes(), code.as_bytes());
        steps.into_iter().filter(|step| *step > last_used).find(is_right)
    }

    /// The code that an app shows at a moment.
    #[must_use]
    pub fn code_at(&self, now: Timestamp) -> String {
        self.code(u64::try_from(now.0.checked_div(STEP_MS).unwrap_or_default()).unwrap_or_default())
    }

    /// The code of a step (RFC 4226, 5.3).
    fn code(&self, step: u64) -> String {
        let mac = hmac_sha1(&self.0, &step.to_be_bytes());
        let offset = usize::from(mac.last().copied().unwrap_or_default() & 0xf);
        let word = mac.iter().skip(offset).take(4).fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        let number = (word & 0x7fff_ffff).checked_rem(1_000_000).unwrap_or_default();
        format!("{number:0DIGITS$}")
    }
}

#[expect(clippy::expect_used, reason = "input cannot reach it: HMAC takes keys of every length")]
fn hmac_sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let mac: Hmac<Sha1> =
        Hmac::new_from_slice(key).expect("invariant: HMAC takes a key of any length (RFC 2104)");
    mac.chain_update(message).finalize().into_bytes().into()
}

/// Everything but what needs no encoding (RFC 3986, 2.3).
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the vectors of RFC 6238, appendix B.
    const SECRET: TotpSecret = TotpSecret::from_bytes(*b"12345678901234567890");

    #[test]
    fn ap13_codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert!(SECRET.check(code, 0, Timestamp(seconds * 1_000)).is_some(), "{seconds}");
            assert_eq!(SECRET.code(u64::try_from(seconds / 30).expect("positive")), code);
        }
    }

    #[test]
    fn ap13_a_code_is_good_one_step_early_or_late_and_once() {
        let code = SECRET.code(100);
        let at = |step: i64| Timestamp(step * STEP_MS);
        assert_eq!(SECRET.check(&code, 0, at(98)), None);
        for step in 99..=101 {
            assert_eq!(SECRET.check(&code, 0, at(step)), Some(100), "{step}");
        }
        assert_eq!(SECRET.check(&code, 0, at(102)), None);
        assert_eq!(SECRET.check(&code, 100, at(100)), None, "used");
        assert_eq!(SECRET.check(&code, 101, at(100)), None, "a later one was used");
        for bad in ["", "000", "00000000", &code[..5], &format!("{code} ")] {
            assert_eq!(SECRET.check(bad, 0, at(100)), None, "{bad}");
        }
    }

    #[test]
    fn ap13_the_secret_is_shown_as_apps_read_it() {
        assert_eq!(SECRET.to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = SECRET.address("anna+x@example.com");
        let expected = "otpauth://totp/Porchlight:anna%2Bx%40example.com\
            ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Porchlight";
        assert_eq!(address, expected);
    }
}
