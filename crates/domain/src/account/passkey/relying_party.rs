//! For whom passkeys are: this deployment, by its one address.

use sha2::{Digest, Sha256};
use url::Url;

/// The party that relies on passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    origin: String,
    id: String,
}

impl RelyingParty {
    /// That of an origin; `None` for what has no host that can have passkeys: a number is none.
    #[must_use]
    pub fn of(origin: &str) -> Option<Self> {
        let url = Url::parse(origin).ok()?;
        let id = url.domain()?.to_owned();
        Some(Self { origin: origin.to_owned(), id })
    }

    /// The host, which is what authenticators know.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origin that a browser must have asked from.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// What an authenticator signs in its place.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.id).into()
    }
}
