//! Which language a request asks for.

use axum::http::{HeaderMap, header};
use words::{Choice, accepted, choose};

/// What the address says stands before what the browser says of itself, and that before what the site speaks to others. A
/// query begins with `lang=` and the tag, which needs no escapes.
pub(super) fn of_request(query: Option<&str>, headers: &HeaderMap, of_site: &str) -> Choice {
    let said = query.and_then(|query| query.strip_prefix("lang=")?.split('&').next());
    let header =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    choose(said.into_iter().chain(accepted(header)).chain([of_site]))
}
