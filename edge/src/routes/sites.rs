//! The sites of a workspace, as its people manage them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::http::site::SiteSettings;
use protocol::{Code, SiteId, WorkspaceId};

use super::Shared;
use super::body::{from_inbox, parse};
use super::session::ask_workspace;
use crate::config::Config;
use crate::problem::{Refused, json};

/// Lists the sites.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    match ask_workspace(&shared, &headers, workspace, WorkspaceRequest::Sites).await? {
        WorkspaceAnswer::Sites(sites) => Ok(json(StatusCode::OK, &sites)),
        _ => Err(Code::Internal.into()),
    }
}

/// Makes a site.
#[worker::send]
pub(super) async fn make(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let settings: SiteSettings = parse(&body)?;
    let answer = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::MakeSite(settings)).await?;
    site_view(StatusCode::CREATED, &answer)
}

/// Changes a site's settings.
#[worker::send]
pub(super) async fn change(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let (workspace, site) = read(&place)?;
    let settings: SiteSettings = parse(&body)?;
    let answer =
        ask_workspace(&shared, &headers, workspace, WorkspaceRequest::SetSite(site, settings)).await?;
    site_view(StatusCode::OK, &answer)
}

/// Removes a site.
#[worker::send]
pub(super) async fn remove(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask_about(&shared, &headers, &place, WorkspaceRequest::RemoveSite).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Gives a site a new key.
#[worker::send]
pub(super) async fn rotate_key(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let answer = ask_about(&shared, &headers, &place, WorkspaceRequest::RotateSiteKey).await?;
    site_view(StatusCode::OK, &answer)
}

/// Ends the old keys of a site at once.
#[worker::send]
pub(super) async fn end_old_keys(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let answer = ask_about(&shared, &headers, &place, WorkspaceRequest::EndOldSiteKeys).await?;
    site_view(StatusCode::OK, &answer)
}

/// Gives a site a new secret for identity verification, which is told this once.
#[worker::send]
pub(super) async fn rotate_identity_secret(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    match ask_about(&shared, &headers, &place, WorkspaceRequest::RotateIdentitySecret).await? {
        WorkspaceAnswer::IdentitySecret(secret) => Ok(json(StatusCode::OK, &secret)),
        _ => Err(Code::Internal.into()),
    }
}

/// Ends the old secret of a site at once.
#[worker::send]
pub(super) async fn end_old_identity_secrets(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let answer = ask_about(&shared, &headers, &place, WorkspaceRequest::EndOldIdentitySecrets).await?;
    site_view(StatusCode::OK, &answer)
}

/// Asks for a change of a site that takes nothing but its address.
async fn ask_about(
    shared: &Shared,
    headers: &HeaderMap,
    place: &(String, String),
    request: impl FnOnce(SiteId) -> WorkspaceRequest,
) -> Result<WorkspaceAnswer, Refused> {
    from_inbox(headers, &Config::read(&shared.env)?)?;
    let (workspace, site) = read(place)?;
    ask_workspace(shared, headers, workspace, request(site)).await
}

/// The ids of an address.
pub(super) fn read((workspace, site): &(String, String)) -> Result<(WorkspaceId, SiteId), Code> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    Ok((workspace, site.parse().map_err(|_| Code::NotFound)?))
}

pub(super) fn site_view(status: StatusCode, answer: &WorkspaceAnswer) -> Result<Response, Refused> {
    match answer {
        WorkspaceAnswer::SiteView(site) => Ok(json(status, site)),
        _ => Err(Code::Internal.into()),
    }
}
