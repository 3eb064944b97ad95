//! What holds of every value that was read: written again, by either codec, it is read as itself.

use protocol::codec::{from_bytes, from_text, to_bytes, to_text};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that crosses a boundary.
pub(crate) trait Wire: Serialize + DeserializeOwned + PartialEq {}

impl<T: Serialize + DeserializeOwned + PartialEq> Wire for T {}

/// Checks a value that somebody sent.
pub(crate) fn survives<T: Wire>(value: &T) {
    let name = std::any::type_name::<T>();
    assert!(from_bytes(&to_bytes(value)).as_ref() == Ok(value), "{name}: postcard reads another value");
    assert!(from_text(&to_text(value)).as_ref() == Ok(value), "{name}: JSON reads another value");
}
