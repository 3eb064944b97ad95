//! What the browser says of a ceremony, signed with it (§5.8.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::RelyingParty;
use crate::token::equal;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ceremony {
    /// A passkey was made.
    Create,
    /// One was used.
    Get,
}

/// What the browser says. Further fields are there for the future to fill.
#[derive(Debug, Deserialize)]
pub(super) struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    is_cross_origin: bool,
    #[serde(rename = "topOrigin", default)]
    top_origin: Option<String>,
}

impl ClientData {
    /// Reads it.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The challenge that was answered.
    pub(super) fn challenge(&self) -> Option<Vec<u8>> {
        URL_SAFE_NO_PAD.decode(&self.challenge).ok()
    }

    /// Whether it is of this ceremony, for this challenge, in a page of ours that no other has framed.
    pub(super) fn is_of(&self, ceremony: Ceremony, challenge: &[u8], relying_party: &RelyingParty) -> bool {
        let kind = match ceremony {
            Ceremony::Create => "webauthn.create",
            Ceremony::Get => "webauthn.get",
        };
        self.kind == kind
            && self.challenge().is_some_and(|answered| equal(&answered, challenge))
            && self.origin == relying_party.origin()
            && !self.is_cross_origin
            && self.top_origin.is_none()
    }
}
