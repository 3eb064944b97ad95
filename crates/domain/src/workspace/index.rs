//! The index of conversations.

use protocol::{ConversationDigest, Epoch};

/// Whether a digest is newer than what the index has of the conversation, `known` being that epoch and revision.
///
/// Digests arrive at least once and in any order; an old one changes nothing (SPEC WS3).
#[must_use]
pub fn supersedes(digest: &ConversationDigest, known: Option<(Epoch, u64)>) -> bool {
    match known {
        None => true,
        Some((epoch, revision)) => epoch != digest.epoch || revision < digest.revision,
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, IndexEntry, SiteId, Status, Timestamp, VisitorId};

    use super::*;

    #[test]
    fn ws3_an_old_or_repeated_digest_changes_nothing() {
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: 5,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes([1; 32]),
                site: SiteId::from_bytes([1; 16]),
                visitor: VisitorId::from_bytes([1; 16]),
                status: Status::Open,
                active_at: Timestamp(0),
                preview: None,
                unread: 0,
            },
        };
        let known = |revision| Some((Epoch::from_bytes([1; 16]), revision));
        assert!(supersedes(&digest, None));
        assert!(supersedes(&digest, known(4)));
        assert!(!supersedes(&digest, known(5)));
        assert!(!supersedes(&digest, known(6)));
        assert!(supersedes(&digest, Some((Epoch::from_bytes([2; 16]), 9))));
    }
}
