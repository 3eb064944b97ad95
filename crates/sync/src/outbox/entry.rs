//! One message of an outbox.

use protocol::{
    Audience, ClientMessageId, Code, Event, Failure, OutboxId, SavedSubmission, Submission, Timestamp,
};

use crate::env::Entropy;

/// A message that is not known to be stored.
#[derive(Debug)]
pub(crate) struct Entry<A: Audience> {
    pub(crate) client_message_id: ClientMessageId,
    pub(crate) kind: A::Kind,
    pub(crate) written_at: Timestamp,
    pub(crate) failed: Option<Failure>,
    pub(super) command: A::Command,
    pub(super) number: u64,
    /// Whether it was sent on this connection under its present number.
    pub(super) transmitted: bool,
    /// How often it was sent on this connection without an answer so far.
    pub(super) unanswered: usize,
    /// How often the server had a fault over it.
    pub(super) faults: u32,
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
        // As it is stored: what is taken back from the log and sent again must be the same to the byte.
        let command = A::repeat(&kind).unwrap_or(command);
        Some(Self {
            client_message_id,
            kind,
            written_at,
            failed: None,
            command,
            number,
            transmitted: false,
            unanswered: 0,
            faults: 0,
        })
    }

    /// Takes up what was kept.
    pub(super) fn restored(saved: SavedSubmission<A::Command>, written_at: Timestamp) -> Option<Self> {
        let SavedSubmission { client_message_id, number, command, failed } = saved;
        Some(Self { failed, ..Self::new(client_message_id, number, command, written_at)? })
    }

    /// Takes back what was stored once; `None` for what nobody has said.
    pub(super) fn lost(event: Event<A::Kind>) -> Option<Self> {
        let command = A::repeat(&event.kind)?;
        Some(Self {
            client_message_id: event.client_message_id,
            kind: event.kind,
            written_at: event.at,
            failed: Some(Failure::Lost),
            command,
            number: 0,
            transmitted: false,
            unanswered: 0,
            faults: 0,
        })
    }

    pub(super) const fn is_pending(&self) -> bool {
        self.failed.is_none()
    }

    /// Notes why it is not sent. What has the id of something else gets an id of its own.
    pub(super) fn fail(&mut self, code: Code, entropy: &mut Entropy) {
        self.failed = Some(Failure::Refused(code));
        self.unanswered = 0;
        if code == Code::IdempotencyConflict {
            // Different from every other, even where one call has to do with several.
            let mut bytes: [u8; 16] = entropy.take();
            bytes.iter_mut().zip(self.client_message_id.as_bytes()).for_each(|(byte, old)| *byte ^= old);
            self.client_message_id = ClientMessageId::from_bytes(bytes);
        }
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
