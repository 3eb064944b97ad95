//! A workspace and its people. All of it is asked by somebody who is signed in and belongs to the workspace.

use serde::{Deserialize, Serialize};

use crate::assignment::Assignment;
use crate::claims::SocketTarget;
use crate::event::AgentProfile;
use crate::http::account::{Newcomer, WorkspaceName};
use crate::ids::{AgentId, InvitationId, RoleId, VisitorId, WorkspaceId};
use crate::mail::Language;
use crate::permission::{Permissions, Role};
use crate::seq::Timestamp;

/// Creates a workspace, or names it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceNaming {
    /// The name.
    pub name: String,
}

/// A workspace as one of its people sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceView {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Who the person is there.
    pub me: AgentProfile,
    /// What they are there.
    pub role: Role,
    /// What they may do there.
    pub permissions: Permissions,
    /// When it will be deleted, if somebody asked for that.
    pub deleted_at: Option<Timestamp>,
    /// Whether it asks for a second factor of everybody.
    pub requires_second_factor: bool,
    /// How many of its people have none, as far as it has heard; told to those who manage the workspace.
    pub without_second_factor: Option<u32>,
    /// For how many days it keeps conversations that are over; for ever without a number.
    #[serde(default)]
    pub retention_days: Option<u16>,
}

/// Says for how long conversations are kept that are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionChange {
    /// Days since anything happened in them, at most [`crate::limits::RETENTION_DAYS`]; for ever without a number.
    pub days: Option<u16>,
}

/// Everybody who belongs to a workspace or is invited to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Those who belong to it, by name.
    pub agents: Vec<AgentView>,
    /// Those who are invited and have not accepted; shown to those who manage people.
    pub invitations: Vec<InvitationView>,
    /// The roles that the workspace made itself, by name.
    pub roles: Vec<CustomRole>,
}

/// Somebody who belongs to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentView {
    /// Who.
    pub agent: AgentProfile,
    /// E-mail address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Since when they belong to it.
    pub joined_at: Timestamp,
}

/// An invitation that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Which.
    pub id: InvitationId,
    /// E-mail address of who is invited.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Until when they can accept.
    pub expires_at: Timestamp,
}

/// Invites somebody. An address that is invited already gets a new link, and the old one is void.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationRequest {
    /// E-mail address.
    pub email: String,
    /// What they will be. Never the owner.
    pub role: Role,
    /// The language of the mail.
    #[serde(default)]
    pub language: Language,
}

/// Asks what a mailed invitation is to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationLook {
    /// Of the link.
    pub token: String,
}

/// What a mailed invitation is to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationOffer {
    /// The workspace's name.
    pub workspace: String,
    /// The address that was invited.
    pub email: String,
    /// Whether that address has an account, which then has to sign in.
    pub has_account: bool,
}

/// Accepts an invitation: as the signed-in person whose address was invited, or as somebody new, who is signed in with
/// it, since the link proves the address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationAcceptance {
    /// Of the link.
    pub token: String,
    /// Who the new person is; not needed by who is signed in.
    #[serde(default)]
    pub newcomer: Option<Newcomer>,
}

/// The workspace that was joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// Which.
    pub workspace: WorkspaceName,
}

/// Gives somebody another role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// What they will be. Never the owner, who is made by handing the workspace over.
    pub role: Role,
}

/// Hands the workspace over to another of its agents. The old owner becomes an admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The new owner.
    pub to: AgentId,
}

/// A role that a workspace made itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomRole {
    /// Which.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub permissions: Permissions,
}

/// Makes a role, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    /// Its name.
    pub name: String,
    /// What it may do; never more than who makes it, and never what is the owner's alone.
    pub permissions: Permissions,
}

/// Asks for a page of the audit log, in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Lines before this number; the newest without one.
    #[serde(default)]
    pub before: Option<u64>,
}

/// A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// At most [`crate::limits::AUDIT_PAGE`].
    pub lines: Vec<AuditLine>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Who changed what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number: 1, 2, 3 …
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who, under the name they had; `None` for the product itself.
    pub actor: Option<AgentProfile>,
    /// The name of the key of the REST API with which it was done in their name; `None` for what they did themselves.
    pub key: Option<String>,
    /// What.
    pub change: AuditChange,
}

