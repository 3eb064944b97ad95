//! WebSockets over a bad network: frames of one socket stay in order unless a proxy mixes them up.

use std::collections::VecDeque;

use domain::conversation::Person;
use protocol::codec::Codec;

use crate::browser::ClientId;
use crate::object::Side;
use crate::rng::Rng;

/// Names a socket, for both ends; a later socket has a higher number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LinkId(pub(crate) u32);

/// An object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Conversation(usize),
    Workspace,
}

/// A message of a WebSocket.
pub(crate) use ::object::Message as Payload;

/// Whether a message is of the kind that a socket of this codec was opened for (PR5).
pub(crate) const fn is_of(payload: &Payload, codec: Codec) -> bool {
    match (payload, codec) {
        (Payload::Binary(_), Codec::Postcard) | (Payload::Text(_), Codec::Json) => true,
        (Payload::Binary(_), Codec::Json) | (Payload::Text(_), Codec::Postcard) => false,
    }
}

pub(crate) fn is_text(payload: &Payload, wanted: &str) -> bool {
    matches!(payload, Payload::Text(text) if text == wanted)
}

/// What travels in one direction.
#[derive(Debug, Clone)]
pub(crate) enum Packet {
    /// The answer to the upgrade.
    Opened,
    Frame(Payload),
    Close(u16),
}

/// One direction of a link.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) queue: VecDeque<Packet>,
    /// Nothing arrives before.
    pub(crate) free_at: i64,
    /// Milliseconds on the way, from and to.
    pub(crate) latency: (i64, i64),
    /// Whatever is sent is gone.
    pub(crate) is_silent: bool,
    /// Stalled: nothing comes out before.
    pub(crate) hold_until: i64,
}

impl Lane {
    fn new(latency: (i64, i64)) -> Self {
        Self { queue: VecDeque::new(), free_at: 0, latency, is_silent: false, hold_until: 0 }
    }

    /// Takes a packet on its way; returns when the next one arrives.
    pub(crate) fn push(&mut self, packet: Packet, now: i64, rng: &mut Rng) -> Option<i64> {
        if self.is_silent {
            return None;
        }
        self.queue.push_back(packet);
        let at = self.free_at.max(now + rng.between(self.latency.0, self.latency.1));
        self.free_at = at;
        Some(at)
    }
}

/// A socket between a client and an object.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) client: ClientId,
    pub(crate) target: Target,
    pub(crate) side: Side,
    pub(crate) codec: Codec,
    /// Whom the credential names, if it is meant to be good here.
    pub(crate) person: Option<Person>,
    pub(crate) credential: String,
    pub(crate) up: Lane,
    pub(crate) down: Lane,
    /// Whether the object has accepted it and was not told that it is gone.
    pub(crate) is_accepted: bool,
    /// Whether the client still listens.
    pub(crate) is_heard: bool,
    /// A proxy has lost something that was sent to the client: such a connection does not last.
    pub(crate) is_lossy: bool,
    /// Whether its credential is not good any more.
    pub(crate) is_expired: bool,
    /// Whether the client reads nothing, as a slow reader does.
    pub(crate) is_paused: bool,
}

impl Link {
    pub(crate) fn new(
        client: ClientId,
        target: Target,
        person: Option<Person>,
        codec: Codec,
        latencies: [(i64, i64); 2],
    ) -> Self {
        let [up, down] = latencies;
        Self {
            client,
            target,
            side: if matches!(person, Some(Person::Agent(_))) { Side::Agent } else { Side::Visitor },
            codec,
            person,
            credential: String::new(),
            up: Lane::new(up),
            down: Lane::new(down),
            is_accepted: false,
            is_heard: true,
            is_lossy: false,
            is_expired: false,
            is_paused: false,
        }
    }
}
