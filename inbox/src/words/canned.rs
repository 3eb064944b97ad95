//! Words of the page of canned responses.

use crate::model::sentence::Sentence;

pub(crate) const LEAD: &str = "What you say again and again. Type / in a reply to find it.";
pub(crate) const OWN: &str = "Your own";
pub(crate) const SHARED: &str = "Everybody's";
pub(crate) const NO_OWN: &str = "You have none of your own yet. Nobody else sees them.";
pub(crate) const NO_SHARED: &str = "There are none that everybody has.";
pub(crate) const NEW_OWN: &str = "New response";
pub(crate) const NEW_SHARED: &str = "New response for everybody";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVE_LEAD: &str = "What was said with it stays as it is.";
pub(crate) const CODE: &str = "Shortcode";
pub(crate) const CODE_HINT: &str = "One word that you type behind the slash: letters, digits, - and _.";
pub(crate) const TEXT: &str = "Text";
pub(crate) const TEXT_HINT: &str = "{{contact.name|there}}, {{agent.name}} and {{site.name}} are filled in; what stands behind | takes their place where nothing is known.";
pub(crate) const TAKEN: &str = "Another response has this shortcode.";
pub(crate) const BAD: &str = "A response takes a shortcode of one word, and a text.";
pub(crate) const TOO_LARGE: &str = "The text is longer than 4,000 bytes, or there are too many responses.";

/// The name of a button about one response.
pub(crate) fn button(action: &str, shortcode: &str) -> String {
    format!("{action} /{shortcode}")
}

/// The question before one is removed.
pub(crate) fn remove_title(shortcode: &str) -> Sentence {
    Sentence::of("Remove ").name(format!("/{shortcode}")).words("?")
}

/// How often one was used.
pub(crate) fn used(count: u32) -> String {
    match count {
        0 => "Not used yet".to_owned(),
        1 => "Used once".to_owned(),
        count => format!("Used {count} times"),
    }
}
