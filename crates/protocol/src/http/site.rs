//! The sites of a workspace: where they may be shown, how they look, and how visitors prove who they are.

use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::api::patterns;
use crate::http::SiteConfig;
use crate::http::look::Look;
use crate::http::reception::Reception;
use crate::ids::SiteId;
use crate::seq::Timestamp;
use crate::site_key::SiteKey;

/// The sites of a workspace, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteList {
    /// Each of them.
    pub sites: Vec<SiteView>,
}

/// A site as agents see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteView {
    /// Which.
    pub id: SiteId,
    /// Its settings.
    pub settings: SiteSettings,
    /// Its keys, newest first: the first goes into the script tag, the others are good until they end.
    pub keys: Vec<SiteKeyView>,
    /// Its secrets for identity verification, newest first; the secrets themselves are told once.
    pub identity_secrets: Vec<IdentitySecretView>,
    /// How it receives visitors.
    #[serde(default)]
    pub reception: Reception,
}

/// A key of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteKeyView {
    /// The key.
    pub key: SiteKey,
    /// When it ends; `None` for the newest.
    pub ends_at: Option<Timestamp>,
}

/// A secret for identity verification, without the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitySecretView {
    /// Its name in the header of a token (`kid`).
    pub key_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; `None` for the newest.
    pub ends_at: Option<Timestamp>,
}

/// A new secret for identity verification, told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitySecret {
    /// Its name in the header of a token (`kid`).
    pub key_id: String,
    /// The secret: text, used as it stands.
    pub secret: String,
}

/// A site as the workspace keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSettings {
    /// What the loader is told.
    pub config: SiteConfig,
    /// Origins that may embed the site: exact (`https://shop.example`), or every subdomain (`https://*.shop.example`).
    pub allowed_origins: Vec<String>,
    /// Whether every localhost origin may as well.
    pub allow_localhost: bool,
    /// Whether visitors can or must prove who they are.
    #[serde(default)]
    pub identity: IdentityMode,
    /// How it looks beyond that.
    #[serde(default)]
    pub look: Look,
}

/// Whether visitors can or must prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdentityMode {
    /// Nobody is asked, and a proof is ignored.
    #[default]
    Off,
    /// A good proof makes a known visitor; without one the visitor is anonymous.
    Optional,
    /// Only a good proof begins an identified session.
    Required,
}

/// A change of a site's settings; what is not named stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteChange {
    /// Its name: something visible, at most 80 bytes of UTF-8.
    #[cfg_attr(feature = "schema", schemars(length(max = 80), regex(pattern = patterns::NAME)))]
    pub name: Option<String>,
    /// The colour of the launcher, `#rrggbb`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = patterns::COLOUR)))]
    pub accent: Option<String>,
    /// First words of the empty panel, at most 300 bytes of UTF-8; ours if empty.
    #[cfg_attr(feature = "schema", schemars(length(max = 300), regex(pattern = patterns::GREETING)))]
    pub greeting: Option<String>,
    /// All origins that may show the chat: exact (`https://shop.example`), or every subdomain (`https://*.shop.example`).
    #[cfg_attr(feature = "schema", schemars(length(max = 50), inner(regex(pattern = patterns::ORIGIN))))]
    pub allowed_origins: Option<Vec<String>>,
    /// Whether every localhost origin may as well.
    pub allow_localhost: Option<bool>,
    /// Whether visitors can or must prove who they are.
    pub identity: Option<IdentityMode>,
}

impl SiteChange {
    /// The change that makes settings of any others, but for the look, which programs leave as it is.
    #[must_use]
    pub fn to(settings: &SiteSettings) -> Self {
        let SiteSettings { config, allowed_origins, allow_localhost, identity, look: _ } = settings.clone();
        Self {
            name: Some(config.name),
            accent: Some(config.accent),
            greeting: Some(config.greeting),
            allowed_origins: Some(allowed_origins),
            allow_localhost: Some(allow_localhost),
            identity: Some(identity),
        }
    }

    /// The settings after the change.
    #[must_use]
    pub fn of(&self, before: SiteSettings) -> SiteSettings {
        let SiteSettings { config, allowed_origins, allow_localhost, identity, look } = before;
        SiteSettings {
            config: SiteConfig {
                name: self.name.clone().unwrap_or(config.name),
                accent: self.accent.clone().unwrap_or(config.accent),
                greeting: self.greeting.clone().unwrap_or(config.greeting),
            },
            allowed_origins: self.allowed_origins.clone().unwrap_or(allowed_origins),
            allow_localhost: self.allow_localhost.unwrap_or(allow_localhost),
            identity: self.identity.unwrap_or(identity),
            look,
        }
    }
}

/// Asks whether the tag stands on a page as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstallCheck {
    /// The page's address.
    pub address: String,
}

/// What a check of a page found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstallReport {
    /// What the page was found to be.
    pub finding: InstallFinding,
}

/// What a page was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstallFinding {
    /// The tag of this site stands there, and its origin is allowed.
    Good,
    /// The tag stands there, and the page's origin is not allowed.
    OriginNotAllowed,
    /// A tag of ours stands there, with the key of another site.
    OtherSite,
    /// No tag of ours stands in the page as it is delivered. A tag manager may still add it.
    NoTag,
    /// The page's own security policy forbids the script or the frame.
    BlockedByPolicy,
    /// The address is none that we may ask.
    AddressRefused,
    /// The page did not answer in time, or not with a page.
    NoPage,
}
