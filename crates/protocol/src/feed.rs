//! Frames of the agents' feed: the list of conversations, live.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::frame::{Hello, Refusal};
use crate::index::{IndexEntry, IndexPosition};
use crate::reject::Code;

/// What an inbox asks of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FeedRequest {
    /// Must come first and only once.
    Hello(Hello),
    /// Asks for the entries after a place in the list.
    More {
        /// The last entry that the inbox has.
        after: IndexPosition,
    },
}

/// What the feed tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedFrame {
    /// The hello was accepted; replaces all that the inbox knew.
    Welcome {
        /// Who the server takes the client for.
        me: AgentProfile,
        /// The first page, most recently active first.
        entries: Vec<IndexEntry>,
        /// Whether there is more.
        more: bool,
    },
    /// Answers [`FeedRequest::More`].
    Page {
        /// The next entries.
        entries: Vec<IndexEntry>,
        /// Whether there is more.
        more: bool,
    },
    /// An entry is new or has changed.
    Changed(IndexEntry),
    /// A frame was refused.
    Refused(Refusal),
    /// The socket will be closed.
    Bye {
        /// Why.
        code: Code,
        /// Milliseconds the client should wait before it comes back.
        after: u32,
    },
}
