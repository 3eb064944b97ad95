//! The keys of the REST API of a workspace.

use gloo::net::http::Method;
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList, MadeApiKey};
use protocol::{ApiKeyId, WorkspaceId};

use super::Failure;
use super::exchange::{act, get, send};

/// The keys of a workspace.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<ApiKeyList, Failure> {
    get(&at(workspace)).await
}

/// Makes a key.
pub(crate) async fn make(workspace: WorkspaceId, draft: ApiKeyDraft) -> Result<MadeApiKey, Failure> {
    send(Method::POST, &at(workspace), &draft).await
}

/// Ends a key.
pub(crate) async fn revoke(workspace: WorkspaceId, key: ApiKeyId) -> Result<(), Failure> {
    act(Method::DELETE, &format!("{}/{key}", at(workspace))).await
}

fn at(workspace: WorkspaceId) -> String {
    format!("/api/workspaces/{workspace}/api-keys")
}
