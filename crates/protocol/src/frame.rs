//! Frames of a conversation's socket, in both directions and for both audiences.

use serde::{Deserialize, Serialize};

use crate::command::{AgentCommand, Submission, VisitorCommand};
use crate::event::{AgentKind, AgentProfile, Author, Event, PrivateKind, PublicKind, Status};
use crate::handling::Placement;
use crate::identity::VisitorIdentity;
use crate::ids::{ClientMessageId, Epoch, TabId, VisitorId};
use crate::page::Page;
use crate::rating::Rating;
use crate::reject::{CloseCode, Code, Reject};
use crate::seq::{Seq, Timestamp};
use crate::text::MessageText;

/// Ties together what one kind of participant sends and sees.
pub trait Audience: 'static {
    /// Whether they write notes.
    const WRITES_NOTES: bool;

    /// What its members can ask for.
    type Command: Clone + PartialEq + core::fmt::Debug + Serialize + for<'de> Deserialize<'de> + 'static;
    /// What they can see.
    type Kind: Clone + PartialEq + core::fmt::Debug + Serialize + for<'de> Deserialize<'de> + 'static;
    /// What they know of the other side.
    type Presence: Knowledge
        + Clone
        + PartialEq
        + Default
        + core::fmt::Debug
        + Serialize
        + for<'de> Deserialize<'de>
        + 'static;

    /// The public part of what they see.
    fn public(kind: &Self::Kind) -> Option<&PublicKind>;

    /// Where the conversation stands after something they see; `None` if that stays as it is.
    fn status(kind: &Self::Kind) -> Option<Status>;

    /// What a command becomes once it is stored; `None` if it would be refused.
    fn echo(command: &Self::Command) -> Option<Self::Kind>;

    /// The command that makes it be said again; `None` for what nobody has said.
    fn repeat(kind: &Self::Kind) -> Option<Self::Command>;

    /// The command that becomes this once it is stored, spelled as it is stored.
    fn spelled(command: Self::Command, kind: &Self::Kind) -> Self::Command;

    /// Notes in a command up to where in the log its author has seen it, where that makes a difference (SPEC CV30).
    fn see(command: &mut Self::Command, seen: Option<Cursor>);

    /// What its author had seen, where that makes a difference.
    fn seen(command: &Self::Command) -> Option<Cursor>;

    /// The message of the same author that an event changes, itself included if it was deleted.
    fn amends(kind: &Self::Kind) -> Option<ClientMessageId>;

    /// What an event with this id has become through a later one of the same author; `None` if that is not about it.
    fn amended(kind: &Self::Kind, id: ClientMessageId, later: &Self::Kind) -> Option<Self::Kind>;

    /// Whether an event may have become of what was sent under an id.
    fn may_come_of(kind: &Self::Kind, id: ClientMessageId, sent: &Self::Kind) -> bool;

    /// Whether it is something said to colleagues only.
    fn is_note(kind: &Self::Kind) -> bool;

    /// Whether the conversation is among colleagues, by what is known of it.
    fn is_private(presence: &Self::Presence) -> bool;

    /// Who writes a note, and whether they began, as the members alone are told.
    fn noting(aside: <Self::Presence as Knowledge>::Aside) -> (Author, bool);
}

/// What one kind of participant knows of the other side, and what they alone are told.
pub trait Knowledge {
    /// What is told to nobody else, and never stored.
    type Aside: Clone + PartialEq + Eq + core::fmt::Debug + Serialize + for<'de> Deserialize<'de> + 'static;
}

impl Knowledge for TeamPresence {
    type Aside = Nothing;
}

impl Knowledge for VisitorPresence {
    type Aside = Aside;
}

/// Visitors are told nothing that the team is not: there is no value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nothing {}

/// What agents alone are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aside {
    /// Somebody else writes a note, or stopped.
    Noting {
        /// Who.
        author: AgentProfile,
        /// Whether they began.
        on: bool,
    },
}

/// Visitors: the widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForVisitors {}

/// Agents: the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForAgents {}

impl Audience for ForVisitors {
    const WRITES_NOTES: bool = false;

    type Command = VisitorCommand;
    type Kind = PublicKind;
    type Presence = TeamPresence;

    fn public(kind: &PublicKind) -> Option<&PublicKind> {
        Some(kind)
    }

    fn status(kind: &PublicKind) -> Option<Status> {
        kind.status()
    }

