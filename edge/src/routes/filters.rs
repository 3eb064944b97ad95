//! Filters of conversations.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::Code;
use protocol::call::WorkspaceRequest;

use super::Shared;
use super::body::{from_inbox, sent};
use super::session::ask_workspace;
use super::workspace::{answer, ask, ask_about};
use crate::config::Config;
use crate::problem::Refused;

/// Lists those that the person has.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask(&shared, &headers, &workspace, WorkspaceRequest::Filters).await
}

/// Keeps one.
#[worker::send]
pub(super) async fn make(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let draft = sent(&shared, &headers, &body)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let made = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::MakeFilter(draft)).await?;
    answer(StatusCode::CREATED, made)
}

/// Changes one.
#[worker::send]
pub(super) async fn change(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let text = sent(&shared, &headers, &body)?;
    ask_about(&shared, &headers, &workspace, &id, |id| WorkspaceRequest::ChangeFilter(id, text)).await
}

/// Removes one.
#[worker::send]
pub(super) async fn remove(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask_about(&shared, &headers, &workspace, &id, WorkspaceRequest::RemoveFilter).await
}

/// Counts the conversations that fit a rule.
#[worker::send]
pub(super) async fn count(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let rule = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::CountFilter(rule)).await
}
