//! What a person can choose in a dialog.

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice<T> {
    /// What it says.
    pub(crate) label: String,
    /// What it says beside that.
    pub(crate) hint: String,
    /// The keys that do the same, one after the other; empty if none do.
    pub(crate) keys: &'static str,
    /// Whether it is so already.
    pub(crate) chosen: bool,
    /// What is asked for when it is chosen.
    pub(crate) asks: T,
}