    fn echo(command: &VisitorCommand) -> Option<PublicKind> {
        match command {
            VisitorCommand::Message { text } => Some(PublicKind::message(MessageText::parse(text).ok()?)),
            VisitorCommand::Edit { of, text } => {
                Some(PublicKind::Edited { of: *of, text: MessageText::parse(text).ok()? })
            }
            VisitorCommand::Delete { of } => Some(PublicKind::Deleted { of: *of }),
            VisitorCommand::Reply { to, text } => {
                let text = MessageText::parse(text).ok()?;
                Some(PublicKind::Message { text, edited: false, reply_to: Some(*to) })
            }
            VisitorCommand::File(file) => Some(PublicKind::File(file.clone())),
            VisitorCommand::End => Some(PublicKind::Resolved),
            VisitorCommand::Rate { stars, comment } => {
                Rating::parse(*stars, comment).ok().map(PublicKind::Rated)
            }
        }
    }

    fn repeat(kind: &PublicKind) -> Option<VisitorCommand> {
        match kind {
            PublicKind::Message { text, reply_to, .. } => {
                let text = text.as_str().to_owned();
                Some(match *reply_to {
                    Some(to) => VisitorCommand::Reply { to, text },
                    None => VisitorCommand::Message { text },
                })
            }
            PublicKind::Edited { of, text } => {
                Some(VisitorCommand::Edit { of: *of, text: text.as_str().to_owned() })
            }
            PublicKind::Deleted { of } => Some(VisitorCommand::Delete { of: *of }),
            PublicKind::Resolved | PublicKind::Reopened | PublicKind::Rated(_) => None,
            PublicKind::File(file) => Some(VisitorCommand::File(file.clone())),
        }
    }

    fn spelled(command: VisitorCommand, kind: &PublicKind) -> VisitorCommand {
        Self::repeat(kind).unwrap_or(command)
    }

    fn see(_: &mut VisitorCommand, _: Option<Cursor>) {}

    fn seen(_: &VisitorCommand) -> Option<Cursor> {
        None
    }

    fn amends(kind: &PublicKind) -> Option<ClientMessageId> {
        kind.amends()
    }

    fn amended(kind: &PublicKind, id: ClientMessageId, later: &PublicKind) -> Option<PublicKind> {
        kind.amended(id, later)
    }

    fn may_come_of(kind: &PublicKind, id: ClientMessageId, sent: &PublicKind) -> bool {
        kind.may_come_of(id, sent)
    }

    fn is_note(_: &PublicKind) -> bool {
        false
    }

    fn is_private(_: &TeamPresence) -> bool {
        false
    }

    fn noting(aside: Nothing) -> (Author, bool) {
        match aside {}
    }
}

impl Audience for ForAgents {
    const WRITES_NOTES: bool = true;

    type Command = AgentCommand;
    type Kind = AgentKind;
    type Presence = VisitorPresence;

    fn public(kind: &AgentKind) -> Option<&PublicKind> {
        match kind {
            AgentKind::Public(kind) => Some(kind),
            AgentKind::Private(_) => None,
        }
    }

    fn status(kind: &AgentKind) -> Option<Status> {
        kind.status()
    }

    fn echo(command: &AgentCommand) -> Option<AgentKind> {
        Some(match command {
            AgentCommand::Message { text } => {
                AgentKind::Public(PublicKind::message(MessageText::parse(text).ok()?))
            }
            AgentCommand::Note { text } => {
                AgentKind::Private(PrivateKind::note(MessageText::parse(text).ok()?))
            }
            AgentCommand::Resolve => AgentKind::Public(PublicKind::Resolved),
            AgentCommand::Reopen => AgentKind::Public(PublicKind::Reopened),
            AgentCommand::Edit { of, text } => {
                AgentKind::Public(PublicKind::Edited { of: *of, text: MessageText::parse(text).ok()? })
            }
            AgentCommand::Delete { of } => AgentKind::Public(PublicKind::Deleted { of: *of }),
            AgentCommand::EditNote { of, text } => {
                AgentKind::Private(PrivateKind::NoteEdited { of: *of, text: MessageText::parse(text).ok()? })
            }
            AgentCommand::DeleteNote { of } => AgentKind::Private(PrivateKind::NoteDeleted { of: *of }),
            AgentCommand::Reply { to, text } => {
                let text = MessageText::parse(text).ok()?;
                AgentKind::Public(PublicKind::Message { text, edited: false, reply_to: Some(*to) })
            }
            AgentCommand::ReplyByNote { to, text } => {
                let text = MessageText::parse(text).ok()?;
                AgentKind::Private(PrivateKind::Note { text, edited: false, reply_to: Some(*to) })
            }
            AgentCommand::File(file) => AgentKind::Public(PublicKind::File(file.clone())),
            AgentCommand::NoteFile(file) => AgentKind::Private(PrivateKind::File(file.clone())),
            AgentCommand::Handle(step) => AgentKind::Private(PrivateKind::Handled(step.clone())),
            AgentCommand::Say { what, seen: _ } => return Self::echo(&what.clone().into()),
        })
    }

