//! A conversation as its visitor reads it, on its way to a mail.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::seq::Timestamp;

/// A conversation, for its visitor to keep.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// What the site is called.
    pub site: String,
    /// What was said, in order, as it reads by now.
    pub lines: Vec<TranscriptLine>,
    /// Whether earlier lines are left out.
    pub is_cut: bool,
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    /// When.
    pub at: Timestamp,
    /// The name of the agent who said it; `None` for the visitor.
    pub agent: Option<String>,
    /// What; the name of a file that was sent; `None` if it was deleted.
    pub text: Option<String>,
}

/// A visitor asks for one, who may have another conversation open.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptWanted {
    /// Their token.
    pub credential: String,
}

/// What people write never reaches a log, nor does a credential.
impl fmt::Debug for Transcript {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Transcript").finish_non_exhaustive()
    }
}

impl fmt::Debug for TranscriptLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TranscriptLine").finish_non_exhaustive()
    }
}

impl fmt::Debug for TranscriptWanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TranscriptWanted").finish_non_exhaustive()
    }
}
