//! Who asks: the person of the session cookie, and what they are in a workspace. And how a session begins and ends in a
//! browser.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::{SessionToken, device_name, is_fresh};
use protocol::call::{
    AccountAnswer, AccountCall, Actor, Device, Person, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::{AccountId, Code, DeviceId, WorkspaceId};
use worker::{Env, console_warn};

use super::Shared;
use crate::problem::Refused;
use crate::surroundings::{now, random};
use crate::{calls, session_cookie};

/// The person of the session cookie.
///
/// # Errors
/// [`Code::Unauthenticated`] without a session that is good.
pub(super) async fn person(env: &Env, headers: &HeaderMap) -> Result<Person, Refused> {
    let SessionToken { account, secret } = token(headers)?;
    match calls::account(env, account, &AccountCall::Authenticate { secret }).await? {
        AccountAnswer::Authenticated(person) => Ok(*person),
        _ => Err(Code::Internal.into()),
    }
}

/// Who asks, as one of a workspace's people. A workspace that the person does not belong to is not woken.
///
/// # Errors
/// As [`person`], and [`Code::NotFound`].
pub(super) async fn actor(env: &Env, headers: &HeaderMap, workspace: WorkspaceId) -> Result<Actor, Refused> {
    let person = person(env, headers).await?;
    let membership = person.memberships.iter().find(|membership| membership.workspace.id == workspace);
    let Some(agent) = membership.map(|membership| membership.agent) else {
        // Which workspace was asked for is the caller's word.
        console_warn!("refused: a workspace of others, session {}", person.session.to_string());
        return Err(Code::NotFound.into());
    };
    let is_proven = is_fresh(person.proof, now());
    let Person { session, has_second_factor, used_second_factor, .. } = person;
    Ok(Actor { agent, session, is_proven, has_second_factor, used_second_factor })
}

/// Asks a workspace for something, for the person of the session.
///
/// # Errors
/// As [`actor`], and what the workspace refuses.
pub(super) async fn ask_workspace(
    shared: &Shared,
    headers: &HeaderMap,
    workspace: WorkspaceId,
    request: WorkspaceRequest,
) -> Result<WorkspaceAnswer, Refused> {
    as_person(&shared.env, headers, workspace, request).await
}

/// The same, given the bindings only.
///
/// # Errors
/// As [`ask_workspace`].
pub(super) async fn as_person(
    env: &Env,
    headers: &HeaderMap,
    workspace: WorkspaceId,
    request: WorkspaceRequest,
) -> Result<WorkspaceAnswer, Refused> {
    let actor = actor(env, headers, workspace).await?;
    Ok(calls::workspace(env, workspace, &WorkspaceCall::As { actor, request }).await?)
}

/// What the session cookie says.
///
/// # Errors
/// [`Code::Unauthenticated`] without one.
pub(super) fn token(headers: &HeaderMap) -> Result<SessionToken, Code> {
    session_cookie::read(headers).ok_or(Code::Unauthenticated)
}

/// The browser that asks. One that has no name yet is given one with its session, or before it signs in with a passkey.
///
/// # Errors
/// [`Code::Internal`] without randomness.
pub(super) fn device(headers: &HeaderMap) -> Result<Device, Code> {
    let user_agent =
        headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let id = match session_cookie::read_device(headers) {
        Some(id) => id,
        None => DeviceId::from_bytes(random()?),
    };
    Ok(Device { name: device_name(user_agent), id })
}

/// An answer with which a session begins in a browser.
pub(super) fn signed_in(
    mut response: Response,
    account: AccountId,
    secret: [u8; 32],
    device: &Device,
) -> Response {
    set_cookie(&mut response, &session_cookie::set(SessionToken { account, secret }));
    set_cookie(&mut response, &session_cookie::set_device(device.id));
    response
}

/// An answer with which a browser is given its name, if it has none yet.
pub(super) fn known_device(mut response: Response, device: &Device) -> Response {
    set_cookie(&mut response, &session_cookie::set_device(device.id));
    response
}

/// An answer with which a session ends in a browser.
pub(super) fn signed_out() -> Response {
    let mut response = nothing(StatusCode::NO_CONTENT);
    set_cookie(&mut response, &session_cookie::clear());
    response
}

/// An answer without a body, never to be cached.
pub(super) fn nothing(status: StatusCode) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
