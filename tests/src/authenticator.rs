//! A device that makes passkeys (W3C Web Authentication), as far as tests need one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use p256::ecdsa::SigningKey;
use protocol::Octets;
use protocol::http::passkey::{MadePasskey, PasskeySetup};
use sha2::{Digest as _, Sha256};

use crate::random;

/// Present, verified, may be synced, with a credential.
const FLAGS: u8 = 0b0100_1101;

/// Makes a passkey as a browser at an origin asks for it.
///
/// # Panics
/// If nothing random can be had.
#[must_use]
pub fn make_passkey(setup: &PasskeySetup, origin: &str) -> MadePasskey {
    let credential: [u8; 20] = random();
    let data = [
        Sha256::digest(&setup.relying_party).as_slice(),
        &[FLAGS],
        &[0; 4],
        &[0; 16],
        &[0, 20],
        &credential,
        &public_key(),
    ]
    .concat();
    let entry = |key: &str, value| (Cbor::from(key), value);
    let attestation = cbor(&Cbor::Map(vec![
        entry("fmt", Cbor::from("none")),
        entry("attStmt", Cbor::Map(Vec::new())),
        entry("authData", Cbor::Bytes(data)),
    ]));
    let challenge = URL_SAFE_NO_PAD.encode(&setup.challenge.0);
    let client_data =
        format!(r#"{{"type":"webauthn.create","challenge":"{challenge}","origin":"{origin}"}}"#);
    MadePasskey { client_data: Octets(client_data.into_bytes()), attestation: Octets(attestation) }
}

/// A public key for ES256, as RFC 9053 writes it.
fn public_key() -> Vec<u8> {
    // Nobody signs with it.
    let key = SigningKey::from_slice(&[7; 32]).expect("a key");
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = (point.x().expect("not compressed"), point.y().expect("not compressed"));
    let entry = |key: i32, value| (Cbor::from(key), value);
    cbor(&Cbor::Map(vec![
        entry(1, Cbor::from(2)),
        entry(3, Cbor::from(-7)),
        entry(-1, Cbor::from(1)),
        entry(-2, Cbor::Bytes(x.to_vec())),
        entry(-3, Cbor::Bytes(y.to_vec())),
    ]))
}

fn cbor(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("written");
    bytes
}
