//! The words of the first steps: a workspace, a site, the tag.

use crate::model::sentence::Sentence;

pub(crate) const TITLE: &str = "Create a workspace";
pub(crate) const LEAD: &str = "A workspace is where your team answers. It can have many sites.";
pub(crate) const NAME: &str = "Name of the workspace";
pub(crate) const NAME_HINT: &str = "Your company or your team, as you call it.";
pub(crate) const NO_NAME: &str = "Enter a name.";
pub(crate) const SUBMIT: &str = "Create the workspace";
pub(crate) const BUSY: &str = "Creating…";
pub(crate) const CHOOSE_TITLE: &str = "Where to?";
pub(crate) const CHOOSE_LEAD: &str = "You belong to several workspaces.";
pub(crate) const ANOTHER: &str = "Create another workspace";
pub(crate) const STEPS: [&str; 3] = ["Workspace", "Site", "Tag"];
pub(crate) const STEPS_NAME: &str = "Steps";

/// For whom waits for an invitation.
pub(crate) fn waiting_for_invitation(email: &str) -> Sentence {
    Sentence::of("Joining a team? Ask to be invited at ").name(email).words(".")
}

/// Where one is in the steps.
pub(crate) fn step(number: usize) -> String {
    format!("Step {number} of {}", STEPS.len())
}