/// What was changed. Names are those of that moment. The list only grows at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditChange {
    /// The workspace was founded.
    Founded,
    /// The workspace was named.
    Named {
        /// The new name.
        name: String,
    },
    /// Somebody was invited.
    Invited {
        /// E-mail address.
        email: String,
        /// What they will be.
        role: Role,
    },
    /// An invitation was withdrawn.
    InvitationRevoked {
        /// E-mail address.
        email: String,
    },
    /// Somebody accepted an invitation.
    Joined {
        /// What they are.
        role: Role,
    },
    /// Somebody was removed.
    Removed {
        /// Who.
        agent: AgentProfile,
    },
    /// Somebody left.
    Left,
    /// Somebody was given another role.
    RoleChanged {
        /// Who.
        agent: AgentProfile,
        /// What they were.
        from: Role,
        /// What they are.
        to: Role,
    },
    /// The workspace was handed over.
    Transferred {
        /// The new owner.
        to: AgentProfile,
    },
    /// A custom role was made.
    RoleMade(CustomRole),
    /// A custom role was changed; as it is since.
    RoleRedrawn(CustomRole),
    /// A custom role was removed.
    RoleRemoved(CustomRole),
    /// Deletion of the workspace was asked for.
    DeletionBegun,
    /// Deletion of the workspace was taken back.
    DeletionStopped,
    /// A site was made.
    SiteMade {
        /// Its name.
        name: String,
    },
    /// A site's settings were changed.
    SiteChanged {
        /// Its name.
        name: String,
        /// Which settings, by the names of their fields.
        fields: Vec<String>,
    },
    /// A site was removed.
    SiteRemoved {
        /// Its name.
        name: String,
    },
    /// A site was given a new key; the old one is good until then.
    SiteKeyRotated {
        /// The site's name.
        name: String,
        /// When the old key ends.
        until: Timestamp,
    },
    /// A site was given a new secret for identity verification.
    IdentitySecretRotated {
        /// The site's name.
        name: String,
    },
    /// Somebody tried what they may not do.
    Refused {
        /// The name of the action.
        action: String,
    },
    /// A key of the REST API was made.
    ApiKeyMade {
        /// Its name.
        name: String,
    },
    /// A key of the REST API was revoked.
    ApiKeyRevoked {
        /// Its name.
        name: String,
    },
    /// The old keys of a site were ended before their time.
    SiteKeysEnded {
        /// The site's name.
        name: String,
    },
    /// The old secret of a site for identity verification was ended before its time.
    IdentitySecretsEnded {
        /// The site's name.
        name: String,
    },
    /// A second factor was asked for of everybody, or no longer.
    SecondFactorRequired {
        /// Whether it is.
        is_required: bool,
    },
    /// A canned response was made for everybody.
    CannedMade {
        /// Its code.
        shortcode: String,
    },
    /// A canned response that everybody has was changed.
    CannedChanged {
        /// Its code.
        shortcode: String,
    },
    /// A canned response that everybody had was removed.
    CannedRemoved {
        /// Its code.
        shortcode: String,
    },
    /// Somebody left, and deleted their account.
    AccountDeleted,
    /// It was said for how long conversations are kept that are over.
    RetentionSet {
        /// Days; `None` for ever.
        days: Option<u16>,
    },
    /// Conversations were deleted whose time was over.
    ConversationsExpired {
        /// How many.
        count: u32,
        /// For how many days they were kept.
        days: u16,
    },
    /// A team was made.
    TeamMade {
        /// Its name.
        name: String,
    },
    /// A team was named, or other people are in it.
    TeamChanged {
        /// Its name.
        name: String,
    },
    /// A team was removed.
    TeamRemoved {
        /// Its name.
        name: String,
    },
    /// It was chosen how conversations are given to agents.
    AssignmentSet {
        /// Those of a team, by its name; `None` for those of none.
        team: Option<String>,
        /// How.
        assignment: Assignment,
    },
    /// A visitor was blocked.
    VisitorBlocked {
        /// Who.
        visitor: VisitorId,
    },
    /// A visitor was let in again.
    VisitorUnblocked {
        /// Who.
        visitor: VisitorId,
    },
    /// A macro was made for everybody.
    MacroMade {
        /// Its name.
        name: String,
    },
    /// A macro that everybody has was changed.
    MacroChanged {
        /// Its name.
        name: String,
    },
    /// A macro that everybody had was removed.
    MacroRemoved {
        /// Its name.
        name: String,
    },
    /// A filter was made for everybody.
    FilterMade {
        /// Its name.
        name: String,
    },
    /// A filter that everybody has was changed.
    FilterChanged {
        /// Its name.
        name: String,
    },
    /// A filter that everybody had was removed.
    FilterRemoved {
        /// Its name.
        name: String,
    },
    /// Contacts were written into a file.
    ContactsExported {
        /// How many.
        count: u32,
    },
}

/// Asks for a ticket for one socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketRequest {
    /// The workspace in which the person acts.
    pub workspace: WorkspaceId,
    /// The socket that is to be opened.
    pub target: SocketTarget,
}

/// The ticket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketAnswer {
    /// For the hello of the socket.
    pub ticket: String,
    /// Who the person is in the workspace.
    pub agent: AgentProfile,
}
