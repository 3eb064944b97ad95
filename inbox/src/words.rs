//! Every word that the inbox shows, in one place.

pub(crate) mod api_keys;
pub(crate) mod audit;
pub(crate) mod begin;
pub(crate) mod blocking;
pub(crate) mod bulk;
pub(crate) mod canned;
pub(crate) mod chats;
mod codes;
pub(crate) mod compose;
pub(crate) mod contacts;
pub(crate) mod desk;
pub(crate) mod door;
pub(crate) mod emoji;
mod entry;
pub(crate) mod filters;
pub(crate) mod hours;
pub(crate) mod identity;
pub(crate) mod install;
pub(crate) mod look;
pub(crate) mod macros;
pub(crate) mod notices;
pub(crate) mod palette;
pub(crate) mod passkeys;
pub(crate) mod proactive;
pub(crate) mod questions;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod sites;
pub(crate) mod team;
pub(crate) mod teams;
mod transcript;
pub(crate) mod visitors;
pub(crate) mod you;

use protocol::http::visit::OpeningBy;
use protocol::{AgentId, Stated, TeamId, Timestamp};

use crate::model::composition::Mode;
use crate::model::list_row::PreviewBy;
use crate::model::thread_row::{By, Change, Fate};
use crate::model::visitor_name::VisitorName;

pub(crate) use codes::{again, code_words, failure, unanswered};
pub(crate) use entry::{fault, origin_fault};
pub(crate) use transcript::Transcript;

pub(crate) const PRODUCT: &str = "Porchlight";
pub(crate) const LOADING: &str = "Loading…";
pub(crate) const SKIP_TO_PAGE: &str = "Skip to the page";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const WRONG_SIGN_IN: &str = codes::code_words(protocol::Code::WrongSignIn);
pub(crate) const NOT_AN_ADDRESS: &str = "Enter an email address like name@example.com.";
pub(crate) const WEAK_PASSWORD: &str = codes::code_words(protocol::Code::WeakPassword);
pub(crate) const OFFLINE: &str = "Porchlight cannot be reached. Check your connection.";

pub(crate) mod account {
    pub(crate) const SHORTCUTS: &str = "Keyboard shortcuts";
    pub(crate) const SIGN_OUT: &str = "Sign out";
    pub(crate) const WORKSPACES: &str = "Workspaces";
    pub(crate) const NEW_WORKSPACE: &str = "New workspace";
    pub(crate) const SETTINGS: &str = "Settings";
    pub(crate) const ACCOUNT: &str = "Your account";
}

pub(crate) mod list {
    pub(crate) const NAME: &str = "Conversations";
    pub(crate) const MORE: &str = "Show more";
    pub(crate) const NO_MESSAGE: &str = "No message yet";
    pub(crate) const NOW: &str = "now";
    pub(crate) const SKIP: &str = "Skip to the conversation";
    pub(crate) const RECONNECTING: &str = "Reconnecting…";
}

pub(crate) mod thread {
    pub(crate) const NAME: &str = "Messages";
    pub(crate) const EARLIER: &str = "Show earlier messages";
    pub(crate) const JUMP: &str = "Jump to the newest message";
    pub(crate) const JUMP_NEW: &str = "New messages";
    pub(crate) const BACK: &str = "Back to the list";
    pub(crate) const RESOLVE: &str = "Resolve";
    pub(crate) const RESOLVED: &str = "Resolved";
    pub(crate) const OPEN_AGAIN: &str = "Open again";
    pub(crate) const REOPEN: &str = "Reopen";
    pub(crate) const DETAILS: &str = "Details";
    pub(crate) const ONLINE: &str = "Online";
    pub(crate) const AWAY: &str = "Away";
    pub(crate) const NOTE: &str = "Note";
    pub(crate) const ONLY_TEAM: &str = "Only your team sees this";
    pub(crate) const ONLY_READ: &str = "Your role lets you read this conversation, not write in it.";
    pub(crate) const EDIT: &str = "Edit";
    pub(crate) const DISCARD: &str = "Discard";
    pub(crate) const SENDING: &str = "Sending…";
    pub(crate) const SAVING: &str = "Saving…";
    pub(crate) const EDITED: &str = "Edited";
    pub(crate) const DELETED: &str = "Message deleted";
    pub(crate) const NOTE_DELETED: &str = "Note deleted";
    pub(crate) const OPTIONS: &str = "Message options";
    pub(crate) const OWN_OPTIONS: &str = "Options of your message";
    pub(crate) const DELETE: &str = "Delete";
    pub(crate) const ANSWER: &str = "Reply to this";
    pub(crate) const EARLIER_MESSAGE: &str = "An earlier message";
    pub(crate) const DELETE_SURELY: &str = "Delete for everybody";
    pub(crate) const KEEP: &str = "Keep";
    pub(crate) const CONNECTING: &str = "Opening the conversation…";
    pub(crate) const EMPTY: &str = "Nothing was said here yet.";
    pub(crate) const TODAY: &str = "Today";
    pub(crate) const YESTERDAY: &str = "Yesterday";
    pub(crate) const RECONNECTING: &str =
        "Reconnecting… Keep writing: what you send is kept and goes out as soon as the connection is back.";
    pub(crate) const RECONNECTING_UNKEPT: &str =
        "Reconnecting… This browser keeps nothing: leave this page open until what you wrote is sent.";
    pub(crate) const NOT_FOUND_TITLE: &str = "This conversation does not exist";
    pub(crate) const NOT_FOUND_LEAD: &str =
        "The address may be incomplete, or the conversation belongs to another workspace.";
    pub(crate) const PAGE_NOT_FOUND: &str = "There is no such page";
    pub(crate) const TO_LIST: &str = "Go to the conversations";
    pub(crate) const CHOOSE_TITLE: &str = "Choose a conversation";
    pub(crate) const CHOOSE_LEAD: &str = "It opens here, with everything that is known of the visitor.";
    pub(crate) const READY_TITLE: &str = "The light is on";
    pub(crate) const READY_LINK: &str = "Put the chat on your site";
    pub(crate) const READY_LEAD: &str = "The first conversation opens here.";
    /// What the most useful keys do.
    pub(crate) const CHOOSE_KEYS: [(&[&str], &str); 3] =
        [(&["j", "k"], "move"), (&["Enter"], "open"), (&["?"], "all keys")];
}

