//! A step of a macro as its fields hold it.

use protocol::{AgentId, Handling, Label, MacroStep, MessageText, Priority, Step, TeamId, limits};

use super::look::{chosen, place_of};
use super::slash::{ME, NO_TEAM, NOBODY};
use crate::words::macros as words;

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// Says something to the visitor.
    #[default]
    Say,
    /// Writes a note.
    Note,
    /// Gives the conversation to somebody.
    Assign,
    /// Hands it to a team.
    Team,
    /// Says how urgent it is.
    Priority,
    /// Says what it is about.
    Label,
    /// Says what it is not about.
    Unlabel,
    /// Lays it aside until the visitor writes.
    Wait,
    /// Lays it aside for a while.
    Snooze,
    /// Takes it up again.
    Open,
    /// Marks it as done.
    Resolve,
}

/// A step as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedStep {
    /// What it does.
    pub(crate) kind: Kind,
    /// What is said or noted, or the label.
    pub(crate) text: String,
    /// To whom it is given: an id, or a word.
    pub(crate) whom: String,
    /// To which team: an id, or a word.
    pub(crate) team: String,
    /// How urgent it is, as a place in the list.
    pub(crate) priority: String,
    /// For how many of the unit it is laid aside.
    pub(crate) count: String,
    /// The unit, as a place in the list.
    pub(crate) unit: String,
}

impl Default for TypedStep {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            text: String::new(),
            whom: ME.to_owned(),
            team: String::new(),
            priority: place_of(&words::PRIORITIES, &Priority::High),
            count: "1".to_owned(),
            unit: place_of(&words::UNITS, &1_440),
        }
    }
}

impl TypedStep {
    /// A step that is known.
    pub(crate) fn of(step: &MacroStep) -> Self {
        let plain = |kind| Self { kind, ..Self::default() };
        let with_text = |kind, text: &str| Self { text: text.to_owned(), ..plain(kind) };
        match step {
            MacroStep::Say(text) => with_text(Kind::Say, text),
            MacroStep::Note(text) => with_text(Kind::Note, text),
            MacroStep::AssignToMe => plain(Kind::Assign),
            MacroStep::SnoozeFor { minutes } => {
                let (count, unit) = words::in_units(*minutes);
                let unit = place_of(&words::UNITS, &unit);
                Self { count: count.to_string(), unit, ..plain(Kind::Snooze) }
            }
            MacroStep::Take(Step::Resolve) => plain(Kind::Resolve),
            MacroStep::Take(Step::Reopen | Step::Handle(Handling::Open)) => plain(Kind::Open),
            MacroStep::Take(Step::Handle(step)) => match step {
                Handling::Assign { to } => {
                    let whom = to.map_or_else(|| NOBODY.to_owned(), |to| to.to_string());
                    Self { whom, ..plain(Kind::Assign) }
                }
                Handling::HandTo { team } => {
                    let team = team.map_or_else(|| NO_TEAM.to_owned(), |team| team.to_string());
                    Self { team, ..plain(Kind::Team) }
                }
                Handling::Prioritize(level) => {
                    Self { priority: place_of(&words::PRIORITIES, level), ..plain(Kind::Priority) }
                }
                Handling::Label(label) => with_text(Kind::Label, label.as_str()),
                Handling::Unlabel(label) => with_text(Kind::Unlabel, label.as_str()),
                Handling::Wait | Handling::Snooze { .. } => plain(Kind::Wait),
                Handling::Open => plain(Kind::Open),
            },
        }
    }

    /// Reads it, or says what is wrong.
    pub(crate) fn read(&self) -> Result<MacroStep, &'static str> {
        let handle = |step| Ok(MacroStep::Take(Step::Handle(step)));
        let label = || Label::parse(&self.text).map_err(|_| words::NO_LABEL);
        match self.kind {
            Kind::Say => Ok(MacroStep::Say(self.said()?)),
            Kind::Note => Ok(MacroStep::Note(self.said()?)),
            Kind::Assign => match self.whom.as_str() {
                ME => Ok(MacroStep::AssignToMe),
                NOBODY => handle(Handling::Assign { to: None }),
                id => {
                    let to: AgentId = id.parse().map_err(|_| words::NOBODY_CHOSEN)?;
                    handle(Handling::Assign { to: Some(to) })
                }
            },
            Kind::Team => match self.team.as_str() {
                NO_TEAM => handle(Handling::HandTo { team: None }),
                id => {
                    let team: TeamId = id.parse().map_err(|_| words::NO_TEAM_CHOSEN)?;
                    handle(Handling::HandTo { team: Some(team) })
                }
            },
            Kind::Priority => handle(Handling::Prioritize(chosen(&words::PRIORITIES, &self.priority))),
            Kind::Label => handle(Handling::Label(label()?)),
            Kind::Unlabel => handle(Handling::Unlabel(label()?)),
            Kind::Wait => handle(Handling::Wait),
            Kind::Open => handle(Handling::Open),
            Kind::Resolve => Ok(MacroStep::Take(Step::Resolve)),
            Kind::Snooze => {
                let count: u32 = self.count.trim().parse().map_err(|_| words::NO_TIME)?;
                let minutes = count.checked_mul(chosen(&words::UNITS, &self.unit)).ok_or(words::NO_TIME)?;
                let most = limits::SNOOZE_MS / 60_000;
                if !(1..=most).contains(&u64::from(minutes)) {
                    return Err(words::NO_TIME);
                }
                Ok(MacroStep::SnoozeFor { minutes })
            }
        }
    }

    fn said(&self) -> Result<String, &'static str> {
        match MessageText::parse(&self.text) {
            Ok(text) => Ok(text.as_str().to_owned()),
            Err(_) => Err(words::NO_TEXT),
        }
    }
}

