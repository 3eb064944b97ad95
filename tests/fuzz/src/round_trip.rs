//! What holds of every value that was read: written again, by either codec, it is read as itself, and only whole.

use protocol::Undecodable;
use protocol::codec::{from_bytes, from_text, to_bytes, to_text};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that crosses a boundary.
pub(crate) trait Wire: Serialize + DeserializeOwned + PartialEq {}

impl<T: Serialize + DeserializeOwned + PartialEq> Wire for T {}

/// Checks a value that somebody sent.
pub(crate) fn survives<T: Wire>(value: &T) {
    let name = std::any::type_name::<T>();
    let (mut bytes, mut text) = (to_bytes(value), to_text(value));
    assert!(from_bytes(&bytes).as_ref() == Ok(value), "{name}: postcard reads another value");
    assert!(from_text(&text).as_ref() == Ok(value), "{name}: JSON reads another value");
    bytes.push(0);
    text.push('0');
    assert!(from_bytes::<T>(&bytes) == Err(Undecodable::Malformed), "{name}: postcard reads a piece");
    assert!(from_text::<T>(&text) == Err(Undecodable::Malformed), "{name}: JSON reads a piece");
}
