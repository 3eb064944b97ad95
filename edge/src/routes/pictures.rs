//! Pictures that people show of themselves: sent up by their person, seen by everybody who knows an agent (SPEC AP29, AP30).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::files::{own_picture, recognise};
use protocol::call::{AccountAnswer, AccountRequest};
use protocol::limits::OWN_PICTURE_BYTES;
use protocol::{AgentId, Code, PictureId};

use super::Shared;
use super::account::{ask, told};
use super::body::{Unread, from_inbox, from_own_origin, read_whole};
use super::session::person;
use crate::config::Config;
use crate::problem::Refused;
use crate::{files, headers};

/// How long it may be thought that an agent is seen as before.
const FACE_FRESHNESS: &str = "public, max-age=600";

/// A picture never changes: another one has another address.
pub(super) const PICTURE_FRESHNESS: &str = "public, max-age=31536000, immutable";

/// Takes a picture, from our own page. Its bytes are judged before anything is kept, and kept before it is shown.
#[worker::send]
pub(super) async fn set_own(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    from_own_origin(&headers, &Config::read(&shared.env)?)?;
    person(&shared.env, &headers).await?;
    let bytes = match read_whole(body, OWN_PICTURE_BYTES).await {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => return Err(Code::TooLarge.into()),
        Err(Unread::TooLate) => return Err(Code::Unavailable.into()),
    };
    own_picture(&bytes)?;
    let answer = ask(&shared, &headers, AccountRequest::BeginPicture).await?;
    let AccountAnswer::Picture(id) = answer else { return Err(Code::Internal.into()) };
    files::put_picture(&shared.env, id, bytes.into()).await?;
    told(ask(&shared, &headers, AccountRequest::ShowPicture(id)).await?)
}

/// Shows no picture any more.
#[worker::send]
pub(super) async fn remove_own(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    told(ask(&shared, &headers, AccountRequest::RemovePicture).await?)
}

/// A picture, by its own name.
#[worker::send]
pub(super) async fn picture(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let id: PictureId = id.parse().map_err(|_| Code::NotFound)?;
    let bytes = files::get_picture(&shared.env, id).await?.ok_or(Code::NotFound)?;
    let kind = recognise(&bytes)?.name();
    let response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response();
    Ok(headers::picture(response, PICTURE_FRESHNESS))
}

/// Where the picture of an agent is. Of an agent without one, or that there is not, the answer is nothing at all, so that
/// whoever shows agents need not know which.
#[worker::send]
pub(super) async fn face(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Refused> {
    let agent: AgentId = id.parse().map_err(|_| Code::NotFound)?;
    let response = match files::get_face(&shared.env, agent).await? {
        Some(picture) => {
            let address = format!("/pictures/{picture}");
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address)]).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    };
    Ok(headers::picture(response, FACE_FRESHNESS))
}
