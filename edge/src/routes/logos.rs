//! The pictures that stand for sites in their panels: sent up by who manages the site, seen by its visitors (SPEC LK7).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::files::{own_picture, recognise};
use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::http::look::KeptLogo;
use protocol::limits::OWN_PICTURE_BYTES;
use protocol::{Code, PictureId, SiteId};

use super::Shared;
use super::body::{Unread, from_own_origin, read_whole};
use super::pictures::PICTURE_FRESHNESS;
use super::session::ask_workspace;
use super::sites::read;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::random;
use crate::{files, headers};

/// Takes a logo, from our own page. It is shown once the site's look says so; until then it is in the preview only.
#[worker::send]
pub(super) async fn keep(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    from_own_origin(&headers, &Config::read(&shared.env)?)?;
    let (workspace, site) = read(&place)?;
    let answer = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::Site(site)).await?;
    let WorkspaceAnswer::SiteView(view) = answer else { return Err(Code::Internal.into()) };
    let bytes = match read_whole(body, OWN_PICTURE_BYTES).await {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => return Err(Code::TooLarge.into()),
        Err(Unread::TooLate) => return Err(Code::Unavailable.into()),
    };
    own_picture(&bytes)?;
    let logo = PictureId::from_bytes(random()?);
    files::put_logo(&shared.env, site, logo, bytes.into()).await?;
    // What was sent up before and never saved is nobody's.
    let used: Vec<PictureId> = view.settings.look.logo.into_iter().chain([logo]).collect();
    files::tidy_logos(&shared.env, site, &used).await?;
    Ok(json(StatusCode::CREATED, &KeptLogo { logo }))
}

/// A logo, by its own name.
#[worker::send]
pub(super) async fn logo(
    State(shared): State<Shared>,
    Path((site, logo)): Path<(String, String)>,
) -> Result<Response, Refused> {
    let site: SiteId = site.parse().map_err(|_| Code::NotFound)?;
    let logo: PictureId = logo.parse().map_err(|_| Code::NotFound)?;
    let bytes = files::get_logo(&shared.env, site, logo).await?.ok_or(Code::NotFound)?;
    let kind = recognise(&bytes)?.name();
    let response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response();
    Ok(headers::picture(response, PICTURE_FRESHNESS))
}
