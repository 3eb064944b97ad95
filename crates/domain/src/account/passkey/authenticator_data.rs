//! What the authenticator says of a ceremony (§6.1).

use super::RelyingParty;
use super::cbor::item;
use crate::token::equal;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const MAY_BE_SYNCED: u8 = 1 << 3;
const IS_SYNCED: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

/// What the authenticator says.
#[derive(Debug)]
pub(super) struct AuthenticatorData {
    relying_party: [u8; 32],
    is_present: bool,
    is_verified: bool,
    /// Whether the passkey may be on several devices.
    pub(super) may_be_synced: bool,
    /// Whether it is.
    pub(super) is_synced: bool,
    /// How often the authenticator has signed; 0 where it does not count.
    pub(super) counter: u32,
    /// The passkey, if it was made.
    pub(super) made: Option<Made>,
}

/// A passkey that was made (§6.5.1).
#[derive(Debug)]
pub(super) struct Made {
    /// Which make of authenticator it was.
    pub(super) make: [u8; 16],
    /// The credential's id.
    pub(super) credential: Vec<u8>,
    /// A COSE key, in CBOR.
    pub(super) key: Vec<u8>,
}

impl AuthenticatorData {
    /// Reads it, to its last byte.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let relying_party = take(&mut rest)?;
        let [flags] = take(&mut rest)?;
        let counter = u32::from_be_bytes(take(&mut rest)?);
        let has = |flag: u8| flags & flag != 0;
        let made = if has(HAS_CREDENTIAL) { Some(Made::parse(&mut rest)?) } else { None };
        if has(HAS_EXTENSIONS) {
            item(&mut rest)?;
        }
        // One that is synced may be.
        let is_whole = rest.is_empty() && (has(MAY_BE_SYNCED) || !has(IS_SYNCED));
        is_whole.then_some(Self {
            relying_party,
            is_present: has(USER_PRESENT),
            is_verified: has(USER_VERIFIED),
            may_be_synced: has(MAY_BE_SYNCED),
            is_synced: has(IS_SYNCED),
            counter,
            made,
        })
    }

    /// Whether it was made for us, with the person there and verified.
    pub(super) fn is_of(&self, relying_party: &RelyingParty) -> bool {
        equal(&self.relying_party, &relying_party.digest()) && self.is_present && self.is_verified
    }
}

impl Made {
    fn parse(rest: &mut &[u8]) -> Option<Self> {
        let make = take(rest)?;
        let length = u16::from_be_bytes(take(rest)?);
        let (credential, after) = rest.split_at_checked(length.into())?;
        *rest = after;
        let key = item(rest)?;
        Some(Self { make, credential: credential.to_vec(), key: key.to_vec() })
    }
}

/// Takes a number of bytes off the beginning.
fn take<const LENGTH: usize>(rest: &mut &[u8]) -> Option<[u8; LENGTH]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}
