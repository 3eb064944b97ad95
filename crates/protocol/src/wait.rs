//! How long a visitor waits for the team: how many are before them, and for how long visitors usually do.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claims::VisitorClaims;
use crate::http::reception::OfficeHours;

/// A visitor asks how long they wait, by the claims of a token that was checked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitWanted {
    /// Who asks, and in which conversation.
    pub claims: VisitorClaims,
}

/// Who somebody is never reaches a log.
impl fmt::Debug for WaitWanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WaitWanted").finish_non_exhaustive()
    }
}

/// What a workspace knows of a visitor's wait: numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wait {
    /// Whether nobody who could answer is in the inbox.
    pub is_away: bool,
    /// How many are before them, at most [`crate::limits::WAITING_TOLD`]; nothing unless they wait.
    pub before: Option<u32>,
    /// For how many minutes visitors usually wait, if there is enough to tell it by.
    pub minutes: Option<u32>,
    /// When the site's team is there, if the site says.
    pub hours: Option<OfficeHours>,
}

/// A visitor's wait, as their panel tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitView {
    /// As in [`Wait::is_away`].
    pub is_away: bool,
    /// As in [`Wait::before`]; nothing while the team is away as well.
    pub before: Option<u32>,
    /// As in [`Wait::minutes`].
    pub minutes: Option<u32>,
    /// What the panel says of it, in the language that was asked for.
    pub words: WaitWords,
}

/// What the panel says of a wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitWords {
    /// Nobody is before them.
    pub wait_next: String,
    /// So many are, by the plural categories of the language.
    pub wait_before: BTreeMap<String, String>,
    /// For how long visitors usually wait.
    pub wait_usual: String,
}
