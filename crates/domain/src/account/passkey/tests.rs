//! The checks of both ceremonies, on the vectors of the standard and on passkeys that are made here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value;
use data_encoding::HEXLOWER;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};

use super::*;

const ORIGIN: &str = "https://example.org";
const CHALLENGE: &[u8] = b"a challenge";
const CREDENTIAL: &[u8] = b"a credential";

/// Present, verified, may be synced, is synced, has a credential.
const MADE: u8 = 0b0101_1101;
const USED: u8 = 0b0001_1101;

fn bytes(hexadecimal: &str) -> Vec<u8> {
    HEXLOWER.decode(hexadecimal.as_bytes()).expect("hexadecimal")
}

fn here() -> RelyingParty {
    RelyingParty::of(ORIGIN).expect("a host")
}

/// An authenticator with one passkey.
struct Authenticator(SigningKey);

impl Authenticator {
    fn new() -> Self {
        Self(SigningKey::from_slice(&[7; 32]).expect("a key"))
    }

    fn cose(&self) -> Vec<u8> {
        let point = self.0.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("not compressed"), point.y().expect("not compressed"));
        cbor(&map(vec![
            (1, Value::from(2)),
            (3, Value::from(-7)),
            (-1, Value::from(1)),
            (-2, Value::Bytes(x.to_vec())),
            (-3, Value::Bytes(y.to_vec())),
        ]))
    }

    fn made(&self, flags: u8, more: &[u8]) -> Vec<u8> {
        let length = u16::try_from(CREDENTIAL.len()).expect("short").to_be_bytes();
        let head = data(ORIGIN, flags, 0);
        attestation(&[&head, [9; 16].as_slice(), &length, CREDENTIAL, &self.cose(), more].concat())
    }

    fn sign(&self, authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
        let digest = Sha256::digest(client_data);
        let signature: Signature = self.0.sign(&[authenticator_data, digest.as_slice()].concat());
        signature.to_der().as_bytes().to_vec()
    }

    fn passkey(&self) -> Passkey {
        let attestation = self.made(MADE, &[]);
        let registration =
            Registration { client_data: &client_data("webauthn.create"), attestation: &attestation };
        registration.check(&here(), CHALLENGE).expect("made").passkey
    }
}

fn map(entries: Vec<(i32, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (Value::from(key), value)).collect())
}

fn cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("written");
    bytes
}

fn attestation(authenticator_data: &[u8]) -> Vec<u8> {
    let entry = |key: &str, value| (Value::from(key), value);
    cbor(&Value::Map(vec![
        entry("fmt", Value::from("none")),
        entry("attStmt", Value::Map(Vec::new())),
        entry("authData", Value::Bytes(authenticator_data.to_vec())),
    ]))
}

fn data(origin: &str, flags: u8, counter: u32) -> Vec<u8> {
    let relying_party = RelyingParty::of(origin).expect("a host").digest();
    [relying_party.as_slice(), &[flags], &counter.to_be_bytes()].concat()
}

fn client_data(kind: &str) -> Vec<u8> {
    says(kind, CHALLENGE, ORIGIN, "")
}

fn says(kind: &str, challenge: &[u8], origin: &str, more: &str) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}"{more}}}"#).into_bytes()
}

#[test]
fn ap24_the_standards_passkeys_are_read() {
    for (attestation, client_data, challenge, credential, is_verified) in [
        (
            vectors::ES256_ATTESTATION,
            vectors::ES256_CREATE_CLIENT_DATA,
            vectors::ES256_CREATE_CHALLENGE,
            "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4",
            false,
        ),
        (
            vectors::SELF_ATTESTATION,
            vectors::SELF_CREATE_CLIENT_DATA,
            vectors::SELF_CREATE_CHALLENGE,
            "455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c",
            true,
        ),
        (
            vectors::RS256_ATTESTATION,
            vectors::RS256_CREATE_CLIENT_DATA,
            vectors::RS256_CREATE_CHALLENGE,
            "992a18acc83f67533600c1138a4b4c4bd236de13629cf025ed17cb00b00b74df",
            true,
        ),
    ] {
        let (attestation, client_data) = (bytes(attestation), bytes(client_data));
        let registration = Registration { client_data: &client_data, attestation: &attestation };
        let passkey = registration.check(&here(), &bytes(challenge));
        // The first person was not verified, which is one of the things that the standard leaves to us.
        assert_eq!(passkey.is_some(), is_verified, "{credential}");
        if let Some(NewPasskey { passkey, .. }) = passkey {
            assert_eq!(passkey.credential, bytes(credential));
            assert!(passkey.may_be_synced && passkey.is_synced && passkey.counter == 0);
        }
        let data = AuthenticatorData::parse(&authenticator_data(&attestation).expect("data")).expect("whole");
        assert_eq!(data.made.expect("made").credential, bytes(credential));
    }
}

