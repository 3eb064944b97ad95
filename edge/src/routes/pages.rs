//! Pages and the loader, from the built files.

use axum::body::{self, Body};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response as HttpResponse, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use protocol::{Code, SiteKey};
use words::Choice;

use super::{Shared, language, visitor};
use crate::config::Config;
use crate::problem::Refused;
use crate::{config, headers, mailer};

/// The inbox is what an agent looks for here.
pub(super) async fn home() -> Redirect {
    Redirect::to("/inbox/")
}

/// Says that the Worker runs and is configured.
pub(super) async fn health(State(shared): State<Shared>) -> Result<&'static str, Refused> {
    Config::read(&shared.env)?;
    config::sealing(&shared.env)?;
    mailer::configured(&shared.env)?;
    Ok("ok")
}

/// The script of the script tag.
#[worker::send]
pub(super) async fn loader(State(shared): State<Shared>) -> Result<Response, Refused> {
    Ok(headers::loader(file(&shared, "/build/loader/widget.js").await?))
}

/// What the widget stores on a visitor's device.
#[worker::send]
pub(super) async fn storage_manifest(State(shared): State<Shared>) -> Result<Response, Refused> {
    Ok(headers::document(file(&shared, "/build/loader/storage.json").await?))
}

/// The inbox, under every address of its own router.
#[worker::send]
pub(super) async fn inbox(State(shared): State<Shared>) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    Ok(headers::inbox(file(&shared, "/build/inbox/index.html").await?, &config))
}

/// A page on which the inbox shows a site's chat as it would look.
#[worker::send]
pub(super) async fn preview(State(shared): State<Shared>) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok(headers::preview((StatusCode::OK, kind, include_str!("preview.html")).into_response(), &config))
}

/// The widget's frame, with the words of the language that its address names, so that they cost no request. Who may frame
/// it depends on the site.
#[worker::send]
pub(super) async fn frame(
    State(shared): State<Shared>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
    let site = visitor::site(&shared.env, key).await?;
    let Choice { language, .. } =
        language::of_request(query.as_deref(), &headers, &site.settings.look.language);
    let logo = site.settings.look.logo.map(|logo| format!("/logos/{}/{logo}", site.id));
    let template = file(&shared, "/build/widget/frame.html").await?.into_body();
    let template = body::to_bytes(template, usize::MAX).await.map_err(|_| Code::Unavailable)?;
    // Only what is ours stands in it: the template, ids, and words that have no markup.
    let page = String::from_utf8_lossy(&template)
        .replace("%language%", language.name)
        .replace("%direction%", language.direction())
        .replace("%logo%", &logo.unwrap_or_default())
        .replace("%chat%", &language.launcher().chat)
        .replace("%words%", &language.compact());
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let response = (StatusCode::OK, kind, page).into_response();
    Ok(headers::by_language(headers::frame(response, &config, &site.settings)))
}

/// Everything else. The address is not repeated.
pub(super) async fn not_found() -> Response {
    Refused::from(Code::NotFound).into_response()
}

/// A built file, with its kind and no other header.
pub(super) async fn file(shared: &Shared, path: &str) -> Result<Response, Refused> {
    let found = file_if_there(shared, path).await?;
    Ok(found.ok_or_else(|| {
        worker::console_error!("a built file is missing: {}", path);
        Code::Unavailable
    })?)
}

/// The same, of which it is no fault that it is not there.
pub(super) async fn file_if_there(shared: &Shared, path: &str) -> Result<Option<Response>, Refused> {
    // Only the path counts: the binding serves this deployment's files whatever the host.
    let found = shared.env.assets("ASSETS")?.fetch(format!("https://assets{path}"), None).await?;
    let (parts, body) = found.into_parts();
    if parts.status != StatusCode::OK {
        return Ok(None);
    }
    let mut response = HttpResponse::new(Body::new(body));
    if let Some(kind) = parts.headers.get(header::CONTENT_TYPE) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    Ok(Some(response))
}
