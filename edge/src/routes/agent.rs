//! What the inbox asks for before its sockets.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::{Email, SessionToken};
use domain::token;
use protocol::call::{AccountAnswer, AccountCall, Membership};
use protocol::http::{Me, SignInRequest, TicketAnswer, TicketRequest};
use protocol::limits::TICKET_MS;
use protocol::{AgentTicket, Code, Nonce};
use worker::Env;

use super::Shared;
use super::body::{from_inbox, parse};
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};
use crate::{calls, session_cookie};

/// Checks a password and sets the session cookie, always a new one.
#[worker::send]
pub(super) async fn sign_in(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let request: SignInRequest = parse(&body)?;
    let email = Email::parse(&request.email).map_err(|_| Code::WrongSignIn)?;
    let account = email.account(&config.token_secret);
    let call = AccountCall::SignIn { password: request.password };
    match calls::account(&shared.env, account, &call).await? {
        AccountAnswer::SignedIn { secret, membership } => {
            let cookie = session_cookie::set(SessionToken { account, secret });
            Ok(([(header::SET_COOKIE, cookie)], json(StatusCode::OK, &me_of(membership))).into_response())
        }
        AccountAnswer::Done | AccountAnswer::Authenticated { .. } => Err(Code::Internal.into()),
    }
}

/// Ends the session here.
#[worker::send]
pub(super) async fn sign_out(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    if let Some(SessionToken { account, secret }) = session_cookie::read(&headers) {
        calls::account(&shared.env, account, &AccountCall::SignOut { secret }).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, session_cookie::clear())]).into_response())
}

/// Says who is signed in.
#[worker::send]
pub(super) async fn me(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Refused> {
    let membership = authenticate(&shared.env, &headers).await?;
    Ok(json(StatusCode::OK, &me_of(membership)))
}

/// Gives out a ticket for one socket.
#[worker::send]
pub(super) async fn ticket(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let request: TicketRequest = parse(&body)?;
    let membership = authenticate(&shared.env, &headers).await?;
    let ticket = AgentTicket {
        workspace: membership.workspace,
        agent: membership.agent,
        role: membership.role,
        target: request.target,
        nonce: Nonce::from_bytes(random()?),
        expires_at: now().plus(TICKET_MS),
    };
    Ok(json(StatusCode::OK, &TicketAnswer { ticket: token::sign(&config.token_secret, &ticket) }))
}

async fn authenticate(env: &Env, headers: &HeaderMap) -> Result<Membership, Refused> {
    let SessionToken { account, secret } = session_cookie::read(headers).ok_or(Code::Unauthenticated)?;
    match calls::account(env, account, &AccountCall::Authenticate { secret }).await? {
        AccountAnswer::Authenticated { membership } => Ok(membership),
        AccountAnswer::Done | AccountAnswer::SignedIn { .. } => Err(Code::Internal.into()),
    }
}

fn me_of(membership: Membership) -> Me {
    Me {
        agent: membership.agent,
        workspace: membership.workspace,
        workspace_name: membership.workspace_name,
        role: membership.role,
    }
}