pub(crate) mod composer {
    pub(crate) const SEND: &str = "Send";
    pub(crate) const ATTACH: &str = "Attach files";
    pub(crate) const TABS: &str = "Write";
    pub(crate) const HINT: &str = "Enter sends, Shift + Enter begins a new line";
    pub(crate) const EDITING: &str = "Editing what you wrote";
    pub(crate) const ANSWERING: &str = "Reply to: ";
    pub(crate) const CANCEL: &str = "Cancel";
    pub(crate) const SAVE: &str = "Save";
}

pub(crate) mod details {
    pub(crate) const ANSWERS: &str = "Answers";
    pub(crate) const ANSWERS_CLAIM: &str =
        "Answered by the visitor before they wrote; nothing of it is proven.";
    pub(crate) const CONSENTED: &str = "Yes";
    pub(crate) const NAME: &str = "Details";
    pub(crate) const CLOSE: &str = "Close details";
    pub(crate) const EMAIL: &str = "E-mail";
    pub(crate) const USER: &str = "Id on your site";
    pub(crate) const PAGE: &str = "Current page";
    pub(crate) const LAST_PAGE: &str = "Last page";
    pub(crate) const REFERRER: &str = "Came from";
    pub(crate) const NO_PAGE: &str = "Not known yet";
    pub(crate) const DIRECT: &str = "Not known";
    pub(crate) const STARTED: &str = "First message";
    pub(crate) const ACTIVE: &str = "Last active";
    pub(crate) const RATING: &str = "Rating";
    pub(crate) const TRANSCRIPT: &str = "Save transcript";
    pub(crate) const TRANSCRIPT_FILE: &str = "transcript.txt";
    pub(crate) const CLAIM: &str = "As the visitor’s browser tells it. It cannot be checked.";
    pub(crate) const OPENS_NEW_TAB: &str = "(opens in a new tab)";
}

/// Whose words a conversation began as an answer to.
pub(crate) fn opening(by: &OpeningBy) -> String {
    match by {
        OpeningBy::Site(name) => {
            format!("In answer to the proactive message “{name}”, says the visitor’s page:")
        }
        OpeningBy::Agent(agent) => format!("In answer to {}, says the visitor’s page:", agent.name),
    }
}

pub(crate) mod help {
    use super::account;

    pub(crate) const TITLE: &str = account::SHORTCUTS;
    pub(crate) const SWITCH: &str = "Use single-key shortcuts";
    /// What each key does, in the order of use.
    pub(crate) const KEYS: [(&[&str], &str); 29] = [
        (&["j", "k"], "Next or previous conversation in the list"),
        (&["Enter", "o"], "Open the conversation"),
        (&["x", "Shift x"], "Select the conversation, or all up to it"),
        (&["Shift a"], "Select all conversations shown"),
        (&["r"], "Write a reply"),
        (&["n"], "Write a note to your team"),
        (&["Enter"], "Send what you wrote"),
        (&["Shift Enter"], "New line"),
        (&["Ctrl b", "Ctrl i"], "Bold or italic, around what is selected"),
        (&["Ctrl e", "Ctrl Shift x"], "Code or struck through"),
        (&["e"], "Resolve"),
        (&["Ctrl Shift e"], "Resolve and open the next"),
        (&["Shift e"], "Reopen"),
        (&["a"], "Assign to somebody"),
        (&["i"], "Assign to yourself"),
        (&["t"], "Hand to a team"),
        (&["h"], "Snooze"),
        (&["p"], "Priority"),
        (&["l"], "Labels"),
        (&["m"], "Run a macro"),
        (&["z"], "Undo what you did last"),
        (&["]"], "Show or hide the details"),
        (&["g m", "g u", "g a"], "Go to mine, unassigned, all"),
        (&["g p", "g h", "g e"], "Go to pending, snoozed, resolved"),
        (&["g n", "g v", "g s"], "Go to mentions, to visitors now, to the settings"),
        (&["/"], "Search"),
        (&["Ctrl k"], "Find any command, conversation or page"),
        (&["Esc", "u"], "Back to the list"),
        (&["?"], "Show this help"),
    ];
}

