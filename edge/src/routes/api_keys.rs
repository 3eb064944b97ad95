//! The keys of the REST API, as the people of a workspace manage them in the inbox.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::Code;
use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::http::api_key::ApiKeyDraft;

use super::Shared;
use super::body::{from_inbox, sent};
use super::session::{ask_workspace, nothing};
use crate::config::Config;
use crate::problem::{Refused, json};

/// Lists them.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::ApiKeys).await? {
        WorkspaceAnswer::ApiKeys(keys) => Ok(json(StatusCode::OK, &keys)),
        _ => Err(Code::Internal.into()),
    }
}

/// Makes one, whose text is told this once.
#[worker::send]
pub(super) async fn make(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let draft: ApiKeyDraft = sent(&shared, &headers, &body)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::MakeApiKey(draft)).await? {
        WorkspaceAnswer::ApiKeyMade(made) => Ok(json(StatusCode::CREATED, &made)),
        _ => Err(Code::Internal.into()),
    }
}

/// Ends one.
#[worker::send]
pub(super) async fn revoke(
    State(shared): State<Shared>,
    Path((workspace, key)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let key = key.parse().map_err(|_| Code::NotFound)?;
    ask_workspace(&shared, &headers, workspace, WorkspaceRequest::RevokeApiKey(key)).await?;
    Ok(nothing(StatusCode::NO_CONTENT))
}
