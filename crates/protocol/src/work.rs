//! A little work that a browser does before a conversation begins, where many strangers come from one part of the network
//! (SPEC AC13).
//!
//! A number is looked for that, hashed together with the conversation's id, gives a digest that begins with
//! [`WORK_BITS`] zeros. The server makes the id, so that nobody works ahead, and checks the number with one hash. It costs
//! a person a fraction of a second, needs no third party and tells nobody anything.

use sha2::{Digest, Sha256};

use crate::ids::ConversationId;

/// Zeros that a digest must begin with: 2^18 hashes on average, a fifth of a second where a million are made in a second.
pub const WORK_BITS: u32 = 18;

const PURPOSE: &[u8] = b"work/1";

/// Whether a number is what was looked for.
#[must_use]
pub fn is_done(conversation: ConversationId, number: u64) -> bool {
    // One block of SHA-256, of which 55 bytes are free.
    let hash = Sha256::new_with_prefix(PURPOSE).chain_update(conversation.as_bytes());
    let digest: [u8; 32] = hash.chain_update(number.to_be_bytes()).finalize().into();
    let [first, second, third, fourth, ..] = digest;
    u32::from_be_bytes([first, second, third, fourth]).leading_zeros() >= WORK_BITS
}

/// Looks for the number, among so many from one on.
#[must_use]
pub fn search(conversation: ConversationId, from: u64, count: u64) -> Option<u64> {
    (from..from.saturating_add(count)).find(|number| is_done(conversation, *number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac13_the_number_is_found_and_is_of_one_conversation() {
        let conversation = ConversationId::from_bytes([7; 32]);
        let number = search(conversation, 0, 1 << 24).expect("with all but certainty");
        assert!(is_done(conversation, number));
        assert!(!is_done(ConversationId::from_bytes([8; 32]), number));
        assert_eq!(search(conversation, 0, number), None, "none before");
        assert!(number > 1_000, "it is some work: {number}");
    }
}
