//! Bodies of requests.

use core::pin::pin;
use core::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, select};
use protocol::Code;
use protocol::limits::{BODY_BYTES, BODY_MS};
use serde::Deserialize;
use worker::Delay;

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

/// Reads a body to its end before a route sees the request, within a size and a time (SPEC PR16): neither a route nor an
/// object ever waits for a client.
#[worker::send]
pub(super) async fn whole(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let read = pin!(to_bytes(body, BODY_BYTES));
    let too_late = pin!(Delay::from(Duration::from_millis(BODY_MS)));
    match select(read, too_late).await {
        Either::Left((Ok(bytes), _)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        // Or the client is gone, and nobody reads the answer.
        Either::Left((Err(_), _)) => Refused::from(Code::TooLarge).into_response(),
        Either::Right(_) => (StatusCode::REQUEST_TIMEOUT, Refused::from(Code::Unavailable)).into_response(),
    }
}
