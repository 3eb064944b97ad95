//! Bodies of requests.

use axum::http::{HeaderMap, header};
use protocol::Code;
use serde::Deserialize;

use crate::config::Config;

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
