//! Words about contacts.

use protocol::VisitorIdentity;
use protocol::http::contact::Acquaintance;

pub(crate) const LEAD: &str = "Everybody who has written to you, with what was talked about.";
pub(crate) const ALL: &str = "All contacts";
pub(crate) const LIST: &str = "Most recently active first";
pub(crate) const SEARCH: &str = "Name or email";
pub(crate) const KNOWN: &str = "Who they are";
pub(crate) const NONE: &str = "No contacts yet";
pub(crate) const NONE_LEAD: &str = "Whoever writes in your chat appears here.";
pub(crate) const NONE_FIT: &str = "Nobody fits";
pub(crate) const NONE_FIT_LEAD: &str =
    "Names and addresses are found by the beginnings of their words. Try fewer of them, or other choices.";
pub(crate) const MISSING: &str = "This contact does not exist";
pub(crate) const MISSING_LEAD: &str =
    "The address may be incomplete, or no conversation with them is kept any more.";
pub(crate) const KNOWN_TITLE: &str = "What is known";
pub(crate) const CONVERSATIONS: &str = "Conversations";
pub(crate) const NAME: &str = "Name";
pub(crate) const NOT_SAID: &str = "Not said";
pub(crate) const FIRST_SEEN: &str = "First seen";
pub(crate) const OPEN: &str = "Open";
pub(crate) const SHOW: &str = "All conversations with this visitor";

pub(crate) const EXPORT: &str = "Export";
pub(crate) const EXPORT_TITLE: &str = "Export contacts";
pub(crate) const EXPORT_ALL: &str = "All contacts come as a CSV file, for spreadsheets and other programs.";
pub(crate) const EXPORT_FITTING: &str =
    "The contacts that fit what you have chosen come as a CSV file, for spreadsheets and other programs.";
pub(crate) const EXPORT_LEAD: &str = "It holds names and email addresses: keep it as carefully as they would expect. The audit log says who \
     exported how many, and when.";
pub(crate) const EXPORT_NOW: &str = "Save the file";
pub(crate) const EXPORTING: &str = "Writing the file…";
pub(crate) const EXPORTED: &str = "Saved.";
pub(crate) const NOT_SAVED: &str = "Your browser could not save the file.";
/// What the file is called.
pub(crate) const FILE: &str = "contacts.csv";

/// What can be chosen of how sure it is who they are: the value, its name in the form, and what it says.
pub(crate) const ACQUAINTANCES: [(Option<Acquaintance>, &str, &str); 4] = [
    (None, "", "Anybody"),
    (Some(Acquaintance::Verified), "verified", "Verified by their site"),
    (Some(Acquaintance::Claimed), "claimed", "Claimed, not proven"),
    (Some(Acquaintance::Anonymous), "anonymous", "Anonymous"),
];

/// The choice of a name in the form.
pub(crate) fn acquaintance_named(name: &str) -> Option<Acquaintance> {
    ACQUAINTANCES.into_iter().find(|(_, other, _)| *other == name).and_then(|(acquaintance, ..)| acquaintance)
}

/// How sure it is who somebody is, in a sentence.
pub(crate) const fn lead(identity: Option<&VisitorIdentity>) -> &'static str {
    match identity {
        None => "Nothing was said of who they are.",
        Some(VisitorIdentity { user: Some(_), .. }) => "Their site has proven who they are.",
        Some(VisitorIdentity { user: None, .. }) => {
            "What stands here is what was said. Nothing of it is proven unless it bears a shield."
        }
    }
}

/// How many are listed.
pub(crate) fn listed(count: usize, is_more: bool) -> String {
    match (count, is_more) {
        (1, false) => "1 contact".to_owned(),
        (count, false) => format!("{count} contacts"),
        (count, true) => format!("The latest {count} contacts"),
    }
}

/// How many conversations there are.
pub(crate) fn conversations(count: u32) -> String {
    if count == 1 { "1 conversation".to_owned() } else { format!("{count} conversations") }
}

/// When they wrote first.
pub(crate) fn first_seen(date: &str) -> String {
    format!("first seen {date}")
}

/// When a conversation began.
pub(crate) fn began(date: &str) -> String {
    format!("began {date}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib128_every_choice_is_read_back_from_its_name() {
        for (acquaintance, name, _) in ACQUAINTANCES {
            assert_eq!(acquaintance_named(name), acquaintance, "{name}");
        }
        assert_eq!(acquaintance_named("unheard of"), None);
    }

    #[test]
    fn ib128_how_many_there_are_is_said_in_words() {
        assert_eq!([listed(1, false), listed(2, false)], ["1 contact", "2 contacts"]);
        assert_eq!(listed(50, true), "The latest 50 contacts");
        assert_eq!([conversations(1), conversations(3)], ["1 conversation", "3 conversations"]);
    }
}
