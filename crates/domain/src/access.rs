//! Who may do what: the one place that is asked, by HTTP routes and by sockets alike.

use mutant::mutant;
use protocol::{
    AgentProfile, Code, ConversationId, Permission, Permissions, SiteId, VisitorClaims, VisitorId,
    WorkspaceId,
};

use crate::conversation::{Identity, Party};

/// Somebody whose credential was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// A visitor, by a token.
    Visitor(VisitorClaims),
    /// An agent, by a session or a ticket.
    Agent {
        /// The workspace they act in.
        workspace: WorkspaceId,
        /// Who they are there.
        profile: AgentProfile,
        /// What they may do there.
        permissions: Permissions,
    },
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See a conversation and be told of its events.
    Watch,
    /// Write to the other side.
    Write,
    /// Write to the other agents.
    WriteNote,
    /// Edit or delete what one wrote to the other side. Only the author can name a message to do it to.
    Amend,
    /// Edit or delete what one wrote to the other agents.
    AmendNote,
    /// Resolve, lay aside or take up.
    ChangeStatus,
    /// Tell where on the site one is.
    TellPage,
    /// See the list of conversations.
    WatchFeed,
    /// See what a workspace is called and who belongs to it.
    SeeWorkspace,
    /// Create, change and remove sites.
    ManageSites,
    /// Invite and remove people, and give them roles.
    ManagePeople,
    /// Create, change and remove custom roles.
    ManageRoles,
    /// Create and revoke keys of the REST API.
    ManageApiKeys,
    /// Read who changed what.
    ReadAuditLog,
    /// Name the workspace.
    NameWorkspace,
    /// Hand the workspace over, or delete it.
    Own,
    /// Say what everybody needs to come in.
    RequireSecondFactor,
    /// End a conversation as its visitor.
    End,
    /// Say as its visitor how a conversation was.
    Rate,
    /// Give a conversation to somebody, say how urgent it is or what it is about.
    Place,
    /// Create, change and remove the canned responses that everybody has.
    ManageCanned,
    /// Begin a private chat, and change among whom it is.
    Gather,
    /// Have private chats with colleagues.
    ChatPrivately,
    /// See how conversations go, and with whom.
    ReadReports,
    /// Keep a visitor out, and let them in again.
    BlockVisitors,
    /// Take contacts out of the workspace.
    ExportContacts,
    /// Say something to a visitor of a site who has not written.
    Approach,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 26] = [
        Self::Watch,
        Self::Write,
        Self::WriteNote,
        Self::Amend,
        Self::AmendNote,
        Self::ChangeStatus,
        Self::TellPage,
        Self::WatchFeed,
        Self::SeeWorkspace,
        Self::ManageSites,
        Self::ManagePeople,
        Self::ManageRoles,
        Self::ManageApiKeys,
        Self::ReadAuditLog,
        Self::NameWorkspace,
        Self::Own,
        Self::RequireSecondFactor,
        Self::End,
        Self::Rate,
        Self::Place,
        Self::Gather,
        Self::ChatPrivately,
        Self::ReadReports,
        Self::BlockVisitors,
        Self::ExportContacts,
        Self::Approach,
    ];

    /// What an agent needs for it in a conversation of their workspace; `None` if no agent ever may.
    const fn needed_in_conversation(self) -> Option<Permission> {
        match self {
            Self::Watch => Some(Permission::ReadConversations),
            Self::Write | Self::Amend | Self::ChangeStatus | Self::Place => Some(Permission::AnswerVisitors),
            Self::WriteNote | Self::AmendNote => Some(Permission::WriteNotes),
            Self::TellPage
            | Self::WatchFeed
            | Self::SeeWorkspace
            | Self::ManageSites
            | Self::ManagePeople
            | Self::ManageRoles
            | Self::ManageApiKeys
            | Self::ReadAuditLog
            | Self::NameWorkspace
            | Self::Own
            | Self::RequireSecondFactor
            | Self::End
            | Self::Rate
            | Self::ManageCanned
            | Self::Gather
            | Self::ChatPrivately
            | Self::ReadReports
            | Self::BlockVisitors
            | Self::ExportContacts
            | Self::Approach => None,
        }
    }

    /// Whether a member of a private chat may do it there: nothing that a visitor would see (SPEC PC1).
    const fn is_private(self) -> bool {
        matches!(self, Self::Watch | Self::WriteNote | Self::AmendNote | Self::Gather)
    }

    /// What an agent needs for it in their workspace.
    const fn needed_in_workspace(self) -> Needed {
        match self {
            Self::SeeWorkspace => Needed::Nothing,
            Self::WatchFeed => Needed::One(Permission::ReadConversations),
            Self::ManageSites => Needed::One(Permission::ManageSites),
            Self::ManagePeople => Needed::One(Permission::ManagePeople),
            Self::ManageRoles => Needed::One(Permission::ManageRoles),
            Self::ManageApiKeys => Needed::One(Permission::ManageApiKeys),
            Self::ReadAuditLog => Needed::One(Permission::ReadAuditLog),
            Self::ManageCanned => Needed::One(Permission::ManageCanned),
            Self::ChatPrivately => Needed::One(Permission::ChatPrivately),
            Self::ReadReports => Needed::One(Permission::ReadReports),
            Self::BlockVisitors | Self::Approach => Needed::One(Permission::AnswerVisitors),
            Self::ExportContacts => Needed::One(Permission::ExportContacts),
            Self::NameWorkspace | Self::RequireSecondFactor => Needed::One(Permission::ManageWorkspace),
            Self::Own => Needed::One(Permission::Own),
            Self::Watch
            | Self::Write
            | Self::WriteNote
            | Self::Amend
            | Self::AmendNote
            | Self::ChangeStatus
            | Self::TellPage
            | Self::End
            | Self::Rate
            | Self::Place
            | Self::Gather => Needed::MoreThanAnybodyHas,
        }
    }
}

