//! Canned responses: what the people of a workspace say again and again; and macros, which are kept in the same way and
//! do several things in one.

use serde::{Deserialize, Serialize};

use crate::ids::CannedId;
use crate::macro_step::MacroStep;

/// Keeps a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannedDraft {
    /// By what it is found.
    pub shortcode: String,
    /// What it says, with variables.
    pub text: String,
    /// Whether everybody of the workspace has it; for good.
    pub is_shared: bool,
    /// What a macro does, which says no text beside them; a response has none, for good.
    #[serde(default)]
    pub steps: Vec<MacroStep>,
}

/// Changes a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannedText {
    /// By what it is found.
    pub shortcode: String,
    /// What it says, with variables.
    pub text: String,
    /// What a macro does.
    #[serde(default)]
    pub steps: Vec<MacroStep>,
}

/// A response or a macro, as who may use it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    /// Which.
    pub id: CannedId,
    /// By what it is found: a macro by its name.
    pub shortcode: String,
    /// What it says, with variables.
    pub text: String,
    /// Whether everybody of the workspace has it.
    pub is_shared: bool,
    /// How often it was used.
    pub used: u32,
    /// What a macro does; a response has none.
    #[serde(default)]
    pub steps: Vec<MacroStep>,
}

impl Canned {
    /// Whether it is a macro.
    #[must_use]
    pub const fn is_macro(&self) -> bool {
        !self.steps.is_empty()
    }
}

/// The responses and macros that somebody can use: the shared ones and their own, by their codes and names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedList {
    /// At most [`crate::limits::SHARED_CANNED`] and [`crate::limits::OWN_CANNED`] responses, and
    /// [`crate::limits::SHARED_MACROS`] and [`crate::limits::OWN_MACROS`] macros.
    pub responses: Vec<Canned>,
}
