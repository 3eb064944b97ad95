//! The cookie of an agent's session (RFC 6265bis: the `__Host-` prefix binds it to this host and to TLS).

use axum::http::{HeaderMap, header};
use domain::account::SessionToken;
use protocol::limits::SESSION_MS;

const NAME: &str = "__Host-session";

/// Reads the session from a request.
pub(crate) fn read(headers: &HeaderMap) -> Option<SessionToken> {
    headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(|cookies| {
        let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == NAME).find_map(|(_, value)| SessionToken::parse(value))
    })
}

/// The header that sets the cookie.
pub(crate) fn set(token: SessionToken) -> String {
    let seconds = SESSION_MS / 1_000;
    format!("{NAME}={}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}", token.to_text())
}

/// The header that removes it.
pub(crate) fn clear() -> String {
    format!("{NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}
