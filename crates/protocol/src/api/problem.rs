//! Refusals, as RFC 9457 has them.

use serde::{Deserialize, Serialize};

use crate::reject::Code;

/// Why a request was refused. The list only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is no JSON.
    BadRequest,
    /// There is no key, or one that is unknown, revoked or expired.
    Unauthenticated,
    /// The key has not the scope, or who made it has not the right.
    Forbidden,
    /// It does not exist, or belongs to another workspace.
    NotFound,
    /// This address has no such method.
    MethodNotAllowed,
    /// There is no room for more of its kind.
    LimitReached,
    /// It has changed since the version that `If-Match` names.
    PreconditionFailed,
    /// The body is too large.
    TooLarge,
    /// The body is not `application/json`.
    UnsupportedMediaType,
    /// A field of the body, a parameter or a header is not what it should be; `param` names it.
    InvalidField,
    /// The `Idempotency-Key` was used with another request.
    IdempotencyConflict,
    /// Too many requests; `Retry-After` says how long to wait.
    RateLimited,
    /// A fault of ours.
    Internal,
    /// Something is away for the moment; the same request may be sent again.
    Unavailable,
    /// A message that can be changed no longer.
    Unchangeable,
}

impl ProblemCode {
    /// Every code, in the order of the list.
    pub const ALL: [Self; 15] = [
        Self::BadRequest,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::LimitReached,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidField,
        Self::IdempotencyConflict,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
        Self::Unchangeable,
    ];

    /// The status of such an answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::LimitReached | Self::Unchangeable => 409,
            Self::PreconditionFailed => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::InvalidField | Self::IdempotencyConflict => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::LimitReached => "limit_reached",
            Self::PreconditionFailed => "precondition_failed",
            Self::TooLarge => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::InvalidField => "invalid_field",
            Self::IdempotencyConflict => "idempotency_conflict",
            Self::RateLimited => "rate_limited",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::Unchangeable => "unchangeable",
        }
    }

    /// A few words on it, the same for every such answer.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The body is not JSON",
            Self::Unauthenticated => "No key that is good",
            Self::Forbidden => "Not allowed with this key",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "No such method here",
            Self::LimitReached => "No room for more",
            Self::PreconditionFailed => "Changed meanwhile",
            Self::TooLarge => "Too large",
            Self::UnsupportedMediaType => "The body must be application/json",
            Self::InvalidField => "Something is not what it should be",
            Self::IdempotencyConflict => "Idempotency key used for another request",
            Self::RateLimited => "Too many requests",
            Self::Internal => "A fault of ours",
            Self::Unavailable => "Away for the moment",
            Self::Unchangeable => "Changed no longer",
        }
    }

    /// A sentence that says what to do, the same for every such answer.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::BadRequest => "The body of the request cannot be read as JSON.",
            Self::Unauthenticated => {
                "Send a key of this workspace as `Authorization: Bearer sk_…`. A key ends when it is revoked, expires, or its maker leaves."
            }
            Self::Forbidden => "The key lacks the scope of this operation, or its maker lacks the right.",
            Self::NotFound => "Nothing of this name belongs to the workspace of the key.",
            Self::MethodNotAllowed => "The header `Allow` names the methods of this address.",
            Self::LimitReached => "The workspace has as many of these as it can have.",
            Self::PreconditionFailed => {
                "It is not what `If-Match` names any more. Read it again, then decide."
            }
            Self::TooLarge => "The body of the request is larger than 128 KiB.",
            Self::UnsupportedMediaType => "Send the body as `Content-Type: application/json`.",
            Self::InvalidField => {
                "`param` names the field, the parameter or the header that is missing, unknown or not what the documentation says."
            }
            Self::IdempotencyConflict => {
                "This `Idempotency-Key` was sent with another request. Use a new one for each thing to be done."
            }
            Self::RateLimited => "Wait as long as `Retry-After` says, in seconds.",
            Self::Internal => {
                "This is our mistake. The same request may succeed later; tell us the `request_id` if it does not."
            }
            Self::Unavailable => "The same request may be sent again in a moment.",
            Self::Unchangeable => {
                "A message can be changed and deleted for 24 hours after it was written. What is deleted, and a file, has no text to change."
            }
        }
    }
}

impl From<Code> for ProblemCode {
    fn from(code: Code) -> Self {
        match code {
            Code::BadFrame => Self::BadRequest,
            Code::Unauthenticated => Self::Unauthenticated,
            Code::Forbidden | Code::ProofRequired | Code::SecondFactorMissing | Code::InUse => {
                Self::Forbidden
            }
            Code::NotFound => Self::NotFound,
            Code::TooLarge => Self::LimitReached,
            Code::Empty | Code::TooLong | Code::BadText | Code::BadField => Self::InvalidField,
            Code::IdempotencyConflict => Self::IdempotencyConflict,
            Code::RateLimited => Self::RateLimited,
            Code::TooLate => Self::Unchangeable,
            Code::Storage | Code::Unavailable | Code::OutOfOrder => Self::Unavailable,
            Code::Internal
            | Code::UpgradeRequired
            | Code::TooManySockets
            | Code::UnknownSite
            | Code::OriginNotAllowed
            | Code::WrongSignIn
            | Code::AlreadySetUp
            | Code::SecondFactorRequired
            | Code::LinkExpired
            | Code::WeakPassword
            | Code::Taken
            | Code::SignUpClosed
            | Code::IdentityRequired
            | Code::BadIdentity
            | Code::UnsupportedFile
            | Code::Overtaken => Self::Internal,
        }
    }
}

/// The body of every refusal (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Where the documentation speaks of it.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uri-reference")))]
    pub kind: String,
    /// A few words.
    pub title: String,
    /// The status of the answer.
    #[cfg_attr(feature = "schema", schemars(range(min = 400, max = 599)))]
    pub status: u16,
    /// A sentence for a person.
    pub detail: String,
    /// What to decide by.
    pub code: ProblemCode,
    /// The field, parameter or header at fault, where it is one.
    pub param: Option<String>,
    /// What to name to us.
    pub request_id: String,
}

impl Problem {
    /// The refusal of a request.
    #[must_use]
    pub fn new(code: ProblemCode, param: Option<String>, request_id: String) -> Self {
        Self {
            kind: format!("/docs/api#{}", code.name()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: code.detail().to_owned(),
            code,
            param,
            request_id,
        }
    }
}
