//! What is being typed, and whether it can be sent.

use protocol::limits::MESSAGE_BYTES;
use protocol::permission::{Permission, Permissions};
use protocol::{AgentCommand, ClientMessageId, Code, File, MessageName, MessageText};

/// Whom the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(crate) enum Mode {
    /// The visitor.
    #[default]
    Reply,
    /// The other agents only.
    Note,
}

impl Mode {
    /// Both, in the order of the composer's tabs.
    pub(crate) const EVERY: [Self; 2] = [Self::Reply, Self::Note];

    /// What somebody with these permissions may write.
    pub(crate) fn offered(permissions: Permissions) -> Vec<Self> {
        let needs = |mode: &Self| match mode {
            Self::Reply => Permission::AnswerVisitors,
            Self::Note => Permission::WriteNotes,
        };
        Self::EVERY.into_iter().filter(|mode| permissions.contains(needs(mode))).collect()
    }

    /// The mode itself where it is offered, else the first that is.
    pub(crate) fn among(self, offered: &[Self]) -> Self {
        if offered.contains(&self) { self } else { offered.first().copied().unwrap_or(self) }
    }

    /// Whether what was written so can be answered by whoever is offered these modes: a note by notes only.
    pub(crate) fn is_answerable(self, offered: &[Self]) -> bool {
        match self {
            Self::Reply => !offered.is_empty(),
            Self::Note => offered.contains(&Self::Note),
        }
    }

    /// Turns a file into what the engine is asked to send.
    pub(crate) const fn file(self, file: File) -> AgentCommand {
        match self {
            Self::Reply => AgentCommand::File(file),
            Self::Note => AgentCommand::NoteFile(file),
        }
    }

    /// Turns the text into what the engine is asked to send.
    pub(crate) const fn command(self, text: String) -> AgentCommand {
        match self {
            Self::Reply => AgentCommand::Message { text },
            Self::Note => AgentCommand::Note { text },
        }
    }

    /// Turns the text into what a message becomes.
    pub(crate) const fn edit(self, of: ClientMessageId, text: String) -> AgentCommand {
        match self {
            Self::Reply => AgentCommand::Edit { of, text },
            Self::Note => AgentCommand::EditNote { of, text },
        }
    }

    /// Turns the text into an answer.
    pub(crate) const fn answer(self, to: MessageName, text: String) -> AgentCommand {
        match self {
            Self::Reply => AgentCommand::Reply { to, text },
            Self::Note => AgentCommand::ReplyByNote { to, text },
        }
    }

    /// What deletes a message.
    pub(crate) const fn delete(self, of: ClientMessageId) -> AgentCommand {
        match self {
            Self::Reply => AgentCommand::Delete { of },
            Self::Note => AgentCommand::DeleteNote { of },
        }
    }
}

/// What the next message answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answering {
    /// Which message.
    pub(crate) to: MessageName,
    /// What that says.
    pub(crate) text: String,
    /// Whether only notes can answer it.
    pub(crate) by_note: bool,
}

/// A message of the agent that is being edited; the drafts wait meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Editing {
    /// Which.
    pub(crate) of: ClientMessageId,
    /// Whom it is for.
    pub(crate) mode: Mode,
    /// What is typed.
    pub(crate) text: String,
}

/// What the composer says about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Composition {
    /// Whether the button is on.
    pub(crate) sendable: bool,
    /// What is wrong with it; emptiness is not worth a word.
    pub(crate) problem: Option<Code>,
    /// How many per cent of the limit are used.
    pub(crate) filled: usize,
}

impl Composition {
    /// Asks the shared rule about the text.
    pub(crate) fn of(text: &str) -> Self {
        let checked = MessageText::parse(text);
        Self {
            sendable: checked.is_ok(),
            problem: checked.err().filter(|code| *code != Code::Empty),
            filled: text.len() * 100 / MESSAGE_BYTES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib30_whoever_may_not_write_to_somebody_is_not_offered_to() {
        let (reply, note) = (Permission::AnswerVisitors, Permission::WriteNotes);
        for (permissions, offered) in [
            (&[][..], &[][..]),
            (&[reply], &[Mode::Reply]),
            (&[note], &[Mode::Note]),
            (&[note, reply], &[Mode::Reply, Mode::Note]),
        ] {
            assert_eq!(Mode::offered(Permissions::of(permissions)), offered, "{permissions:?}");
        }
        assert_eq!(
            Mode::Reply.among(&[Mode::Note]),
            Mode::Note,
            "a draft for a visitor whom one may not answer"
        );
        assert_eq!(Mode::Note.among(&Mode::EVERY), Mode::Note);
        assert!(Mode::Reply.is_answerable(&[Mode::Note]) && !Mode::Note.is_answerable(&[Mode::Reply]));
        assert!(!Mode::Reply.is_answerable(&[]));
    }

    #[test]
    fn ib11_what_cannot_be_sent_is_said_before_it_is_sent() {
        assert_eq!(Composition::of(" \n"), Composition { sendable: false, problem: None, filled: 0 });
        assert_eq!(Composition::of("hi"), Composition { sendable: true, problem: None, filled: 0 });
        let long = "é".repeat(MESSAGE_BYTES / 2 + 1);
        assert_eq!(
            Composition::of(&long),
            Composition { sendable: false, problem: Some(Code::TooLong), filled: 100 }
        );
        assert_eq!(Composition::of("a\u{7}").problem, Some(Code::BadText));
    }
}
