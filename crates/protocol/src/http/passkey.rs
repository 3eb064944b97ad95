//! Passkeys (W3C Web Authentication): what a browser is told, and what it sends of its authenticator's words.

use serde::{Deserialize, Serialize};

use crate::ids::PasskeyId;
use crate::octets::Octets;
use crate::seq::Timestamp;

/// What a browser needs to make a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeySetup {
    /// For whom it is: the host of this deployment.
    pub relying_party: String,
    /// To be signed, within [`crate::limits::PASSKEY_CHALLENGE_MS`].
    pub challenge: Octets,
    /// Leads to the account from a passkey alone: what names the account's object, which tells nobody its address.
    pub user: Octets,
    /// What the authenticator shows of the account.
    pub email: String,
    /// Likewise.
    pub name: String,
    /// Kinds of keys that are taken, by their COSE numbers, the one that is wished for first.
    pub algorithms: Vec<i32>,
    /// Credentials that the account has, of which no second one is to be made.
    pub known: Vec<Octets>,
}

/// A passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadePasskey {
    /// What the browser says of it, as JSON.
    pub client_data: Octets,
    /// What the authenticator says of it, as CBOR.
    pub attestation: Octets,
}

/// What a browser needs to use a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyQuestion {
    /// For whom it is.
    pub relying_party: String,
    /// To be signed, within [`crate::limits::PASSKEY_CHALLENGE_MS`].
    pub challenge: Octets,
    /// Credentials that will do; where there is none any does.
    pub known: Vec<Octets>,
}

/// A passkey that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPasskey {
    /// The credential's id.
    pub credential: Octets,
    /// What the browser says of it, as JSON.
    pub client_data: Octets,
    /// What the authenticator says of it.
    pub authenticator_data: Octets,
    /// Over both.
    pub signature: Octets,
}

/// Signs an agent in with a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasskeySignIn {
    /// What the authenticator knows of the account.
    pub user: Octets,
    /// The passkey.
    pub passkey: UsedPasskey,
}

/// Gives a passkey another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasskeyName {
    /// For the person alone.
    pub name: String,
}

/// The passkeys of the person, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyList {
    /// Each of them.
    pub passkeys: Vec<PasskeyView>,
}

/// A passkey as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    /// Which.
    pub id: PasskeyId,
    /// The person's own name for it, or that of its make, or of the browser it was made in; may be empty.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used, if it was.
    pub used_at: Option<Timestamp>,
    /// Whether it is kept by a service that has it on several devices.
    pub is_synced: bool,
}
