//! Events as the log holds them, and what each audience sees of one.

use protocol::{
    AgentEvent, AgentId, AgentKind, Author, ClientMessageId, Event, File, Handling, OutboxId, Placement,
    PrivateKind, PublicEvent, PublicKind, Seq, Status, Timestamp,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One fact of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position among all events.
    pub seq: Seq,
    /// How many events up to and including this one visitors may see.
    pub public_seq: Seq,
    /// When it was stored.
    pub at: Timestamp,
    /// Who caused it.
    pub author: Author,
    /// The id its author chose.
    pub client_message_id: ClientMessageId,
    /// The outbox it came from.
    pub outbox: OutboxId,
    /// Its number in that outbox.
    pub number: u64,
    /// Tells the same payload from another one.
    pub fingerprint: Fingerprint,
    /// What happened.
    pub kind: AgentKind,
    /// The position of the message or note that this changes, its own if that was changed; [`Seq::START`] for all else.
    pub target: Seq,
    /// What holds after it.
    pub standing: Standing,
    /// Where the conversation lies with the team after it, in an event that changes that.
    pub placement: Option<Box<Placement>>,
}

impl StoredEvent {
    /// The event as agents see it.
    #[must_use]
    pub fn for_agents(&self) -> AgentEvent {
        Event {
            seq: self.seq,
            at: self.at,
            author: self.author.clone(),
            client_message_id: self.client_message_id,
            kind: self.kind.clone(),
        }
    }

    /// The event as the visitor sees it; `None` if they do not.
    #[must_use]
    pub fn for_visitor(&self) -> Option<PublicEvent> {
        let AgentKind::Public(kind) = &self.kind else {
            return None;
        };
        Some(Event {
            seq: self.public_seq,
            at: self.at,
            author: self.author.clone(),
            client_message_id: self.client_message_id,
            kind: kind.clone(),
        })
    }

    /// The file that is sent in it, if one is.
    #[must_use]
    pub const fn file(&self) -> Option<&File> {
        self.kind.file()
    }

    /// The part that the conversation keeps in memory.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            seq: self.seq,
            public_seq: self.public_seq,
            at: self.at,
            person: Person::of(&self.author),
            client_message_id: self.client_message_id,
            outbox: self.outbox,
            number: self.number,
            fingerprint: self.fingerprint,
            kind: LineKind::of(&self.kind),
            target: self.target,
            standing: self.standing,
        }
    }
}

/// A stored event without its text and names: what deduplication, order, status and counts need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Position among all events.
    pub seq: Seq,
    /// How many events up to and including this one visitors may see.
    pub public_seq: Seq,
    /// When it was stored.
    pub at: Timestamp,
    /// Who caused it.
    pub person: Person,
    /// The id its author chose.
    pub client_message_id: ClientMessageId,
    /// The outbox it came from.
    pub outbox: OutboxId,
    /// Its number in that outbox.
    pub number: u64,
    /// Tells the same payload from another one.
    pub fingerprint: Fingerprint,
    /// What kind of fact it is.
    pub kind: LineKind,
    /// As in [`StoredEvent`].
    pub target: Seq,
    /// What holds after it.
    pub standing: Standing,
}

/// What holds of a conversation after an event: stored with it, so that waking needs the newest events only (SPEC ST11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Where the conversation stands.
    pub status: Status,
    /// How many messages the visitor has written.
    pub visitor_messages: u64,
    /// The position of the newest message that everybody in the conversation sees, in a private chat that of the newest
    /// note; [`Seq::START`] before the first.
    pub newest_message: Seq,
    /// The position of the newest event that says where the conversation lies with the team, or among whom a private chat
    /// is; [`Seq::START`] before the first.
    pub placed: Seq,
}

impl Standing {
    /// What holds once somebody has done something at a position; `is_private` in a private chat.
    #[must_use]
    pub fn after(self, seq: Seq, person: Person, kind: &AgentKind, is_private: bool) -> Self {
        let status = kind.status().unwrap_or(self.status);
        match LineKind::of(kind) {
            LineKind::Message | LineKind::File => Self {
                visitor_messages: self.visitor_messages.saturating_add(u64::from(person == Person::Visitor)),
                newest_message: seq,
                ..self
            },
            LineKind::Resolved | LineKind::Reopened => Self { status, ..self },
            LineKind::Handled | LineKind::Assigned | LineKind::Gathered => {
                Self { status, placed: seq, ..self }
            }
            LineKind::Note | LineKind::NoteFile if is_private => Self { newest_message: seq, ..self },
            LineKind::Note
            | LineKind::Edited
            | LineKind::Deleted
            | LineKind::NoteEdited
            | LineKind::NoteDeleted
            | LineKind::NoteFile
            | LineKind::Rated => self,
        }
    }
}

