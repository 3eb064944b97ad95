//! Agents' private chats: conversations among colleagues, of which no visitor has a part.
//!
//! Everything that is said in one is a note, so that a frame to a visitor has no place for it.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::ids::{AgentId, ConversationId, Epoch};
use crate::index::Preview;
use crate::seq::Timestamp;

/// Among whom a private chat is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// What kind of chat it is.
    pub form: ChatForm,
    /// Who may read and write there, as they were called when they came; at most
    /// [`crate::limits::PRIVATE_CHAT_MEMBERS`].
    pub members: Vec<AgentProfile>,
}

impl Circle {
    /// Whether somebody is in it.
    #[must_use]
    pub fn has(&self, agent: AgentId) -> bool {
        self.members.iter().any(|member| member.id == agent)
    }

    /// The same with one more, who comes last.
    #[must_use]
    pub fn with(&self, who: AgentProfile) -> Self {
        let mut circle = self.clone();
        circle.members.push(who);
        circle
    }

    /// The same without somebody.
    #[must_use]
    pub fn without(&self, agent: AgentId) -> Self {
        let mut circle = self.clone();
        circle.members.retain(|member| member.id != agent);
        circle
    }

    /// Everybody in it but one.
    pub fn others(&self, me: AgentId) -> impl Iterator<Item = &AgentProfile> {
        self.members.iter().filter(move |member| member.id != me)
    }
}

/// The kinds of private chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatForm {
    /// Of two people, for good; they have one.
    Pair,
    /// Of any number, under a name: members add others and leave.
    Group {
        /// What it is called.
        name: String,
    },
}

/// A change of those among whom a private chat is, with what it has come to: whoever reads the newest one knows it all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// What happened.
    pub step: GatheringStep,
    /// Among whom it is since.
    pub circle: Circle,
}

/// What happens to those among whom a private chat is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatheringStep {
    /// The chat began.
    Began,
    /// Somebody was added, and sees what was said before.
    Added(AgentProfile),
    /// Somebody left, or does not belong to the workspace any more.
    Left(AgentProfile),
    /// A group has another name.
    Renamed,
}

/// What a private chat tells its workspace: the whole present state, without a word of what was said but the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateChatDigest {
    /// The life of the log this was read from.
    pub epoch: Epoch,
    /// Grows with every change of the digest; an older one is ignored.
    pub revision: u64,
    /// Which chat.
    pub conversation: ConversationId,
    /// Among whom it is.
    pub circle: Circle,
    /// When something was last said or done in it.
    pub active_at: Timestamp,
    /// What was said last.
    pub preview: Option<Preview>,
    /// What each member has not read.
    pub unread: Vec<Unread>,
}

/// What a member of a private chat has not read, of the newest [`crate::limits::PRIVATE_CHAT_COUNTED`] events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Who.
    pub agent: AgentId,
    /// What others have said.
    pub messages: u32,
    /// That of it which names them.
    pub mentions: u32,
}

/// A row of an agent's list of private chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateChatEntry {
    /// Which chat.
    pub conversation: ConversationId,
    /// Among whom it is, under the names that they have.
    pub circle: Circle,
    /// When something was last said or done in it.
    pub active_at: Timestamp,
    /// What was said last.
    pub preview: Option<Preview>,
    /// What others have said and the agent who is told has not read.
    pub unread: u32,
    /// That of it which names them.
    pub mentions: u32,
}
