//! What a caller can do wrong: one closed list of codes. No other error text leaves the server.

use core::fmt;

use serde::{Deserialize, Serialize};

/// Why something was refused (SPEC, section "Codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The bytes are no frame or body of this protocol.
    BadFrame,
    /// A frame, body or field is larger than its limit.
    TooLarge,
    /// No credential, or one that is not good.
    Unauthenticated,
    /// The thing does not exist, or the caller may not know that it does.
    NotFound,
    /// The caller is known and may not do this.
    Forbidden,
    /// A message without anything visible.
    Empty,
    /// A message over its limit.
    TooLong,
    /// A message with control characters.
    BadText,
    /// An earlier message of the same outbox is not stored yet.
    OutOfOrder,
    /// The same client message id with another content.
    IdempotencyConflict,
    /// Too many in too short a time; `retry_after` says how long to wait.
    RateLimited,
    /// A version of the protocol that this server does not speak.
    UpgradeRequired,
    /// More sockets than one person may have open.
    TooManySockets,
    /// No site has this key.
    UnknownSite,
    /// The site does not list the page's origin.
    OriginNotAllowed,
    /// The e-mail address or the password is wrong.
    WrongSignIn,
    /// The workspace or account exists.
    AlreadySetUp,
    /// Storage failed; the same request may be sent again.
    Storage,
    /// Something this needs is not there at the moment.
    Unavailable,
    /// A fault of ours.
    Internal,
    /// The password is right, and the code of the second factor is missing or wrong.
    SecondFactorRequired,
    /// The person must prove again who they are, since the last proof is older than ten minutes.
    ProofRequired,
    /// The link or the invitation is unknown, used, revoked or too old.
    LinkExpired,
    /// A password that is too short or too common.
    WeakPassword,
    /// An e-mail address, a name, an origin or another field that is not what it should be.
    BadField,
    /// Something of this name, or for this address, is there.
    Taken,
    /// The thing is in use, or is the last of its kind, and cannot go.
    InUse,
    /// New accounts are made by invitation only.
    SignUpClosed,
    /// The site asks for a proof of who the visitor is.
    IdentityRequired,
    /// The proof of who the visitor is, is not good.
    BadIdentity,
    /// The message is too old to be edited or deleted.
    TooLate,
    /// A file of a kind that is not taken.
    UnsupportedFile,
    /// The workspace asks for a second factor, and the person has set up none.
    SecondFactorMissing,
    /// Something came before a reply that its author had not seen.
    Overtaken,
}

impl Code {
    /// Whether the same request can succeed later without being changed.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::OutOfOrder
                | Self::RateLimited
                | Self::TooManySockets
                | Self::Storage
                | Self::Unavailable
                | Self::Internal
        )
    }

    /// The HTTP status that goes with this code.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::BadFrame | Self::Empty | Self::BadText | Self::WeakPassword | Self::BadField => 400,
            Self::Unauthenticated
            | Self::WrongSignIn
            | Self::SecondFactorRequired
            | Self::IdentityRequired
            | Self::BadIdentity => 401,
            Self::Forbidden
            | Self::OriginNotAllowed
            | Self::ProofRequired
            | Self::SignUpClosed
            | Self::SecondFactorMissing => 403,
            Self::NotFound | Self::UnknownSite | Self::LinkExpired => 404,
            Self::OutOfOrder
            | Self::IdempotencyConflict
            | Self::AlreadySetUp
            | Self::Taken
            | Self::InUse
            | Self::TooLate
            | Self::Overtaken => 409,
            Self::TooLarge | Self::TooLong => 413,
            Self::UnsupportedFile => 415,
            Self::UpgradeRequired => 426,
            Self::RateLimited | Self::TooManySockets => 429,
            Self::Internal => 500,
            Self::Storage | Self::Unavailable => 503,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

impl core::error::Error for Code {}

/// The caller's fault, as the server answers it: changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// What is wrong.
    pub code: Code,
    /// Milliseconds after which the same request may succeed, where that is known.
    pub retry_after: Option<u32>,
}

impl From<Code> for Reject {
    fn from(code: Code) -> Self {
        Self { code, retry_after: None }
    }
}

/// Why a socket was closed (the close codes of RFC 6455, private range from 4000).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseCode {
    /// The client is done.
    Normal,
    /// A frame over [`crate::limits::FRAME_BYTES`].
    TooBig,
    /// Text where bytes were agreed, or the other way round.
    WrongKind,
    /// The client heard nothing for too long and gave up on the socket.
    Zombie,
    /// Bad frames again and again.
    BadFrames,
    /// No hello in time, or a credential that is not good.
    Unauthenticated,
    /// The right was withdrawn, or a frame that this side may never send.
    Forbidden,
    /// No such conversation for this caller.
    NotFound,
    /// The client reads too slowly.
    SlowReader,
    /// The same tab has a newer socket.
    Replaced,
    /// A version of the protocol that this server does not speak.
    UpgradeRequired,
    /// Too many sockets or frames.
    TooMany,
}

impl CloseCode {
    const ALL: [(Self, u16); 12] = [
        (Self::Normal, 1000),
        (Self::TooBig, 1009),
        (Self::WrongKind, 1003),
        (Self::Zombie, 4000),
        (Self::BadFrames, 4400),
        (Self::Unauthenticated, 4401),
        (Self::Forbidden, 4403),
        (Self::NotFound, 4404),
        (Self::SlowReader, 4408),
        (Self::Replaced, 4409),
        (Self::UpgradeRequired, 4426),
        (Self::TooMany, 4429),
    ];

    /// The number on the wire.
    #[must_use]
    pub fn number(self) -> u16 {
        Self::ALL.iter().find(|(code, _)| *code == self).map_or(1000, |(_, number)| *number)
    }

    /// The code of a number on the wire; `None` for every other, which only means that the connection is gone.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.iter().find(|(_, other)| *other == number).map(|(code, _)| *code)
    }
}
