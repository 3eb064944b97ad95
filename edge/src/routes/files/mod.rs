//! Files of conversations: sent up and down, by visitors with their token, by agents with their session. Whether somebody
//! may is asked of the conversation each time (SPEC FL1, FL8); their bytes go past the objects.

mod asker;
mod down;
mod up;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Code, ConversationId, FileId, WorkspaceId};

use self::asker::Asker;
pub(super) use self::asker::visitor_of;
pub(super) use self::down::send;
use super::Shared;
use super::body::from_own_origin;
use super::session::person;
use crate::config::Config;
use crate::headers::for_any_origin;
use crate::problem::Refused;

/// What a frame without an origin may send, for which browsers ask first.
const ALLOWED_HEADERS: &str = "authorization, content-type, porchlight-file-name, porchlight-upload";

/// What a frame without an origin may do.
pub(super) async fn preflight() -> Response {
    let allowed = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, "7200"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for_any_origin((StatusCode::NO_CONTENT, allowed).into_response())
}

#[worker::send]
pub(super) async fn up_from_visitor(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answer = async {
        let asker = Asker::visitor(shared.env, &headers)?;
        let id = conversation(&id)?;
        asker.vouch().await?;
        up::receive(&asker, id, &headers, body).await
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

#[worker::send]
pub(super) async fn down_to_visitor(
    State(shared): State<Shared>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let asker = Asker::visitor(shared.env, &headers)?;
        down::fetch(&asker, conversation(&id)?, file_id(&file)?).await
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

#[worker::send]
pub(super) async fn up_from_agent(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    from_own_origin(&headers, &Config::read(&shared.env)?)?;
    let ids = workspace_id(&workspace).and_then(|workspace| Ok((workspace, conversation(&id)?)));
    let (workspace, id) = told_to_people(&shared, &headers, ids).await?;
    let asker = Asker::agent(shared.env, headers.clone(), workspace);
    up::receive(&asker, id, &headers, body).await
}

#[worker::send]
pub(super) async fn down_to_agent(
    State(shared): State<Shared>,
    Path((workspace, id, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let ids =
        workspace_id(&workspace).and_then(|workspace| Ok((workspace, conversation(&id)?, file_id(&file)?)));
    let (workspace, id, file) = told_to_people(&shared, &headers, ids).await?;
    down::fetch(&Asker::agent(shared.env, headers, workspace), id, file).await
}

/// What is wrong with an address is told only to who has a session.
pub(super) async fn told_to_people<T>(
    shared: &Shared,
    headers: &HeaderMap,
    ids: Result<T, Code>,
) -> Result<T, Refused> {
    match ids {
        Ok(ids) => Ok(ids),
        Err(code) => {
            person(&shared.env, headers).await?;
            Err(code.into())
        }
    }
}

pub(super) fn workspace_id(text: &str) -> Result<WorkspaceId, Code> {
    text.parse().map_err(|_| Code::NotFound)
}

pub(super) fn conversation(text: &str) -> Result<ConversationId, Code> {
    text.parse().map_err(|_| Code::NotFound)
}

fn file_id(text: &str) -> Result<FileId, Code> {
    text.parse().map_err(|_| Code::NotFound)
}
