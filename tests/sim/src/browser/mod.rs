//! Browsers: pages with their clients, and what the browser keeps for them.

mod engine;
mod storage;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::codec::Codec;
use protocol::{ClientMessageId, Epoch, Seq};

pub(crate) use engine::{
    Deed, Engine, Line, Press, Reaction, Shown, Signal, decode, encode, kept, submitted, waits,
};
pub(crate) use storage::{Mode, Name, Shelf};

use crate::network::{LinkId, Target};

/// Names a client: one engine of one page, or an adversary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClientId(pub(crate) u32);

/// Names a page as it was loaded once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageId(pub(crate) u32);

/// Who sits before a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    Visitor(usize),
    Agent(usize),
}

/// A page of the widget with one client, or an inbox with its feed and the conversations that are open.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) owner: Owner,
    pub(crate) clients: Vec<ClientId>,
    /// What this computer's clock is ahead of the world's.
    pub(crate) clock: i64,
    /// Timers fire late until then.
    pub(crate) throttled_until: i64,
    /// Nothing in it runs until then.
    pub(crate) frozen_until: i64,
}

/// An engine at work in a page.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) page: PageId,
    pub(crate) target: Target,
    pub(crate) engine: Engine,
    pub(crate) codec: Codec,
    pub(crate) link: Option<LinkId>,
    /// Counts connects and disconnects, so that an answer to an older connect is known as such.
    pub(crate) attempt: u32,
    /// The one timer that counts.
    pub(crate) timer: u64,
    /// Timers in a row at one moment.
    pub(crate) busy: (i64, u32),
    /// Positions that the person has seen, in the present life of the log.
    pub(crate) seen: u64,
    /// The life of the log that the latest welcome named.
    pub(crate) epoch: Option<Epoch>,
    /// The end of the log at that welcome.
    pub(crate) welcome_head: Seq,
    /// Own messages that were shown as stored, and where; without those that were given up.
    pub(crate) sent: BTreeMap<ClientMessageId, Seq>,
    /// Messages that it knows to be kept, or to have been.
    pub(crate) kept: BTreeSet<ClientMessageId>,
    /// Messages that it wrote itself.
    pub(crate) wrote: BTreeSet<ClientMessageId>,
    /// Messages that it must show until they are stored.
    pub(crate) holds: BTreeSet<ClientMessageId>,
    /// Whether it was told that it is the one that sends.
    pub(crate) is_sender: bool,
    /// What the browser has to tell it, in order.
    pub(crate) letters: VecDeque<Letter>,
}

/// What a browser tells a tab of the others.
#[derive(Debug, Clone)]
pub(crate) enum Letter {
    /// What is kept under the id of a message; nothing if it was removed.
    Stored(ClientMessageId, String),
    NotKept(ClientMessageId),
    Elected,
    Deposed,
}
