//! What makes a request of the REST API safe to repeat (SPEC RA7).

use protocol::{ApiKeyId, ClientMessageId};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Keeps these digests apart from all others.
const DOMAIN: &[u8] = b"porchlight idempotency 1\0";

/// What is kept of an `Idempotency-Key`: whoever reads the storage learns nothing that they could send.
#[must_use]
pub fn name(text: &str) -> [u8; 32] {
    Sha256::new().chain_update(DOMAIN).chain_update(text).finalize().into()
}

/// Tells a request from another one.
#[must_use]
pub fn fingerprint<R: Serialize>(request: &R) -> [u8; 32] {
    Sha256::digest(protocol::codec::to_bytes(request)).into()
}

/// The id of a message that is sent under an `Idempotency-Key`: the conversation stores it once (SPEC DL2). Two keys of the
/// API never share one.
#[must_use]
pub fn client_message_id(key: ApiKeyId, text: &str) -> ClientMessageId {
    let digest = Sha256::new().chain_update(name(text)).chain_update(key.as_bytes()).finalize();
    ClientMessageId::from_bytes(digest.first_chunk().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ra7_the_same_key_and_text_make_the_same_message() {
        let key = |byte| ApiKeyId::from_bytes([byte; 16]);
        let id = client_message_id(key(1), "order-17");
        assert_eq!(client_message_id(key(1), "order-17"), id);
        assert_ne!(client_message_id(key(2), "order-17"), id);
        assert_ne!(client_message_id(key(1), "order-18"), id);
    }
}
