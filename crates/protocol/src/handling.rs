//! How the team handles a conversation: whose it is, when it comes up again, how urgent it is and what it is about.
//!
//! Visitors have no type for any of it.

use core::cmp::Ordering;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::event::Status;
use crate::ids::{AgentId, TeamId};
use crate::limits::{LABEL_CHARACTERS, LABELS};
use crate::reject::Code;
use crate::seq::Timestamp;

/// A step in handling a conversation: what an agent asks for, and what is stored of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Handling {
    /// Gives it to somebody, or to nobody.
    Assign {
        /// Whom. Who is not among the workspace's people counts as nobody.
        to: Option<AgentId>,
    },
    /// Lays it aside until the visitor writes.
    Wait,
    /// Lays it aside until a time, or until the visitor writes before it.
    Snooze {
        /// When it is open again.
        until: Timestamp,
    },
    /// Takes it up again.
    Open,
    /// Says how urgent it is.
    Prioritize(Priority),
    /// Says that it is about something.
    Label(Label),
    /// Says that it is not.
    Unlabel(Label),
    /// Hands it to a team, or to none.
    HandTo {
        /// Which. One that the workspace does not have counts as none.
        team: Option<TeamId>,
    },
}

impl Handling {
    /// Where the conversation stands after it; `None` if that stays as it is.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self {
            Self::Wait => Some(Status::Pending),
            Self::Snooze { .. } => Some(Status::Snoozed),
            Self::Open => Some(Status::Open),
            Self::Assign { .. }
            | Self::Prioritize(_)
            | Self::Label(_)
            | Self::Unlabel(_)
            | Self::HandTo { .. } => None,
        }
    }
}

/// How urgent a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Nobody has said.
    #[default]
    None,
    /// It can wait.
    Low,
    /// As most.
    Medium,
    /// Before others.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// Every one, from the least.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Medium, Self::High, Self::Urgent];
}

/// A word or a few for what a conversation is about: one line of 1 to [`LABEL_CHARACTERS`] characters.
///
/// Two that differ in case only are the same label.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

impl Label {
    /// Accepts what somebody typed; white space around it is dropped, within it each run becomes one space.
    ///
    /// # Errors
    /// [`Code::Empty`] if nothing visible is left, [`Code::TooLong`], [`Code::BadText`] for control and direction
    /// characters.
    pub fn parse(typed: &str) -> Result<Self, Code> {
        if typed.len() > LABEL_CHARACTERS * 16 {
            return Err(Code::TooLong);
        }
        let label = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if label.chars().any(is_hidden) {
            return Err(Code::BadText);
        }
        match label.chars().count() {
            0 => Err(Code::Empty),
            1..=LABEL_CHARACTERS => Ok(Self(label)),
            _ => Err(Code::TooLong),
        }
    }

    /// Returns it as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{00ad}' | '\u{061c}' | '\u{fff9}'..='\u{fffb}')
}

impl PartialEq for Label {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.folded() == other.folded()
    }
}

impl Eq for Label {}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(&other.folded())
    }
}

/// What people write never reaches a log, so that `Debug` tells its length only.
impl fmt::Debug for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Label({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for Label {
    type Error = Code;

    fn try_from(label: String) -> Result<Self, Code> {
        Self::parse(&label)
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

/// Where a conversation lies with the team: what all steps of handling it have come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Placement {
    /// Whose it is. Who is not among the workspace's people counts as nobody.
    pub assignee: Option<AgentId>,
    /// When it is open again, while it is snoozed.
    pub snoozed_until: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is about, in the order in which that was said; at most [`LABELS`].
    pub labels: Vec<Label>,
    /// With which team it lies. One that the workspace does not have counts as none.
    #[serde(default)]
    pub team: Option<TeamId>,
}

impl Placement {
    /// What it is after one more step.
    #[must_use]
    pub fn after(mut self, step: &Handling) -> Self {
        match step {
            Handling::Assign { to } => self.assignee = *to,
            Handling::Wait | Handling::Open => self.snoozed_until = None,
            Handling::Snooze { until } => self.snoozed_until = Some(*until),
            Handling::Prioritize(priority) => self.priority = *priority,
            Handling::Label(label) if self.labels.contains(label) => {}
            Handling::Label(label) => self.labels.push(label.clone()),
            Handling::Unlabel(label) => self.labels.retain(|other| other != label),
            Handling::HandTo { team } => self.team = *team,
        }
        self
    }

    /// The same where the conversation stands so: a time counts only while it is snoozed.
    #[must_use]
    pub fn in_status(self, status: Status) -> Self {
        match status {
            Status::Snoozed => self,
            Status::Open | Status::Resolved | Status::Pending => Self { snoozed_until: None, ..self },
        }
    }

    /// Whether there is room for one more label, unless it is there.
    #[must_use]
    pub fn takes(&self, label: &Label) -> bool {
        self.labels.len() < LABELS || self.labels.contains(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label::parse(text).expect("legal")
    }

    #[test]
    fn cv21_a_label_is_one_short_line() {
        let parse = |typed: &str| Label::parse(typed).map(String::from);
        assert_eq!(parse("  Order \n late "), Ok("Order late".to_owned()));
        assert_eq!(parse(&"ä".repeat(LABEL_CHARACTERS)).map(|label| label.len()), Ok(2 * LABEL_CHARACTERS));
        assert_eq!(parse(&"a".repeat(LABEL_CHARACTERS + 1)), Err(Code::TooLong));
        assert_eq!(parse(" \t"), Err(Code::Empty));
        for bad in ["a\0b", "a\u{202e}b", "\u{200b}", "\u{7f}"] {
            assert_eq!(parse(bad), Err(Code::BadText), "{bad:?}");
        }
    }

    #[test]
    fn cv21_labels_are_compared_without_case_and_the_first_spelling_stays() {
        let placement = ["Billing", "VIP", "billing", "STRASSE"]
            .iter()
            .fold(Placement::default(), |placement, typed| placement.after(&Handling::Label(label(typed))));
        let spelt = |placement: &Placement| {
            placement.labels.iter().map(|label| label.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(spelt(&placement), ["Billing", "VIP", "STRASSE"]);
        let placement = placement.after(&Handling::Unlabel(label("vip")));
        assert_eq!(spelt(&placement), ["Billing", "STRASSE"]);
        assert_eq!(placement.clone().after(&Handling::Unlabel(label("absent"))), placement);
    }

    #[test]
    fn cv18_the_same_step_twice_is_the_same() {
        let to = Some(AgentId::from_bytes([1; 16]));
        for step in [
            Handling::Assign { to },
            Handling::Wait,
            Handling::Snooze { until: Timestamp(5) },
            Handling::Open,
            Handling::Prioritize(Priority::High),
            Handling::Label(label("a")),
            Handling::Unlabel(label("a")),
            Handling::HandTo { team: Some(TeamId::from_bytes([2; 16])) },
        ] {
            let once = Placement::default().after(&step);
            assert_eq!(once.clone().after(&step), once, "{step:?}");
        }
    }
}
