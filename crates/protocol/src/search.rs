//! Finding what was said: what a conversation tells its workspace of its words, what is asked, and what is found.

use serde::{Deserialize, Serialize};

use crate::event::{Author, Status};
use crate::ids::SiteId;
use crate::index::IndexEntry;
use crate::report::Milestone;
use crate::seq::{Seq, Timestamp};

/// The words of a stretch of a log. Telling it twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The position after which it begins.
    pub after: Seq,
    /// Its last position.
    pub upto: Seq,
    /// What was said in it, as it reads now; with what was changed in it, wherever that stands.
    pub lines: Vec<PassageLine>,
    /// What happened in it that reports count.
    pub milestones: Vec<Milestone>,
}

/// A message, a note or the name of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageLine {
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// Whether agents alone may read it.
    pub is_private: bool,
    /// The words; `None` once they are deleted.
    pub text: Option<String>,
}

/// What an agent looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// The words, as typed: all of them must be there, each may go on; what stands in quotation marks stands so.
    pub text: String,
    /// Where to look; everywhere without it.
    #[serde(default)]
    pub within: Option<SearchField>,
    /// In conversations of this site only.
    #[serde(default)]
    pub site: Option<SiteId>,
    /// In conversations that stand so only.
    #[serde(default)]
    pub status: Option<Status>,
    /// Said at this time or later.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// Said before this time.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// Further results, after a page that gave this as its `next`.
    #[serde(default)]
    pub after: Option<SearchPosition>,
}

/// Where words can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchField {
    /// In messages, and in the names of files that both sides see.
    Messages,
    /// In notes, and in the names of files that only agents see.
    Notes,
    /// In the names and addresses of those who were talked to.
    Contacts,
}

/// A place in the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SearchPosition(pub u64);

/// Results, those of the latest passages first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// What was found.
    pub found: Vec<FoundConversation>,
    /// Where to go on, if there may be more.
    pub next: Option<SearchPosition>,
}

/// A conversation in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundConversation {
    /// As it stands in the list.
    pub entry: IndexEntry,
    /// Who it is with, if that was found.
    pub contact: Vec<Snippet>,
    /// Some of the lines in which something was found, in their order.
    pub lines: Vec<FoundLine>,
}

/// A line in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// Whether agents alone may read it.
    pub is_private: bool,
    /// The part of it in which something was found.
    pub text: Vec<Snippet>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}
