//! What it takes to ask something of a workspace.

use protocol::AgentId;
use protocol::call::WorkspaceRequest;

use crate::access::Action;

/// The name of leaving.
const LEAVE: &str = "leave";

/// What somebody needs for a request before it is looked at in detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// What they must be allowed to do.
    pub action: Action,
    /// Whether they must have proved lately who they are (SPEC WS11).
    pub needs_proof: bool,
    /// The name of a change, under which the audit log tells of a refused attempt; `None` for what changes nothing.
    pub change: Option<&'static str>,
}

impl Demand {
    /// What a request of an agent takes.
    #[must_use]
    pub fn of(request: &WorkspaceRequest, agent: AgentId) -> Self {
        use WorkspaceRequest as Request;
        match request {
            Request::View | Request::People => Self::look(Action::SeeWorkspace),
            Request::Ticket(_) => Self::look(Action::WatchFeed),
            Request::Search(_) => Self::look(Action::WatchFeed),
            Request::Audit(_) => Self::look(Action::ReadAuditLog),
            Request::Sites => Self::look(Action::SeeWorkspace),
            Request::Site(_) | Request::CheckSite(_) => Self::look(Action::ManageSites),
            Request::SetName(_) => Self::change(Action::NameWorkspace, "set_name"),
            Request::Invite { .. } => Self::guarded(Action::ManagePeople, "invite"),
            Request::RevokeInvitation(_) => Self::change(Action::ManagePeople, "revoke_invitation"),
            Request::SetRole(..) => Self::guarded(Action::ManagePeople, "set_role"),
            Request::Remove(other) if *other == agent => Self::change(Action::SeeWorkspace, LEAVE),
            Request::MayLeave => Self::change(Action::SeeWorkspace, LEAVE),
            Request::LeaveForGood => Self::guarded(Action::SeeWorkspace, LEAVE),
            Request::Remove(_) => Self::change(Action::ManagePeople, "remove"),
            Request::Transfer(_) => Self::guarded(Action::Own, "transfer"),
            Request::MakeRole(_) => Self::guarded(Action::ManageRoles, "make_role"),
            Request::RedrawRole(..) => Self::guarded(Action::ManageRoles, "redraw_role"),
            Request::RemoveRole(_) => Self::guarded(Action::ManageRoles, "remove_role"),
            Request::SetRetention(_) => Self::guarded(Action::Own, "set_retention"),
            Request::BeginDeletion => Self::guarded(Action::Own, "begin_deletion"),
            Request::StopDeletion => Self::change(Action::Own, "stop_deletion"),
            Request::MakeSite(_) => Self::guarded(Action::ManageSites, "make_site"),
            // Whether it takes a proof depends on what is changed ([`super::is_guarded`]).
            Request::SetSite(..) => Self::change(Action::ManageSites, "set_site"),
            Request::SetReception(..) => Self::change(Action::ManageSites, "set_reception"),
            Request::RemoveSite(_) => Self::guarded(Action::ManageSites, "remove_site"),
            Request::RotateSiteKey(_) => Self::guarded(Action::ManageSites, "rotate_site_key"),
            Request::RotateIdentitySecret(_) => Self::guarded(Action::ManageSites, "rotate_identity_secret"),
            Request::EndOldSiteKeys(_) => Self::guarded(Action::ManageSites, "end_old_site_keys"),
            Request::EndOldIdentitySecrets(_) => {
                Self::guarded(Action::ManageSites, "end_old_identity_secrets")
            }
            Request::Canned | Request::UseCanned(_) => Self::look(Action::SeeWorkspace),
            Request::MakeCanned(draft) if draft.is_shared => {
                Self::change(Action::ManageCanned, "make_canned")
            }
            // Their own are everybody's own matter; whose one is, its keeper knows.
            Request::MakeCanned(_) => Self::change(Action::SeeWorkspace, "make_canned"),
            Request::ChangeCanned(..) => Self::change(Action::SeeWorkspace, "change_canned"),
            Request::RemoveCanned(_) => Self::change(Action::SeeWorkspace, "remove_canned"),
            Request::Filters | Request::CountFilter(_) => Self::look(Action::WatchFeed),
            Request::MakeFilter(draft) if draft.is_shared => {
                Self::change(Action::ManageCanned, "make_filter")
            }
            Request::MakeFilter(_) => Self::change(Action::WatchFeed, "make_filter"),
            Request::ChangeFilter(..) => Self::change(Action::WatchFeed, "change_filter"),
            Request::RemoveFilter(_) => Self::change(Action::WatchFeed, "remove_filter"),
            Request::Teams => Self::look(Action::SeeWorkspace),
            Request::MakeTeam(_) => Self::change(Action::ManagePeople, "make_team"),
            Request::ChangeTeam(..) => Self::change(Action::ManagePeople, "change_team"),
            Request::RemoveTeam(_) => Self::change(Action::ManagePeople, "remove_team"),
            Request::Assignments => Self::look(Action::SeeWorkspace),
            Request::SetAssignment(..) => Self::change(Action::ManagePeople, "set_assignment"),
            Request::Colleagues(_) => Self::look(Action::ChatPrivately),
            Request::Report(_) => Self::look(Action::ReadReports),
            Request::Blocked | Request::Block(_) => Self::look(Action::WatchFeed),
            Request::BlockVisitor(_) => Self::change(Action::BlockVisitors, "block_visitor"),
            Request::UnblockVisitor(_) => Self::change(Action::BlockVisitors, "unblock_visitor"),
            Request::Contacts(_) | Request::Contact(_) => Self::look(Action::WatchFeed),
            Request::ExportContacts(..) => Self::guarded(Action::ExportContacts, "export_contacts"),
            Request::WatchedSites(_) => Self::look(Action::WatchFeed),
            Request::Approach(_) => Self::look(Action::Approach),
            Request::ApiKeys => Self::look(Action::ManageApiKeys),
            Request::MakeApiKey(_) => Self::guarded(Action::ManageApiKeys, "make_api_key"),
            // Whoever finds a key in the wrong place ends it at once.
            Request::RevokeApiKey(_) => Self::change(Action::ManageApiKeys, "revoke_api_key"),
            Request::RequireSecondFactor(_) => {
                Self::guarded(Action::RequireSecondFactor, "require_second_factor")
            }
        }
    }

    /// Whether somebody may do it who is kept out for want of a second factor: leave, and nothing else (SPEC WS18).
    #[must_use]
    pub fn is_open_to_all(&self) -> bool {
        self.change == Some(LEAVE)
    }

    const fn look(action: Action) -> Self {
        Self { action, needs_proof: false, change: None }
    }

    const fn change(action: Action, name: &'static str) -> Self {
        Self { action, needs_proof: false, change: Some(name) }
    }

    const fn guarded(action: Action, name: &'static str) -> Self {
        Self { action, needs_proof: true, change: Some(name) }
    }
}
