//! Visitors who are blocked.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::call::WorkspaceRequest;

use super::Shared;
use super::body::from_inbox;
use super::workspace::{ask, ask_about};
use crate::config::Config;
use crate::problem::Refused;

/// Lists them.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask(&shared, &headers, &workspace, WorkspaceRequest::Blocked).await
}

/// Says whether one is.
#[worker::send]
pub(super) async fn look(
    State(shared): State<Shared>,
    Path((workspace, visitor)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask_about(&shared, &headers, &workspace, &visitor, WorkspaceRequest::Block).await
}

/// Blocks one.
#[worker::send]
pub(super) async fn block(
    State(shared): State<Shared>,
    Path((workspace, visitor)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask_about(&shared, &headers, &workspace, &visitor, WorkspaceRequest::BlockVisitor).await
}

/// Lets one in again.
#[worker::send]
pub(super) async fn unblock(
    State(shared): State<Shared>,
    Path((workspace, visitor)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    ask_about(&shared, &headers, &workspace, &visitor, WorkspaceRequest::UnblockVisitor).await
}