/// The title of the browser's tab: how many conversations wait, and the page.
pub(crate) fn document_title(waiting: usize, page: Option<&str>) -> String {
    let page = page.map_or_else(|| PRODUCT.to_owned(), |page| format!("{page} · {PRODUCT}"));
    if waiting == 0 { page } else { format!("({waiting}) {page}") }
}

/// A visitor of whom nothing is known.
pub(crate) const SOME_VISITOR: &str = "Visitor";

/// What an anonymous visitor is called.
pub(crate) fn visitor(short: &str) -> String {
    format!("Visitor {short}")
}

/// What a visitor is called where there is no room for a mark.
pub(crate) fn visitor_in_words(name: &VisitorName) -> String {
    match &name.stated {
        None => visitor(&name.short),
        Some(Stated { text, is_verified: true }) => text.clone(),
        Some(Stated { text, is_verified: false }) => format!("{text} ({})", identity::CLAIMED),
    }
}

/// The name of the button with the account's menu.
pub(crate) fn account_of(name: &str) -> String {
    format!("Account of {name}")
}

/// How many messages nobody has read.
pub(crate) fn unread(count: u32) -> String {
    if count == 1 { "1 unread message".to_owned() } else { format!("{count} unread messages") }
}

/// The number in a badge.
pub(crate) fn badge(count: u32) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// The words before a preview.
pub(crate) fn preview_by(by: &PreviewBy) -> Option<String> {
    match by {
        PreviewBy::Visitor => None,
        PreviewBy::Me => Some("You:".to_owned()),
        PreviewBy::Agent(name) => Some(format!("{name}:")),
        PreviewBy::System => Some(format!("{PRODUCT}:")),
    }
}

/// The name above a group of messages.
pub(crate) fn by(by: &By, visitor: &str) -> String {
    match by {
        By::Visitor => visitor.to_owned(),
        By::Me => "You".to_owned(),
        By::Agent(name) => name.clone(),
        By::System => PRODUCT.to_owned(),
    }
}

/// A quiet line.
pub(crate) fn change(
    what: &Change,
    by: &By,
    visitor: &str,
    name: impl Fn(AgentId) -> Option<String>,
    team: impl Fn(TeamId) -> Option<String>,
    when: impl Fn(Timestamp) -> String,
) -> String {
    let who = self::by(by, visitor);
    match (what, by) {
        (Change::Gathered(step), by) => chats::gathered(step, &who, !matches!(by, By::System)),
        (Change::Handled(step), _) => desk::handled(step, by, &who, name, team, when),
        (Change::Reopened, By::System | By::Visitor) => {
            format!("{visitor} wrote again, the conversation is open")
        }
        (Change::Reopened, By::Me | By::Agent(_)) => format!("{who} reopened the conversation"),
        (Change::Resolved, By::Visitor) => format!("{visitor} ended the conversation"),
        (Change::Resolved, By::Me | By::Agent(_) | By::System) => format!("{who} resolved the conversation"),
        (Change::Rated(stars), _) => format!("{visitor} rated the conversation {}", rating(*stars)),
    }
}

/// How many stars of five.
pub(crate) fn rating(stars: u8) -> String {
    format!("{stars} of 5")
}

/// What became of a message.
pub(crate) fn fate(fate: Fate) -> String {
    match fate {
        Fate::Sending => thread::SENDING.to_owned(),
        Fate::Saving => thread::SAVING.to_owned(),
        Fate::Sent => "Sent".to_owned(),
        Fate::Seen => "Seen".to_owned(),
        Fate::Failed(failure) => codes::failure(failure),
    }
}

/// Somebody types.
pub(crate) fn typing(who: &str) -> String {
    format!("{who} is typing…")
}

/// Other agents have the conversation open.
pub(crate) fn also_here(names: &str, several: bool) -> String {
    if several { format!("{names} are also here") } else { format!("{names} is also here") }
}

/// The name of the composer's text field.
pub(crate) const fn composer_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "Reply",
        Mode::Note => "Note",
    }
}

/// What the composer's empty field says.
pub(crate) const fn composer_placeholder(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "Write a reply…",
        Mode::Note => "Write a note for your team…",
    }
}

/// How full a long message is.
pub(crate) fn filled(per_cent: usize) -> String {
    format!("{per_cent} % of the longest possible message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib9_the_title_has_a_number_only_when_somebody_waits() {
        assert_eq!(document_title(0, None), "Porchlight");
        assert_eq!(document_title(3, None), "(3) Porchlight");
        assert_eq!(document_title(3, Some("People")), "(3) People · Porchlight");
    }
}
