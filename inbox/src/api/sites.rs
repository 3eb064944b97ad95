//! The sites of a workspace.

use gloo::net::http::Method;
use protocol::http::look::KeptLogo;
use protocol::http::pinned::PinnedScript;
use protocol::http::reception::Reception;
use protocol::http::site::{IdentitySecret, InstallCheck, InstallReport, SiteList, SiteSettings, SiteView};
use protocol::{SiteId, WorkspaceId};

use super::Failure;
use super::exchange::{act, act_for, get, send, send_bytes};

/// The sites of a workspace.
pub(crate) async fn list(workspace: WorkspaceId) -> Result<SiteList, Failure> {
    get(&format!("/api/workspaces/{workspace}/sites")).await
}

/// The version of the script that is the newest, and its hash.
pub(crate) async fn pinned_script() -> Result<PinnedScript, Failure> {
    get("/widget.json").await
}

/// Makes a site.
pub(crate) async fn make(workspace: WorkspaceId, settings: SiteSettings) -> Result<SiteView, Failure> {
    send(Method::POST, &format!("/api/workspaces/{workspace}/sites"), &settings).await
}

/// Changes a site.
pub(crate) async fn change(
    workspace: WorkspaceId,
    site: SiteId,
    settings: SiteSettings,
) -> Result<SiteView, Failure> {
    send(Method::PUT, &at(workspace, site, ""), &settings).await
}

/// Keeps a logo for a site, whose look then may say that it is shown.
pub(crate) async fn keep_logo(
    workspace: WorkspaceId,
    site: SiteId,
    bytes: Vec<u8>,
) -> Result<KeptLogo, Failure> {
    send_bytes(Method::POST, &at(workspace, site, "/logo"), bytes).await
}

/// Says how a site receives its visitors.
pub(crate) async fn receive(
    workspace: WorkspaceId,
    site: SiteId,
    reception: Reception,
) -> Result<SiteView, Failure> {
    send(Method::PUT, &at(workspace, site, "/reception"), &reception).await
}

/// Removes a site.
pub(crate) async fn remove(workspace: WorkspaceId, site: SiteId) -> Result<(), Failure> {
    act(Method::DELETE, &at(workspace, site, "")).await
}

/// Gives a site a new key.
pub(crate) async fn rotate_key(workspace: WorkspaceId, site: SiteId) -> Result<SiteView, Failure> {
    act_for(Method::POST, &at(workspace, site, "/key")).await
}

/// Gives a site a new secret for identity verification.
pub(crate) async fn new_secret(workspace: WorkspaceId, site: SiteId) -> Result<IdentitySecret, Failure> {
    act_for(Method::POST, &at(workspace, site, "/identity-secret")).await
}

/// Ends the old keys of a site before their time.
pub(crate) async fn end_old_keys(workspace: WorkspaceId, site: SiteId) -> Result<SiteView, Failure> {
    act_for(Method::DELETE, &at(workspace, site, "/key")).await
}

/// Ends the old secret of a site before its time.
pub(crate) async fn end_old_secrets(workspace: WorkspaceId, site: SiteId) -> Result<SiteView, Failure> {
    act_for(Method::DELETE, &at(workspace, site, "/identity-secret")).await
}

/// Looks at a page for the tag.
pub(crate) async fn check(
    workspace: WorkspaceId,
    site: SiteId,
    address: String,
) -> Result<InstallReport, Failure> {
    send(Method::POST, &at(workspace, site, "/check"), &InstallCheck { address }).await
}

fn at(workspace: WorkspaceId, site: SiteId, rest: &str) -> String {
    format!("/api/workspaces/{workspace}/sites/{site}{rest}")
}
