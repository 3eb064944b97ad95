//! The HTTP routes that the inbox calls. Answers are JSON, refusals are a [`Problem`].

pub(crate) mod account;
pub(crate) mod api_keys;
pub(crate) mod blocking;
pub(crate) mod canned;
pub(crate) mod contacts;
pub(crate) mod ended;
mod exchange;
pub(crate) mod filters;
pub(crate) mod handling;
pub(crate) mod passkeys;
pub(crate) mod private_chats;
pub(crate) mod proof;
pub(crate) mod sites;
pub(crate) mod sockets;
pub(crate) mod teams;
pub(crate) mod visits;
pub(crate) mod workspace;

use protocol::Code;
use protocol::http::Problem;

/// Why a request has no good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server refused it.
    Refused(Problem),
    /// Nobody answered, or something that is not our server did.
    Unreachable,
    /// The answer did not come in time.
    Silent,
    /// It needed a proof of who asks, and the person gave none.
    Unproven,
}

impl Failure {
    /// Whether there is no session, or none that is still good.
    pub(crate) const fn is_signed_out(self) -> bool {
        matches!(self, Self::Refused(Problem { code: Code::Unauthenticated, .. }))
    }

    /// Whether the thing does not exist for who asks, or is not theirs to see.
    pub(crate) const fn is_out_of_reach(self) -> bool {
        matches!(self, Self::Refused(Problem { code: Code::NotFound | Code::Forbidden, .. }))
    }

    /// The server's code, if it was the server that answered.
    pub(crate) const fn code(self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Silent | Self::Unproven => None,
        }
    }

    /// Milliseconds to wait, where the server said so.
    pub(crate) const fn retry_after(self) -> Option<u32> {
        match self {
            Self::Refused(problem) => problem.retry_after,
            Self::Unreachable | Self::Silent | Self::Unproven => None,
        }
    }
}
