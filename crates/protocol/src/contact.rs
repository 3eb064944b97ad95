//! The visitors of a workspace, as it knows them from their conversations.

use serde::{Deserialize, Serialize};

use crate::identity::VisitorIdentity;
use crate::ids::{SiteId, VisitorId};
use crate::seq::Timestamp;

/// A visitor who has begun a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which.
    pub visitor: VisitorId,
    /// The site of their most recently active conversation.
    pub site: SiteId,
    /// What is known of them, by proof or by their page's word; the word of that conversation.
    pub identity: Option<VisitorIdentity>,
    /// When the first of their conversations began.
    pub first_seen_at: Timestamp,
    /// When something last happened in one of them.
    pub last_seen_at: Timestamp,
    /// How many they have.
    pub conversations: u32,
}

impl Contact {
    /// Where the contact stands in the list.
    #[must_use]
    pub const fn position(&self) -> ContactPosition {
        ContactPosition { last_seen_at: self.last_seen_at, visitor: self.visitor }
    }
}

/// A place in the list of contacts, which runs from the most recently seen to the longest unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPosition {
    /// When something last happened.
    pub last_seen_at: Timestamp,
    /// Orders those of the same moment.
    pub visitor: VisitorId,
}
