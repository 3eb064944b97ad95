//! Calls from the Worker and from objects to objects, in postcard.
//!
//! The Worker and the objects of one deployment can differ in version for minutes, so these are wire types too.

use serde::{Deserialize, Serialize};

use crate::claims::Role;
use crate::event::AgentProfile;
use crate::http::SiteConfig;
use crate::ids::{AgentId, SiteId, WorkspaceId};
use crate::index::ConversationDigest;
use crate::reject::Reject;

/// What can be asked of a workspace's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceCall {
    /// Creates the workspace with its first site and owner.
    Found(Founding),
    /// Looks up a site for a page that wants to show it.
    Site {
        /// Which site.
        site: SiteId,
    },
    /// Tells of a conversation's present state.
    Digest(Box<ConversationDigest>),
}

/// What a workspace begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// The workspace's own id.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Its first site.
    pub site: SiteId,
    /// How that site looks and where it may be shown.
    pub settings: SiteSettings,
}

/// A site as the workspace keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// What the loader is told.
    pub config: SiteConfig,
    /// Origins that may embed the site, exact.
    pub allowed_origins: Vec<String>,
    /// Whether every localhost origin may as well.
    pub allow_localhost: bool,
}

/// What a workspace's object answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceAnswer {
    /// It was done, or had been done before.
    Done,
    /// The site.
    Site(SiteSettings),
}

/// What can be asked of an account's object.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountCall {
    /// Creates the account.
    Create {
        /// E-mail address, lower case.
        email: String,
        /// The password to hash.
        password: String,
        /// The workspace the person belongs to.
        membership: Membership,
    },
    /// Checks a password and begins a session.
    SignIn {
        /// As typed.
        password: String,
    },
    /// Looks up a session by its secret.
    Authenticate {
        /// The session's secret, of which only a digest is stored.
        secret: [u8; 32],
    },
    /// Ends a session.
    SignOut {
        /// The session's secret.
        secret: [u8; 32],
    },
}

/// That a person belongs to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub workspace_name: String,
    /// The person as an agent there.
    pub agent: AgentProfile,
    /// What they may do there.
    pub role: Role,
}

impl Membership {
    /// The agent's id.
    #[must_use]
    pub const fn agent_id(&self) -> AgentId {
        self.agent.id
    }
}

/// What an account's object answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountAnswer {
    /// It was done.
    Done,
    /// A session began.
    SignedIn {
        /// Its secret, told this once.
        secret: [u8; 32],
        /// Where the person belongs.
        membership: Membership,
    },
    /// The session is good.
    Authenticated {
        /// Where the person belongs.
        membership: Membership,
    },
}

/// The answer to a call.
pub type CallResult<A> = Result<A, Reject>;
