//! One of the things that a macro does: the same that an agent does by hand, said so that it holds whoever runs it and when.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::step::Step;

/// A thing that a macro does.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MacroStep {
    /// Says a text to the visitor, with variables.
    Say(String),
    /// Writes a note to the team, with variables.
    Note(String),
    /// Gives the conversation to whoever runs it.
    AssignToMe,
    /// Lays it aside for so long from then on.
    SnoozeFor {
        /// Minutes.
        minutes: u32,
    },
    /// Takes a step that is the same for everybody at any time. To take a conversation up again is [`Handling::Open`],
    /// however it stands.
    ///
    /// [`Handling::Open`]: crate::Handling::Open
    Take(Step),
}

/// What people write never reaches a log, so that `Debug` tells a text's length only.
impl fmt::Debug for MacroStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(text) => write!(formatter, "Say({} bytes)", text.len()),
            Self::Note(text) => write!(formatter, "Note({} bytes)", text.len()),
            Self::AssignToMe => formatter.write_str("AssignToMe"),
            Self::SnoozeFor { minutes } => write!(formatter, "SnoozeFor({minutes} minutes)"),
            Self::Take(step) => write!(formatter, "Take({step:?})"),
        }
    }
}
