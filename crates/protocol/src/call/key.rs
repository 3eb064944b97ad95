//! What is asked of a workspace with a key of the REST API.

use serde::{Deserialize, Serialize};

use super::CallResult;
use super::workspace::{WorkspaceAnswer, WorkspaceRequest};
use crate::ids::ApiKeyId;

/// What may be asked with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyRequest {
    /// One of the requests that people can make too; which of them, is the workspace's to decide.
    Plain(WorkspaceRequest),
    /// Who acts in a conversation of the workspace, and with what rights: the conversation's object is asked next.
    Act,
}

/// How much more can be asked with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Requests that can be made at once with a key that was not used for a minute.
    pub limit: u32,
    /// Requests that can be made at once at this moment.
    pub remaining: u32,
    /// Milliseconds until `remaining` is `limit` again if nothing is asked meanwhile.
    pub reset_ms: u32,
}

/// What a key that is good was answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAnswer {
    /// Which key it was.
    pub key: ApiKeyId,
    /// How much more can be asked with it.
    pub quota: Quota,
    /// The answer, or the refusal: over the quota, beyond its scopes, beyond what its maker may do.
    pub answer: CallResult<Box<WorkspaceAnswer>>,
}
