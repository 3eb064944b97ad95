//! Contacts.

use gloo::net::http::Method;
use protocol::http::contact::{ContactFilter, ContactPage, ContactQuery, ContactView};
use protocol::{Code, VisitorId, WorkspaceId};

use super::Failure;
use super::exchange::{get, read_long, send};

/// A page of those who fit.
pub(crate) async fn list(workspace: WorkspaceId, query: &ContactQuery) -> Result<ContactPage, Failure> {
    send(Method::POST, &at(workspace, ""), query).await
}

/// One of them; `None` where there is no such.
pub(crate) async fn look(workspace: WorkspaceId, visitor: VisitorId) -> Result<Option<ContactView>, Failure> {
    match get(&at(workspace, &format!("/{visitor}"))).await {
        Ok(view) => Ok(Some(view)),
        Err(failure) if failure.code() == Some(Code::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Those who fit, as the text of a file.
pub(crate) async fn export(workspace: WorkspaceId, filter: &ContactFilter) -> Result<String, Failure> {
    read_long(Method::POST, &at(workspace, "/export"), filter).await
}

fn at(workspace: WorkspaceId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/contacts{rest}")
}
