//! What a visitor answers, on its way to their conversation's object.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::http::question::Answer;
use crate::http::visit::Opening;
use crate::ids::TeamId;

/// A visitor answers what their site asks, judged already.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorAnswers {
    /// Their token.
    pub credential: String,
    /// What they say.
    pub answers: KeptAnswers,
}

/// What a visitor has answered, as it is kept with their conversation.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptAnswers {
    /// What they say.
    pub answers: Vec<Answer>,
    /// The team that they have chosen, if they have.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// What the visitor was shown and answers with their first message, if there was anything.
    #[serde(default)]
    pub opening: Option<Opening>,
}

/// What a visitor answers with their first message, as the Worker has found it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorOpening {
    /// Their token.
    pub credential: String,
    /// What they were shown.
    pub opening: Opening,
}

/// Neither a credential nor what a person says of themselves ever reaches a log.
impl fmt::Debug for VisitorAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitorAnswers").finish_non_exhaustive()
    }
}

impl fmt::Debug for VisitorOpening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitorOpening").finish_non_exhaustive()
    }
}

impl fmt::Debug for KeptAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeptAnswers").field("team", &self.team).finish_non_exhaustive()
    }
}
