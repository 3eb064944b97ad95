//! The chat of a site as a page of its own, for links in mails and on paper: the script tag on a page of ours.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::workspace::Origin;
use protocol::{Code, SiteKey};
use words::Choice;

use super::{Shared, language, visitor};
use crate::config::base_url;
use crate::headers;
use crate::problem::Refused;

/// The page. The key is the only thing in it that an address says, and it has one spelling.
#[worker::send]
pub(super) async fn page(
    State(shared): State<Shared>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
    let site = visitor::site(&shared.env, key).await?;
    let Choice { language, locale } = language::of_request(None, &headers, &site.settings.look.language);
    let page = include_str!("chat.html")
        .replace("{{site_key}}", &key.to_string())
        .replace("{{locale}}", &locale)
        .replace("{{direction}}", language.direction())
        .replace("{{chat}}", &language.launcher().chat);
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok(headers::by_language(headers::chat((StatusCode::OK, kind, page).into_response())))
}

/// The origin of a request from this page; `None` if it comes from elsewhere. Of a GET to their own origin browsers say
/// it in `Sec-Fetch-Site` only, which no page can set.
pub(super) fn own_origin(shared: &Shared, headers: &HeaderMap) -> Option<Origin> {
    let own = Origin::parse(base_url(&shared.env).ok()?.as_str())?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_own = match text(header::ORIGIN.as_str()) {
        Some(origin) => Origin::parse(origin).as_ref() == Some(&own),
        None => text("sec-fetch-site") == Some("same-origin"),
    };
    is_own.then_some(own)
}
