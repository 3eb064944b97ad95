//! Words of the page of teams.

use protocol::{Assignment, AssignmentWay};

use crate::model::sentence::Sentence;

pub(crate) const LEAD: &str = "Some of you under a name. Press t in a conversation to hand it to a team.";
pub(crate) const NONE: &str = "There are no teams yet.";
pub(crate) const NEW: &str = "New team";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVE_LEAD: &str = "Its conversations stay, without a team.";
pub(crate) const NAME: &str = "Name";
pub(crate) const MEMBERS: &str = "Members";
pub(crate) const NOBODY: &str = "Nobody is in it";
pub(crate) const TAKEN: &str = "There is a team of this name.";
pub(crate) const BAD: &str = "A team takes a name of up to 80 letters.";
pub(crate) const FULL: &str = "The workspace has as many teams as it can have.";

pub(crate) const ASSIGNMENTS: &str = "Who gets new conversations";
pub(crate) const ASSIGNMENTS_LEAD: &str = "By hand, they wait until somebody takes them. Otherwise agents who are online are given what waits for an answer; what waits with somebody who has gone offline or away is given to another after a few minutes.";
pub(crate) const WITHOUT_TEAM: &str = "Conversations without a team";
pub(crate) const CHANGE: &str = "Change";
pub(crate) const WAY: &str = "They are given";
pub(crate) const WAY_HINT: &str =
    "A team’s to its members who are online, others to everybody online who may answer.";
pub(crate) const LIMIT: &str = "Open conversations at most";
pub(crate) const LIMIT_HINT: &str =
    "Whoever has as many is given no more until one is done. Empty: as many as there are.";
pub(crate) const NO_LIMIT: &str = "Type a whole number from 1 to 1,000, or nothing.";

/// What a way of giving out conversations is called.
pub(crate) const fn way(way: AssignmentWay) -> &'static str {
    match way {
        AssignmentWay::ByHand => "By hand",
        AssignmentWay::RoundRobin => "In turn, to whoever got one the longest time ago",
        AssignmentWay::LeastBusy => "To whoever has the fewest open",
    }
}

/// The same in a line, with the limit.
pub(crate) fn way_in_short(assignment: Assignment) -> String {
    let way = match assignment.way {
        AssignmentWay::ByHand => return "By hand".to_owned(),
        AssignmentWay::RoundRobin => "In turn",
        AssignmentWay::LeastBusy => "To the least busy",
    };
    match assignment.limit {
        Some(limit) => format!("{way}, at most {limit} open each"),
        None => way.to_owned(),
    }
}

/// The name of a button about one team.
pub(crate) fn button(action: &str, name: &str) -> String {
    format!("{action} {name}")
}

/// The question before one is removed.
pub(crate) fn remove_title(name: &str) -> Sentence {
    Sentence::of("Remove the team ").name(name).words("?")
}
