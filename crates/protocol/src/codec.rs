//! The two codecs: postcard in binary frames for our own clients, JSON in text frames for everyone else's.
//!
//! The codec is chosen by WebSocket subprotocol. The protocol version is the first byte in postcard and the field `v`
//! in JSON. The server reads [`VERSION`] and the one before.

use serde::{Deserialize, Serialize};

/// The version of the frames that this build writes.
pub const VERSION: u8 = 1;

/// The oldest version that this build reads: one less than [`VERSION`], once there is one.
pub const OLDEST_VERSION: u8 = 1;

/// How frames are written on a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Codec {
    /// Bytes.
    Postcard,
    /// Text.
    Json,
}

/// Why bytes are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A version that this build does not read.
    Version,
    /// Anything else.
    Malformed,
}

impl Codec {
    /// The name of the subprotocol.
    #[must_use]
    pub const fn subprotocol(self) -> &'static str {
        match self {
            Self::Postcard => "porchlight.postcard",
            Self::Json => "porchlight.json",
        }
    }

    /// Picks the first codec that a `Sec-WebSocket-Protocol` header offers and we speak.
    #[must_use]
    pub fn offered(header: &str) -> Option<Self> {
        header.split(',').map(str::trim).find_map(|name| {
            [Self::Postcard, Self::Json].into_iter().find(|codec| codec.subprotocol() == name)
        })
    }
}

/// Writes a frame as postcard.
#[must_use]
pub fn to_bytes<F: Serialize>(frame: &F) -> Vec<u8> {
    postcard::to_extend(frame, vec![VERSION]).unwrap_or_default()
}

/// Reads a postcard frame; trailing bytes make it malformed.
///
/// # Errors
/// Says whether the version or the rest is at fault.
pub fn from_bytes<F: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<F, Undecodable> {
    let (version, body) = bytes.split_first().ok_or(Undecodable::Malformed)?;
    check_version(u64::from(*version))?;
    let (frame, rest) = postcard::take_from_bytes(body).map_err(|_| Undecodable::Malformed)?;
    if rest.is_empty() { Ok(frame) } else { Err(Undecodable::Malformed) }
}

fn check_version(version: u64) -> Result<(), Undecodable> {
    if (u64::from(OLDEST_VERSION)..=u64::from(VERSION)).contains(&version) {
        Ok(())
    } else {
        Err(Undecodable::Version)
    }
}

#[cfg(feature = "json")]
mod json {
    use super::{Deserialize, Serialize, Undecodable, VERSION, check_version};

    #[derive(Serialize)]
    struct Written<'a, F> {
        v: u8,
        frame: &'a F,
    }

    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Read<F> {
        #[serde(rename = "v")]
        _v: u64,
        frame: F,
    }

    /// Writes a frame as JSON.
    #[must_use]
    pub fn to_text<F: Serialize>(frame: &F) -> String {
        serde_json::to_string(&Written { v: VERSION, frame }).unwrap_or_default()
    }

    /// Reads a JSON frame; unknown fields make it malformed.
    ///
    /// # Errors
    /// Says whether the version or the rest is at fault.
    pub fn from_text<F: for<'de> Deserialize<'de>>(text: &str) -> Result<F, Undecodable> {
        let Version { v } = serde_json::from_str(text).map_err(|_| Undecodable::Malformed)?;
        check_version(v)?;
        let read: Read<F> = serde_json::from_str(text).map_err(|_| Undecodable::Malformed)?;
        Ok(read.frame)
    }
}

#[cfg(feature = "json")]
pub use json::{from_text, to_text};