#[test]
fn ap24_the_standards_signatures_are_good() {
    for (attestation, authenticator_data, client_data, challenge, signature) in [
        (
            vectors::ES256_ATTESTATION,
            vectors::ES256_AUTHENTICATOR_DATA,
            vectors::ES256_CLIENT_DATA,
            vectors::ES256_CHALLENGE,
            vectors::ES256_SIGNATURE,
        ),
        (
            vectors::RS256_ATTESTATION,
            vectors::RS256_AUTHENTICATOR_DATA,
            vectors::RS256_CLIENT_DATA,
            vectors::RS256_CHALLENGE,
            vectors::RS256_SIGNATURE,
        ),
    ] {
        let data = AuthenticatorData::parse(&super::authenticator_data(&bytes(attestation)).expect("data"));
        let key = PublicKey::parse(&data.expect("whole").made.expect("made").key).expect("a key");
        let client_data = bytes(client_data);
        let said = ClientData::parse(&client_data).expect("read");
        assert!(said.is_of(Ceremony::Get, &bytes(challenge), &here()));
        let signed = [bytes(authenticator_data), Sha256::digest(&client_data).to_vec()].concat();
        let signature = bytes(signature);
        assert!(key.verifies(&signed, &signature));
        assert!(!key.verifies(&signed[1..], &signature), "of something else");
        for position in 0..signature.len() {
            let mut changed = signature.clone();
            changed[position] ^= 1;
            assert!(!key.verifies(&signed, &changed), "{position}");
        }
        assert!(!key.verifies(&signed, &[]));
    }
}