/// What an action takes.
enum Needed {
    Nothing,
    One(Permission),
    MoreThanAnybodyHas,
}

/// What it is to be done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// A conversation, with whom it is if it has begun.
    Conversation {
        /// Its id.
        id: ConversationId,
        /// Whose it is; `None` before its first message.
        identity: Option<&'a Identity>,
    },
    /// A workspace.
    Workspace(WorkspaceId),
    /// That there is a conversation of a visitor, who finds it in their home.
    Listed {
        /// The workspace.
        workspace: WorkspaceId,
        /// The site it began on.
        site: SiteId,
        /// Who it is with.
        visitor: VisitorId,
    },
}

/// Decides whether a principal may act on a resource (SPEC AC1 to AC4, AC6, PC1).
///
/// # Errors
/// [`Code::NotFound`] for what is not theirs, the same as for what does not exist; [`Code::Forbidden`] for what they may
/// not do to what is theirs.
pub fn authorize(principal: &Principal, action: Action, resource: Resource<'_>) -> Result<(), Code> {
    let may = match (principal, resource) {
        (Principal::Visitor(claims), Resource::Conversation { id, identity }) => {
            let is_theirs = match identity {
                Some(identity) => {
                    let party = Party::Visitor { site: claims.site, visitor: claims.visitor };
                    identity.workspace == claims.workspace && identity.party == party
                }
                None => claims.conversation == id,
            };
            if !is_theirs {
                return Err(Code::NotFound);
            }
            matches!(
                action,
                Action::Watch | Action::Write | Action::Amend | Action::TellPage | Action::End | Action::Rate
            )
        }
        (Principal::Visitor(claims), Resource::Listed { workspace, site, visitor }) => {
            let own = (claims.workspace, claims.site, claims.visitor);
            if own != (workspace, site, visitor) {
                return Err(Code::NotFound);
            }
            action == Action::Watch
        }
        // Agents have the list of the workspace.
        (Principal::Agent { .. }, Resource::Listed { .. }) => return Err(Code::NotFound),
        (Principal::Visitor(_), Resource::Workspace(_)) => return Err(Code::NotFound),
        (Principal::Agent { workspace, profile, permissions }, Resource::Conversation { identity, .. }) => {
            let identity = identity.filter(|identity| identity.workspace == *workspace);
            match &identity.ok_or(Code::NotFound)?.party {
                Party::Visitor { .. } => {
                    action.needed_in_conversation().is_some_and(|needed| permissions.contains(needed))
                }
                // Whoever is not in it learns nothing of it, whatever else they may do. No key of the API is for it.
                Party::Colleagues(circle) => {
                    let is_member = mutant!(41, circle.has(profile.id), true);
                    if !is_member || !permissions.contains(Permission::ChatPrivately) {
                        return Err(Code::NotFound);
                    }
                    action.is_private()
                }
            }
        }
        (Principal::Agent { workspace, permissions, .. }, Resource::Workspace(wanted)) => {
            if *workspace != wanted {
                return Err(Code::NotFound);
            }
            match action.needed_in_workspace() {
                Needed::Nothing => true,
                Needed::One(needed) => permissions.contains(needed),
                Needed::MoreThanAnybodyHas => false,
            }
        }
    };
    if may { Ok(()) } else { Err(Code::Forbidden) }
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, ChatForm, Circle, Epoch, Role, Timestamp};

    use super::*;

    const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
    const SITE: SiteId = SiteId::from_bytes([2; 16]);
    const CONVERSATION: ConversationId = ConversationId::from_bytes([3; 32]);

    fn visitor(visitor: u8, site: SiteId, conversation: ConversationId) -> Principal {
        Principal::Visitor(VisitorClaims {
            workspace: WORKSPACE,
            site,
            visitor: VisitorId::from_bytes([visitor; 16]),
            conversation,
            expires_at: Timestamp(0),
            identity: None,
            voucher: None,
        })
    }

    fn agent(workspace: WorkspaceId, role: Role) -> Principal {
        let profile = AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() };
        let permissions = role.built_in_permissions().expect("built in");
        Principal::Agent { workspace, profile, permissions }
    }

    fn identity() -> Identity {
        Identity {
            workspace: WORKSPACE,
            party: Party::Visitor { site: SITE, visitor: VisitorId::from_bytes([4; 16]) },
            epoch: Epoch::from_bytes([5; 16]),
            began_at: Timestamp(0),
        }
    }

    /// What somebody may do: the actions of a list, and for all others one answer.
    fn check(name: &str, principal: &Principal, resource: Resource<'_>, allowed: &[Action], other: Code) {
        for action in Action::ALL {
            let expected = if allowed.contains(&action) { Ok(()) } else { Err(other) };
            assert_eq!(authorize(principal, action, resource), expected, "{name}: {action:?}");
        }
    }

    #[test]
    fn ac1_the_matrix_of_principals_and_actions() {
        let other_site = SiteId::from_bytes([7; 16]);
        let other_workspace = WorkspaceId::from_bytes([8; 16]);
        let other_conversation = ConversationId::from_bytes([6; 32]);
        let begun = identity();
        let conversation = Resource::Conversation { id: CONVERSATION, identity: Some(&begun) };
        let unbegun = Resource::Conversation { id: CONVERSATION, identity: None };
        let workspace = Resource::Workspace(WORKSPACE);
        let own = [Action::Watch, Action::Write, Action::Amend, Action::TellPage, Action::End, Action::Rate];
        let (hidden, never) = (Code::NotFound, Code::Forbidden);

        check("its visitor", &visitor(4, SITE, CONVERSATION), conversation, &own, never);
        check("its visitor, newer token", &visitor(4, SITE, other_conversation), conversation, &own, never);
        check("other visitor", &visitor(5, SITE, CONVERSATION), conversation, &[], hidden);
        check("other site", &visitor(4, other_site, CONVERSATION), conversation, &[], hidden);
        check("who may begin it", &visitor(4, SITE, CONVERSATION), unbegun, &own, never);
        check("who may begin another", &visitor(4, SITE, other_conversation), unbegun, &[], hidden);
        check("visitor, workspace", &visitor(4, SITE, CONVERSATION), workspace, &[], hidden);
        let listed =
            Resource::Listed { workspace: WORKSPACE, site: SITE, visitor: VisitorId::from_bytes([4; 16]) };
        check("listed, its visitor", &visitor(4, SITE, other_conversation), listed, &[Action::Watch], never);
        check("listed, other visitor", &visitor(5, SITE, CONVERSATION), listed, &[], hidden);
        check("listed, other site", &visitor(4, other_site, CONVERSATION), listed, &[], hidden);
        check("listed, agent", &agent(WORKSPACE, Role::Owner), listed, &[], hidden);
        for role in [Role::Owner, Role::Admin, Role::Agent] {
            let stranger = agent(other_workspace, role);
            check("stranger, conversation", &stranger, conversation, &[], hidden);
            check("stranger, workspace", &stranger, workspace, &[], hidden);
            check("absent conversation", &agent(WORKSPACE, role), unbegun, &[], hidden);
        }
    }

    #[test]
    fn ac6_a_role_may_do_what_its_permissions_say() {
        let begun = identity();
        let conversation = Resource::Conversation { id: CONVERSATION, identity: Some(&begun) };
        let workspace = Resource::Workspace(WORKSPACE);
        let talk = [
            Action::Watch,
            Action::Write,
            Action::WriteNote,
            Action::Amend,
            Action::AmendNote,
            Action::ChangeStatus,
            Action::Place,
        ];
        let see = [
            Action::WatchFeed,
            Action::SeeWorkspace,
            Action::ChatPrivately,
            Action::BlockVisitors,
            Action::Approach,
        ];
        let manage = [
            Action::ManageSites,
            Action::ManagePeople,
            Action::ManageRoles,
            Action::ManageApiKeys,
            Action::ReadAuditLog,
            Action::ReadReports,
            Action::ExportContacts,
            Action::NameWorkspace,
            Action::RequireSecondFactor,
        ];
        let never = Code::Forbidden;
        for role in [Role::Owner, Role::Admin, Role::Agent] {
            check("team", &agent(WORKSPACE, role), conversation, &talk, never);
        }
        let admin = [see.as_slice(), manage.as_slice()].concat();
        check("agent", &agent(WORKSPACE, Role::Agent), workspace, &see, never);
        check("admin", &agent(WORKSPACE, Role::Admin), workspace, &admin, never);
        let owner = [admin.as_slice(), &[Action::Own]].concat();
        check("owner", &agent(WORKSPACE, Role::Owner), workspace, &owner, never);

        let profile = AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() };
        let of = |permissions: &[Permission]| Principal::Agent {
            workspace: WORKSPACE,
            profile: profile.clone(),
            permissions: Permissions::of(permissions),
        };
        check("nobody", &of(&[]), conversation, &[], never);
        check("nobody", &of(&[]), workspace, &[Action::SeeWorkspace], never);
        check("reader", &of(&[Permission::ReadConversations]), conversation, &[Action::Watch], never);
        let auditor = of(&[Permission::ReadAuditLog]);
        check("auditor", &auditor, workspace, &[Action::SeeWorkspace, Action::ReadAuditLog], never);
    }

    #[test]
    fn pc1_a_private_chat_is_its_members_whatever_others_may_do() {
        let member = AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() };
        let circle = |members: &[&AgentProfile]| Identity {
            party: Party::Colleagues(Circle {
                form: ChatForm::Pair,
                members: members.iter().map(|member| (*member).clone()).collect(),
            }),
            ..identity()
        };
        let (theirs, others) = (circle(&[&member]), circle(&[]));
        let resource = |identity| Resource::Conversation { id: CONVERSATION, identity: Some(identity) };
        let talk = [Action::Watch, Action::WriteNote, Action::AmendNote, Action::Gather];
        for role in [Role::Owner, Role::Admin, Role::Agent] {
            let anna = agent(WORKSPACE, role);
            check("member", &anna, resource(&theirs), &talk, Code::Forbidden);
            check("no member", &anna, resource(&others), &[], Code::NotFound);
            let elsewhere = agent(WorkspaceId::from_bytes([8; 16]), role);
            check("member of that id elsewhere", &elsewhere, resource(&theirs), &[], Code::NotFound);
        }
        let scopes = protocol::Scopes::all().permissions();
        let by_key = Principal::Agent { workspace: WORKSPACE, profile: member, permissions: scopes };
        check("member by a key", &by_key, resource(&theirs), &[], Code::NotFound);
        check("visitor", &visitor(4, SITE, CONVERSATION), resource(&theirs), &[], Code::NotFound);
    }
}
