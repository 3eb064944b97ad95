//! The words of the keys of the REST API.

use protocol::Scope;

use crate::model::api_keys::Lifetime;
use crate::model::sentence::Sentence;

pub(crate) const LEAD: &str =
    "With a key a program of yours reads and changes the workspace, in the name of the person who made it.";
pub(crate) const MANUAL: &str = "API manual";
pub(crate) const ALL: &str = "Keys";
pub(crate) const NONE_TITLE: &str = "No key yet";
pub(crate) const NONE_LEAD: &str =
    "Make one for each program, so that you can revoke it without stopping the others.";
pub(crate) const NEW: &str = "New key";
pub(crate) const EXPIRED: &str = "Expired";
pub(crate) const EXPIRES: &str = "Expires";
pub(crate) const ENDLESS: &str = "Does not expire";
pub(crate) const UNUSED: &str = "Never used";
pub(crate) const USED: &str = "Last used";

pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "What it is for, so that you know it later: Weekly export, say.";
pub(crate) const NO_NAME: &str = "Enter a name for the key.";
pub(crate) const MAY: &str = "It may";
pub(crate) const NO_SCOPE: &str = "Choose at least one thing that it may do.";
pub(crate) const NOT_YOURS: &str = "You may not do this yourself, so no key of yours can.";
pub(crate) const LASTS: &str = "Expires";
pub(crate) const CREATE: &str = "Make the key";
pub(crate) const CREATING: &str = "Making…";
pub(crate) const FULL: &str = "The workspace has as many keys as it can have. Revoke one first.";

pub(crate) const ONCE: &str = "Keep this now: it is shown this once.";
pub(crate) const ONCE_LEAD: &str = "Whoever has it may do what the key may do. Keep it where you keep passwords: never in a page, an app or a repository.";
pub(crate) const SECRET: &str = "Key";
pub(crate) const HEADER: &str = "Your program sends it with every request as";
pub(crate) const HEADER_FORM: &str = "Authorization: Bearer sk_…";
pub(crate) const COPY: &str = "Copy the key";
pub(crate) const KEPT: &str = "I have kept it";

pub(crate) const REVOKE: &str = "Revoke";
pub(crate) const REVOKE_LEAD: &str = "Every program that uses it is refused at once, and for good. What was done with it stays. To go on without a gap, put a new key in its place first.";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVE_LEAD: &str = "It has expired and opens nothing any more. It only leaves this list.";

/// What a scope lets a key do, and what that means.
pub(crate) const fn scope(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::ConversationsRead => {
            ("Read conversations", "The list and everything that is said in it, notes too.")
        }
        Scope::ConversationsWrite => {
            ("Answer in conversations", "Write to visitors and notes to the team, resolve and reopen.")
        }
        Scope::ContactsRead => ("Read contacts", "Who the visitors are, and their conversations."),
        Scope::SettingsRead => ("Read the settings", "The workspace, its people and its sites."),
        Scope::SettingsWrite => (
            "Change the settings",
            "Name the workspace; make, change and remove sites, also where they may be shown.",
        ),
        Scope::ReportsRead => ("Read reports", "How many conversations began, and how they went."),
        Scope::AgentsWrite => {
            ("Manage people", "Give them other roles and remove them, up to what the key may do itself.")
        }
    }
}

/// What a lifetime is called.
pub(crate) const fn lifetime(lifetime: Lifetime) -> &'static str {
    match lifetime {
        Lifetime::Month => "In 30 days",
        Lifetime::Quarter => "In 90 days",
        Lifetime::Year => "In a year",
        Lifetime::Endless => "Never, until it is revoked",
    }
}

/// A key by the end of its text.
pub(crate) fn hint(end: &str) -> String {
    format!("sk_…{end}")
}

/// When a key was made, and by whom.
pub(crate) fn made_by(name: &str, on: &str) -> Sentence {
    Sentence::of(format!("Made {on} by ")).name(name)
}

/// The name of the button that ends a key.
pub(crate) fn button(action: &str, name: &str) -> String {
    format!("{action} {name}")
}

/// The question before a key is ended.
pub(crate) fn title(action: &'static str, name: &str) -> Sentence {
    Sentence::of(action).words(" ").name(name).words("?")
}
