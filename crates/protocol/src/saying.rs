//! What an agent says to the visitor, with what they had seen when they said it.

use serde::{Deserialize, Serialize};

use crate::command::AgentCommand;
use crate::event::MessageName;
use crate::file::File;
use crate::frame::Cursor;

/// Something that is said to the visitor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Saying {
    /// As [`AgentCommand::Message`].
    Message {
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// As [`AgentCommand::Reply`].
    Reply {
        /// Which.
        to: MessageName,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// As [`AgentCommand::File`].
    File(File),
}

/// What is said never reaches a log.
impl core::fmt::Debug for Saying {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Saying")
    }
}

impl From<Saying> for AgentCommand {
    fn from(what: Saying) -> Self {
        match what {
            Saying::Message { text } => Self::Message { text },
            Saying::Reply { to, text } => Self::Reply { to, text },
            Saying::File(file) => Self::File(file),
        }
    }
}

impl AgentCommand {
    /// The same, as said by somebody who has seen the log up to a position, or nothing of it; what is not said to the
    /// visitor stays as it is.
    #[must_use]
    pub fn seeing(self, seen: Option<Cursor>) -> Self {
        let what = match self {
            Self::Message { text } => Saying::Message { text },
            Self::Reply { to, text } => Saying::Reply { to, text },
            Self::File(file) => Saying::File(file),
            Self::Say { what, seen: _ } => what,
            Self::Note { .. }
            | Self::Resolve
            | Self::Reopen
            | Self::Edit { .. }
            | Self::Delete { .. }
            | Self::EditNote { .. }
            | Self::DeleteNote { .. }
            | Self::ReplyByNote { .. }
            | Self::NoteFile(_)
            | Self::Handle(_) => return self,
        };
        Self::Say { what, seen }
    }

    /// The same without a word of what its author had seen: whether it is the same as another does not depend on that.
    #[must_use]
    pub fn unseeing(self) -> Self {
        match self {
            Self::Say { what, seen: _ } => what.into(),
            Self::Message { .. }
            | Self::Reply { .. }
            | Self::File(_)
            | Self::Note { .. }
            | Self::Resolve
            | Self::Reopen
            | Self::Edit { .. }
            | Self::Delete { .. }
            | Self::EditNote { .. }
            | Self::DeleteNote { .. }
            | Self::ReplyByNote { .. }
            | Self::NoteFile(_)
            | Self::Handle(_) => self,
        }
    }
}
