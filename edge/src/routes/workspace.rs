//! A workspace and its people, as the inbox asks for them. Every request is one question to the workspace's object, which
//! decides whether who asks may.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::call::{
    AccountCall, Actor, Founder, Founding, Membership, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::account::WorkspaceName;
use protocol::http::workspace::{
    AuditQuery, InvitationRequest, RetentionChange, RoleChange, RoleDraft, Transfer, WorkspaceNaming,
};
use protocol::{AgentId, AgentProfile, Code, ReportQuery, SearchQuery, WorkspaceId, limits};

use super::Shared;
use super::body::{from_inbox, sent};
use super::session::{actor, ask_workspace, nothing, person, token};
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};

/// Founds a workspace, whose owner is who asks.
#[worker::send]
pub(super) async fn found(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let WorkspaceNaming { name } = sent(&shared, &headers, &body)?;
    let person = person(&shared.env, &headers).await?;
    if person.memberships.len() >= limits::WORKSPACES {
        return Err(Code::TooLarge.into());
    }
    let account = token(&headers)?.account;
    let id = WorkspaceId::from_bytes(random()?);
    let agent = AgentProfile { id: AgentId::from_bytes(random()?), name: person.name };
    let membership =
        Membership { workspace: WorkspaceName { id, name: name.trim().to_owned() }, agent: agent.id };
    let is_proven = domain::account::is_fresh(person.proof, now());
    let actor = Actor {
        agent: agent.id,
        session: person.session,
        is_proven,
        has_second_factor: person.has_second_factor,
        used_second_factor: person.used_second_factor,
    };
    let owner = Founder { account, email: person.email, agent, language: person.language };
    let founding = Founding { workspace: id, name, owner, site: None };
    calls::workspace(&shared.env, id, &WorkspaceCall::Found(founding)).await?;
    // The workspace owes the account the news as well; here it is told so that the person sees it at once.
    calls::account(&shared.env, account, &AccountCall::Joined(membership)).await?;
    let view = WorkspaceCall::As { actor, request: WorkspaceRequest::View };
    answer(StatusCode::CREATED, calls::workspace(&shared.env, id, &view).await?)
}

/// The workspace.
#[worker::send]
pub(super) async fn view(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask(&shared, &headers, &workspace, WorkspaceRequest::View).await
}

/// Names it.
#[worker::send]
pub(super) async fn set_name(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let WorkspaceNaming { name } = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::SetName(name)).await
}

/// Asks for its deletion.
#[worker::send]
pub(super) async fn begin_deletion(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::BeginDeletion).await
}

/// Takes that back.
#[worker::send]
pub(super) async fn stop_deletion(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::StopDeletion).await
}

/// Asks for a second factor of everybody.
#[worker::send]
pub(super) async fn require_second_factor(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::RequireSecondFactor(true)).await
}

/// Takes that back.
#[worker::send]
pub(super) async fn stop_requiring_second_factor(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::RequireSecondFactor(false)).await
}

/// Says for how long it keeps conversations that are over.
#[worker::send]
pub(super) async fn set_retention(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let RetentionChange { days } = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::SetRetention(days)).await
}

/// Hands it over.
#[worker::send]
pub(super) async fn transfer(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let Transfer { to } = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Transfer(to)).await
}

/// Its people.
#[worker::send]
pub(super) async fn people(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask(&shared, &headers, &workspace, WorkspaceRequest::People).await
}

/// Gives somebody another role.
#[worker::send]
pub(super) async fn set_role(
    State(shared): State<Shared>,
    Path((workspace, agent)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let RoleChange { role } = sent(&shared, &headers, &body)?;
    ask_about(&shared, &headers, &workspace, &agent, |agent| WorkspaceRequest::SetRole(agent, role)).await
}

/// Stands in an address for who asks: somebody who is kept out does not know who they are in the workspace.
const ONESELF: &str = "me";

/// Removes somebody, or lets who asks leave.
#[worker::send]
pub(super) async fn remove(
    State(shared): State<Shared>,
    Path((workspace, agent)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    if agent != ONESELF {
        return ask_about(&shared, &headers, &workspace, &agent, WorkspaceRequest::Remove).await;
    }
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let actor = actor(&shared.env, &headers, workspace).await?;
    let request = WorkspaceRequest::Remove(actor.agent);
    answer(
        StatusCode::OK,
        calls::workspace(&shared.env, workspace, &WorkspaceCall::As { actor, request }).await?,
    )
}

/// Invites somebody.
#[worker::send]
pub(super) async fn invite(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let InvitationRequest { email, role, language } = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Invite { email, role, language }).await
}

/// Withdraws an invitation.
#[worker::send]
pub(super) async fn revoke_invitation(
    State(shared): State<Shared>,
    Path((workspace, invitation)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask_about(&shared, &headers, &workspace, &invitation, WorkspaceRequest::RevokeInvitation).await
}

/// Makes a role.
#[worker::send]
pub(super) async fn make_role(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let draft: RoleDraft = sent(&shared, &headers, &body)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let made = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::MakeRole(draft)).await?;
    answer(StatusCode::CREATED, made)
}

/// Changes a role.
#[worker::send]
pub(super) async fn redraw_role(
    State(shared): State<Shared>,
    Path((workspace, role)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let draft: RoleDraft = sent(&shared, &headers, &body)?;
    ask_about(&shared, &headers, &workspace, &role, |role| WorkspaceRequest::RedrawRole(role, draft)).await
}

/// Removes a role.
#[worker::send]
pub(super) async fn remove_role(
    State(shared): State<Shared>,
    Path((workspace, role)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask_about(&shared, &headers, &workspace, &role, WorkspaceRequest::RemoveRole).await
}

/// Reads the audit log.
#[worker::send]
pub(super) async fn audit(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    query: Result<Query<AuditQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let Query(AuditQuery { before }) = query.map_err(|_| Code::BadFrame)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Audit(before)).await
}

/// Looks for words in what was said. They come in the body, since an address is written into logs.
#[worker::send]
pub(super) async fn search(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let query: SearchQuery = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Search(query)).await
}

/// Counts conversations and how they went.
#[worker::send]
pub(super) async fn report(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let query: ReportQuery = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Report(Box::new(query))).await
}

