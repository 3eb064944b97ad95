//! Words of what stands around the composer.

use protocol::Status;

use crate::browser::intl;
use crate::model::company::{Colleague, Doing};
use crate::model::held::{Happened, News};
use crate::model::slash::{Fault, Verb};
use crate::words;

pub(crate) const HELD: &str = "Not sent yet: this came before your reply.";
pub(crate) const HELD_REPLY: &str = "Your reply";
pub(crate) const SEND_ANYWAY: &str = "Send anyway";
pub(crate) const SEND_ALL_ANYWAY: &str = "Send all anyway";

/// A step that was to come after a reply, and waits with it.
pub(crate) const fn held_step(status: Status) -> &'static str {
    match status {
        Status::Open => "Then: open",
        Status::Pending => "Then: set aside until they write",
        Status::Snoozed => "Then: snooze",
        Status::Resolved => "Then: resolve",
    }
}

/// One thing that came before a reply, after the name of who did it.
pub(crate) fn happened(what: &Happened, name_of_agent: Option<String>) -> String {
    match what {
        Happened::Said(text) => format!(": {text}"),
        Happened::Noted(text) => format!(" (note): {text}"),
        Happened::Edited(text) => format!(" changed a message: {text}"),
        Happened::Deleted => " deleted a message".to_owned(),
        Happened::Ended => " ended the conversation".to_owned(),
        Happened::HandedOver(_) => match name_of_agent {
            Some(name) => format!(" assigned the conversation to {name}"),
            None => " assigned the conversation to somebody else".to_owned(),
        },
    }
}

/// Who did it.
pub(crate) fn who(news: &News, visitor: &str) -> String {
    words::by(&news.by, visitor)
}

pub(crate) const COMPLETIONS: &str = "Commands and canned responses";

/// How much is offered.
pub(crate) fn offered(count: usize) -> String {
    if count == 1 { "1 suggestion".to_owned() } else { format!("{count} suggestions") }
}

/// What a command does.
pub(crate) const fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Note => "Write a note to your team",
        Verb::Assign => "Give the conversation to somebody",
        Verb::Team => "Hand the conversation to a team",
        Verb::Snooze => "Set it aside until a time",
        Verb::Pending => "Set it aside until they write",
        Verb::Open => "Take it up again",
        Verb::Resolve => "Mark it as done",
        Verb::Priority => "Say how urgent it is",
        Verb::Label => "Add a label",
        Verb::Unlabel => "Remove a label",
    }
}

/// What is wrong with a command.
pub(crate) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Unknown(word) => format!("There is no command /{word}. Type // to begin with a slash."),
        Fault::Expects(verb) => expects(*verb).to_owned(),
    }
}

const fn expects(verb: Verb) -> &'static str {
    match verb {
        Verb::Note => "Type the note behind /note.",
        Verb::Assign => "Type a name behind /assign that only one person has, or me, or nobody.",
        Verb::Team => "Type a name behind /team that only one team has, or none.",
        Verb::Snooze => "Type a time behind /snooze: 30m, 2h, 3d, 1w, tomorrow or monday.",
        Verb::Pending => "/pending takes nothing more.",
        Verb::Open => "/open takes nothing more.",
        Verb::Resolve => "/resolve takes nothing more.",
        Verb::Priority => "Type urgent, high, medium, low or none behind /priority.",
        Verb::Label => "Type a label of up to 40 characters behind /label.",
        Verb::Unlabel => "Type a label that the conversation has behind /unlabel.",
    }
}

/// That a variable is left in a text.
pub(crate) fn unfilled(variable: &str) -> String {
    format!("{variable} is not filled in.")
}

/// Who else has the conversation open, and what they do there.
pub(crate) fn also_here(company: &[Colleague]) -> Option<String> {
    let names: Vec<_> = company
        .iter()
        .map(|Colleague { name, doing }| match doing {
            Doing::Looking => name.clone(),
            Doing::Replying => format!("{name} (writing a reply)"),
            Doing::Noting => format!("{name} (writing a note)"),
        })
        .collect();
    (!names.is_empty()).then(|| words::also_here(&intl::list(&names), names.len() > 1))
}

/// Which colleagues write.
pub(crate) fn writing(company: &[Colleague]) -> Option<String> {
    let mut writing = company.iter().filter(|colleague| colleague.doing != Doing::Looking);
    let (first, more) = (writing.next()?, writing.count());
    let Colleague { name, doing } = first;
    Some(match (more, doing) {
        (0, Doing::Noting) => format!("{name} is writing a note"),
        (0, Doing::Looking | Doing::Replying) => format!("{name} is writing a reply"),
        _ => {
            let names = company.iter().filter(|colleague| colleague.doing != Doing::Looking);
            let names: Vec<_> = names.map(|colleague| colleague.name.clone()).collect();
            format!("{} are writing", intl::list(&names))
        }
    })
}
