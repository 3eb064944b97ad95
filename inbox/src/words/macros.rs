//! Words of macros: on their page, and where one is run.

use protocol::{AgentId, Handling, MacroStep, Priority, Step, TeamId};

use crate::model::macro_form::Kind;
use crate::model::sentence::Sentence;
use crate::words::desk;

pub(crate) const LEAD: &str = "Several steps in one: answer, note, assign, label, snooze, resolve. Press m in a conversation to run one.";
pub(crate) const NO_OWN: &str = "You have none of your own yet. Make one for what you do again and again: it says what it will do, and does it when you press Enter.";
pub(crate) const NO_SHARED: &str = "There are none that everybody has.";
pub(crate) const NEW_OWN: &str = "New macro";
pub(crate) const NEW_SHARED: &str = "New macro for everybody";
pub(crate) const REMOVE_LEAD: &str = "What was done with it stays as it is.";
pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "By this you find it in the palette, and behind a slash in a reply.";
pub(crate) const STEPS: &str = "Steps";
pub(crate) const ADD: &str = "Add a step";
pub(crate) const KIND: &str = "What it does";
pub(crate) const UP: &str = "Move up";
pub(crate) const DOWN: &str = "Move down";
pub(crate) const TEXT: &str = "Text";
pub(crate) const WHOM: &str = "To";
pub(crate) const TEAM: &str = "Team";
pub(crate) const LABEL: &str = "Label";
pub(crate) const COUNT: &str = "For";
pub(crate) const UNIT: &str = "Unit";
pub(crate) const WHOEVER: &str = "Whoever runs it";
pub(crate) const CHOOSE: &str = "Choose";
pub(crate) const LEFT: &str = "Somebody who has left";
pub(crate) const REMOVED: &str = "A team that was removed";
pub(crate) const LEFT_NOTE: &str =
    "This step is left out when the macro is run: whom it names is not there any more.";
pub(crate) const TAKEN: &str = "Another macro or canned response has this name.";
pub(crate) const BAD: &str = "A macro takes a name of up to 80 letters.";
pub(crate) const TOO_LARGE: &str =
    "Its texts are longer than 4,000 bytes together, or there are too many macros.";
pub(crate) const NO_STEPS: &str = "Add a step at least.";
pub(crate) const TOO_MANY_STEPS: &str = "A macro has 20 steps at most.";
pub(crate) const TOO_LONG: &str = "The texts of a macro have 4,000 bytes together at most.";
pub(crate) const NO_TEXT: &str = "Write what this step says.";
pub(crate) const NO_LABEL: &str = "Type a label of up to 40 characters.";
pub(crate) const NO_TIME: &str = "Type a whole number; up to a year in all.";
pub(crate) const NOBODY_CHOSEN: &str = "Choose to whom it goes.";
pub(crate) const NO_TEAM_CHOSEN: &str = "Choose the team.";

/// What it is called where one is run.
pub(crate) const MACRO: &str = "Macro";
pub(crate) const RUN: &str = "Run a macro";
pub(crate) const FIND: &str = "Type to find a macro";
pub(crate) const NONE: &str = "There is no macro of that name.";
pub(crate) const LOADING: &str = "Loading…";
pub(crate) const MAKE: &str = "Macros are made in the settings";
pub(crate) const PLAN: &str = "What it does here";
pub(crate) const GO: &str = "Run";
pub(crate) const NOT_THERE: &str = "This macro is not there any more.";
pub(crate) const NOTHING: &str = "Everything is so already: there is nothing to do.";
pub(crate) const STAYS: &str = "All of it can be undone but what is written.";
pub(crate) const SO_ALREADY: &str = "is so already";
pub(crate) const GONE: &str = "left out: not there any more";
pub(crate) const UNSENDABLE: &str = "left out: too long, or empty, as it reads here";

/// The steps that can be chosen.
pub(crate) const KINDS: [(Kind, &str); 11] = [
    (Kind::Say, "Reply to the visitor"),
    (Kind::Note, "Write a note"),
    (Kind::Assign, "Assign"),
    (Kind::Team, "Hand to a team"),
    (Kind::Priority, "Set the priority"),
    (Kind::Label, "Add a label"),
    (Kind::Unlabel, "Remove a label"),
    (Kind::Wait, "Set aside until they write"),
    (Kind::Snooze, "Snooze"),
    (Kind::Open, "Open"),
    (Kind::Resolve, "Resolve"),
];

/// The priorities, the most urgent first.
pub(crate) const PRIORITIES: [(Priority, &str); 5] = [
    (Priority::Urgent, desk::priority(Priority::Urgent)),
    (Priority::High, desk::priority(Priority::High)),
    (Priority::Medium, desk::priority(Priority::Medium)),
    (Priority::Low, desk::priority(Priority::Low)),
    (Priority::None, desk::priority(Priority::None)),
];

