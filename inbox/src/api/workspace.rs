//! Workspaces and their people.

use gloo::net::http::Method;
use protocol::http::question::AnswersView;
use protocol::http::workspace::{
    AuditPage, CustomRole, InvitationAcceptance, InvitationLook, InvitationOffer, InvitationRequest,
    InvitationView, Joined, People, RetentionChange, RoleChange, RoleDraft, Transfer, WorkspaceNaming,
    WorkspaceView,
};
use protocol::{
    AgentId, ConversationId, InvitationId, Report, ReportQuery, Role, RoleId, SearchPage, SearchQuery,
    WorkspaceId,
};

use super::Failure;
use super::exchange::{act, act_for, get, send, tell};

/// Founds a workspace.
pub(crate) async fn found(name: String) -> Result<WorkspaceView, Failure> {
    send(Method::POST, "/api/workspaces", &WorkspaceNaming { name }).await
}

/// How a workspace looks to the person.
pub(crate) async fn view(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    get(&at(workspace, "")).await
}

/// Names a workspace.
pub(crate) async fn name(workspace: WorkspaceId, name: String) -> Result<WorkspaceView, Failure> {
    send(Method::PATCH, &at(workspace, ""), &WorkspaceNaming { name }).await
}

/// Asks for a workspace to be deleted.
pub(crate) async fn begin_deletion(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    act_for(Method::POST, &at(workspace, "/deletion")).await
}

/// Takes that back.
pub(crate) async fn stop_deletion(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    act_for(Method::DELETE, &at(workspace, "/deletion")).await
}

/// Asks for a second factor of everybody.
pub(crate) async fn require_second_factor(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    act_for(Method::POST, &at(workspace, "/second-factor")).await
}

/// Takes that back.
pub(crate) async fn stop_requiring_second_factor(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    act_for(Method::DELETE, &at(workspace, "/second-factor")).await
}

/// Says for how long conversations are kept that are over.
pub(crate) async fn set_retention(
    workspace: WorkspaceId,
    days: Option<u16>,
) -> Result<WorkspaceView, Failure> {
    send(Method::PUT, &at(workspace, "/retention"), &RetentionChange { days }).await
}

/// Hands a workspace over.
pub(crate) async fn transfer(workspace: WorkspaceId, to: AgentId) -> Result<WorkspaceView, Failure> {
    send(Method::POST, &at(workspace, "/transfer"), &Transfer { to }).await
}

/// Everybody who belongs to a workspace.
pub(crate) async fn people(workspace: WorkspaceId) -> Result<People, Failure> {
    get(&at(workspace, "/people")).await
}

/// Gives somebody another role.
pub(crate) async fn change_role(workspace: WorkspaceId, agent: AgentId, role: Role) -> Result<(), Failure> {
    tell(Method::PATCH, &at(workspace, &format!("/agents/{agent}")), &RoleChange { role }).await
}

/// Removes somebody; oneself leaves.
pub(crate) async fn remove(workspace: WorkspaceId, agent: AgentId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/agents/{agent}"))).await
}

/// Leaves, also for who is kept out and does not know who they are there.
pub(crate) async fn leave(workspace: WorkspaceId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, "/agents/me")).await
}

/// Invites somebody.
pub(crate) async fn invite(
    workspace: WorkspaceId,
    request: InvitationRequest,
) -> Result<InvitationView, Failure> {
    send(Method::POST, &at(workspace, "/invitations"), &request).await
}

/// Takes an invitation back.
pub(crate) async fn revoke(workspace: WorkspaceId, invitation: InvitationId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/invitations/{invitation}"))).await
}

/// Makes a role.
pub(crate) async fn make_role(workspace: WorkspaceId, draft: RoleDraft) -> Result<CustomRole, Failure> {
    send(Method::POST, &at(workspace, "/roles"), &draft).await
}

/// Changes a role.
pub(crate) async fn redraw_role(
    workspace: WorkspaceId,
    role: RoleId,
    draft: RoleDraft,
) -> Result<CustomRole, Failure> {
    send(Method::PUT, &at(workspace, &format!("/roles/{role}")), &draft).await
}

/// Removes a role.
pub(crate) async fn remove_role(workspace: WorkspaceId, role: RoleId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/roles/{role}"))).await
}

/// Counts conversations and how they went.
pub(crate) async fn report(workspace: WorkspaceId, query: &ReportQuery) -> Result<Report, Failure> {
    send(Method::POST, &at(workspace, "/report"), query).await
}

/// Looks for words in what was said.
pub(crate) async fn search(workspace: WorkspaceId, query: &SearchQuery) -> Result<SearchPage, Failure> {
    send(Method::POST, &at(workspace, "/search"), query).await
}

/// A page of the audit log: the newest lines, or those before a number.
pub(crate) async fn audit(workspace: WorkspaceId, before: Option<u64>) -> Result<AuditPage, Failure> {
    let query = before.map_or_else(String::new, |number| format!("?before={number}"));
    get(&at(workspace, &format!("/audit{query}"))).await
}

/// What a mailed invitation is to.
pub(crate) async fn look(token: String) -> Result<InvitationOffer, Failure> {
    send(Method::POST, "/api/invitations/look", &InvitationLook { token }).await
}

/// Accepts an invitation.
pub(crate) async fn accept(request: InvitationAcceptance) -> Result<Joined, Failure> {
    send(Method::POST, "/api/invitations/accept", &request).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}{rest}")
}

/// What the visitor of a conversation answered before their first message.
pub(crate) async fn answers(
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Result<AnswersView, Failure> {
    get(&format!("/api/workspaces/{workspace}/conversations/{conversation}/answers")).await
}
