//! Visitors who are blocked.

use gloo::net::http::Method;
use protocol::http::blocking::{BlockView, BlockedList};
use protocol::{VisitorId, WorkspaceId};

use super::Failure;
use super::exchange::{act_for, get};

/// All of them.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<BlockedList, Failure> {
    get(&at(workspace, "")).await
}

/// Whether one is.
pub(crate) async fn look(workspace: WorkspaceId, visitor: VisitorId) -> Result<BlockView, Failure> {
    get(&at(workspace, &format!("/{visitor}"))).await
}

/// Blocks one.
pub(crate) async fn block(workspace: WorkspaceId, visitor: VisitorId) -> Result<BlockView, Failure> {
    act_for(Method::PUT, &at(workspace, &format!("/{visitor}"))).await
}

/// Lets one in again.
pub(crate) async fn unblock(workspace: WorkspaceId, visitor: VisitorId) -> Result<BlockView, Failure> {
    act_for(Method::DELETE, &at(workspace, &format!("/{visitor}"))).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/blocked{rest}")
}
