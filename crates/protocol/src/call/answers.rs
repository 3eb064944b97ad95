//! What a visitor answers, on its way to their conversation's object.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::http::question::Answer;

/// A visitor answers what their site asks, judged already.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorAnswers {
    /// Their token.
    pub credential: String,
    /// What they say.
    pub answers: Vec<Answer>,
}

/// Neither a credential nor what a person says of themselves ever reaches a log.
impl fmt::Debug for VisitorAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitorAnswers").finish_non_exhaustive()
    }
}
