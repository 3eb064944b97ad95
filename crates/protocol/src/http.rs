//! Bodies of the HTTP routes, always JSON.

use serde::{Deserialize, Serialize};

use crate::claims::{Role, SocketTarget};
use crate::event::AgentProfile;
use crate::ids::{ConversationId, WorkspaceId};
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

/// What the loader is told of a site: enough to draw the launcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConfig {
    /// Name of the site.
    pub name: String,
    /// Colour of the launcher, `#rrggbb`.
    pub accent: String,
    /// First words of the empty panel.
    pub greeting: String,
}

/// Asks for a visitor's session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    /// The site.
    pub site: SiteKey,
    /// The token of an earlier session; a good one is renewed.
    #[serde(default)]
    pub token: Option<String>,
}

/// A visitor's session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// For the hello of the conversation's socket.
    pub token: String,
    /// The visitor's conversation, which exists from its first message on.
    pub conversation: ConversationId,
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
    /// Their password.
    pub password: String,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The key of its first site.
    pub site_key: SiteKey,
}

/// Signs an agent in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The agent.
    pub agent: AgentProfile,
    /// Their workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub workspace_name: String,
    /// What they may do there.
    pub role: Role,
}

/// Asks for a ticket for one socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketRequest {
    /// The socket that is to be opened.
    pub target: SocketTarget,
}

/// The ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketAnswer {
    /// For the hello of the socket.
    pub ticket: String,
}
