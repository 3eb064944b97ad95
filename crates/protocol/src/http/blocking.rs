//! Visitors who are blocked.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::identity::VisitorIdentity;
use crate::ids::VisitorId;
use crate::seq::Timestamp;

/// By whom a visitor was blocked, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Who did it, as they were called then.
    pub by: AgentProfile,
    /// When.
    pub at: Timestamp,
}

/// Whether a visitor is blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockView {
    /// By whom; `None` if they are not.
    pub block: Option<Block>,
}

/// A visitor who is blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedVisitor {
    /// Who.
    pub visitor: VisitorId,
    /// What is known of them, as long as a conversation of theirs is kept.
    pub identity: Option<VisitorIdentity>,
    /// By whom, and when.
    pub block: Block,
}

/// The visitors who are blocked, the last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedList {
    /// At most [`crate::limits::BLOCKED_VISITORS`].
    pub visitors: Vec<BlockedVisitor>,
}
