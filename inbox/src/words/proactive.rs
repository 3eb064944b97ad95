//! The words of what a site says by itself.

use protocol::http::proactive::{Audience, Repeat};

pub(crate) const LEAD: &str = "What the chat says by itself: a small message beside the button, when a visitor may need you. Who answers it begins a conversation.";
pub(crate) const TITLE: &str = "Proactive messages";
pub(crate) const NOTE: &str = "One message a page at most, the first in this list that is due. None to who has the chat open or unread messages in it, where your page hides the button, or to who asks with Do Not Track or Global Privacy Control not to be followed.";
pub(crate) const PRIVACY: &str = "Everything is decided in the visitor’s browser, and nothing is stored there before they act: who neither answers nor closes a message can see it again on the next page. What they answered or closed is remembered, unless your page lets the chat store nothing.";
pub(crate) const NONE: &str = "None yet: the chat waits until it is spoken to.";
pub(crate) const ADD: &str = "Add a message";
pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "For your team. Visitors do not see it.";
pub(crate) const TEXT: &str = "Message";
pub(crate) const TEXT_HINT: &str =
    "Plain text, in your visitors’ language. In the chat it stands above their answer.";
pub(crate) const ENABLED: &str = "Show it";
pub(crate) const PAGES: &str = "Pages";
pub(crate) const PAGES_HINT: &str =
    "One path a line, such as /prices or /shop/*. A star stands for anything. All pages if there is none.";
pub(crate) const WHEN: &str = "When";
pub(crate) const WHEN_HINT: &str = "Whatever comes first.";
pub(crate) const SECONDS: &str = "Seconds on the page";
pub(crate) const SCROLL: &str = "Percent of the page scrolled";
pub(crate) const EXIT: &str = "The pointer leaves the page at its top";
pub(crate) const EXIT_HINT: &str =
    "Towards the tabs and the address. There is no such thing on a touch screen.";
pub(crate) const AUDIENCE: &str = "To whom";
pub(crate) const AUDIENCE_HINT: &str =
    "A returning visitor is one who has opened the chat before in the same browser.";
pub(crate) const REPEAT: &str = "How often";
pub(crate) const PREVIEW: &str = "Preview";
pub(crate) const REPLY: &str = "Reply";
pub(crate) const REFUSED: &str = "A name, a text or a page is not accepted.";
pub(crate) const TOO_MANY: &str = "There can be 20 messages, and 10 pages for each.";
pub(crate) const NO_NAME: &str = "Give it a name, in 80 bytes at most.";
pub(crate) const NO_TEXT: &str = "Write what it says.";
pub(crate) const LONG_TEXT: &str = "This is too long: 400 bytes are the most.";
pub(crate) const BAD_PAGE: &str =
    "A page begins with / or *, and has no spaces, ? or #. The name of the site is not part of it.";
pub(crate) const BAD_SECONDS: &str = "Seconds are a number from 1 to 3600, or nothing.";
pub(crate) const BAD_SCROLL: &str = "Percent are a number from 1 to 100, or nothing.";
pub(crate) const NO_TRIGGER: &str = "Say when it comes: one of the three at least.";

pub(crate) const AUDIENCES: [(Audience, &str); 3] = [
    (Audience::Everybody, "Everybody"),
    (Audience::Returning, "Returning visitors"),
    (Audience::New, "New visitors"),
];

pub(crate) const REPEATS: [(Repeat, &str); 3] = [
    (Repeat::Once, "Once: never again once answered or closed"),
    (Repeat::Session, "Once in each session"),
    (Repeat::Always, "Always, on every page"),
];

/// A message whose name is not written yet.
const UNNAMED: &str = "message without a name";

fn named(name: &str) -> &str {
    if name.trim().is_empty() { UNNAMED } else { name }
}

/// The name of the button that moves a message up.
pub(crate) fn up(name: &str) -> String {
    format!("Move up: {}", named(name))
}

/// The name of the button that moves a message down.
pub(crate) fn down(name: &str) -> String {
    format!("Move down: {}", named(name))
}

/// The name of the button that removes a message.
pub(crate) fn remove(name: &str) -> String {
    format!("Remove: {}", named(name))
}

/// The button that brings back what was just removed.
pub(crate) fn bring_back(name: &str) -> String {
    format!("Bring back: {}", named(name))
}
