//! Canned responses.

use gloo::net::http::Method;
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::{CannedId, WorkspaceId};

use super::Failure;
use super::exchange::{act, get, send};

/// Those that the person can use.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<CannedList, Failure> {
    get(&at(workspace, "")).await
}

/// Keeps one.
pub(crate) async fn make(workspace: WorkspaceId, draft: CannedDraft) -> Result<Canned, Failure> {
    send(Method::POST, &at(workspace, ""), &draft).await
}

/// Changes one.
pub(crate) async fn change(
    workspace: WorkspaceId,
    id: CannedId,
    text: CannedText,
) -> Result<Canned, Failure> {
    send(Method::PUT, &at(workspace, &format!("/{id}")), &text).await
}

/// Removes one.
pub(crate) async fn remove(workspace: WorkspaceId, id: CannedId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/{id}"))).await
}

/// Counts that one was used.
pub(crate) async fn used(workspace: WorkspaceId, id: CannedId) -> Result<(), Failure> {
    act(Method::POST, &at(workspace, &format!("/{id}/used"))).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/canned{rest}")
}
