//! Calls to the object that counts what comes from one part of the network.

use serde::{Deserialize, Serialize};

/// What can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RateCall {
    /// Begins an attempt, which counts from now on.
    Take(Budget),
    /// The attempt was no guess: it counts no more.
    GiveBack(Budget),
}

/// What is counted, each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Budget {
    /// Attempts to sign in, with whatever.
    SignIn,
    /// Requests for a mail.
    Mail,
    /// New visitors of one site.
    NewVisitor,
}

/// What it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RateAnswer {
    /// It was done.
    Done,
    /// It was done, and there are so many that more is to be asked of who comes.
    Crowded,
}
