//! Secrets that must be read again, as they stand in a database: sealed under a key that is not in it.
//!
//! AES-256-GCM (NIST SP 800-38D) under keys that HKDF-SHA256 (RFC 5869) derives from a secret of the deployment, one for
//! each owner. What is sealed for one place opens in no other.
//!
//! `version . key's name . nonce . ciphertext and tag`. The name tells under which secret: two are good at a time, the
//! current one and the one before it.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use protocol::Code;
use sha2::Sha256;

const SALT: &[u8] = b"porchlight/sealing/1";
const VERSION: u8 = 1;
const NAME_BYTES: usize = 4;
const NONCE_BYTES: usize = 12;
const HEAD_BYTES: usize = 1 + NAME_BYTES + NONCE_BYTES;

/// Random bytes for one sealing.
pub type Nonce = [u8; NONCE_BYTES];

/// Where a secret is kept.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Which kind of secret it is.
    pub kind: &'static str,
    /// The id of the object that keeps it, of a fixed length.
    pub owner: &'a [u8; 16],
    /// What tells it from others of its kind and owner.
    pub row: &'a [u8],
}

/// A secret that was opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The secret.
    pub secret: Vec<u8>,
    /// Whether it is sealed under the current secret of the deployment; otherwise it should be sealed again.
    pub is_current: bool,
}

/// The secrets of a deployment under which others are sealed.
#[derive(Clone)]
pub struct Sealing {
    current: Hkdf<Sha256>,
    former: Option<Hkdf<Sha256>>,
}

impl Sealing {
    /// Takes up the deployment's secret and the one before it, if that is still to be read.
    #[must_use]
    pub fn new(current: &[u8], former: Option<&[u8]>) -> Self {
        Self { current: extract(current), former: former.map(extract) }
    }

    /// Seals a secret for a place.
    ///
    /// # Errors
    /// [`Code::Internal`] if it is longer than 64 GiB.
    pub fn seal(&self, place: Place<'_>, nonce: Nonce, secret: &[u8]) -> Result<Vec<u8>, Code> {
        let head = [&[VERSION], name(&self.current)?.as_slice(), &nonce].concat();
        let payload = Payload { msg: secret, aad: &bound_to(place, &head) };
        let sealed = cipher(&self.current, place)?.encrypt(&nonce.into(), payload);
        Ok([head, sealed.map_err(|_| Code::Internal)?].concat())
    }

    /// Opens what was sealed for a place; `None` if it was not, or under another secret, or was changed.
    #[must_use]
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Opened> {
        let (head, text) = sealed.split_at_checked(HEAD_BYTES)?;
        let (_, nonce) = head.split_at_checked(HEAD_BYTES.checked_sub(NONCE_BYTES)?)?;
        let nonce: Nonce = nonce.try_into().ok()?;
        let is_of = |key: &&Hkdf<Sha256>| {
            name(key).is_ok_and(|name| head.starts_with(&[[VERSION].as_slice(), &name].concat()))
        };
        let key = [Some(&self.current), self.former.as_ref()].into_iter().flatten().find(is_of)?;
        let payload = Payload { msg: text, aad: &bound_to(place, head) };
        let secret = cipher(key, place).ok()?.decrypt(&nonce.into(), payload).ok()?;
        Some(Opened { secret, is_current: is_of(&&self.current) })
    }
}

/// The same as text, for a column of text.
#[must_use]
pub fn to_text(sealed: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(sealed)
}

/// Reads such a text; nothing opens what is none.
#[must_use]
pub fn from_text(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap_or_default()
}

fn extract(secret: &[u8]) -> Hkdf<Sha256> {
    Hkdf::new(Some(SALT), secret)
}

/// What names a key in what it sealed, and tells nothing of it.
fn name(key: &Hkdf<Sha256>) -> Result<[u8; NAME_BYTES], Code> {
    let mut name = [0; NAME_BYTES];
    key.expand(b"name", &mut name).map_err(|_| Code::Internal)?;
    Ok(name)
}

/// The cipher of one kind of secrets of one owner.
fn cipher(key: &Hkdf<Sha256>, place: Place<'_>) -> Result<Aes256Gcm, Code> {
    let mut bytes = [0; 32];
    let info = [b"key/".as_slice(), place.kind.as_bytes(), b"/", place.owner].concat();
    key.expand(&info, &mut bytes).map_err(|_| Code::Internal)?;
    Ok(Aes256Gcm::new(&bytes.into()))
}

/// What is sealed in with a secret, so that it opens nowhere else. Only the last part varies in length.
fn bound_to(place: Place<'_>, head: &[u8]) -> Vec<u8> {
    [head, place.owner, place.kind.as_bytes(), &[0], place.row].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'static> = Place { kind: "second-factor", owner: &[7; 16], row: b"row" };

    fn sealing(current: &[u8], former: Option<&[u8]>) -> Sealing {
        Sealing::new(current, former)
    }

    fn sealed(secret: &[u8]) -> Vec<u8> {
        sealing(secret, None).seal(PLACE, [3; 12], b"a seed of 20 bytes..").expect("short enough")
    }

    #[test]
    fn ac12_what_is_sealed_opens_in_its_place_only() {
        let one = sealing(b"one", None);
        let bytes = sealed(b"one");
        let opened = one.open(PLACE, &bytes).expect("its place");
        assert_eq!((opened.secret.as_slice(), opened.is_current), (b"a seed of 20 bytes..".as_slice(), true));
        let others = [
            Place { kind: "identity-secret", ..PLACE },
            Place { owner: &[8; 16], ..PLACE },
            Place { row: b"other", ..PLACE },
            Place { row: b"", ..PLACE },
        ];
        assert!(others.into_iter().all(|place| one.open(place, &bytes).is_none()));
        assert!(sealing(b"two", None).open(PLACE, &bytes).is_none(), "another secret");
    }

    #[test]
    fn ac12_what_was_changed_does_not_open() {
        let one = sealing(b"one", None);
        let bytes = sealed(b"one");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(one.open(PLACE, &changed).is_none(), "byte {at}");
            assert!(one.open(PLACE, &bytes[..at]).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn ac12_as_text_it_is_the_same() {
        let bytes = sealed(b"one");
        assert_eq!(from_text(&to_text(&bytes)), bytes);
        assert_eq!(from_text("no text of ours!"), Vec::<u8>::new());
    }

    #[test]
    fn ac12_a_secret_stands_nowhere_and_never_the_same_twice() {
        let bytes = sealed(b"one");
        assert!(!bytes.windows(6).any(|part| part == b"a seed"));
        let other = sealing(b"one", None).seal(PLACE, [4; 12], b"a seed of 20 bytes..").expect("short");
        assert_ne!(bytes[HEAD_BYTES..], other[HEAD_BYTES..]);
    }

    #[test]
    fn ac12_a_secret_of_the_deployment_is_replaced_while_the_one_before_is_read() {
        let old = sealed(b"one");
        let rotating = sealing(b"two", Some(b"one"));
        let opened = rotating.open(PLACE, &old).expect("still read");
        assert!(!opened.is_current, "to be sealed again");
        let new = rotating.seal(PLACE, [5; 12], &opened.secret).expect("short");
        let opened = sealing(b"two", None).open(PLACE, &new).expect("under the new one alone");
        assert!(opened.is_current);
        assert!(sealing(b"two", None).open(PLACE, &old).is_none());
    }
}
