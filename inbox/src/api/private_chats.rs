//! Private chats.

use gloo::net::http::Method;
use protocol::http::private_chat::{PrivateChatAnswer, PrivateChatDraft, PrivateChatMember, PrivateChatName};
use protocol::{AgentId, ConversationId, WorkspaceId};

use super::Failure;
use super::exchange::{act, send, tell};

/// Begins one, or finds the one that two people have.
pub(crate) async fn begin(
    workspace: WorkspaceId,
    draft: PrivateChatDraft,
) -> Result<PrivateChatAnswer, Failure> {
    send(Method::POST, &at(workspace, ""), &draft).await
}

/// Adds somebody to a group.
pub(crate) async fn add(workspace: WorkspaceId, id: ConversationId, agent: AgentId) -> Result<(), Failure> {
    tell(Method::POST, &at(workspace, &format!("/{id}/members")), &PrivateChatMember { agent }).await
}

/// Gives a group another name.
pub(crate) async fn rename(workspace: WorkspaceId, id: ConversationId, name: String) -> Result<(), Failure> {
    tell(Method::PUT, &at(workspace, &format!("/{id}/name")), &PrivateChatName { name }).await
}

/// Leaves a group.
pub(crate) async fn leave(workspace: WorkspaceId, id: ConversationId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/{id}/members/me"))).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/private-chats{rest}")
}
