//! Canned responses.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::Code;
use protocol::call::{WorkspaceAnswer, WorkspaceRequest};

use super::Shared;
use super::body::{from_inbox, sent};
use super::session::{ask_workspace, nothing};
use crate::config::Config;
use crate::problem::{Refused, json};

/// Lists those that the person can use.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::Canned).await? {
        WorkspaceAnswer::Canned(list) => Ok(json(StatusCode::OK, &list)),
        _ => Err(Code::Internal.into()),
    }
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
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::MakeCanned(draft)).await? {
        WorkspaceAnswer::CannedResponse(response) => Ok(json(StatusCode::CREATED, &response)),
        _ => Err(Code::Internal.into()),
    }
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
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let id = id.parse().map_err(|_| Code::NotFound)?;
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::ChangeCanned(id, text)).await? {
        WorkspaceAnswer::CannedResponse(response) => Ok(json(StatusCode::OK, &response)),
        _ => Err(Code::Internal.into()),
    }
}

/// Removes one.
#[worker::send]
pub(super) async fn remove(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let id = id.parse().map_err(|_| Code::NotFound)?;
    ask_workspace(&shared, &headers, workspace, WorkspaceRequest::RemoveCanned(id)).await?;
    Ok(nothing(StatusCode::NO_CONTENT))
}

/// Counts that one was used.
#[worker::send]
pub(super) async fn used(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let id = id.parse().map_err(|_| Code::NotFound)?;
    ask_workspace(&shared, &headers, workspace, WorkspaceRequest::UseCanned(id)).await?;
    Ok(nothing(StatusCode::NO_CONTENT))
}
