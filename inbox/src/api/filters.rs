//! Filters of conversations.

use gloo::net::http::Method;
use protocol::http::filter::{Filter, FilterCount, FilterDraft, FilterList, FilterText};
use protocol::{FilterId, FilterRule, WorkspaceId};

use super::Failure;
use super::exchange::{act, get, send};

/// Those that the person has.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<FilterList, Failure> {
    get(&at(workspace, "")).await
}

/// Keeps one.
pub(crate) async fn make(workspace: WorkspaceId, draft: FilterDraft) -> Result<Filter, Failure> {
    send(Method::POST, &at(workspace, ""), &draft).await
}

/// Changes one.
pub(crate) async fn change(
    workspace: WorkspaceId,
    id: FilterId,
    text: FilterText,
) -> Result<Filter, Failure> {
    send(Method::PUT, &at(workspace, &format!("/{id}")), &text).await
}

/// Removes one.
pub(crate) async fn remove(workspace: WorkspaceId, id: FilterId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, &format!("/{id}"))).await
}

/// How many conversations fit.
pub(crate) async fn count(workspace: WorkspaceId, rule: &FilterRule) -> Result<FilterCount, Failure> {
    send(Method::POST, &at(workspace, "/count"), rule).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/filters{rest}")
}
