//! What a browser keeps of a message that is not known to be stored by the server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::ids::ClientMessageId;
use crate::seq::Timestamp;

/// Version of the stored form; another one is dropped unread.
const VERSION: u8 = 3;

/// One message that was written and is not known to be stored: an item of its own in the storage that all tabs share.
///
/// It has no number: whoever sends it gives it one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMessage<C> {
    /// Chosen when it was written.
    pub client_message_id: ClientMessageId,
    /// When it was written, or queued again after it had failed, by the browser's clock; later than whatever its tab
    /// knew to be waiting at that time.
    pub written_at: Timestamp,
    /// What is asked for.
    pub command: C,
    /// Set once only a person can say what becomes of it.
    pub failed: Option<Failure>,
}

impl<C: Serialize + for<'de> Deserialize<'de>> SavedMessage<C> {
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
