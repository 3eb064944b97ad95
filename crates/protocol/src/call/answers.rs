//! What a visitor answers, on its way to their conversation's object.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::http::question::Answer;
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
}

/// Neither a credential nor what a person says of themselves ever reaches a log.
impl fmt::Debug for VisitorAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitorAnswers").finish_non_exhaustive()
    }
}

impl fmt::Debug for KeptAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeptAnswers").field("team", &self.team).finish_non_exhaustive()
    }
}