/// Asks a workspace for something about one of its things. What is no id names nothing.
pub(super) async fn ask_about<I: std::str::FromStr>(
    shared: &Shared,
    headers: &HeaderMap,
    workspace: &str,
    thing: &str,
    request: impl FnOnce(I) -> WorkspaceRequest,
) -> Result<Response, Refused> {
    let thing = thing.parse().map_err(|_| Code::NotFound)?;
    ask(shared, headers, workspace, request(thing)).await
}

/// Asks a workspace for something, for the person of the session.
pub(super) async fn ask(
    shared: &Shared,
    headers: &HeaderMap,
    workspace: &str,
    request: WorkspaceRequest,
) -> Result<Response, Refused> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    answer(StatusCode::OK, ask_workspace(shared, headers, workspace, request).await?)
}

/// Writes what the workspace said.
pub(super) fn answer(status: StatusCode, answer: WorkspaceAnswer) -> Result<Response, Refused> {
    match answer {
        WorkspaceAnswer::Done => Ok(nothing(StatusCode::NO_CONTENT)),
        WorkspaceAnswer::View(view) => Ok(json(status, &view)),
        WorkspaceAnswer::People(people) => Ok(json(status, &people)),
        WorkspaceAnswer::Invited(invitation) => Ok(json(StatusCode::CREATED, &invitation)),
        WorkspaceAnswer::Role(role) => Ok(json(status, &role)),
        WorkspaceAnswer::Audit(page) => Ok(json(status, &page)),
        WorkspaceAnswer::Found(page) => Ok(json(status, &page)),
        WorkspaceAnswer::Canned(list) => Ok(json(status, &list)),
        WorkspaceAnswer::Blocked(list) => Ok(json(status, &list)),
        WorkspaceAnswer::Block(block) => Ok(json(status, &block)),
        WorkspaceAnswer::CannedResponse(response) => Ok(json(status, &response)),
        WorkspaceAnswer::Report(report) => Ok(json(status, &report)),
        WorkspaceAnswer::Contacts(page) => Ok(json(status, &page)),
        WorkspaceAnswer::Contact(contact) => Ok(json(status, &contact)),
        WorkspaceAnswer::Filters(list) => Ok(json(status, &list)),
        WorkspaceAnswer::Filter(filter) => Ok(json(status, &filter)),
        WorkspaceAnswer::FilterCount(count) => Ok(json(status, &count)),
        WorkspaceAnswer::Teams(list) => Ok(json(status, &list)),
        WorkspaceAnswer::Team(team) => Ok(json(status, &team)),
        WorkspaceAnswer::Assignments(list) => Ok(json(status, &list)),
        WorkspaceAnswer::Site { .. }
        | WorkspaceAnswer::Ticket { .. }
        | WorkspaceAnswer::Invitation(_)
        | WorkspaceAnswer::Joined(_)
        | WorkspaceAnswer::Sites(_)
        | WorkspaceAnswer::SiteView(_)
        | WorkspaceAnswer::IdentitySecret(_)
        | WorkspaceAnswer::ApiKeys(_)
        | WorkspaceAnswer::ApiKeyMade(_)
        | WorkspaceAnswer::ByKey(_)
        | WorkspaceAnswer::Heard { .. }
        | WorkspaceAnswer::Colleagues { .. }
        | WorkspaceAnswer::Home(_)
        | WorkspaceAnswer::Received { .. }
        | WorkspaceAnswer::Wait(_)
        | WorkspaceAnswer::ContactsExport(_)
        | WorkspaceAnswer::WatchedSites(_)
        | WorkspaceAnswer::Approach(_) => Err(Code::Internal.into()),
    }
}
