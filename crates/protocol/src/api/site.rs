//! The sites on which visitors chat.

use serde::Serialize;

use crate::api::id::Prefixed;
use crate::api::moment::Moment;
use crate::http::SiteConfig;
use crate::http::site::{IdentityMode, SiteKeyView, SiteSettings, SiteView};
use crate::ids::SiteId;

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// Its id.
    pub id: Prefixed<SiteId>,
    /// Its name.
    pub name: String,
    /// The colour of the launcher, `#rrggbb`.
    pub accent: String,
    /// First words of the empty panel; ours if empty.
    pub greeting: String,
    /// Origins that may show the chat: exact (`https://shop.example`), or every subdomain (`https://*.shop.example`).
    pub allowed_origins: Vec<String>,
    /// Whether every localhost origin may as well.
    pub allow_localhost: bool,
    /// Whether visitors can or must prove who they are.
    pub identity: IdentityMode,
    /// Its public keys that are good, newest first: the first goes into the script tag.
    pub keys: Vec<SiteKeyState>,
}

/// A public key of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SiteKey"))]
pub struct SiteKeyState {
    /// The key, as it stands in the script tag.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^pk_[A-Za-z0-9_-]{43}$")))]
    pub key: String,
    /// When it ends; `null` for the newest.
    pub ends_at: Option<Moment>,
}

impl From<SiteView> for Site {
    fn from(view: SiteView) -> Self {
        let SiteSettings { config, allowed_origins, allow_localhost, identity, look: _ } = view.settings;
        let SiteConfig { name, accent, greeting } = config;
        let keys = view.keys.into_iter().map(|SiteKeyView { key, ends_at }| SiteKeyState {
            key: key.to_string(),
            ends_at: ends_at.map(Moment),
        });
        Self {
            id: Prefixed(view.id),
            name,
            accent,
            greeting,
            allowed_origins,
            allow_localhost,
            identity,
            keys: keys.collect(),
        }
    }
}
