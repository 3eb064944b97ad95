//! What a client asks for: durable if accepted, and refused with a code otherwise.

use serde::{Deserialize, Serialize};

use crate::event::MessageName;
use crate::file::File;
use crate::frame::Cursor;
use crate::handling::Handling;
use crate::ids::{ClientMessageId, OutboxId};
use crate::rating::Stars;
use crate::saying::Saying;

/// What a visitor may ask for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorCommand {
    /// Say something.
    Message {
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Change an earlier message of one's own.
    Edit {
        /// The id of that message.
        of: ClientMessageId,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Delete an earlier message of one's own.
    Delete {
        /// The id of that message.
        of: ClientMessageId,
    },
    /// Say something in answer to an earlier message.
    Reply {
        /// Which.
        to: MessageName,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Send a file that the same person has sent up before, as the answer to that described it.
    File(File),
    /// End the conversation, until somebody goes on with it.
    End,
    /// Say how it was, after its end.
    Rate {
        /// How content.
        stars: Stars,
        /// Why, as typed; empty if nothing was said. See [`crate::Rating::parse`].
        comment: String,
    },
}

impl VisitorCommand {
    /// The text in it that is said to the other side, if there is any.
    pub const fn text_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Message { text } | Self::Edit { text, .. } | Self::Reply { text, .. } => Some(text),
            Self::Delete { .. } | Self::File(_) | Self::End | Self::Rate { .. } => None,
        }
    }
}

/// What an agent may ask for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentCommand {
    /// Say something to the visitor.
    Message {
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Say something to the other agents only.
    Note {
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Mark the conversation as done.
    Resolve,
    /// Open it again.
    Reopen,
    /// Change an earlier message of one's own.
    Edit {
        /// The id of that message.
        of: ClientMessageId,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Delete an earlier message of one's own.
    Delete {
        /// The id of that message.
        of: ClientMessageId,
    },
    /// Change an earlier note of one's own.
    EditNote {
        /// The id of that note.
        of: ClientMessageId,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Delete an earlier note of one's own.
    DeleteNote {
        /// The id of that note.
        of: ClientMessageId,
    },
    /// Say something to the visitor in answer to an earlier message.
    Reply {
        /// Which.
        to: MessageName,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Say something to the other agents in answer to an earlier message or note.
    ReplyByNote {
        /// Which.
        to: MessageName,
        /// As typed; see [`crate::MessageText::parse`].
        text: String,
    },
    /// Send the visitor a file that the same person has sent up before, as the answer to that described it.
    File(File),
    /// Send such a file to the other agents only.
    NoteFile(File),
    /// Handle the conversation: assign it, lay it aside, take it up, say how urgent it is and what it is about.
    Handle(Handling),
    /// Say something to the visitor, unless something came that its author had not seen (SPEC CV30).
    Say {
        /// What.
        what: Saying,
        /// How far its author had seen the log, in the agents' sequence; `None` if they had seen nothing of it.
        seen: Option<Cursor>,
    },
}

/// Commands hold message text, which never reaches a log.
macro_rules! quiet_debug {
    ($($name:ident),*) => {$(
        impl core::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(stringify!($name))
            }
        }
    )*};
}
quiet_debug!(VisitorCommand, AgentCommand);

/// A command with what makes sending it again safe (SPEC DL2 to DL4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission<C> {
    /// Chosen once per intent.
    pub client_message_id: ClientMessageId,
    /// Whose numbering `number` belongs to.
    pub outbox: OutboxId,
    /// 1, 2, 3 … within the outbox, without a hole.
    pub number: u64,
    /// What is asked for.
    pub command: C,
}
