//! Words of the page of teams.

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

/// The name of a button about one team.
pub(crate) fn button(action: &str, name: &str) -> String {
    format!("{action} {name}")
}

/// The question before one is removed.
pub(crate) fn remove_title(name: &str) -> Sentence {
    Sentence::of("Remove the team ").name(name).words("?")
}
