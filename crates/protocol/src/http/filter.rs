//! Filters, as people keep them.

use serde::{Deserialize, Serialize};

use crate::filter::FilterRule;
use crate::ids::FilterId;

/// Keeps a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterDraft {
    /// What it is called.
    pub name: String,
    /// Which conversations fit.
    pub rule: FilterRule,
    /// Whether everybody of the workspace has it; for good.
    pub is_shared: bool,
}

/// Changes a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterText {
    /// What it is called.
    pub name: String,
    /// Which conversations fit.
    pub rule: FilterRule,
}

/// A filter, as who has it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Which.
    pub id: FilterId,
    /// What it is called.
    pub name: String,
    /// Which conversations fit.
    pub rule: FilterRule,
    /// Whether everybody of the workspace has it.
    pub is_shared: bool,
}

/// The filters that somebody has: the shared ones and their own, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterList {
    /// At most [`crate::limits::SHARED_FILTERS`] and [`crate::limits::OWN_FILTERS`].
    pub filters: Vec<Filter>,
}

/// How many conversations fit a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterCount {
    /// So many.
    pub entries: u32,
}
