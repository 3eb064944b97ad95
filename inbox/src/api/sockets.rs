//! Where the sockets are, and the tickets that open them.

use gloo::net::http::Method;
use leptos::prelude::window;
use protocol::http::workspace::{TicketAnswer, TicketRequest};
use protocol::{ConversationId, SocketTarget, WorkspaceId};
use sync_web::Endpoint;

use super::Failure;
use super::exchange::send;

/// Finds out where the socket of a conversation is, and asks for a ticket for it.
pub(crate) async fn conversation(
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Result<Endpoint, Failure> {
    let path = format!("/api/agent/conversations/{conversation}/socket");
    endpoint(workspace, SocketTarget::Conversation(conversation), &path).await
}

/// Finds out where the socket of the workspace's feed is, and asks for a ticket for it.
pub(crate) async fn feed(workspace: WorkspaceId) -> Result<Endpoint, Failure> {
    endpoint(workspace, SocketTarget::Feed, &format!("/api/agent/workspaces/{workspace}/socket")).await
}

async fn endpoint(workspace: WorkspaceId, target: SocketTarget, path: &str) -> Result<Endpoint, Failure> {
    let request = TicketRequest { workspace, target };
    let TicketAnswer { ticket, .. } = send(Method::POST, "/api/agent/ticket", &request).await?;
    let origin = window().location().origin().map_err(|_| Failure::Unreachable)?;
    // `http` becomes `ws` and `https` becomes `wss`.
    let url = format!("{}{path}", origin.replacen("http", "ws", 1));
    Ok(Endpoint { url, credential: ticket })
}
