//! A visitor's home: the conversations that they had, and by whom and how soon they are answered.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claims::VisitorClaims;
use crate::event::AgentProfile;
use crate::ids::ConversationId;
use crate::index::IndexEntry;
use crate::seq::Timestamp;

/// How soon visitors are answered, as half of them were lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyTime {
    /// Within five minutes.
    Minutes,
    /// Within an hour.
    Hour,
    /// Within four hours.
    Hours,
    /// Within a day.
    Day,
}

/// A visitor asks for their home, by the claims of a token that was checked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeWanted {
    /// Who asks.
    pub claims: VisitorClaims,
    /// Whether for how soon they are answered as well, and by whom.
    pub with_team: bool,
}

/// Who somebody is never reaches a log.
impl fmt::Debug for HomeWanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HomeWanted").field("with_team", &self.with_team).finish_non_exhaustive()
    }
}

/// What a workspace knows of a visitor's home.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitorHome {
    /// Their conversations on the site, the most recently active first, at most [`crate::limits::HOME_CONVERSATIONS`].
    pub conversations: Vec<IndexEntry>,
    /// Those who answered visitors of the site most often lately, at most [`crate::limits::HOME_FACES`].
    pub team: Vec<AgentProfile>,
    /// How soon visitors of the site are answered, if there is enough to tell it by.
    pub reply: Option<ReplyTime>,
}

/// A visitor's home, as their panel shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// Their conversations, the most recently active first.
    pub conversations: Vec<HomeConversation>,
    /// As in [`VisitorHome::team`].
    pub team: Vec<AgentProfile>,
    /// As in [`VisitorHome::reply`].
    pub reply: Option<ReplyTime>,
    /// What the home says, in the language that was asked for.
    pub words: BTreeMap<String, String>,
}

/// One of a visitor's conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeConversation {
    /// Which.
    pub id: ConversationId,
    /// When something was last said or done in it.
    pub active_at: Timestamp,
    /// Who said the last message, if an agent did.
    pub agent: Option<AgentProfile>,
    /// Whether the visitor did.
    pub mine: bool,
    /// The beginning of it on one line; empty if it was deleted.
    pub text: String,
    /// Whether it is over.
    pub is_over: bool,
    /// Messages for the visitor that they have not seen.
    pub unread: u32,
}
