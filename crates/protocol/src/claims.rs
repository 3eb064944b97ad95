//! What signed credentials state. Signing and checking is `domain`'s.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::identity::VisitorIdentity;
use crate::ids::{ConversationId, DeviceId, Nonce, SessionId, SiteId, VisitorId, VoucherId, WorkspaceId};
use crate::limits::{IDENTIFIED_TOKEN_MS, TICKET_MS, VISITOR_TOKEN_MS};
use crate::permission::Permissions;
use crate::seq::Timestamp;

/// A visitor's token: who they are, and the conversation they may begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorClaims {
    /// The workspace of the site.
    pub workspace: WorkspaceId,
    /// The site.
    pub site: SiteId,
    /// The visitor.
    pub visitor: VisitorId,
    /// The conversation.
    pub conversation: ConversationId,
    /// When the token stops being good.
    pub expires_at: Timestamp,
    /// What is known of the person, by proof or by the page's word.
    pub identity: Option<VisitorIdentity>,
    /// By which of the site's secrets it was proven, if it was.
    pub voucher: Option<VoucherId>,
}

impl VisitorClaims {
    /// Whether the person has proven who they are.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.identity.as_ref().is_some_and(|identity| identity.user.is_some())
    }

    /// When the token was given, by the clock of the Worker.
    #[must_use]
    pub fn given_at(&self) -> Timestamp {
        let lifetime = if self.is_known() { IDENTIFIED_TOKEN_MS } else { VISITOR_TOKEN_MS };
        Timestamp(self.expires_at.0.saturating_sub_unsigned(lifetime))
    }
}

/// An agent's ticket: opens one socket, once, within [`crate::limits::TICKET_MS`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentTicket {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The agent.
    pub agent: AgentProfile,
    /// What they may do.
    pub permissions: Permissions,
    /// The session that asked for it: when that ends, so do its sockets.
    pub session: SessionId,
    /// The one object that accepts it.
    pub target: SocketTarget,
    /// Seen once by that object.
    pub nonce: Nonce,
    /// When the ticket stops being good.
    pub expires_at: Timestamp,
}

impl AgentTicket {
    /// When the ticket was given, by the clock of the workspace.
    #[must_use]
    pub const fn given_at(&self) -> Timestamp {
        Timestamp(self.expires_at.0.saturating_sub_unsigned(TICKET_MS))
    }
}

/// What a page of a site that shows its team who is there has with the site's configuration: says that it may tell so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPass {
    /// The workspace of the site.
    pub workspace: WorkspaceId,
    /// The site.
    pub site: SiteId,
    /// When it stops being good.
    pub expires_at: Timestamp,
}

/// What a socket is opened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SocketTarget {
    /// The feed of the agent's workspace.
    Feed,
    /// One conversation.
    Conversation(ConversationId),
}

/// The challenge of a passkey: good once, within [`crate::limits::PASSKEY_CHALLENGE_MS`], for what it was given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyChallenge {
    /// What for, and where.
    pub ceremony: PasskeyCeremony,
    /// Makes it good once.
    pub nonce: Nonce,
    /// When it stops being good.
    pub expires_at: Timestamp,
}

/// What is done with a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasskeyCeremony {
    /// One is made, in a session.
    Add(SessionId),
    /// The person of a session proves again who they are.
    Prove(SessionId),
    /// Somebody signs in, in a browser.
    SignIn(DeviceId),
}
