//! What a visitor's page asks for before its socket.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::token;
use domain::workspace::{Origin, may_embed};
use protocol::call::{SiteSettings, WorkspaceAnswer, WorkspaceCall};
use protocol::http::{SessionAnswer, SessionRequest};
use protocol::limits::VISITOR_TOKEN_MS;
use protocol::{Code, SiteKey, VisitorClaims, VisitorId};
use worker::Env;

use super::Shared;
use super::body::parse;
use crate::config::token_secret;
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};
use crate::{calls, headers};

/// The site as the loader draws it.
#[worker::send]
pub(super) async fn config(
    State(shared): State<Shared>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let (settings, origin) = embedded(&shared.env, key, &headers).await?;
        Ok((json(StatusCode::OK, &settings.config), origin))
    };
    for_page(answer.await)
}

/// A session: the same visitor again for a good token, a new visitor otherwise.
#[worker::send]
pub(super) async fn session(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = async {
        let request: SessionRequest = parse(&body)?;
        let (_, origin) = embedded(&shared.env, request.site, &headers).await?;
        let secret = token_secret(&shared.env)?;
        let known = request.token.and_then(|token| token::verify::<VisitorClaims>(&secret, &token, now()));
        let same_site = known
            .filter(|claims| claims.workspace == request.site.workspace && claims.site == request.site.site);
        let (visitor, conversation) = match same_site {
            Some(claims) => (claims.visitor, claims.conversation),
            None => (VisitorId::from_bytes(random()?), calls::new_conversation(&shared.env)?),
        };
        let claims = VisitorClaims {
            workspace: request.site.workspace,
            site: request.site.site,
            visitor,
            conversation,
            expires_at: now().plus(VISITOR_TOKEN_MS),
        };
        let answer = SessionAnswer { token: token::sign(&secret, &claims), conversation };
        Ok((json(StatusCode::OK, &answer), origin))
    };
    for_page(answer.await)
}

/// Looks up a site.
pub(super) async fn settings(env: &Env, key: SiteKey) -> Result<SiteSettings, Refused> {
    match calls::workspace(env, key.workspace, &WorkspaceCall::Site { site: key.site }).await? {
        WorkspaceAnswer::Site(settings) => Ok(settings),
        WorkspaceAnswer::Done => Err(Code::Internal.into()),
    }
}

/// Looks up a site for a page that may show it.
async fn embedded(env: &Env, key: SiteKey, headers: &HeaderMap) -> Result<(SiteSettings, Origin), Refused> {
    let settings = settings(env, key).await?;
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).and_then(Origin::parse);
    match origin {
        Some(origin) if may_embed(&settings, &origin) => Ok((settings, origin)),
        Some(_) | None => Err(Code::OriginNotAllowed.into()),
    }
}

fn for_page(answer: Result<(Response, Origin), Refused>) -> Response {
    match answer {
        Ok((response, origin)) => headers::for_origin(response, origin.as_str()),
        Err(refused) => headers::for_any_origin(refused.into_response()),
    }
}
