//! One message of an outbox.

use protocol::{
    Audience, ClientMessageId, Code, Cursor, Event, Failure, OutboxId, SavedMessage, Submission, Timestamp,
};

/// From an id to the one in its place: odd, so that no id comes back, and with bits all over.
const BETWEEN_IDS: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// A message that is not known to be stored.
#[derive(Debug)]
pub(crate) struct Entry<A: Audience> {
    pub(crate) client_message_id: ClientMessageId,
    pub(crate) kind: A::Kind,
    pub(crate) written_at: Timestamp,
    pub(crate) failed: Option<Failure>,
    /// Whether the browser could not keep it.
    pub(crate) unkept: bool,
    /// Whether another tab has removed what was kept of it.
    pub(super) is_removed: bool,
    pub(super) command: A::Command,
    /// Its number in the outbox, once it was sent.
    pub(super) number: Option<u64>,
    /// Whether it was sent on this connection under its present number.
    pub(super) transmitted: bool,
    /// How often it was sent on this connection without an answer so far.
    pub(super) unanswered: usize,
    /// How many sendings on this connection are still to be answered that were before it failed, or was asked for anew.
    pub(super) outdated: usize,
    /// How often the server had a fault over it.
    pub(super) faults: u32,
}

impl<A: Audience> Entry<A> {
    /// Creates a message that waits; `None` if the server would refuse it.
    pub(super) fn new(
        client_message_id: ClientMessageId,
        command: A::Command,
        written_at: Timestamp,
    ) -> Option<Self> {
        let kind = A::echo(&command)?;
        // As it is stored: what is taken back from the log and sent again must be the same to the byte.
        let command = A::spelled(command, &kind);
        Some(Self {
            client_message_id,
            kind,
            written_at,
            failed: None,
            unkept: false,
            is_removed: false,
            command,
            number: None,
            transmitted: false,
            unanswered: 0,
            outdated: 0,
            faults: 0,
        })
    }

    /// Takes up what was kept; `None` if the server would refuse it.
    pub(super) fn restored(saved: SavedMessage<A::Command>) -> Option<Self> {
        let SavedMessage { client_message_id, written_at, command, failed } = saved;
        Some(Self { failed, ..Self::new(client_message_id, command, written_at)? })
    }

    /// Takes up what its author has seen before they say it.
    pub(super) fn saw(&mut self, seen: Option<Cursor>) {
        A::see(&mut self.command, seen);
    }

    /// What its author had seen, where that makes a difference.
    pub(crate) fn seen(&self) -> Option<Cursor> {
        A::seen(&self.command)
    }

    /// Where it belongs: what was lost stands before what was written later, whatever the clocks said.
    pub(super) fn order(&self) -> (bool, Timestamp, ClientMessageId) {
        (self.failed != Some(Failure::Lost), self.written_at, self.client_message_id)
    }

    /// How far it got, so that of two tabs' forms of one message the later is known.
    pub(super) const fn version(&self) -> (Timestamp, bool) {
        (self.written_at, self.failed.is_some())
    }

    /// Takes back what was stored once; `None` for what nobody has said, or has deleted.
    pub(super) fn lost(event: &Event<A::Kind>) -> Option<Self> {
        if A::amends(&event.kind) == Some(event.client_message_id) {
            return None;
        }
        let command = A::repeat(&event.kind)?;
        Some(Self { failed: Some(Failure::Lost), ..Self::new(event.client_message_id, command, event.at)? })
    }

    pub(super) const fn is_pending(&self) -> bool {
        self.failed.is_none()
    }

    /// Notes why it is not sent.
    pub(super) const fn fail(&mut self, code: Code) {
        self.failed = Some(Failure::Refused(code));
        self.outdated += self.unanswered;
        self.unanswered = 0;
    }

    /// Leaves its id to what has taken it, for another that follows from it in every tab alike.
    pub(super) fn rename(&mut self) {
        let old = u128::from_be_bytes(*self.client_message_id.as_bytes());
        let new = old.wrapping_add(BETWEEN_IDS);
        self.client_message_id = ClientMessageId::from_bytes(new.to_be_bytes());
        self.outdated = 0;
    }

    /// Tells whether it was sent and has no answer to wait for any more.
    pub(super) const fn is_refused(&self) -> bool {
        self.transmitted && self.unanswered == 0
    }

    /// Returns the form in which it is kept.
    pub(super) fn saved(&self) -> SavedMessage<A::Command> {
        SavedMessage {
            client_message_id: self.client_message_id,
            written_at: self.written_at,
            command: self.command.clone(),
            failed: self.failed,
        }
    }

    /// Returns the form in which it is sent, and takes note that it is.
    pub(super) fn transmit(&mut self, outbox: OutboxId, number: u64) -> Submission<A::Command> {
        self.number = Some(number);
        self.transmitted = true;
        self.unanswered += 1;
        Submission {
            client_message_id: self.client_message_id,
            outbox,
            number,
            command: self.command.clone(),
        }
    }
}
