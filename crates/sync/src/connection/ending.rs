//! How a connection ends, and what that means for the next one.

use protocol::{CloseCode, Code, Timestamp};

use super::{Act, Connection, State};
use crate::backoff;
use crate::env::Entropy;

/// Milliseconds over which clients that lost their socket at the same moment come back.
const SPREAD_MS: u64 = 1_000;

/// Milliseconds a server may ask a client to stay away.
const LONGEST_ASKED_MS: u64 = 60_000;

/// Milliseconds after which a connection counts as sound: what failed before it is forgotten.
const SOUND_MS: u64 = 10_000;

/// Credentials that may be refused in a row.
const RENEWALS: u32 = 2;

impl Connection {
    /// No credential, or no socket, could be had.
    pub(crate) fn unreachable(&mut self, code: Option<Code>, now: Timestamp, entropy: &mut Entropy) {
        if !matches!(self.state, State::Opening { .. }) {
            return;
        }
        match code {
            Some(code) if !code.is_retryable() => self.state = State::Refused(code),
            Some(_) | None => self.come_back(None, now, entropy),
        }
    }

    /// The socket is gone.
    pub(crate) fn closed(&mut self, number: u16, now: Timestamp, entropy: &mut Entropy) {
        if !self.has_socket() {
            return;
        }
        match CloseCode::from_number(number) {
            Some(
                code @ (CloseCode::Unauthenticated
                | CloseCode::Forbidden
                | CloseCode::NotFound
                | CloseCode::UpgradeRequired),
            ) => {
                self.turned_away(code.into(), None, now, entropy);
            }
            Some(
                CloseCode::Normal
                | CloseCode::TooBig
                | CloseCode::WrongKind
                | CloseCode::Zombie
                | CloseCode::BadFrames
                | CloseCode::SlowReader
                | CloseCode::Replaced
                | CloseCode::TooMany,
            )
            | None => {
                self.leave(now);
                self.come_back(None, now, entropy);
            }
        }
    }

    /// The server will close the socket: leaves before it does, for as long as it asks.
    pub(crate) fn bye(
        &mut self,
        code: Code,
        after: Option<u32>,
        now: Timestamp,
        entropy: &mut Entropy,
    ) -> Option<Act> {
        if !self.has_socket() {
            return None;
        }
        self.turned_away(code, after, now, entropy);
        Some(Act::Disconnect(CloseCode::Normal))
    }

    /// There is no use in trying again.
    pub(crate) fn refuse(&mut self, code: Code, now: Timestamp) -> Option<Act> {
        if !self.has_socket() {
            return None;
        }
        self.leave(now);
        self.drop_socket(State::Refused(code), CloseCode::Normal)
    }

    /// The socket is open and useless.
    pub(crate) fn give_up(&mut self, now: Timestamp, entropy: &mut Entropy) -> Option<Act> {
        self.leave(now);
        self.come_back(None, now, entropy);
        Some(Act::Disconnect(CloseCode::Zombie))
    }

    /// Takes note that a connection ended; one that was sound makes up for what failed before it.
    pub(super) fn leave(&mut self, now: Timestamp) {
        let State::Live { since, .. } = self.state else {
            return;
        };
        self.away_since = now;
        if now.since(since) >= SOUND_MS {
            self.failures = 0;
            self.renewals = 0;
        }
    }

    fn turned_away(&mut self, code: Code, after: Option<u32>, now: Timestamp, entropy: &mut Entropy) {
        self.leave(now);
        match code {
            Code::Unauthenticated => self.renew_credential(now, entropy),
            Code::Forbidden
            | Code::NotFound
            | Code::UpgradeRequired
            | Code::UnknownSite
            | Code::OriginNotAllowed
            | Code::IdentityRequired
            | Code::BadIdentity
            | Code::UnsupportedFile
            | Code::SecondFactorMissing => {
                self.state = State::Refused(code);
            }
            Code::BadFrame
            | Code::TooLarge
            | Code::Empty
            | Code::TooLong
            | Code::BadText
            | Code::OutOfOrder
            | Code::IdempotencyConflict
            | Code::RateLimited
            | Code::TooManySockets
            | Code::WrongSignIn
            | Code::AlreadySetUp
            | Code::Storage
            | Code::Unavailable
            | Code::Internal
            | Code::SecondFactorRequired
            | Code::ProofRequired
            | Code::LinkExpired
            | Code::WeakPassword
            | Code::BadField
            | Code::Taken
            | Code::InUse
            | Code::SignUpClosed
            | Code::TooLate
            | Code::Overtaken => self.come_back(after, now, entropy),
        }
    }

    /// Asks for another credential: at once the first time, after a wait the second, and then no more.
    fn renew_credential(&mut self, now: Timestamp, entropy: &mut Entropy) {
        self.renew = true;
        self.renewals += 1;
        if self.renewals > RENEWALS {
            self.state = State::Refused(Code::Unauthenticated);
        } else if self.renewals == 1 {
            self.state = State::Waiting { until: now, asked: true };
        } else {
            self.come_back(None, now, entropy);
        }
    }

    fn come_back(&mut self, asked: Option<u32>, now: Timestamp, entropy: &mut Entropy) {
        let first = self.failures == 0 && self.is_live();
        self.failures = self.failures.saturating_add(1);
        let asked_wait = asked.map(|wait| u64::from(wait).min(LONGEST_ASKED_MS));
        let wait = match asked_wait {
            // A server that sends everybody away again and again is not asked ever so often.
            Some(wait) => {
                let own = backoff::wait(self.failures, entropy);
                (wait + entropy.up_to(wait.max(SPREAD_MS))).max(own)
            }
            None if first => entropy.up_to(SPREAD_MS),
            None => backoff::wait(self.failures, entropy),
        };
        self.state = State::Waiting { until: now.plus(wait), asked: asked.is_some() };
    }
}
