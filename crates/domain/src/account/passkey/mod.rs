//! Passkeys (W3C Web Authentication, level 3): what a browser sends of one is checked here, step by step as the standard
//! has it, and by nothing else. Where a credential is kept, and whether a challenge was used, is not known here.
//!
//! No attestation is asked for and none is looked at: which make of key somebody uses is theirs to choose. The person must
//! have been verified by their device in every ceremony, so that a passkey is two factors by itself.

mod authenticator_data;
mod cbor;
mod client_data;
mod provider;
mod public_key;
mod relying_party;
#[cfg(test)]
mod vectors;

use ciborium::Value;
use protocol::PasskeyId;
use sha2::{Digest, Sha256};

use self::authenticator_data::AuthenticatorData;
use self::client_data::{Ceremony, ClientData};
pub use self::public_key::{ALGORITHMS, PublicKey};
pub use self::relying_party::RelyingParty;

/// Bytes of a credential's id beyond which it is not taken (§7.1, step 26).
const LONGEST_ID: usize = 1_023;

/// A passkey as its account keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's id, chosen by the authenticator.
    pub credential: Vec<u8>,
    /// What its signatures are checked with.
    pub key: PublicKey,
    /// The last count of signatures; 0 where none is kept.
    pub counter: u32,
    /// Whether it may be on several devices; never changes.
    pub may_be_synced: bool,
    /// Whether it is, as far as its authenticator last said.
    pub is_synced: bool,
}

/// A passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// The passkey.
    pub passkey: Passkey,
    /// By which make of authenticator, in words; empty if it is not known.
    pub provider: &'static str,
}

/// What a browser sends of a passkey that was made.
#[derive(Debug, Clone, Copy)]
pub struct Registration<'a> {
    /// JSON, as the browser wrote it.
    pub client_data: &'a [u8],
    /// CBOR, as the authenticator wrote it.
    pub attestation: &'a [u8],
}

/// What a browser sends of a passkey that was used.
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    /// JSON, as the browser wrote it.
    pub client_data: &'a [u8],
    /// As the authenticator wrote it.
    pub authenticator_data: &'a [u8],
    /// Over both.
    pub signature: &'a [u8],
}

/// What a use of a passkey changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The count of signatures.
    pub counter: u32,
    /// Whether it is on several devices.
    pub is_synced: bool,
}

/// Names a passkey in addresses and lists: the beginning of a digest of the credential's id.
#[must_use]
pub fn passkey_id(credential: &[u8]) -> PasskeyId {
    let mut id = [0; PasskeyId::LENGTH];
    id.iter_mut().zip(Sha256::digest(credential)).for_each(|(to, from)| *to = from);
    PasskeyId::from_bytes(id)
}

/// The challenge that a browser says it answered, whether it is one of ours or not; `None` where it says none.
#[must_use]
pub fn answered_challenge(client_data: &[u8]) -> Option<String> {
    let challenge = ClientData::parse(client_data)?.challenge()?;
    String::from_utf8(challenge).ok()
}

impl Registration<'_> {
    /// Takes up a new passkey (§7.1); `None` unless all is as it must be. That the challenge is ours is the caller's to
    /// know, and that no other passkey has the same id.
    #[must_use]
    pub fn check(&self, relying_party: &RelyingParty, challenge: &[u8]) -> Option<NewPasskey> {
        let client_data = ClientData::parse(self.client_data)?;
        if !client_data.is_of(Ceremony::Create, challenge, relying_party) {
            return None;
        }
        let data = AuthenticatorData::parse(&authenticator_data(self.attestation)?)?;
        if !data.is_of(relying_party) {
            return None;
        }
        let made = data.made?;
        if made.credential.is_empty() || made.credential.len() > LONGEST_ID {
            return None;
        }
        let passkey = Passkey {
            credential: made.credential,
            key: PublicKey::parse(&made.key)?,
            counter: data.counter,
            may_be_synced: data.may_be_synced,
            is_synced: data.is_synced,
        };
        Some(NewPasskey { passkey, provider: provider::name(made.make) })
    }
}

impl Assertion<'_> {
    /// Checks the use of a passkey (§7.2); `None` unless all is as it must be. That the challenge is ours is the caller's to
    /// know, and that the passkey is the one that was named.
    #[must_use]
    pub fn check(&self, passkey: &Passkey, relying_party: &RelyingParty, challenge: &[u8]) -> Option<Use> {
        let client_data = ClientData::parse(self.client_data)?;
        if !client_data.is_of(Ceremony::Get, challenge, relying_party) {
            return None;
        }
        let data = AuthenticatorData::parse(self.authenticator_data)?;
        if !data.is_of(relying_party) || data.may_be_synced != passkey.may_be_synced {
            return None;
        }
        let digest = Sha256::digest(self.client_data);
        let signed = [self.authenticator_data, digest.as_slice()].concat();
        if !passkey.key.verifies(&signed, self.signature) || !counts_on(passkey.counter, data.counter) {
            return None;
        }
        Some(Use { counter: data.counter, is_synced: data.is_synced })
    }
}

/// Whether a count of signatures is beyond the last one. Where neither side counts there is nothing to tell a copy by.
const fn counts_on(last: u32, counter: u32) -> bool {
    (last == 0 && counter == 0) || counter > last
}

/// The authenticator's data out of an attestation object, of whatever format.
fn authenticator_data(attestation: &[u8]) -> Option<Vec<u8>> {
    let entries = cbor::whole_map(attestation)?;
    let is_data = |key: &Value| key.as_text() == Some("authData");
    entries.into_iter().find(|(key, _)| is_data(key))?.1.into_bytes().ok()
}

#[cfg(test)]
mod tests;
