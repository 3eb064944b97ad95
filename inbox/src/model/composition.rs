//! What is being typed, and whether it can be sent.

use protocol::limits::MESSAGE_BYTES;
use protocol::{AgentCommand, Code, File, MessageText};

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
