//! One message of an outbox.

use protocol::{Audience, ClientMessageId, Code, OutboxId, SavedSubmission, Submission, Timestamp};

/// A message that is not known to be stored.
#[derive(Debug)]
pub(crate) struct Entry<A: Audience> {
    pub(crate) client_message_id: ClientMessageId,
    pub(crate) kind: A::Kind,
    pub(crate) written_at: Timestamp,
    pub(crate) failed: Option<Code>,
    pub(super) command: A::Command,
    pub(super) number: u64,
    /// Whether it was sent on this connection under its present number.
    pub(super) transmitted: bool,
    /// How often it was sent on this connection without an answer so far.
    pub(super) unanswered: usize,
}

impl<A: Audience> Entry<A> {
    /// Creates a message that waits; `None` if the server would refuse it.
    pub(super) fn new(
        client_message_id: ClientMessageId,
        number: u64,
        command: A::Command,
        written_at: Timestamp,
    ) -> Option<Self> {
        let kind = A::echo(&command)?;
        Some(Self {
            client_message_id,
            kind,
            written_at,
            failed: None,
            command,
            number,
            transmitted: false,
            unanswered: 0,
        })
    }

    /// Takes up what was kept.
    pub(super) fn restored(saved: SavedSubmission<A::Command>, written_at: Timestamp) -> Option<Self> {
        let SavedSubmission { client_message_id, number, command, failed } = saved;
        Some(Self { failed, ..Self::new(client_message_id, number, command, written_at)? })
    }

    pub(super) const fn is_pending(&self) -> bool {
        self.failed.is_none()
    }

    /// Tells whether it was sent and has no answer to wait for any more.
    pub(super) const fn is_refused(&self) -> bool {
        self.transmitted && self.unanswered == 0
    }

    /// Returns the form in which it is kept.
    pub(super) fn saved(&self) -> SavedSubmission<A::Command> {
        SavedSubmission {
            client_message_id: self.client_message_id,
            number: self.number,
            command: self.command.clone(),
            failed: self.failed,
        }
    }

    /// Returns the form in which it is sent, and takes note that it is.
    pub(super) fn transmit(&mut self, outbox: OutboxId) -> Submission<A::Command> {
        self.transmitted = true;
        self.unanswered += 1;
        Submission {
            client_message_id: self.client_message_id,
            outbox,
            number: self.number,
            command: self.command.clone(),
        }
    }
}
