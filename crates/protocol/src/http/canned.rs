//! Canned responses: what the people of a workspace say again and again.

use serde::{Deserialize, Serialize};

use crate::ids::CannedId;

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
}

/// Changes a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannedText {
    /// By what it is found.
    pub shortcode: String,
    /// What it says, with variables.
    pub text: String,
}

/// A response, as who may use it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    /// Which.
    pub id: CannedId,
    /// By what it is found.
    pub shortcode: String,
    /// What it says, with variables.
    pub text: String,
    /// Whether everybody of the workspace has it.
    pub is_shared: bool,
    /// How often it was used.
    pub used: u32,
}

/// The responses that somebody can use: the shared ones and their own, by their codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedList {
    /// At most [`crate::limits::SHARED_CANNED`] and [`crate::limits::OWN_CANNED`].
    pub responses: Vec<Canned>,
}