#[test]
fn ap24_a_passkey_is_made_only_here_for_this_challenge_and_by_a_person_who_was_verified() {
    let authenticator = Authenticator::new();
    let made = authenticator.made(MADE, &[]);
    let create = "webauthn.create";
    let check = |client_data: &[u8], attestation: &[u8]| {
        Registration { client_data, attestation }.check(&here(), CHALLENGE)
    };
    let NewPasskey { passkey, .. } = check(&client_data(create), &made).expect("made");
    assert_eq!(passkey.credential, CREDENTIAL);
    assert_eq!(passkey.key.as_cose(), authenticator.cose());
    assert_eq!(PublicKey::parse(passkey.key.as_cose()), Some(passkey.key.clone()), "as it is stored");

    for (why, said) in [
        ("use", client_data("webauthn.get")),
        ("another challenge", says(create, b"another", ORIGIN, "")),
        ("no challenge", says(create, b"", ORIGIN, "")),
        ("a page of others", says(create, CHALLENGE, "https://example.org.evil.example", "")),
        ("another port", says(create, CHALLENGE, "https://example.org:8443", "")),
        ("not encrypted", says(create, CHALLENGE, "http://example.org", "")),
        ("framed by others", says(create, CHALLENGE, ORIGIN, r#","crossOrigin":true"#)),
        ("framed", says(create, CHALLENGE, ORIGIN, r#","topOrigin":"https://example.org""#)),
        ("nothing", Vec::new()),
    ] {
        assert_eq!(check(&said, &made), None, "{why}");
    }
    assert!(check(&says(create, CHALLENGE, ORIGIN, r#","future":[1]"#), &made).is_some(), "of the future");

    for (why, attestation) in [
        ("nobody there", authenticator.made(MADE & !1, &[])),
        ("nobody verified", authenticator.made(MADE & !4, &[])),
        ("synced though it may not be", authenticator.made(MADE & !8, &[])),
        ("no passkey", attestation(&data(ORIGIN, USED, 0))),
        ("for others", attestation(&[data("https://example.com", MADE, 0), vec![0; 40]].concat())),
        ("more than that", authenticator.made(MADE, &[0])),
        ("extensions that are none", authenticator.made(MADE | 0x80, &[])),
        ("cut off", made[..made.len() - 1].to_vec()),
        ("with a tail", [made.as_slice(), &[0]].concat()),
    ] {
        assert_eq!(check(&client_data(create), &attestation), None, "{why}");
    }
    let extensions = cbor(&Value::Map(vec![(Value::from("credProtect"), Value::from(2))]));
    assert!(check(&client_data(create), &authenticator.made(MADE | 0x80, &extensions)).is_some());
}

#[test]
fn ap24_a_passkey_is_used_only_here_for_this_challenge_and_by_a_person_who_was_verified() {
    let authenticator = Authenticator::new();
    let passkey = authenticator.passkey();
    let check_with = |passkey: &Passkey, client_data: &[u8], data: &[u8]| {
        let signature = authenticator.sign(data, client_data);
        let assertion = Assertion { client_data, authenticator_data: data, signature: &signature };
        assertion.check(passkey, &here(), CHALLENGE)
    };
    let check = |client_data: &[u8], data: &[u8]| check_with(&passkey, client_data, data);
    let get = "webauthn.get";
    let good = data(ORIGIN, USED, 0);
    assert_eq!(check(&client_data(get), &good), Some(Use { counter: 0, is_synced: true }));
    assert_eq!(
        check(&client_data(get), &data(ORIGIN, USED & !16, 0)),
        Some(Use { counter: 0, is_synced: false }),
        "no longer synced"
    );
    for (why, said) in [
        ("making one", client_data("webauthn.create")),
        ("another challenge", says(get, b"another", ORIGIN, "")),
        ("a page of others", says(get, CHALLENGE, "https://evil.example", "")),
        ("framed by others", says(get, CHALLENGE, ORIGIN, r#","crossOrigin":true"#)),
    ] {
        assert_eq!(check(&said, &good), None, "{why}");
    }
    for (why, data) in [
        ("for others", data("https://example.com", USED, 0)),
        ("nobody there", data(ORIGIN, USED & !1, 0)),
        ("nobody verified", data(ORIGIN, USED & !4, 0)),
        ("no longer one that may be synced", data(ORIGIN, USED & !(8 | 16), 0)),
        ("cut off", good[..36].to_vec()),
    ] {
        assert_eq!(check(&client_data(get), &data), None, "{why}");
    }
    let other = Authenticator(SigningKey::from_slice(&[8; 32]).expect("a key"));
    let said = client_data(get);
    let signature = other.sign(&good, &said);
    let assertion = Assertion { client_data: &said, authenticator_data: &good, signature: &signature };
    assert_eq!(assertion.check(&passkey, &here(), CHALLENGE), None, "of another key");
}

#[test]
fn ap24_a_count_of_signatures_only_grows() {
    let authenticator = Authenticator::new();
    let counted = |last: u32, counter: u32| {
        let passkey = Passkey { counter: last, ..authenticator.passkey() };
        let (said, data) = (client_data("webauthn.get"), data(ORIGIN, USED, counter));
        let signature = authenticator.sign(&data, &said);
        let assertion = Assertion { client_data: &said, authenticator_data: &data, signature: &signature };
        assertion.check(&passkey, &here(), CHALLENGE).map(|used| used.counter)
    };
    assert_eq!(counted(0, 0), Some(0), "none is kept");
    assert_eq!(counted(0, 5), Some(5));
    assert_eq!(counted(5, 6), Some(6));
    assert_eq!(counted(5, 5), None, "a copy");
    assert_eq!(counted(5, 4), None);
    assert_eq!(counted(5, 0), None);
}

#[test]
fn ap24_a_key_is_of_a_kind_that_is_safe() {
    let modulus = |bits: usize| {
        let mut bytes = vec![0xff; bits / 8];
        bytes[0] = 0x80;
        bytes
    };
    let rsa = |bits| {
        let exponent = Value::Bytes(vec![1, 0, 1]);
        map(vec![
            (1, Value::from(3)),
            (3, Value::from(-257)),
            (-1, Value::Bytes(modulus(bits))),
            (-2, exponent),
        ])
    };
    assert!(PublicKey::parse(&cbor(&rsa(2_048))).is_some());
    assert!(PublicKey::parse(&cbor(&rsa(1_024))).is_none(), "too small");
    assert!(PublicKey::parse(&cbor(&rsa(8_192))).is_none(), "too large");
    let parts = |modulus: &[u8], exponent: &[u8]| {
        let (modulus, exponent) = (Value::Bytes(modulus.to_vec()), Value::Bytes(exponent.to_vec()));
        cbor(&map(vec![(1, Value::from(3)), (3, Value::from(-257)), (-1, modulus), (-2, exponent)]))
    };
    let even = [&modulus(2_048)[..255], &[0xfe]].concat();
    for (why, modulus, exponent) in [
        ("nothing", [].as_slice(), [].as_slice()),
        ("no exponent", &modulus(2_048), &[]),
        ("an exponent of nothing", &modulus(2_048), &[0, 0, 0]),
        ("an exponent of one", &modulus(2_048), &[1]),
        ("an even exponent", &modulus(2_048), &[1, 0, 0]),
        ("an exponent beyond all", &modulus(2_048), &[0xff; 300]),
        ("an even modulus", &even, &[1, 0, 1]),
        ("a modulus of zeros", &[0; 256], &[1, 0, 1]),
    ] {
        assert_eq!(PublicKey::parse(&parts(modulus, exponent)), None, "{why}");
    }
    let curve = |algorithm: i32, curve: i32, x: usize| {
        let coordinate = |length| Value::Bytes(vec![1; length]);
        let named = vec![(1, Value::from(2)), (3, Value::from(algorithm)), (-1, Value::from(curve))];
        let point = vec![(-2, coordinate(x)), (-3, coordinate(32))];
        cbor(&map([named, point].concat()))
    };
    for (why, cose) in [
        ("not on the curve", curve(-7, 1, 32)),
        ("another curve", curve(-7, 2, 32)),
        ("another algorithm", curve(-8, 1, 32)),
        ("too short", curve(-7, 1, 31)),
        ("no map", cbor(&Value::Null)),
        ("nothing", Vec::new()),
        ("with a tail", [Authenticator::new().cose(), vec![0]].concat()),
    ] {
        assert_eq!(PublicKey::parse(&cose), None, "{why}");
    }
}

#[test]
fn ap24_passkeys_are_for_a_host_that_has_a_name() {
    let id = |origin: &str| RelyingParty::of(origin).map(|party| party.id().to_owned());
    assert_eq!(id("https://chat.example.com").as_deref(), Some("chat.example.com"));
    assert_eq!(id("http://localhost:8787").as_deref(), Some("localhost"));
    for none in ["http://127.0.0.1:8787", "http://[::1]", "", "chat.example.com"] {
        assert_eq!(id(none), None, "{none}");
    }
}

#[test]
fn ap24_a_challenge_is_read_before_it_is_known_to_be_ours() {
    assert_eq!(answered_challenge(&client_data("webauthn.get")).as_deref(), Some("a challenge"));
    for none in [Vec::new(), b"{}".to_vec(), says("webauthn.get", &[0xff], ORIGIN, "")] {
        assert_eq!(answered_challenge(&none), None);
    }
}

#[test]
fn ap24_a_make_that_is_known_has_a_name() {
    assert_eq!(provider::name(0xbada_5566_a7aa_401f_bd96_4561_9a55_120d_u128.to_be_bytes()), "1Password");
    assert_eq!(provider::name([0; 16]), "");
}

#[test]
fn ap24_what_is_nested_or_promises_too_much_is_no_passkey() {
    let deep = [vec![0x81; 100_000], vec![0]].concat();
    let endless = [0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01].to_vec();
    let heavy = [0x5b, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01].to_vec();
    for bytes in [deep, endless, heavy] {
        assert_eq!(PublicKey::parse(&bytes), None);
        let registration = Registration { client_data: &client_data("webauthn.create"), attestation: &bytes };
        assert_eq!(registration.check(&here(), CHALLENGE), None);
    }
}

proptest::proptest! {
    #[test]
    fn ap24_whatever_comes_is_read_without_harm(bytes: Vec<u8>) {
        let registration = Registration { client_data: &bytes, attestation: &bytes };
        assert_eq!(registration.check(&here(), CHALLENGE), None);
        assert_eq!(PublicKey::parse(&bytes), None);
        let _ = AuthenticatorData::parse(&bytes);
    }
}
