//! The cookies of the inbox (RFC 6265bis: the `__Host-` prefix binds them to this host and to TLS): the session, and a
//! name for the browser that tells only whether an account knows it.

use axum::http::{HeaderMap, header};
use domain::account::SessionToken;
use protocol::DeviceId;
use protocol::limits::SESSION_MS;

const SESSION: &str = "__Host-session";
const DEVICE: &str = "__Host-device";

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// Seconds for which a browser keeps its name: a year.
const DEVICE_SECONDS: u64 = 365 * 24 * 3_600;

/// Reads the session from a request.
pub(crate) fn read(headers: &HeaderMap) -> Option<SessionToken> {
    values(headers, SESSION).find_map(SessionToken::parse)
}

/// The header that sets the session.
pub(crate) fn set(token: SessionToken) -> String {
    let seconds = SESSION_MS / 1_000;
    format!("{SESSION}={}; {ATTRIBUTES}; Max-Age={seconds}", token.to_text())
}

/// The header that removes it.
pub(crate) fn clear() -> String {
    format!("{SESSION}=; {ATTRIBUTES}; Max-Age=0")
}

/// Reads the browser's name from a request.
pub(crate) fn read_device(headers: &HeaderMap) -> Option<DeviceId> {
    values(headers, DEVICE).find_map(|value| value.parse().ok())
}

/// The header that sets the browser's name.
pub(crate) fn set_device(id: DeviceId) -> String {
    format!("{DEVICE}={id}; {ATTRIBUTES}; Max-Age={DEVICE_SECONDS}")
}

fn values<'a>(headers: &'a HeaderMap, wanted: &'static str) -> impl Iterator<Item = &'a str> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = texts.flat_map(|cookies| cookies.split(';').filter_map(|pair| pair.trim().split_once('=')));
    pairs.filter(move |(name, _)| *name == wanted).map(|(_, value)| value)
}
