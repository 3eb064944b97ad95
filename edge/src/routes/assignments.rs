//! How conversations are given to agents.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::call::WorkspaceRequest;

use super::Shared;
use super::body::sent;
use super::workspace::{ask, ask_about};
use crate::problem::Refused;

/// Says how they are, everywhere in the workspace.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask(&shared, &headers, &workspace, WorkspaceRequest::Assignments).await
}

/// Chooses how those of no team are.
#[worker::send]
pub(super) async fn set(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let assignment = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::SetAssignment(None, assignment)).await
}

/// Chooses how those of a team are.
#[worker::send]
pub(super) async fn set_of_team(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let assignment = sent(&shared, &headers, &body)?;
    let request = |team| WorkspaceRequest::SetAssignment(Some(team), assignment);
    ask_about(&shared, &headers, &workspace, &id, request).await
}
