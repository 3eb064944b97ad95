//! Words of filters.

use protocol::{Join, Status};

use crate::model::filter_form::Kind;
use crate::words::desk;

pub(crate) const FILTERS: &str = "Filters";
pub(crate) const NEW: &str = "New filter";
pub(crate) const EDIT: &str = "Edit filter";
pub(crate) const GONE: &str = "This filter is not there any more.";
pub(crate) const NAME: &str = "Name";
pub(crate) const SHARED: &str = "For everybody in the workspace";
pub(crate) const FOR_ALL: &str = "Everybody in the workspace has this filter.";
pub(crate) const CONDITIONS: &str = "Conditions";
pub(crate) const WHOLE: &str = "A conversation fits if it fits";
pub(crate) const GROUP: &str = "It fits if it meets";
pub(crate) const ADD: &str = "Add a condition";
pub(crate) const ADD_GROUP: &str = "Add a group";
pub(crate) const WHAT: &str = "About";
pub(crate) const HOW: &str = "How";
pub(crate) const VALUE: &str = "Value";
pub(crate) const REMOVE_CONDITION: &str = "Remove";
pub(crate) const DAYS: &str = "days";
pub(crate) const CHOOSE: &str = "Choose";
pub(crate) const MY_TEAMS: &str = "One of your teams";
pub(crate) const UNKNOWN: &str = "Not there any more";
pub(crate) const REMOVE: &str = "Remove filter";
pub(crate) const REMOVE_LEAD: &str = "Its conversations stay as they are.";
pub(crate) const KEEP: &str = "Keep it";
pub(crate) const INCOMPLETE: &str = "Fill in every condition to see how many fit.";
pub(crate) const COUNTING: &str = "Counting…";
pub(crate) const BAD_NAME: &str = "A filter takes a name of up to 80 letters.";
pub(crate) const TAKEN: &str = "There is a filter of this name.";
pub(crate) const FULL: &str =
    "There are as many filters as there can be, or more than 20 conditions in this one.";
pub(crate) const BAD_VALUE: &str = "Choose or type a value in every condition: days from 1 to 3,650.";
pub(crate) const NO_LABEL: &str = "A label has 1 to 40 letters.";

/// How many of several things must hold.
pub(crate) const GROUP_JOINS: [(Join, &str); 2] =
    [(Join::All, "all conditions"), (Join::Any, "any condition")];

/// The same of groups.
pub(crate) const WHOLE_JOINS: [(Join, &str); 2] = [(Join::All, "all groups"), (Join::Any, "any group")];

/// How a conversation can stand.
pub(crate) const STATUSES: [(Status, &str); 4] = [
    (Status::Open, "Open"),
    (Status::Pending, "Pending"),
    (Status::Snoozed, "Snoozed"),
    (Status::Resolved, "Resolved"),
];

/// What can be asked for.
pub(crate) const KINDS: [(Kind, &str); 11] = [
    (Kind::Status, desk::STATUS),
    (Kind::Assignee, desk::ASSIGNEE),
    (Kind::Team, desk::TEAM),
    (Kind::Site, desk::SITE),
    (Kind::Label, "Label"),
    (Kind::Priority, desk::PRIORITY),
    (Kind::Unread, "Unread messages"),
    (Kind::ActiveWithin, "Last activity"),
    (Kind::ActiveSince, "Last activity on a day"),
    (Kind::BegunWithin, "Begun"),
    (Kind::BegunSince, "Begun on a day"),
];

/// That it is so, and that it is not.
pub(crate) const fn hows(kind: Kind) -> [(bool, &'static str); 2] {
    let [so, not] = match kind {
        Kind::Status | Kind::Assignee | Kind::Team | Kind::Site | Kind::Priority => ["is", "is not"],
        Kind::Label => ["is there", "is not there"],
        Kind::Unread => ["there are some", "there are none"],
        Kind::ActiveWithin | Kind::BegunWithin => ["within the last", "longer ago than"],
        Kind::ActiveSince | Kind::BegunSince => ["on or after", "before"],
    };
    [(false, so), (true, not)]
}

/// How many conversations fit.
pub(crate) fn fit(count: u32) -> String {
    match count {
        0 => "No conversation fits at the moment.".to_owned(),
        1 => "1 conversation fits.".to_owned(),
        count => format!("{count} conversations fit."),
    }
}

/// The name of a field or a button of a condition, by its place.
pub(crate) fn of_condition(what: &str, place: usize) -> String {
    format!("{what}, condition {}", place.saturating_add(1))
}

/// The name of a field of a group, by its place.
pub(crate) fn of_group(place: usize) -> String {
    format!("Group {}", place.saturating_add(1))
}

/// The name of the button that changes a filter.
pub(crate) fn edit(name: &str) -> String {
    format!("Edit the filter {name}")
}

/// The question before one is removed.
pub(crate) fn remove_title(name: &str) -> String {
    format!("Remove the filter {name}?")
}
