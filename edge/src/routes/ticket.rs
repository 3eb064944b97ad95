//! Tickets, with which the inbox opens its sockets.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::token;
use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::workspace::{TicketAnswer, TicketRequest};
use protocol::limits::TICKET_MS;
use protocol::{AgentTicket, Code, Nonce};

use super::Shared;
use super::body::{from_inbox, parse};
use super::session::actor;
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::random;

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
    let actor = actor(&shared.env, &headers, request.workspace).await?;
    let session = actor.session;
    let call = WorkspaceCall::As { actor, request: WorkspaceRequest::Ticket(request.target) };
    let WorkspaceAnswer::Ticket { agent, permissions, at } =
        calls::workspace(&shared.env, request.workspace, &call).await?
    else {
        return Err(Code::Internal.into());
    };
    let ticket = AgentTicket {
        workspace: request.workspace,
        agent: agent.clone(),
        permissions,
        session,
        target: request.target,
        nonce: Nonce::from_bytes(random()?),
        expires_at: at.plus(TICKET_MS),
    };
    let ticket = token::sign(&config.token_secret, &ticket);
    Ok(json(StatusCode::OK, &TicketAnswer { ticket, agent }))
}
