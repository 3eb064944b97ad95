//! The connection of a conversation or a feed: when to connect, when to give a socket up, when to come back.

mod ending;

use protocol::{CloseCode, Code, Timestamp};

use crate::env::Entropy;
use crate::view::ConnectionBadge;

/// Milliseconds within which a socket must open, and within which a hello must be answered.
const OPEN_MS: u64 = 10_000;

/// Milliseconds between two pings.
const PING_MS: u64 = 15_000;

/// Milliseconds within which something must be heard after a ping.
const PONG_MS: u64 = 10_000;

/// Milliseconds of being away that are not worth a word.
const UNNOTICED_MS: u64 = 2_000;

/// What the connection wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Connect { renew: bool },
    Ping,
    Disconnect(CloseCode),
}

/// The state of a connection. Every method that takes the time takes that of [`crate::clock::Clock`].
#[derive(Debug)]
pub(crate) struct Connection {
    state: State,
    /// Whether the last credential is not good any more.
    renew: bool,
    renewals: u32,
    failures: u32,
    was_live: bool,
    away_since: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    /// Between two sockets; `asked` if it was the server that said how long.
    Waiting {
        until: Timestamp,
        asked: bool,
    },
    /// A socket is being opened.
    Opening {
        until: Timestamp,
    },
    /// The hello is not answered yet.
    Greeting {
        until: Timestamp,
    },
    Live {
        since: Timestamp,
        ping_at: Timestamp,
        pong_by: Option<Timestamp>,
    },
    Refused(Code),
}

impl Connection {
    pub(crate) const fn new(now: Timestamp) -> Self {
        Self { state: State::Idle, renew: false, renewals: 0, failures: 0, was_live: false, away_since: now }
    }

    /// Tells whether the hello was accepted.
    pub(crate) const fn is_live(&self) -> bool {
        matches!(self.state, State::Live { .. })
    }

    /// Tells whether the hello waits for its answer.
    pub(crate) const fn is_greeting(&self) -> bool {
        matches!(self.state, State::Greeting { .. })
    }

    pub(crate) fn badge(&self, now: Timestamp) -> ConnectionBadge {
        match self.state {
            State::Refused(code) => ConnectionBadge::Refused(code),
            State::Live { .. } => ConnectionBadge::Connected,
            State::Idle => ConnectionBadge::Connecting,
            State::Waiting { .. } | State::Opening { .. } | State::Greeting { .. } => {
                self.badge_of_absence(now)
            }
        }
    }

    fn badge_of_absence(&self, now: Timestamp) -> ConnectionBadge {
        let noticed = now >= self.away_since.plus(UNNOTICED_MS);
        match (self.was_live, noticed) {
            (true, false) => ConnectionBadge::Connected,
            (true, true) => ConnectionBadge::Reconnecting,
            (false, true) if self.failures > 0 => ConnectionBadge::Reconnecting,
            (false, _) => ConnectionBadge::Connecting,
        }
    }

    /// Returns when to call [`Self::woke`], or to look at [`Self::badge`] again.
    pub(crate) fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        let noticed = Some(self.away_since.plus(UNNOTICED_MS)).filter(|at| now < *at);
        match self.state {
            State::Idle | State::Refused(_) => None,
            State::Waiting { until, .. } | State::Opening { until } | State::Greeting { until } => {
                Some(noticed.map_or(until, |noticed| noticed.min(until)))
            }
            State::Live { ping_at, pong_by, .. } => Some(pong_by.map_or(ping_at, |by| by.min(ping_at))),
        }
    }

    pub(crate) fn start(&mut self, now: Timestamp) -> Option<Act> {
        match self.state {
            State::Idle | State::Refused(_) => {
                self.renewals = 0;
                self.failures = 0;
                self.was_live = false;
                self.away_since = now;
                Some(self.connect(now))
            }
            State::Waiting { .. } | State::Opening { .. } | State::Greeting { .. } | State::Live { .. } => {
                None
            }
        }
    }

    pub(crate) fn stop(&mut self, now: Timestamp) -> Option<Act> {
        self.leave(now);
        self.drop_socket(State::Idle, CloseCode::Normal)
    }

    /// Returns whether a hello is due.
    pub(crate) fn opened(&mut self, now: Timestamp) -> bool {
        let opening = matches!(self.state, State::Opening { .. });
        if opening {
            self.state = State::Greeting { until: now.plus(OPEN_MS) };
        }
        opening
    }

    /// The hello was accepted.
    pub(crate) fn welcomed(&mut self, now: Timestamp) {
        self.state = State::Live { since: now, ping_at: now.plus(PING_MS), pong_by: None };
        self.was_live = true;
        self.renew = false;
    }

    /// Something came, so that the socket is no zombie.
    pub(crate) const fn heard(&mut self) {
        if let State::Live { pong_by, .. } = &mut self.state {
            *pong_by = None;
        }
    }

    /// The network may be back: does not wait any longer, and looks whether the socket still answers.
    pub(crate) fn network_back(&mut self, now: Timestamp) -> Option<Act> {
        match &mut self.state {
            State::Waiting { asked: false, .. } => {
                self.failures = 0;
                Some(self.connect(now))
            }
            State::Live { ping_at, pong_by: pong_by @ None, .. } => {
                *ping_at = now.plus(PING_MS);
                *pong_by = Some(now.plus(PONG_MS));
                Some(Act::Ping)
            }
            State::Idle
            | State::Waiting { .. }
            | State::Opening { .. }
            | State::Greeting { .. }
            | State::Live { .. }
            | State::Refused(_) => None,
        }
    }

    /// Does what is due.
    pub(crate) fn woke(&mut self, now: Timestamp, entropy: &mut Entropy) -> Option<Act> {
        match &mut self.state {
            State::Waiting { until, .. } if *until <= now => Some(self.connect(now)),
            State::Opening { until } | State::Greeting { until } if *until <= now => {
                self.give_up(now, entropy)
            }
            State::Live { pong_by: Some(by), .. } if *by <= now => self.give_up(now, entropy),
            State::Live { ping_at, pong_by, .. } if *ping_at <= now => {
                *ping_at = now.plus(PING_MS);
                pong_by.get_or_insert(now.plus(PONG_MS));
                Some(Act::Ping)
            }
            State::Idle
            | State::Waiting { .. }
            | State::Opening { .. }
            | State::Greeting { .. }
            | State::Live { .. }
            | State::Refused(_) => None,
        }
    }

    const fn has_socket(&self) -> bool {
        matches!(self.state, State::Opening { .. } | State::Greeting { .. } | State::Live { .. })
    }

    fn connect(&mut self, now: Timestamp) -> Act {
        self.state = State::Opening { until: now.plus(OPEN_MS) };
        Act::Connect { renew: self.renew }
    }

    fn drop_socket(&mut self, next: State, code: CloseCode) -> Option<Act> {
        let act = self.has_socket().then_some(Act::Disconnect(code));
        self.state = next;
        act
    }
}
