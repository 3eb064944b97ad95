//! How long it counts that somebody has just proved who they are.

use protocol::call::Proof;
use protocol::{Timestamp, limits};

/// Whether a proof still opens what is guarded by one (SPEC AP16).
#[must_use]
pub const fn is_fresh(proof: Proof, now: Timestamp) -> bool {
    now.since(proof.at) < limits::PROOF_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap16_a_proof_counts_for_ten_minutes() {
        let proof = Proof { at: Timestamp(1_000) };
        assert!(is_fresh(proof, Timestamp(1_000 + 599_999)));
        assert!(!is_fresh(proof, Timestamp(1_000 + 600_000)));
    }
}
