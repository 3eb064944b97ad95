//! What a screen shows: plain data, read after a step that says `changed`.

use core::fmt;
use std::collections::BTreeMap;

use protocol::{
    AgentId, AgentProfile, Audience, Author, Availability, AvailabilityChoice, ClientMessageId, Code,
    ConversationId, Failure, FilterEntry, IndexEntry, ListView, PrivateChatEntry, Seq, SiteCounts, Status,
    TeamEntry, Timestamp,
};

/// All there is to show of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct View<A: Audience> {
    /// What was said and done, in the order of the log; then what is not known to be stored, in the order written.
    pub items: Vec<Item<A::Kind>>,
    /// How it stands with the server.
    pub connection: ConnectionBadge,
    /// Where the conversation stands.
    pub status: Status,
    /// Who the server takes this client for; unknown before the first welcome.
    pub me: Option<Author>,
    /// Everybody else who types, the latest to say so last.
    pub typing: Vec<Writing>,
    /// What is known of the other side, possibly from before a connection was lost.
    pub presence: A::Presence,
    /// Messages of the other side, among the items, that this side has not seen.
    pub unread: u32,
    /// The newest position that is shown; what [`crate::Input::Seen`] takes when all of it was seen.
    pub head: Seq,
    /// Whether there is something older than the first item.
    pub more_above: bool,
    /// Whether that is on its way.
    pub loading_older: bool,
    /// Items that are not known to be stored and have not failed.
    pub unsent: usize,
    /// Items that are not known to be stored and could not be kept. Warn before the page is left while there are any.
    pub unkept: usize,
}

/// Somebody who types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Who.
    pub author: Author,
    /// Whether it is for their colleagues only.
    pub is_note: bool,
}

/// One line of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<K> {
    /// Names the item for good: the same from the first echo to the stored event.
    pub key: ItemKey,
    /// Who it is by. [`Author::System`] for this person's own item as long as [`View::me`] is unknown: see `mine`.
    pub author: Author,
    /// Whether it is by this person.
    pub mine: bool,
    /// What it is.
    pub kind: K,
    /// When it was stored, by the server's clock; when it was written, by the client's, before that.
    pub at: Timestamp,
    /// How far it got.
    pub state: SendState,
    /// Names it towards [`crate::Input::Retry`] and [`crate::Input::Discard`].
    pub client_message_id: ClientMessageId,
    /// Where in the log it is, once that is known.
    pub seq: Option<Seq>,
    /// Up to where its author had seen the log, of a reply that is not known to be stored (SPEC CV30).
    pub seen: Option<Seq>,
}

/// The key of an item in a list: as text, letters, digits and a dash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// Whose item it is.
    pub person: Person,
    /// The id that this person chose.
    pub client_message_id: ClientMessageId,
}

/// Who an item is by, seen from this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// This person, in this tab or another.
    Me,
    /// The visitor.
    Visitor,
    /// Another agent.
    Agent(AgentId),
    /// Porchlight itself.
    System,
}

/// How far an item got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendState {
    /// Written, and not known to be stored.
    Sending,
    /// Stored.
    Sent,
    /// Read by the other side. Only items of this side that the other side can see get here.
    Seen,
    /// Refused for good, or lost by the server; stays until it is sent again or discarded.
    Failed(Failure),
}

/// How it stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionBadge {
    /// Not connected for the first time yet, and nothing speaks against it.
    Connecting,
    /// Connected, or lost so recently that it is not worth a word.
    Connected,
    /// The server is away; the engine keeps trying.
    Reconnecting,
    /// The server does not want this client; the engine waits for [`crate::Input::Start`].
    Refused(Code),
}

/// That the agent was named in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mentioned {
    /// When last.
    pub at: Timestamp,
    /// Whether they have not seen the conversation since.
    pub is_unread: bool,
}

/// All there is to show of an inbox's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// The conversations of the view that is shown, most recently active first; of mentions, the newest mention first.
    pub entries: Vec<IndexEntry>,
    /// Every conversation that is known, in no order.
    pub known: BTreeMap<ConversationId, IndexEntry>,
    /// How many there are of each site, as far as the server has told.
    pub counts: Option<Vec<SiteCounts>>,
    /// The agent's private chats, most recently active first.
    pub private_chats: Vec<PrivateChatEntry>,
    /// The teams, by name.
    pub teams: Vec<TeamEntry>,
    /// Where the agent was named by another one.
    pub mentions: BTreeMap<ConversationId, Mentioned>,
    /// The filters of the agent, by name, with how many conversations fit.
    pub filters: Vec<FilterEntry>,
    /// What the agent has chosen to be.
    pub choice: AvailabilityChoice,
    /// How available everybody is who is not offline, oneself as others see it.
    pub available: BTreeMap<AgentId, Availability>,
    /// The view that is shown; all conversations, without one.
    pub shown: Option<ListView>,
    /// How it stands with the server.
    pub connection: ConnectionBadge,
    /// Who the server takes this client for; unknown before the first welcome.
    pub me: Option<AgentProfile>,
    /// Whether the list goes on.
    pub more: bool,
    /// Whether its next part is on its way.
    pub loading: bool,
    /// How often the server has let this client in. Each time may be with other rights (SPEC AC7), however short the absence
    /// before it, which [`Self::connection`] does not tell.
    pub welcomes: u32,
}

impl Person {
    /// Tells who an author is to this client.
    pub(crate) fn of(author: &Author, me: Option<&Author>) -> Self {
        match author {
            _ if me.is_some_and(|me| me.is_same_person(author)) => Self::Me,
            Author::Visitor => Self::Visitor,
            Author::Agent(agent) => Self::Agent(agent.id),
            Author::System => Self::System,
        }
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.person {
            Person::Me => formatter.write_str("me")?,
            Person::Visitor => formatter.write_str("visitor")?,
            Person::Agent(agent) => fmt::Display::fmt(agent, formatter)?,
            Person::System => formatter.write_str("system")?,
        }
        formatter.write_str("-")?;
        fmt::Display::fmt(&self.client_message_id, formatter)
    }
}
