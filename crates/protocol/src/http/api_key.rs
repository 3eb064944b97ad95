//! The keys of the REST API, as the people of a workspace see and make them in the inbox.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::ids::ApiKeyId;
use crate::scope::Scopes;
use crate::seq::Timestamp;

/// Makes a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyDraft {
    /// What it is called.
    pub name: String,
    /// What it may be used for; at least one thing, and none that who makes it may not do.
    pub scopes: Scopes,
    /// When it ends of itself; never without one. At most [`crate::limits::API_KEY_MS`] ahead.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A key, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyView {
    /// Which.
    pub id: ApiKeyId,
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// Who made it, and in whose name it acts.
    pub made_by: AgentProfile,
    /// When.
    pub made_at: Timestamp,
    /// When it ends of itself, or ended.
    pub expires_at: Option<Timestamp>,
    /// The day on which it was last used: that day's first moment in UTC.
    pub last_used_at: Option<Timestamp>,
    /// The last four characters of its text.
    pub hint: String,
}

/// The keys of a workspace, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyList {
    /// At most [`crate::limits::API_KEYS`]; those that have expired are among them.
    pub keys: Vec<ApiKeyView>,
}

/// A key that was made. Its text is told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeApiKey {
    /// The text, for the header `Authorization: Bearer`.
    pub secret: String,
    /// The same key as it is shown from then on.
    pub key: ApiKeyView,
}