/// Units of time in minutes.
pub(crate) const UNITS: [(u32, &str); 4] =
    [(1, "minutes"), (60, "hours"), (1_440, "days"), (10_080, "weeks")];

/// A span in its largest whole unit.
pub(crate) fn in_units(minutes: u32) -> (u32, u32) {
    let whole = UNITS.iter().rev().find(|(unit, _)| minutes.is_multiple_of(*unit) && minutes > 0);
    whole.map_or((minutes, 1), |(unit, _)| (minutes / unit, *unit))
}

/// What a step does, in a word or two.
pub(crate) const fn deed(step: &MacroStep) -> &'static str {
    match step {
        MacroStep::Say(_) => "Reply",
        MacroStep::Note(_) => "Note",
        MacroStep::AssignToMe => "Assign to",
        MacroStep::SnoozeFor { .. } => "Snooze for",
        MacroStep::Take(Step::Resolve) => "Resolve",
        MacroStep::Take(Step::Reopen) => "Open",
        MacroStep::Take(Step::Handle(step)) => match step {
            Handling::Assign { .. } => "Assign to",
            Handling::HandTo { .. } => "Hand to",
            Handling::Prioritize(_) => "Priority",
            Handling::Label(_) => "Add label",
            Handling::Unlabel(_) => "Remove label",
            Handling::Wait => "Set aside until they write",
            Handling::Snooze { .. } => "Snooze",
            Handling::Open => "Open",
        },
    }
}

/// What it does that with: a text, a name.
pub(crate) fn with_what(
    step: &MacroStep,
    me: &str,
    name: impl Fn(AgentId) -> Option<String>,
    team: impl Fn(TeamId) -> Option<String>,
) -> String {
    match step {
        MacroStep::Say(text) | MacroStep::Note(text) => markup::plain(text),
        MacroStep::AssignToMe => me.to_owned(),
        MacroStep::SnoozeFor { minutes } => span(*minutes),
        MacroStep::Take(Step::Handle(step)) => match step {
            Handling::Assign { to: Some(to) } => name(*to).unwrap_or_else(|| LEFT.to_lowercase()),
            Handling::Assign { to: None } => desk::NOBODY.to_lowercase(),
            Handling::HandTo { team: Some(to) } => team(*to).unwrap_or_else(|| REMOVED.to_lowercase()),
            Handling::HandTo { team: None } => desk::NO_TEAM.to_lowercase(),
            Handling::Prioritize(level) => desk::priority(*level).to_lowercase(),
            Handling::Label(label) | Handling::Unlabel(label) => label.as_str().to_owned(),
            Handling::Wait | Handling::Snooze { .. } | Handling::Open => String::new(),
        },
        MacroStep::Take(Step::Resolve | Step::Reopen) => String::new(),
    }
}

/// All that a macro does, on one line.
pub(crate) fn deeds(steps: &[MacroStep]) -> String {
    steps.iter().map(deed).collect::<Vec<_>>().join(" · ")
}

fn span(minutes: u32) -> String {
    let (count, unit) = in_units(minutes);
    let name = UNITS.iter().find(|(other, _)| *other == unit).map_or("", |(_, name)| name);
    let name = if count == 1 { name.trim_end_matches('s') } else { name };
    format!("{count} {name}")
}

/// The question before one is removed.
pub(crate) fn remove_title(name: &str) -> Sentence {
    Sentence::of("Remove the macro ").name(name).words("?")
}

/// The name of a button about one macro.
pub(crate) fn button(action: &str, name: &str) -> String {
    format!("{action} {name}")
}

/// The name of a button or a field of a step, by its place.
pub(crate) fn of_step(what: &str, place: usize) -> String {
    format!("{what}, step {}", place.saturating_add(1))
}

/// That one was run.
pub(crate) fn done(name: &str) -> String {
    format!("Macro run: {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib111_a_span_is_told_in_its_largest_whole_unit() {
        for (minutes, right) in [
            (1, "1 minute"),
            (90, "90 minutes"),
            (60, "1 hour"),
            (2_880, "2 days"),
            (10_080, "1 week"),
            (0, "0 minutes"),
        ] {
            assert_eq!(span(minutes), right);
        }
    }

    #[test]
    fn ma5_who_has_left_is_told_as_such() {
        let gone = MacroStep::Take(Step::Handle(Handling::Assign { to: Some(AgentId::from_bytes([9; 16])) }));
        let team =
            MacroStep::Take(Step::Handle(Handling::HandTo { team: Some(TeamId::from_bytes([9; 16])) }));
        let of = |step: &MacroStep| (deed(step), with_what(step, "you", |_| None, |_| None));
        assert_eq!(of(&gone), ("Assign to", "somebody who has left".to_owned()));
        assert_eq!(of(&team), ("Hand to", "a team that was removed".to_owned()));
        assert_eq!(deeds(&[MacroStep::AssignToMe, MacroStep::Take(Step::Resolve)]), "Assign to · Resolve");
    }
}
