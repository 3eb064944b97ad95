//! What authenticators write is CBOR (RFC 8949), of few levels.

use ciborium::Value;
use ciborium::de::from_reader_with_recursion_limit;

/// Levels that are read; an attestation has four.
const LEVELS: usize = 16;

/// Takes one item off the beginning, and returns its bytes.
pub(super) fn item<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let before = *rest;
    read(rest)?;
    before.get(..before.len().checked_sub(rest.len())?)
}

/// The entries of a map that is all there is.
pub(super) fn whole_map(mut bytes: &[u8]) -> Option<Vec<(Value, Value)>> {
    let map = read(&mut bytes)?;
    if bytes.is_empty() { map.into_map().ok() } else { None }
}

fn read(rest: &mut &[u8]) -> Option<Value> {
    from_reader_with_recursion_limit(&mut *rest, LEVELS).ok()
}
