//! Words of what is done to several conversations at once.

pub(crate) const NAME: &str = "Selected conversations";
pub(crate) const SELECT: &str = "Select";
pub(crate) const ALL: &str = "Select all shown";
pub(crate) const CLEAR: &str = "Clear the selection";
pub(crate) const ASSIGN: &str = "Assign";
pub(crate) const NOTHING: &str = "Nothing to change";
pub(crate) const DISMISS: &str = "Dismiss";

/// The box of a row.
pub(crate) fn select(visitor: &str) -> String {
    format!("Select {visitor}")
}

/// How many are selected.
pub(crate) fn selected(count: usize) -> String {
    format!("{count} selected")
}

/// How far it is.
pub(crate) fn progress(behind: usize, count: usize) -> String {
    format!("{behind} of {count}")
}

/// What was done, to how many.
pub(crate) fn done(what: &str, count: usize) -> String {
    format!("{what} ({})", conversations(count))
}

/// That it was taken back.
pub(crate) fn taken_back(count: usize) -> String {
    format!("Undone ({})", conversations(count))
}

/// What could not be done; the names follow.
pub(crate) fn failed(count: usize) -> String {
    format!("{} could not be changed:", conversations(count))
}

fn conversations(count: usize) -> String {
    if count == 1 { "1 conversation".to_owned() } else { format!("{count} conversations") }
}