/// The kinds of facts, without what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Somebody wrote to the other side.
    Message,
    /// The conversation was resolved.
    Resolved,
    /// It was opened again.
    Reopened,
    /// An agent wrote to the other agents.
    Note,
    /// Somebody changed a message of theirs.
    Edited,
    /// Somebody deleted a message of theirs; that message, and what had changed it, is of this kind since.
    Deleted,
    /// An agent changed a note of theirs.
    NoteEdited,
    /// An agent deleted a note of theirs; that note, and what had changed it, is of this kind since.
    NoteDeleted,
    /// Somebody sent the other side a file.
    File,
    /// An agent sent the other agents a file.
    NoteFile,
    /// The visitor rated the conversation.
    Rated,
    /// The conversation was handled, other than by assigning it.
    Handled,
    /// The conversation was assigned to somebody, or to nobody.
    Assigned,
    /// Among whom a private chat is has changed.
    Gathered,
}

impl LineKind {
    /// The kind of a full event.
    #[must_use]
    pub const fn of(kind: &AgentKind) -> Self {
        match kind {
            AgentKind::Public(PublicKind::Message { .. }) => Self::Message,
            AgentKind::Public(PublicKind::Resolved) => Self::Resolved,
            AgentKind::Public(PublicKind::Reopened) => Self::Reopened,
            AgentKind::Private(PrivateKind::Note { .. }) => Self::Note,
            AgentKind::Public(PublicKind::Edited { .. }) => Self::Edited,
            AgentKind::Public(PublicKind::Deleted { .. }) => Self::Deleted,
            AgentKind::Private(PrivateKind::NoteEdited { .. }) => Self::NoteEdited,
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) => Self::NoteDeleted,
            AgentKind::Public(PublicKind::File(_)) => Self::File,
            AgentKind::Private(PrivateKind::File(_)) => Self::NoteFile,
            AgentKind::Public(PublicKind::Rated(_)) => Self::Rated,
            AgentKind::Private(PrivateKind::Gathered(_)) => Self::Gathered,
            AgentKind::Private(PrivateKind::Handled(step)) => match step {
                Handling::Assign { .. } => Self::Assigned,
                Handling::Wait
                | Handling::Snooze { .. }
                | Handling::Open
                | Handling::Prioritize(_)
                | Handling::Label(_)
                | Handling::Unlabel(_)
                | Handling::HandTo { .. } => Self::Handled,
            },
        }
    }

    /// Whether visitors see it.
    #[must_use]
    pub const fn is_public(self) -> bool {
        match self {
            Self::Message
            | Self::Resolved
            | Self::Reopened
            | Self::Edited
            | Self::Deleted
            | Self::File
            | Self::Rated => true,
            Self::Note
            | Self::NoteEdited
            | Self::NoteDeleted
            | Self::NoteFile
            | Self::Handled
            | Self::Assigned
            | Self::Gathered => false,
        }
    }
}

/// Who somebody is, whatever they call themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// The visitor of the conversation.
    Visitor,
    /// An agent.
    Agent(AgentId),
    /// Porchlight itself.
    System,
}

impl Person {
    /// The person behind an author.
    #[must_use]
    pub const fn of(author: &Author) -> Self {
        match author {
            Author::Visitor => Self::Visitor,
            Author::Agent(profile) => Self::Agent(profile.id),
            Author::System => Self::System,
        }
    }
}

/// The first 16 bytes of the SHA-256 of a command in postcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// The fingerprint of an event nobody sent, and of one whose text is not what was sent any more.
    pub const NONE: Self = Self([0; 16]);

    /// Computes the fingerprint of a command.
    #[must_use]
    pub fn of<C: Serialize>(command: &C) -> Self {
        let bytes = postcard::to_allocvec(command).unwrap_or_default();
        let digest = Sha256::digest(bytes);
        let mut first = [0; 16];
        first.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(first)
    }
}
