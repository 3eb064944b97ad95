//! What the engine wants done.

use protocol::{Audience, ClientFrame, ClientMessageId, CloseCode, FeedRequest, SavedMessage, Timestamp};

use crate::connection::Act;

/// What comes out of one call: run the effects in order, all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<E> {
    /// What to do.
    pub effects: Vec<E>,
    /// When to call again with `Woke`, by the clock of [`crate::Env`]; replaces what an earlier step said.
    pub wake_at: Option<Timestamp>,
    /// Whether the view may be another than before.
    pub changed: bool,
}

/// What a [`crate::Conversation`] wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect<A: Audience> {
    /// Get a credential and open a socket; whatever is left of an earlier socket or attempt is dropped silently.
    Connect {
        /// Whether the credential that was used last is not good any more.
        renew: bool,
    },
    /// Send a frame on the open socket.
    Transmit(ClientFrame<A::Command>),
    /// Send the text `ping` on the open socket.
    Ping,
    /// Close the socket, or give up opening it; nothing more is reported about it.
    Disconnect(CloseCode),
    /// Keep a message where every tab of this person finds it, in place of what was kept under its id; say
    /// [`crate::Input::NotKept`] if that cannot be done. Comes before the frames that rely on it.
    Keep(SavedMessage<A::Command>),
    /// Remove what was kept under an id, if anything.
    Drop(ClientMessageId),
    /// Say [`crate::Input::Elected`] once this tab is the only one of the person's that sends; at once where tabs cannot
    /// know of each other. May be said again: then as well.
    Contend {
        /// Whether to depose the tab that is the sender.
        steal: bool,
    },
}

/// What a [`crate::Feed`] wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum FeedEffect {
    /// Get a ticket and open a socket; whatever is left of an earlier socket or attempt is dropped silently.
    Connect {
        /// Whether the credential that was used last is not good any more.
        renew: bool,
    },
    /// Send a frame on the open socket.
    Transmit(FeedRequest),
    /// Send the text `ping` on the open socket.
    Ping,
    /// Close the socket, or give up opening it; nothing more is reported about it.
    Disconnect(CloseCode),
}

impl<A: Audience> From<Act> for Effect<A> {
    fn from(act: Act) -> Self {
        match act {
            Act::Connect { renew } => Self::Connect { renew },
            Act::Ping => Self::Ping,
            Act::Disconnect(code) => Self::Disconnect(code),
        }
    }
}

impl From<Act> for FeedEffect {
    fn from(act: Act) -> Self {
        match act {
            Act::Connect { renew } => Self::Connect { renew },
            Act::Ping => Self::Ping,
            Act::Disconnect(code) => Self::Disconnect(code),
        }
    }
}
