//! Teams.

use gloo::net::http::Method;
use protocol::http::team::{TeamDraft, TeamList};
use protocol::{Team, TeamId, WorkspaceId};

use super::Failure;
use super::exchange::{act, get, send};

/// Every one.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<TeamList, Failure> {
    get(&at(workspace, "")).await
}

/// Makes one, or says anew what it is called and who is in it.
pub(crate) async fn keep(
    workspace: WorkspaceId,
    id: Option<TeamId>,
    draft: TeamDraft,
) -> Result<Team, Failure> {
    match id {
        Some(id) => send(Method::PUT, &at(workspace, &format!("/{id}")), &draft).await,
        None => send(Method::POST, &at(workspace, ""), &draft).await,
    }
}

/// Removes one.
pub(crate) async fn remove(workspace: WorkspaceId, id: TeamId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/{id}"))).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/teams{rest}")
}
