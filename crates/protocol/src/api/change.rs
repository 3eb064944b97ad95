//! Bodies of requests. A field that is not listed is refused, so that a misspelt one is noticed.

use serde::Deserialize;

use crate::api::id::{MessageId, Prefixed};
use crate::api::message::MessageKind;
use crate::event::Status;
use crate::http::SiteConfig;
use crate::http::look::Look;
use crate::http::site::{IdentityMode, SiteSettings};
use crate::ids::SiteId;

/// Names the workspace anew.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkspaceChange {
    /// The name: something visible, at most 80 bytes of UTF-8.
    #[cfg_attr(feature = "schema", schemars(length(max = 80), regex(pattern = patterns::NAME)))]
    pub name: String,
}

/// A site to be made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteDraft {
    /// Its name: something visible, at most 80 bytes of UTF-8.
    #[cfg_attr(feature = "schema", schemars(length(max = 80), regex(pattern = patterns::NAME)))]
    pub name: String,
    /// The colour of the launcher, `#rrggbb`.
    #[serde(default = "default_accent")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = patterns::COLOUR)))]
    pub accent: String,
    /// First words of the empty panel, at most 300 bytes of UTF-8; ours if empty.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(length(max = 300), regex(pattern = patterns::GREETING)))]
    pub greeting: String,
    /// Origins that may show the chat: exact (`https://shop.example`), or every subdomain (`https://*.shop.example`).
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(length(max = 50), inner(regex(pattern = patterns::ORIGIN))))]
    pub allowed_origins: Vec<String>,
    /// Whether every localhost origin may as well.
    #[serde(default)]
    pub allow_localhost: bool,
    /// Whether visitors can or must prove who they are.
    #[serde(default)]
    pub identity: IdentityMode,
}

/// Writes in a conversation.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageDraft {
    /// Who is to see it.
    pub kind: MessageKind,
    /// Plain text with something visible in it, at most 16 KiB of UTF-8, without control characters but tab and line feed.
    #[cfg_attr(feature = "schema", schemars(length(max = 16384), regex(pattern = patterns::TEXT)))]
    pub text: String,
    /// The earlier message or note of the conversation that it answers. A reply answers no note.
    pub reply_to: Option<Prefixed<MessageId>>,
}

/// Changes what a message says.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageChange {
    /// What it is to say: as in a new one.
    #[cfg_attr(feature = "schema", schemars(length(max = 16384), regex(pattern = patterns::TEXT)))]
    pub text: String,
}

/// Writes to a person whom a site knows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConversationDraft {
    /// The site, which must verify identities.
    pub site_id: Prefixed<SiteId>,
    /// The person.
    pub contact: ContactDraft,
    /// The message to them: as in [`MessageDraft`].
    #[cfg_attr(feature = "schema", schemars(length(max = 16384), regex(pattern = patterns::TEXT)))]
    pub text: String,
}

/// What a site's server says of a person.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDraft {
    /// Their id with the site, by which its server proves who they are: at most 255 bytes of UTF-8.
    #[cfg_attr(feature = "schema", schemars(length(max = 255), regex(pattern = patterns::USER_ID)))]
    pub external_id: String,
    /// What they are called, at most 80 bytes of UTF-8. Shown as verified, since your server says it.
    #[cfg_attr(feature = "schema", schemars(length(max = 80), regex(pattern = patterns::NAME)))]
    pub name: Option<String>,
    /// Their e-mail address, at most 254 bytes of UTF-8. Shown as verified, since your server says it.
    #[cfg_attr(feature = "schema", schemars(length(max = 254), regex(pattern = patterns::NAME)))]
    pub email: Option<String>,
}

/// Changes where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConversationChange {
    /// Where it is to stand.
    pub status: WantedStatus,
}

/// Where a conversation can be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WantedStatus {
    /// Somebody should answer.
    Open,
    /// Done, until the visitor writes again.
    Resolved,
    /// Laid aside until the visitor writes.
    Pending,
}

impl From<WantedStatus> for Status {
    fn from(wanted: WantedStatus) -> Self {
        match wanted {
            WantedStatus::Open => Self::Open,
            WantedStatus::Resolved => Self::Resolved,
            WantedStatus::Pending => Self::Pending,
        }
    }
}

impl From<SiteDraft> for SiteSettings {
    fn from(draft: SiteDraft) -> Self {
        let SiteDraft { name, accent, greeting, allowed_origins, allow_localhost, identity } = draft;
        Self {
            config: SiteConfig { name, accent, greeting },
            allowed_origins,
            allow_localhost,
            identity,
            look: Look::default(),
        }
    }
}

fn default_accent() -> String {
    "#3c4fc4".to_owned()
}

/// What texts look like, in the words of ECMA 262. The rules themselves are the server's (SPEC WS16, SI1, CV2); these say
/// as much of them as a pattern can.
#[cfg(feature = "schema")]
pub(crate) mod patterns {
    /// No control and formatting characters, and something visible.
    pub(crate) const NAME: &str = concat!(
        r"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]*",
        r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]",
        r"[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]*$",
    );
    /// Six hexadecimal digits.
    pub(crate) const COLOUR: &str = "^#[0-9A-Fa-f]{6}$";
    /// No control characters but line feeds.
    pub(crate) const GREETING: &str = r"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$";
    /// A scheme, a host and perhaps a port.
    pub(crate) const ORIGIN: &str = r"^https?://(\*\.[a-z][a-z0-9]{0,30}\.)?[a-z][a-z0-9]{0,30}(\.[a-z][a-z0-9]{0,30}){0,3}(:[1-9][0-9]{0,3})?$";
    /// No control characters, and no white space at its ends.
    pub(crate) const USER_ID: &str = concat!(
        r"^[^\s\u0000-\u001f\u007f-\u009f]",
        r"([^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f])?$",
    );
    /// No control characters but white space, and something visible.
    pub(crate) const TEXT: &str = concat!(
        r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*",
        r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]",
        r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$",
    );
}
