//! Words of finding what was said.

use protocol::{SearchField, Status};

pub(crate) const NAME: &str = "Search conversations";
pub(crate) const PLACEHOLDER: &str = "Search";
pub(crate) const RESULTS: &str = "Results";
pub(crate) const WHERE: &str = "Where to look";
pub(crate) const STATUS: &str = "Status of the conversation";
pub(crate) const ANY_STATUS: &str = "Any status";
pub(crate) const SEARCHING: &str = "Searching…";
pub(crate) const NOTHING: &str = "Nothing found";
pub(crate) const NOTHING_LEAD: &str = "Words are found by their beginnings, in messages, notes, names of files and of visitors. Put a phrase between quotation marks.";
pub(crate) const NOTE: &str = "Note";
pub(crate) const YOU: &str = "You";

/// The places where words can be, each with what it is called.
pub(crate) const FIELDS: [(Option<SearchField>, &str); 4] = [
    (None, "Everywhere"),
    (Some(SearchField::Messages), "Messages"),
    (Some(SearchField::Notes), "Notes"),
    (Some(SearchField::Contacts), "Visitors"),
];

/// What a status is called, of those that can be asked for.
pub(crate) const STATUSES: [(Status, &str); 4] = [
    (Status::Open, "Open"),
    (Status::Pending, "Pending"),
    (Status::Snoozed, "Snoozed"),
    (Status::Resolved, "Resolved"),
];

/// How many conversations were found so far.
pub(crate) fn found(count: usize, is_more: bool) -> String {
    match (count, is_more) {
        (1, false) => "1 conversation".to_owned(),
        (count, false) => format!("{count} conversations"),
        (count, true) => format!("The latest {count} conversations"),
    }
}