/// Reads all steps, or says what is wrong with which, by its place.
pub(crate) fn read(typed: &[TypedStep]) -> Result<Vec<MacroStep>, (usize, &'static str)> {
    if typed.is_empty() {
        return Err((0, words::NO_STEPS));
    }
    if typed.len() > limits::MACRO_STEPS {
        return Err((typed.len().saturating_sub(1), words::TOO_MANY_STEPS));
    }
    let read = typed.iter().enumerate().map(|(place, step)| step.read().map_err(|words| (place, words)));
    let steps: Vec<_> = read.collect::<Result<_, _>>()?;
    let bytes: usize = steps.iter().map(text_bytes).sum();
    if bytes > limits::CANNED_BYTES {
        let longest = (0..steps.len()).max_by_key(|place| steps.get(*place).map(text_bytes));
        return Err((longest.unwrap_or_default(), words::TOO_LONG));
    }
    Ok(steps)
}

fn text_bytes(step: &MacroStep) -> usize {
    match step {
        MacroStep::Say(text) | MacroStep::Note(text) => text.len(),
        MacroStep::AssignToMe | MacroStep::SnoozeFor { .. } | MacroStep::Take(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib112_every_step_is_typed_and_read_as_itself() {
        let handle = |step| MacroStep::Take(Step::Handle(step));
        let label = Label::parse("Refund").expect("legal");
        let steps = vec![
            MacroStep::Say("Hello {{contact.name|there}}".to_owned()),
            MacroStep::Note("Paid back.".to_owned()),
            MacroStep::AssignToMe,
            handle(Handling::Assign { to: Some(AgentId::from_bytes([7; 16])) }),
            handle(Handling::Assign { to: None }),
            handle(Handling::HandTo { team: Some(TeamId::from_bytes([7; 16])) }),
            handle(Handling::HandTo { team: None }),
            handle(Handling::Prioritize(Priority::None)),
            handle(Handling::Prioritize(Priority::Urgent)),
            handle(Handling::Label(label.clone())),
            handle(Handling::Unlabel(label)),
            handle(Handling::Wait),
            handle(Handling::Open),
            MacroStep::SnoozeFor { minutes: 90 },
            MacroStep::SnoozeFor { minutes: 366 * 24 * 60 },
            MacroStep::Take(Step::Resolve),
        ];
        let typed: Vec<_> = steps.iter().map(TypedStep::of).collect();
        assert_eq!(read(&typed), Ok(steps));
        let units = |place: usize| {
            let typed = &typed[place];
            (typed.count.as_str(), words::UNITS[typed.unit.parse::<usize>().expect("a place")].1)
        };
        assert_eq!((units(13), units(14)), (("90", "minutes"), ("366", "days")));
    }

    #[test]
    fn ib112_what_is_wrong_with_a_step_is_told_before_anything_is_sent() {
        let typed = |kind, text: &str| TypedStep { kind, text: text.to_owned(), ..TypedStep::default() };
        let good = typed(Kind::Wait, "");
        let snooze = |count: &str| TypedStep { count: count.to_owned(), ..typed(Kind::Snooze, "") };
        let long = "x".repeat(41);
        for (bad, words) in [
            (typed(Kind::Say, " \n"), words::NO_TEXT),
            (typed(Kind::Note, "a\u{7}"), words::NO_TEXT),
            (typed(Kind::Label, ""), words::NO_LABEL),
            (typed(Kind::Unlabel, &long), words::NO_LABEL),
            (typed(Kind::Team, ""), words::NO_TEAM_CHOSEN),
            (TypedStep { whom: String::new(), ..typed(Kind::Assign, "") }, words::NOBODY_CHOSEN),
            (snooze(""), words::NO_TIME),
            (snooze("0"), words::NO_TIME),
            (snooze("-1"), words::NO_TIME),
            (snooze("367"), words::NO_TIME),
            (snooze("4294967295"), words::NO_TIME),
        ] {
            assert_eq!(read(&[good.clone(), bad.clone()]), Err((1, words)), "{bad:?}");
        }
        assert_eq!(read(&[]), Err((0, words::NO_STEPS)));
        assert_eq!(read(&vec![good.clone(); 21]), Err((20, words::TOO_MANY_STEPS)));
        let long = typed(Kind::Note, &"x".repeat(3_000));
        let shorter = typed(Kind::Say, &"x".repeat(1_500));
        assert_eq!(read(&[shorter, good, long]), Err((2, words::TOO_LONG)));
    }
}
