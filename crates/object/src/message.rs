//! One message of a WebSocket.

use protocol::codec::{self, Codec};
use serde::Serialize;

/// A message, of one of the two kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Bytes.
    Binary(Vec<u8>),
    /// Text.
    Text(String),
}

impl Message {
    /// Writes a frame.
    pub fn of<F: Serialize>(frame: &F, codec: Codec) -> Self {
        match codec {
            Codec::Postcard => Self::Binary(codec::to_bytes(frame)),
            Codec::Json => Self::Text(codec::to_text(frame)),
        }
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Binary(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
