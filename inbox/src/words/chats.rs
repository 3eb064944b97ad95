//! Words of private chats.

use protocol::GatheringStep;

use crate::browser::intl;
use crate::model::private_chat::ChatName;
use crate::words;

pub(crate) const SECTION: &str = "Colleagues";
pub(crate) const TALK_ABOUT: &str = "Talk about this with a colleague";
pub(crate) const NEW: &str = "New private chat";
pub(crate) const WITH: &str = "Find a colleague";
pub(crate) const PEOPLE: &str = "Colleagues to choose from";
pub(crate) const NAME: &str = "Name of the group";
pub(crate) const NO_NAME: &str = "Enter a name for the group.";
pub(crate) const NOBODY: &str = "Choose somebody to talk with.";
pub(crate) const TOO_MANY: &str = "These are too many people for one chat.";
pub(crate) const BEGIN: &str = "Start chat";
pub(crate) const BEGINNING: &str = "Starting…";
pub(crate) const NONE: &str = "Talk with colleagues here. Visitors see nothing of it.";
pub(crate) const FORMER: &str = "Former colleague";
pub(crate) const PRIVATE: &str =
    "Private: only the people in this chat can read it, not even owners and admins.";
pub(crate) const PRIVATE_SHORT: &str = "Private";
pub(crate) const MEMBERS: &str = "People in this group";
pub(crate) const SHOW_MEMBERS: &str = "Show the people in this group";
pub(crate) const SEES_ALL: &str = "Whoever you add sees everything that was said here before.";
pub(crate) const ADD: &str = "Add to the group";
pub(crate) const ADDING: &str = "Adding…";
pub(crate) const ADDED: &str = "Added.";
pub(crate) const GONE: &str = "They do not belong to the workspace any more.";
pub(crate) const RENAME: &str = "Rename";
pub(crate) const RENAMING: &str = "Renaming…";
pub(crate) const RENAMED: &str = "Renamed.";
pub(crate) const LEAVE: &str = "Leave the group";
pub(crate) const LEAVING: &str = "Leaving…";
pub(crate) const LEAVING_LEAD: &str =
    "You will not be able to read it any more, unless somebody adds you again.";
pub(crate) const HERE: &str = "Here now";
pub(crate) const NOT_HERE: &str = "Not in this chat now";
pub(crate) const NOT_FOUND_TITLE: &str = "There is no such chat";
pub(crate) const NOT_FOUND_LEAD: &str = "It may be one that you are not in.";

/// What a chat is called.
pub(crate) fn name(name: &ChatName) -> String {
    match name {
        ChatName::Colleague(profile) => profile.name.clone(),
        ChatName::Group(name) => name.clone(),
        ChatName::Former => FORMER.to_owned(),
    }
}

/// The name of the field in which one writes.
pub(crate) fn message_to(name: &str) -> String {
    format!("Message to {name}")
}

/// How many members of a group are there now.
pub(crate) fn here(names: &[String]) -> String {
    if names.is_empty() { NOT_HERE.to_owned() } else { format!("{HERE}: {}", intl::list(names)) }
}

/// A quiet line of what happened to those in a chat.
pub(crate) fn gathered(step: &GatheringStep, who: &str, is_by_them: bool) -> String {
    match step {
        GatheringStep::Began => format!("{who} began this chat"),
        GatheringStep::Added(added) => format!("{who} added {}", added.name),
        GatheringStep::Left(left) if is_by_them => format!("{} left", left.name),
        GatheringStep::Left(left) => format!("{} does not belong to the workspace any more", left.name),
        GatheringStep::Renamed => format!("{who} changed the name of the group"),
    }
}

/// How much in a chat was not read, and how often the person is named in it.
pub(crate) fn unread(unread: u32, mentions: u32) -> String {
    let all = words::unread(unread);
    match mentions {
        0 => all,
        1 => format!("{all}, you are mentioned once"),
        times => format!("{all}, you are mentioned {times} times"),
    }
}
