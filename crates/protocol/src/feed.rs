//! Frames of the agents' feed: the list of conversations, live.

use serde::{Deserialize, Serialize};

use crate::availability::{AgentAvailability, AvailabilityChoice};
use crate::event::AgentProfile;
use crate::filter::FilterEntry;
use crate::frame::{Hello, Refusal};
use crate::ids::{AgentId, ConversationId, FilterId};
use crate::index::{IndexEntry, IndexPosition};
use crate::mention::MentionEntry;
use crate::private_chat::PrivateChatEntry;
use crate::reject::Code;
use crate::shelf::{ListView, SiteCounts};
use crate::team::TeamEntry;

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
    /// Asks for the entries of a view after a place in it.
    List {
        /// Which view.
        view: ListView,
        /// The last entry that the inbox has; from the most recently active one, without any.
        after: Option<IndexPosition>,
    },
    /// Says how available the agent is from now on.
    Choose(AvailabilityChoice),
    /// Says whether nobody uses this tab. One that says nothing is used.
    Idle {
        /// Whether that is so.
        is_idle: bool,
    },
    /// Says that the agent has seen a conversation in which they were named.
    SawMention {
        /// Which.
        conversation: ConversationId,
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
    /// Answers [`FeedRequest::List`].
    Listed {
        /// Which view.
        view: ListView,
        /// The next entries.
        entries: Vec<IndexEntry>,
        /// Whether there is more.
        more: bool,
    },
    /// How many conversations lie where: after the welcome, and whenever that changes. Replaces what was told before.
    Counts {
        /// Each site that has or had any.
        sites: Vec<SiteCounts>,
    },
    /// Somebody does not belong to the workspace any more, and what was theirs is nobody's.
    Left {
        /// Who.
        agent: AgentId,
    },
    /// The private chats of the agent who is told, most recently active first: after the welcome. Replaces what was told
    /// before.
    PrivateChats {
        /// At most [`crate::limits::PRIVATE_CHATS_TOLD`].
        chats: Vec<PrivateChatEntry>,
    },
    /// A private chat of theirs is new or has changed.
    PrivateChat(PrivateChatEntry),
    /// They are not in a private chat any more.
    PrivateChatLeft {
        /// Which.
        conversation: ConversationId,
    },
    /// The teams by name, with what lies with them: after the welcome, and whenever that changes. Replaces what was told
    /// before.
    Teams {
        /// Every team.
        teams: Vec<TeamEntry>,
    },
    /// What the agent has chosen to be: after the welcome, and whenever they choose, in whichever tab.
    Chosen(AvailabilityChoice),
    /// Who is how available: after the welcome everybody who is not offline, then whoever is so newly.
    Available {
        /// Each agent once.
        agents: Vec<AgentAvailability>,
    },
    /// The conversations in which a note names the agent, the newest mention first: after the welcome, and whenever that
    /// changes. Replaces what was told before.
    Mentions {
        /// At most [`crate::limits::MENTIONS_TOLD`].
        mentions: Vec<MentionEntry>,
    },
    /// The filters that the agent has, by name, with how many conversations fit: after the welcome, and whenever that is to be
    /// learnt anew. Replaces what was told before, also which conversations fit.
    Filters {
        /// The shared ones and their own.
        filters: Vec<FilterEntry>,
    },
    /// A conversation fits a filter that it did not fit, or the other way round.
    Filed {
        /// Which filter.
        filter: FilterId,
        /// Which conversation.
        conversation: ConversationId,
        /// Whether it fits.
        fits: bool,
    },
    /// How many conversations fit a filter.
    FilterCounted {
        /// Which filter.
        filter: FilterId,
        /// How many.
        entries: u32,
    },
}
