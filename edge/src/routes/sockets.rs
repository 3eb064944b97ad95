//! Sockets are opened here and lived in the objects.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use protocol::{Code, ConversationId, WorkspaceId};
use worker::{Headers, Method, RequestInit, Stub};

use super::Shared;
use crate::calls;
use crate::config::Config;
use crate::objects::{FOR_AGENTS, FOR_VISITORS};
use crate::problem::Refused;

/// A visitor's socket. Its frame has no origin, and no cookie is looked at: the token of the hello is all that counts.
#[worker::send]
pub(super) async fn visitor_conversation(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let id: ConversationId = id.parse().map_err(|_| Code::NotFound)?;
    upgrade(request.headers(), calls::conversation_stub(&shared.env, id)?, FOR_VISITORS).await
}

/// An agent's socket to a conversation.
#[worker::send]
pub(super) async fn agent_conversation(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    from_inbox(&shared, request.headers())?;
    let id: ConversationId = id.parse().map_err(|_| Code::NotFound)?;
    upgrade(request.headers(), calls::conversation_stub(&shared.env, id)?, FOR_AGENTS).await
}

/// An agent's socket to the list of conversations.
#[worker::send]
pub(super) async fn feed(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    from_inbox(&shared, request.headers())?;
    let id: WorkspaceId = id.parse().map_err(|_| Code::NotFound)?;
    upgrade(request.headers(), calls::workspace_stub(&shared.env, id)?, FOR_AGENTS).await
}

/// An agent's socket is opened by our own page only (CWE-1385).
fn from_inbox(shared: &Shared, headers: &HeaderMap) -> Result<(), Refused> {
    let config = Config::read(&shared.env)?;
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if origin == Some(config.base_url.as_str()) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

async fn upgrade(headers: &HeaderMap, stub: Stub, path: &str) -> Result<Response, Refused> {
    let is_upgrade =
        headers.get(header::UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"));
    if !is_upgrade {
        return Err(Code::UpgradeRequired.into());
    }
    let passed_on = Headers::new();
    passed_on.set("Upgrade", "websocket")?;
    if let Some(offer) = headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|value| value.to_str().ok()) {
        passed_on.set("Sec-WebSocket-Protocol", offer)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(passed_on);
    let request = worker::Request::new_with_init(&format!("https://object{path}"), &init)?;
    Ok(stub.fetch_with_request(request).await?.into())
}