    fn repeat(kind: &AgentKind) -> Option<AgentCommand> {
        match kind {
            AgentKind::Public(PublicKind::Message { text, reply_to, .. }) => {
                let text = text.as_str().to_owned();
                Some(match *reply_to {
                    Some(to) => AgentCommand::Reply { to, text },
                    None => AgentCommand::Message { text },
                })
            }
            AgentKind::Private(PrivateKind::Note { text, reply_to, .. }) => {
                let text = text.as_str().to_owned();
                Some(match *reply_to {
                    Some(to) => AgentCommand::ReplyByNote { to, text },
                    None => AgentCommand::Note { text },
                })
            }
            AgentKind::Public(PublicKind::Edited { of, text }) => {
                Some(AgentCommand::Edit { of: *of, text: text.as_str().to_owned() })
            }
            AgentKind::Public(PublicKind::Deleted { of }) => Some(AgentCommand::Delete { of: *of }),
            AgentKind::Private(PrivateKind::NoteEdited { of, text }) => {
                Some(AgentCommand::EditNote { of: *of, text: text.as_str().to_owned() })
            }
            AgentKind::Private(PrivateKind::NoteDeleted { of }) => Some(AgentCommand::DeleteNote { of: *of }),
            AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened | PublicKind::Rated(_))
            | AgentKind::Private(PrivateKind::Handled(_) | PrivateKind::Gathered(_)) => None,
            AgentKind::Public(PublicKind::File(file)) => Some(AgentCommand::File(file.clone())),
            AgentKind::Private(PrivateKind::File(file)) => Some(AgentCommand::NoteFile(file.clone())),
        }
    }

    fn spelled(command: AgentCommand, kind: &AgentKind) -> AgentCommand {
        match (Self::repeat(kind), command) {
            (Some(spelled), AgentCommand::Say { what: _, seen }) => spelled.seeing(seen),
            (spelled, command) => spelled.unwrap_or(command),
        }
    }

    fn see(command: &mut AgentCommand, seen: Option<Cursor>) {
        *command = command.clone().seeing(seen);
    }

    fn seen(command: &AgentCommand) -> Option<Cursor> {
        if let AgentCommand::Say { seen, .. } = command { *seen } else { None }
    }

    fn amends(kind: &AgentKind) -> Option<ClientMessageId> {
        kind.amends()
    }

    fn amended(kind: &AgentKind, id: ClientMessageId, later: &AgentKind) -> Option<AgentKind> {
        kind.amended(id, later)
    }

    fn may_come_of(kind: &AgentKind, id: ClientMessageId, sent: &AgentKind) -> bool {
        kind.may_come_of(id, sent)
    }

    fn is_note(kind: &AgentKind) -> bool {
        matches!(kind, AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)))
    }

    fn is_private(presence: &VisitorPresence) -> bool {
        presence.visitor.is_none()
    }

    fn noting(aside: Aside) -> (Author, bool) {
        let Aside::Noting { author, on } = aside;
        (Author::Agent(author), on)
    }
}

/// A frame from a visitor.
pub type VisitorRequest = ClientFrame<VisitorCommand>;
/// A frame from an agent.
pub type AgentRequest = ClientFrame<AgentCommand>;
/// A frame to a visitor.
pub type VisitorFrame = ServerFrame<PublicKind, TeamPresence>;
/// A frame to an agent.
pub type AgentFrame = ServerFrame<AgentKind, VisitorPresence>;

/// What a client sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame<C> {
    /// Must come first and only once.
    Hello(Hello),
    /// Asks for something durable.
    Submit(Submission<C>),
    /// Everything up to here was seen.
    Read {
        /// In the sequence of the sender's audience.
        upto: Seq,
    },
    /// Typing began or ended. Never stored.
    Typing {
        /// Whether it began.
        on: bool,
    },
    /// Asks for events before a position, newest first in effect, oldest first in the answer.
    Older {
        /// The oldest position that the client has.
        before: Seq,
    },
    /// Asks for the events after a position, since one went missing on the way.
    Newer {
        /// The newest position that the client has.
        after: Seq,
    },
    /// The visitor went to another page. Refused from agents.
    Page(Page),
    /// A note began to be written, or is not any more. Never stored; refused from visitors.
    Noting {
        /// Whether it began.
        on: bool,
    },
}

/// How a client introduces itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// A visitor's token or an agent's ticket.
    pub credential: String,
    /// Which tab this is.
    pub tab: TabId,
    /// What the client has stored of the log.
    pub cursor: Option<Cursor>,
    /// Where the visitor is; agents leave it out.
    pub page: Option<Page>,
}

