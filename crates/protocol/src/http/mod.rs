//! Bodies of the HTTP routes, always JSON.
//!
//! Here stands what visitors' pages and operators exchange, a visitor's session in [`session`]; what agents do with their
//! account is in [`account`], with its passkeys in [`passkey`], with their workspace in [`workspace`], with its sites in
//! [`site`], how those look in [`look`], receive visitors in [`reception`], what they ask them in [`question`] and say to them
//! in [`proactive`], with its keys in [`api_key`], its canned responses in [`canned`], its teams in [`team`], filters of its
//! conversations in [`filter`], whom it blocks in [`blocking`], who its visitors are in [`contact`], many of its conversations at once in
//! [`handling`], who is on its sites in [`visit`] and its people's private chats in [`private_chat`]; the script of pages that state its hash in [`pinned`]; a developer's mails in [`mailbox`].

pub mod account;
pub mod api_key;
pub mod assignment;
pub mod blocking;
pub mod canned;
pub mod contact;
pub mod filter;
pub mod handling;
pub mod look;
pub mod mailbox;
pub mod passkey;
pub mod pinned;
pub mod private_chat;
pub mod proactive;
pub mod question;
pub mod reception;
pub mod session;
pub mod site;
pub mod team;
pub mod visit;
pub mod workspace;

pub use session::{
    ClaimedProof, ClaimedUser, FURTHER, KnownSession, NEW_CONVERSATION, SessionAnswer, SessionRequest,
    TranscriptMailed,
};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::http::look::{Font, LauncherPlace, Scheme};
use crate::http::site::IdentityMode;
use crate::ids::{PictureId, SiteId, WorkspaceId};
use crate::reject::Code;
use crate::site_key::SiteKey;

/// The body of every refused request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub code: Code,
    /// Milliseconds to wait, where that is known.
    pub retry_after: Option<u32>,
}

/// How a site looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// Name of the site.
    pub name: String,
    /// Colour of the launcher, `#rrggbb`.
    pub accent: String,
    /// First words of the empty panel.
    pub greeting: String,
}

/// What the loader asks for on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageConfig {
    /// Name of the site.
    pub name: String,
    /// Colour of the launcher, `#rrggbb`.
    pub accent: String,
    /// Colour of what stands on it, `#rrggbb`.
    pub ink: String,
    /// First words of the empty panel.
    pub greeting: String,
    /// The site, under whose name the loader keeps things: it stays when the key changes.
    pub site: SiteId,
    /// Whether visitors can or must prove who they are.
    pub identity: IdentityMode,
    /// Whose words the visitor reads (BCP 47): one of the widget's languages.
    pub language: String,
    /// How times and numbers are written (BCP 47): the language with the visitor's script and region.
    pub locale: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// What the launcher says.
    pub words: LauncherWords,
    /// The rules of the launcher that follow those of the loader.
    pub style: String,
    /// Custom properties of the panel.
    pub panel: BTreeMap<String, String>,
    /// Whether the panel is light or dark.
    pub scheme: Scheme,
    /// What the panel is written in.
    pub font: Font,
    /// Where the launcher stands.
    pub launcher: LauncherPlace,
    /// The picture that stands for the site in the panel's header, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<PictureId>,
    /// Whether the site has proactive messages, which only pages of such a site ask for.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub proactive: bool,
    /// With what its pages tell that their visitors are there ([`crate::VisitPass`]), where the team sees that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<String>,
}

/// What the launcher says, by the names that a page replaces words under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LauncherWords {
    /// The title of the frame.
    pub chat: String,
    /// The name of the launcher while the panel is closed.
    pub launcher_open: String,
    /// Its name while the panel is open.
    pub close_chat: String,
    /// Where the frame is late.
    pub launcher_connecting: String,
    /// How many messages are unread, by plural category.
    pub launcher_unread: BTreeMap<String, String>,
}

/// Founds a workspace; guarded by the operator's setup token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupRequest {
    /// E-mail address of the owner.
    pub email: String,
    /// Name of the workspace.
    pub workspace: String,
    /// Name of its first site.
    pub site_name: String,
    /// Origins that may embed the site.
    pub allowed_origins: Vec<String>,
    /// Whether every localhost origin may as well.
    pub allow_localhost: bool,
}

/// The founded workspace. The password is told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupAnswer {
    /// E-mail address of the owner.
    pub email: String,
    /// Their password, good for one sign-in within [`crate::limits::FIRST_PASSWORD_MS`].
    pub password: String,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The key of its first site.
    pub site_key: SiteKey,
}
