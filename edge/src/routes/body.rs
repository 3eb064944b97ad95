//! Bodies of requests.

use core::pin::pin;
use core::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, select};
use protocol::Code;
use protocol::limits::{BODY_BYTES, BODY_MS};
use serde::Deserialize;
use worker::Delay;

use super::Shared;
use crate::config::Config;
use crate::problem::Refused;

/// Reads a JSON body.
pub(super) fn parse<B: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<B, Code> {
    serde_json::from_slice(body).map_err(|_| Code::BadFrame)
}

/// Lets only the inbox's own scripts through: JSON, from our own origin. A form on another site can send neither.
pub(super) fn from_inbox(headers: &HeaderMap, config: &Config) -> Result<(), Code> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json =
        text(header::CONTENT_TYPE).split(';').next().is_some_and(|kind| kind.trim() == "application/json");
    if is_json { from_own_origin(headers, config) } else { Err(Code::Forbidden) }
}

/// Lets only our own pages through.
pub(super) fn from_own_origin(headers: &HeaderMap, config: &Config) -> Result<(), Code> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if origin == Some(config.base_url.as_str()) { Ok(()) } else { Err(Code::Forbidden) }
}

/// Reads a JSON body that the inbox's own scripts sent: first whence it comes, then what it says.
pub(super) fn sent<B: for<'de> Deserialize<'de>>(
    shared: &Shared,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<B, Refused> {
    from_inbox(headers, &Config::read(&shared.env)?)?;
    Ok(parse(body)?)
}

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is too large, or who sends it has gone and reads no answer.
    TooLarge,
    /// It did not come in time.
    TooLate,
}

/// Reads a body to its end, within a size and a time (SPEC PR16).
pub(super) async fn read_whole(body: Body, most: usize) -> Result<Bytes, Unread> {
    let read = pin!(to_bytes(body, most));
    let too_late = pin!(Delay::from(Duration::from_millis(BODY_MS)));
    match select(read, too_late).await {
        Either::Left((Ok(bytes), _)) => Ok(bytes),
        Either::Left((Err(_), _)) => Err(Unread::TooLarge),
        Either::Right(_) => Err(Unread::TooLate),
    }
}

/// Reads a body before a route sees the request: neither a route nor an object ever waits for a client.
#[worker::send]
pub(super) async fn whole(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match read_whole(body, BODY_BYTES).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(Unread::TooLarge) => Refused::from(Code::TooLarge).into_response(),
        Err(Unread::TooLate) => {
            (StatusCode::REQUEST_TIMEOUT, Refused::from(Code::Unavailable)).into_response()
        }
    }
}