/// A credential never reaches a log.
impl core::fmt::Debug for Hello {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("Hello")
            .field("tab", &self.tab)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

/// The newest event that a client has, and in which life of the log.
///
/// A log that was put back to an earlier state has other events at the positions that it gives anew: by the time of that
/// event both sides see that they do not speak of the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The life of the log.
    pub epoch: Epoch,
    /// The highest position up to which nothing is missing.
    pub seq: Seq,
    /// When the event at that position was stored, as it says itself; zero where that is the beginning.
    pub at: Timestamp,
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerFrame<K, P: Knowledge> {
    /// The hello was accepted; the events that are missing follow.
    Welcome(Welcome<P>),
    /// Events in order, without a hole between them.
    Events {
        /// Oldest first.
        events: Vec<Event<K>>,
    },
    /// Answers [`ClientFrame::Older`].
    Older {
        /// Oldest first.
        events: Vec<Event<K>>,
    },
    /// A submission is stored. Goes to its author, who gets no `Events` frame for it on this socket.
    Accepted {
        /// Which submission.
        client_message_id: ClientMessageId,
        /// Where in the log.
        seq: Seq,
        /// When.
        at: Timestamp,
        /// It was stored before this submission of it.
        duplicate: bool,
    },
    /// A frame was refused and nothing was stored.
    Refused(Refusal),
    /// How far both sides have read.
    Marks(ReadMarks),
    /// Somebody else types, or stopped.
    Typing {
        /// Who.
        author: Author,
        /// Whether they began.
        on: bool,
    },
    /// The other side came, went or moved.
    Presence(P),
    /// The socket will be closed.
    Bye {
        /// Why.
        code: Code,
        /// Milliseconds the client should wait before it comes back.
        after: u32,
    },
    /// What this side alone is told.
    Aside(P::Aside),
}

/// Opens the server's side of a socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome<P> {
    /// The life of the log.
    pub epoch: Epoch,
    /// How the events that follow relate to the client's cursor.
    pub resume: Resume,
    /// The position before the first event that follows.
    pub from: Seq,
    /// The newest position there is.
    pub head: Seq,
    /// Who the server takes the client for.
    pub me: Author,
    /// Where the conversation stands.
    pub status: Status,
    /// How far both sides have read.
    pub marks: ReadMarks,
    /// What there is to know of the other side.
    pub presence: P,
    /// The server's clock.
    pub now: Timestamp,
}

/// How the events after a welcome relate to the client's cursor (SPEC DL6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// The client had no cursor and gets the newest page.
    Fresh,
    /// All that is missing follows.
    Resumed,
    /// The log has another life: drop what was confirmed, keep what is pending.
    EpochChanged,
    /// The cursor is beyond the log, in the same life.
    Rewound,
    /// More is missing than is sent again.
    TooFar,
}

/// Why a frame was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reason.
    pub code: Code,
    /// The submission it is about, if it is about one.
    pub client_message_id: Option<ClientMessageId>,
    /// Milliseconds to wait, where that is known.
    pub retry_after: Option<u32>,
}

impl Refusal {
    /// Joins a reject with the submission it is about.
    #[must_use]
    pub const fn new(reject: Reject, client_message_id: Option<ClientMessageId>) -> Self {
        Self { code: reject.code, client_message_id, retry_after: reject.retry_after }
    }
}

/// How far each side has read, in the sequence of the audience that is told. Only ever grows (SPEC DL8).
///
/// In a private chat the agent who is told is one side, and all its other members are the other (SPEC PC6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadMarks {
    /// The visitor; in a private chat each of its other members.
    pub visitor: Seq,
    /// The agents together; in a private chat the one who is told.
    pub agents: Seq,
}

/// What a visitor knows of the team.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TeamPresence {
    /// Agents who have the conversation open.
    pub agents: Vec<AgentProfile>,
}

/// What agents know of the visitor, and of their conversation beside its log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitorPresence {
    /// Who the conversation is with; nobody in a private chat.
    pub visitor: Option<VisitorId>,
    /// Whether one of the visitor's tabs is connected.
    pub online: bool,
    /// Where they are, or were last.
    pub page: Option<Page>,
    /// Agents who have the conversation open, the one who is told included.
    pub agents: Vec<AgentProfile>,
    /// What is known of the person, by proof or by the page's word.
    pub identity: Option<VisitorIdentity>,
    /// Where the conversation lies with the team.
    pub placement: Placement,
}

impl From<CloseCode> for Code {
    fn from(close: CloseCode) -> Self {
        match close {
            CloseCode::Normal | CloseCode::Zombie | CloseCode::Replaced | CloseCode::SlowReader => {
                Self::Unavailable
            }
            CloseCode::TooBig => Self::TooLarge,
            CloseCode::WrongKind | CloseCode::BadFrames => Self::BadFrame,
            CloseCode::Unauthenticated => Self::Unauthenticated,
            CloseCode::Forbidden => Self::Forbidden,
            CloseCode::NotFound => Self::NotFound,
            CloseCode::UpgradeRequired => Self::UpgradeRequired,
            CloseCode::TooMany => Self::TooManySockets,
        }
    }
}
