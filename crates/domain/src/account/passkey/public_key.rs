//! The key that a passkey's signatures are checked with, as COSE writes it (RFC 9053, RFC 8230).

use ciborium::Value;
use p256::ecdsa::signature::Verifier as _;
use rsa::BoxedUint;
use sha2::Sha256;

use super::cbor::whole_map;

/// ECDSA on P-256 with SHA-256 (RFC 9053, 2.1), which every authenticator has.
const ES256: i128 = -7;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812, 2), which is all that some TPMs have.
const RS256: i128 = -257;

/// The algorithms, the one that is wished for first, by their COSE numbers.
pub const ALGORITHMS: [i32; 2] = [-7, -257];

/// Bits of a modulus that is taken.
const RSA_BITS: core::ops::RangeInclusive<usize> = 2_048..=4_096;

/// A key that is whole and of a kind that we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    cose: Vec<u8>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Es256(p256::ecdsa::VerifyingKey),
    Rs256(rsa::PublicKey),
}

impl PublicKey {
    /// Reads a COSE key; `None` for one of another kind, or of a size that is no longer safe.
    #[must_use]
    pub fn parse(cose: &[u8]) -> Option<Self> {
        let entries = whole_map(cose)?;
        let value =
            |label: i128| entries.iter().find(|(key, _)| integer(key) == Some(label)).map(|(_, value)| value);
        let number = |label| value(label).and_then(integer);
        let bytes = |label| value(label).and_then(Value::as_bytes);
        let kind = match (number(1)?, number(3)?) {
            // An elliptic curve of two coordinates, and of those P-256.
            (2, ES256) if number(-1)? == 1 => {
                let point = [&[4], bytes(-2)?.as_slice(), bytes(-3)?.as_slice()].concat();
                Kind::Es256(p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok()?)
            }
            (3, RS256) => {
                let modulus = BoxedUint::from_be_slice_vartime(bytes(-1)?);
                let exponent = BoxedUint::from_be_slice_vartime(bytes(-2)?);
                Kind::Rs256(rsa::PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS).ok()?)
            }
            (_, _) => return None,
        };
        Some(Self { cose: cose.to_vec(), kind })
    }

    /// The COSE key, as it was read.
    #[must_use]
    pub fn as_cose(&self) -> &[u8] {
        &self.cose
    }

    /// Whether a signature is one of this key.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.kind {
            Kind::Es256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Kind::Rs256(key) => rsa::pkcs1v15::Signature::try_from(signature).is_ok_and(|signature| {
                rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key.clone()).verify(message, &signature).is_ok()
            }),
        }
    }
}

fn integer(value: &Value) -> Option<i128> {
    value.as_integer().map(i128::from)
}
