//! The index of conversations.

use mutant::mutant;
use protocol::{ConversationDigest, Epoch};

/// Whether a digest is newer than what the index has of the conversation, `known` being that epoch and revision.
///
/// Digests arrive at least once and in any order; an old one changes nothing, nor does one of an earlier life of the log
/// that was on its way while storage was restored (SPEC WS3).
#[must_use]
pub fn supersedes(digest: &ConversationDigest, known: Option<(Epoch, u64)>) -> bool {
    match known {
        None => true,
        Some(known) => mutant!(16, known < (digest.epoch, digest.revision), true),
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, IndexEntry, SiteId, Status, Timestamp, VisitorId};

    use super::*;

    fn digest() -> ConversationDigest {
        ConversationDigest {
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
                began_at: Timestamp(0),
                identity: None,
            },
        }
    }

    #[test]
    fn ws3_an_old_or_repeated_digest_changes_nothing() {
        let digest = digest();
        let known = |revision| Some((Epoch::from_bytes([1; 16]), revision));
        assert!(supersedes(&digest, None));
        assert!(supersedes(&digest, known(4)));
        assert!(!supersedes(&digest, known(5)));
        assert!(!supersedes(&digest, known(6)));
    }

    #[test]
    fn ws3_news_of_an_earlier_life_of_the_log_changes_nothing() {
        let lives = [1_000, 2_000].map(|at| Epoch::beginning_at(Timestamp(at), [0xff; 8]));
        let digest = |epoch| ConversationDigest { epoch, ..digest() };
        assert!(!supersedes(&digest(lives[0]), Some((lives[1], 1))));
        assert!(supersedes(&digest(lives[1]), Some((lives[0], 9))));
    }
}
