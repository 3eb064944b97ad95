//! Why a message waits for the person who wrote it.

use serde::{Deserialize, Serialize};

use crate::reject::Code;

/// Why a message is not stored and not on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The server does not take it.
    Refused(Code),
    /// The server had stored it and has it no longer: its storage was put back to an earlier moment.
    Lost,
}

impl Failure {
    /// Whether the text itself is at fault, so that the same message is refused however often it is sent.
    #[must_use]
    pub const fn is_in_the_text(self) -> bool {
        matches!(self, Self::Refused(Code::TooLong | Code::TooLarge | Code::BadText | Code::Empty))
    }
}
