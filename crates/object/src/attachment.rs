//! What is kept with a socket, since the object may be evicted after every message.

use domain::conversation::{Marks, Person, Seat};
use domain::workspace::Attention;
use protocol::codec::Codec;
use protocol::{AgentId, AvailabilityChoice, Epoch, Nonce, Page, ReadMarks, Seq, TabId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::credential::Credential;

/// Which kind of socket an object was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// A visitor's.
    Visitor,
    /// An agent's.
    Agent,
}

/// What is kept with a socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which kind it is.
    pub side: Side,
    /// How its frames are written.
    pub codec: Codec,
    /// When it was accepted.
    pub opened_at: Timestamp,
    /// How many messages in a row were no frames, since a moment.
    pub bad_frames: u32,
    /// That moment.
    pub bad_since: Timestamp,
    /// With which ticket an agent's was opened.
    pub spent: Option<SpentTicket>,
    /// Who said hello; `None` before, and after another socket took its place.
    pub seated: Option<Seated>,
    /// What of the conversation is not stored yet.
    pub kept: Option<Kept>,
    /// Of a feed: how available its agent wants to be.
    pub choice: AvailabilityChoice,
    /// Of a feed: whether nobody uses its tab.
    pub is_idle: bool,
}

/// A ticket that opened a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpentTicket {
    /// Names it.
    pub nonce: Nonce,
    /// Until when it would be good.
    pub expires_at: Timestamp,
}

/// What of a conversation changes too often for a row each time (SPEC ST12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The life of the log that the rest is about.
    pub epoch: Epoch,
    /// How far both sides have read, in the agents' sequence.
    pub sides: ReadMarks,
    /// How far each member of a private chat has read.
    pub each: Vec<(AgentId, Seq)>,
    /// The revision of the newest digest that the workspace knows.
    pub told: u64,
    /// The head of the log of which it is in doubt what the workspace was told; [`Seq::START`] if of none.
    pub in_doubt: Seq,
}

impl Kept {
    /// Both in one, if they are about the same life of the log.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        (self.epoch == other.epoch).then(|| {
            let mut marks = self.marks();
            marks.grow(&other.marks());
            Self {
                epoch: self.epoch,
                sides: marks.sides,
                each: marks.each.into_iter().collect(),
                told: self.told.max(other.told),
                in_doubt: self.in_doubt.min(other.in_doubt),
            }
        })
    }

    /// How far everybody has read.
    #[must_use]
    pub fn marks(&self) -> Marks {
        Marks { sides: self.sides, each: self.each.iter().copied().collect() }
    }
}

/// Who a socket belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seated {
    /// What they brought.
    pub credential: Credential,
    /// In which tab.
    pub tab: TabId,
    /// Where a visitor is.
    pub page: Option<Page>,
}

impl Attachment {
    /// That of a socket which has not said anything yet.
    #[must_use]
    pub const fn new(side: Side, codec: Codec, opened_at: Timestamp) -> Self {
        Self {
            side,
            codec,
            opened_at,
            bad_frames: 0,
            bad_since: Timestamp(0),
            spent: None,
            seated: None,
            kept: None,
            choice: AvailabilityChoice::Online,
            is_idle: false,
        }
    }

    /// Whether somebody is there at a feed.
    #[must_use]
    pub const fn attention(&self) -> Attention {
        Attention { choice: self.choice, is_idle: self.is_idle }
    }

    /// Who said hello.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        self.seated.as_ref().map(|seated| seated.credential.person())
    }
}

impl Seated {
    /// The same in the words of the rules.
    #[must_use]
    pub fn seat(&self) -> Seat {
        Seat { principal: self.credential.principal(), tab: self.tab, page: self.page.clone() }
    }
}
