//! Steps for several conversations at once.

use gloo::net::http::Method;
use protocol::WorkspaceId;
use protocol::http::handling::{HandlingRound, RoundAnswer, RoundStep};

use super::Failure;
use super::exchange::send;

/// Takes them.
pub(crate) async fn take(workspace: WorkspaceId, steps: Vec<RoundStep>) -> Result<RoundAnswer, Failure> {
    send(Method::POST, &format!("/api/workspaces/{workspace}/handling"), &HandlingRound { steps }).await
}
