//! What follows from a request: what is stored, and who is told what.

use protocol::{
    AgentFrame, AgentProfile, Author, ClientMessageId, Page, Seq, ServerFrame, Timestamp, VisitorFrame,
    VisitorIdentity,
};

use super::pace::Pace;
use super::state::{Conversation, Identity, Marks};
use super::stored::{LineKind, StoredEvent};

/// Everything that follows from one request. The shell stores all writes in one synchronous turn, applies them, sends.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The rates after this request.
    pub pace: Pace,
    /// To be stored, in this order.
    pub writes: Vec<Write>,
    /// The read marks, if they have moved, in the agents' sequence: kept with the socket that moved them, and stored when
    /// they rest (SPEC ST12).
    pub marks: Option<Marks>,
    /// To be sent once they are stored, in this order.
    pub sends: Vec<Send>,
}

/// A change of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// The conversation begins.
    Begin {
        /// Whose it is.
        identity: Identity,
        /// Where the visitor is.
        page: Option<Page>,
        /// What is known of the visitor.
        who: Option<VisitorIdentity>,
    },
    /// A fact is added to the log.
    Append(StoredEvent),
    /// The visitor is on another page.
    Page(Page),
    /// Something else is known of the visitor.
    Introduce(VisitorIdentity),
    /// What was kept with sockets rests here.
    Settle {
        /// How far everybody has read.
        marks: Marks,
        /// The revision of the newest digest that the workspace knows.
        told: u64,
    },
}

impl Outcome {
    /// The event that a submission became.
    #[must_use]
    pub fn accepted(&self) -> Option<&StoredEvent> {
        self.sends.iter().find_map(|send| match send {
            Send::Event { event, except_author: true } => Some(event),
            Send::Event { .. }
            | Send::Accepted { .. }
            | Send::Stored { .. }
            | Send::Marks
            | Send::Typing { .. }
            | Send::Noting { .. }
            | Send::Attendance
            | Send::Placement => None,
        })
    }

    /// Where the event is that a submission had become before.
    #[must_use]
    pub fn accepted_before(&self) -> Option<Seq> {
        self.sends.iter().find_map(|send| match send {
            Send::Accepted { seq, duplicate: true, .. } => Some(*seq),
            Send::Accepted { .. }
            | Send::Event { .. }
            | Send::Stored { .. }
            | Send::Marks
            | Send::Typing { .. }
            | Send::Noting { .. }
            | Send::Attendance
            | Send::Placement => None,
        })
    }

    /// Whether a message is deleted, and so perhaps a file that is to be removed.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.writes.iter().any(|write| matches!(write, Write::Append(event) if event.leaves().is_some()))
    }

    /// Whether the workspace should not have to wait for it: a conversation begins, its status or its placement changes, or what it may show
    /// of a message is not what that says any more (SPEC WS7, CV12).
    #[must_use]
    pub fn is_pressing(&self) -> bool {
        self.writes.iter().any(|write| match write {
            Write::Begin { .. } => true,
            Write::Append(event) => match LineKind::of(&event.kind) {
                LineKind::Resolved
                | LineKind::Reopened
                | LineKind::Edited
                | LineKind::Deleted
                | LineKind::Handled
                | LineKind::Assigned
                | LineKind::Gathered => true,
                LineKind::Message
                | LineKind::Note
                | LineKind::NoteEdited
                | LineKind::NoteDeleted
                | LineKind::File
                | LineKind::NoteFile
                | LineKind::Rated => false,
            },
            Write::Page(_) | Write::Introduce(_) | Write::Settle { .. } => false,
        })
    }
}

/// Something to be told to sockets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Send {
    /// To the socket the request came from: its submission is stored.
    Accepted {
        /// Which submission.
        client_message_id: ClientMessageId,
        /// Where in the agents' sequence.
        seq: Seq,
        /// When.
        at: Timestamp,
        /// It had been stored before.
        duplicate: bool,
    },
    /// To everybody who may see it; `except_author` leaves out the socket that the request came from.
    Event {
        /// The event.
        event: StoredEvent,
        /// Whether that socket was told by [`Send::Accepted`].
        except_author: bool,
    },
    /// To the socket the request came from: stored events after `after` up to and including `upto`, in the agents' sequence.
    Stored {
        /// Exclusive.
        after: Seq,
        /// Inclusive.
        upto: Seq,
        /// Whether they answer a request for older ones.
        older: bool,
    },
    /// To everybody: the read marks.
    Marks,
    /// To everybody but the one who types.
    Typing {
        /// Who.
        author: Author,
        /// Whether they began.
        on: bool,
    },
    /// To agents but the one who writes: a note is being written.
    Noting {
        /// Who.
        author: AgentProfile,
        /// Whether they began.
        on: bool,
    },
    /// To everybody: who is here.
    Attendance,
    /// To agents: where the conversation lies with the team.
    Placement,
}

impl Conversation {
    /// An acceptance in the visitor's sequence.
    #[must_use]
    pub fn accepted_for_visitor(
        &self,
        client_message_id: ClientMessageId,
        seq: Seq,
        at: Timestamp,
        duplicate: bool,
    ) -> VisitorFrame {
        ServerFrame::Accepted { client_message_id, seq: self.public_position(seq), at, duplicate }
    }

    /// An acceptance in the agents' sequence.
    #[must_use]
    pub const fn accepted_for_agent(
        client_message_id: ClientMessageId,
        seq: Seq,
        at: Timestamp,
        duplicate: bool,
    ) -> AgentFrame {
        ServerFrame::Accepted { client_message_id, seq, at, duplicate }
    }
}
