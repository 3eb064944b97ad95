//! Teams.

use gloo::net::http::Method;
use protocol::http::assignment::Assignments;
use protocol::http::team::{TeamDraft, TeamList};
use protocol::{Assignment, Team, TeamId, WorkspaceId};

use super::Failure;
use super::exchange::{act, get, send, tell};

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

/// How conversations are given to agents.
pub(crate) async fn assignments(workspace: WorkspaceId) -> Result<Assignments, Failure> {
    get(&format!("/api/workspaces/{workspace}/assignments")).await
}

/// Chooses how those of a team are, or those of none.
pub(crate) async fn assign(
    workspace: WorkspaceId,
    team: Option<TeamId>,
    assignment: Assignment,
) -> Result<(), Failure> {
    let path = match team {
        Some(team) => at(workspace, &format!("/{team}/assignment")),
        None => format!("/api/workspaces/{workspace}/assignments"),
    };
    tell(Method::PUT, &path, &assignment).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/teams{rest}")
}
