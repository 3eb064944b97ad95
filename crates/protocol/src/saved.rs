//! What a browser keeps of an outbox across a reload.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::ids::{ClientMessageId, OutboxId};

/// Version of the stored form; another one is dropped unread.
const VERSION: u8 = 2;

/// Messages that were written and are not known to be stored by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedOutbox<C> {
    /// Numbers the messages.
    pub outbox: OutboxId,
    /// The number that the next message gets.
    pub next_number: u64,
    /// In the order in which they were written.
    pub entries: Vec<SavedSubmission<C>>,
}

/// One message of a saved outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSubmission<C> {
    /// Chosen when it was written.
    pub client_message_id: ClientMessageId,
    /// Its number in the outbox.
    pub number: u64,
    /// What is asked for.
    pub command: C,
    /// Set once only a person can say what becomes of it.
    pub failed: Option<Failure>,
}

impl<C: Serialize + for<'de> Deserialize<'de>> SavedOutbox<C> {
    /// Returns the text for the browser's storage.
    #[must_use]
    pub fn to_text(&self) -> String {
        let bytes = postcard::to_allocvec(&(VERSION, self)).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Self::to_text`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (version, saved): (u8, Self) = postcard::from_bytes(&bytes).ok()?;
        (version == VERSION).then_some(saved)
    }
}
