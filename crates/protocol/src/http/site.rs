//! The sites of a workspace: where they may be shown, how they look, and how visitors prove who they are.

use serde::{Deserialize, Serialize};

use crate::http::SiteConfig;
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
}

/// Whether visitors can or must prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
