//! New events get their positions, and what holds after them.

use mutant::mutant;
use protocol::{AgentKind, Author, ClientMessageId, OutboxId, Placement, Seq, Timestamp};

use super::state::Conversation;
use super::stored::{Fingerprint, Person, Standing, StoredEvent};

/// The end of a log as it grows.
pub(super) struct Appending {
    head: Seq,
    public_head: Seq,
    standing: Standing,
    placement: Placement,
    is_private: bool,
    now: Timestamp,
}

impl Appending {
    /// Goes on with the log of a conversation.
    pub(super) fn to(conversation: &Conversation, now: Timestamp) -> Self {
        Self {
            head: conversation.head(),
            public_head: conversation.public_head(),
            standing: conversation.standing(),
            placement: conversation.placement(),
            is_private: conversation.circle().is_some(),
            now,
        }
    }

    /// Where the conversation lies with the team after all that was placed.
    pub(super) fn placement(&self) -> Placement {
        self.placement.clone().in_status(self.standing.status)
    }

    /// Places the next event.
    pub(super) fn append(&mut self, event: StoredEvent) -> StoredEvent {
        self.head = self.head.next();
        if mutant!(14, event.for_visitor().is_some(), true) {
            self.public_head = self.public_head.next();
        }
        self.standing =
            self.standing.after(self.head, Person::of(&event.author), &event.kind, self.is_private);
        let step = event.kind.handling();
        if let Some(step) = step {
            self.placement = core::mem::take(&mut self.placement).after(step);
        }
        let placement = step.map(|_| Box::new(self.placement.clone()));
        StoredEvent {
            seq: self.head,
            public_seq: self.public_head,
            standing: self.standing,
            placement,
            ..event
        }
    }

    /// Places an event that nobody asked for.
    pub(super) fn by_itself(&mut self, kind: AgentKind) -> StoredEvent {
        self.by(Author::System, kind)
    }

    /// Places an event that nobody has submitted.
    pub(super) fn by(&mut self, author: Author, kind: AgentKind) -> StoredEvent {
        self.append(StoredEvent {
            seq: Seq::START,
            public_seq: Seq::START,
            at: self.now,
            author,
            client_message_id: ClientMessageId::of_server(self.head.next().0),
            outbox: OutboxId::from_bytes([0; 16]),
            number: self.head.next().0,
            fingerprint: Fingerprint::NONE,
            kind,
            target: Seq::START,
            standing: Standing::default(),
            placement: None,
        })
    }
}
