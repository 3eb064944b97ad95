//! Words about visitors who are blocked.

use crate::model::sentence::Sentence;

pub(crate) const LEAD: &str =
    "They read nothing of what you write, and can write nothing. Agents still read what was said.";
pub(crate) const NONE_TITLE: &str = "Nobody is blocked";
pub(crate) const NONE: &str =
    "Whoever misuses your chat can be blocked in the details of a conversation of theirs.";
pub(crate) const COMMAND: &str = "Block the visitor, or let them in again";
pub(crate) const BLOCK: &str = "Block visitor";
pub(crate) const BLOCK_LEAD: &str = "Their chat closes at once, on every page and in every conversation. Who has proven who they are \
     stays out in every browser; anybody else can come back as somebody new if they clear theirs. Nothing is deleted.";
pub(crate) const UNBLOCK: &str = "Let in again";
pub(crate) const UNBLOCK_LEAD: &str = "They can read and write here again once they load the page anew.";

/// The question before somebody is blocked.
pub(crate) fn block_title(name: &str) -> Sentence {
    Sentence::of("Block ").name(name).words("?")
}

/// The question before somebody is let in again.
pub(crate) fn unblock_title(name: &str) -> Sentence {
    Sentence::of("Let ").name(name).words(" in again?")
}

/// The name of the button that lets one of many in.
pub(crate) fn unblock(name: &str) -> String {
    format!("{UNBLOCK}: {name}")
}

/// Who did it.
pub(crate) fn blocked_by(name: &str) -> Sentence {
    Sentence::of("Blocked by ").name(name)
}

/// What is said above what is written to somebody who is blocked.
pub(crate) fn reads_nothing(by: &str) -> String {
    format!("{by} blocked this visitor, who reads nothing of what you write.")
}
