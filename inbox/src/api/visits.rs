//! Who is on the sites.

use gloo::net::http::Method;
use protocol::http::visit::{OpenerDraft, VisitPage, VisitQuery};
use protocol::{SiteId, VisitId, WorkspaceId};

use super::Failure;
use super::exchange::{send, tell};

/// A page of those who fit.
pub(crate) async fn list(workspace: WorkspaceId, query: &VisitQuery) -> Result<VisitPage, Failure> {
    send(Method::POST, &format!("/api/workspaces/{workspace}/visits"), query).await
}

/// Says something to one of them.
pub(crate) async fn say(
    workspace: WorkspaceId,
    (site, visit): (SiteId, VisitId),
    draft: OpenerDraft,
) -> Result<(), Failure> {
    let path = format!("/api/workspaces/{workspace}/sites/{site}/visits/{visit}/opener");
    tell(Method::PUT, &path, &draft).await
}
