//! The index of conversations.

use mutant::mutant;
use protocol::{
    AgentId, ConversationDigest, Epoch, PrivateChatDigest, ShelfCounts, SiteCounts, SiteId, Status,
};

/// Whether a digest is newer than what the index has of the conversation, `known` being that epoch and revision.
///
/// Digests arrive at least once and in any order; an old one changes nothing, nor does one of an earlier life of the log
/// that was on its way while storage was restored (SPEC WS3).
#[must_use]
pub fn supersedes(digest: &ConversationDigest, known: Option<(Epoch, u64)>) -> bool {
    is_newer((digest.epoch, digest.revision), known)
}

/// The same of a private chat.
#[must_use]
pub fn supersedes_privately(digest: &PrivateChatDigest, known: Option<(Epoch, u64)>) -> bool {
    is_newer((digest.epoch, digest.revision), known)
}

fn is_newer(told: (Epoch, u64), known: Option<(Epoch, u64)>) -> bool {
    match known {
        None => true,
        Some(known) => mutant!(16, known < told, true),
    }
}

/// How many conversations of a site stand in one way and are one person's, or nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Of which site.
    pub site: SiteId,
    /// What it is called; empty if it was removed.
    pub name: String,
    /// How they stand.
    pub status: Status,
    /// Whose they are.
    pub assignee: Option<AgentId>,
    /// How many.
    pub entries: u32,
}

/// What an agent is told of the numbers, by tallies in the order of sites (SPEC WS19).
#[must_use]
pub fn counts(tallies: &[Tally], me: AgentId) -> Vec<SiteCounts> {
    let of_site = |tallies: &[Tally]| {
        let first = tallies.first()?;
        let all = tallies.iter().map(|tally| counts_of(tally, me));
        let counts = all.fold(ShelfCounts::default(), ShelfCounts::plus);
        Some(SiteCounts { site: first.site, name: first.name.clone(), counts })
    };
    tallies.chunk_by(|one, other| one.site == other.site).filter_map(of_site).collect()
}

fn counts_of(tally: &Tally, me: AgentId) -> ShelfCounts {
    let entries = tally.entries;
    let none = ShelfCounts::default();
    match tally.status {
        Status::Open => ShelfCounts {
            open: entries,
            mine: if tally.assignee == Some(me) { entries } else { 0 },
            unassigned: if tally.assignee.is_none() { entries } else { 0 },
            ..none
        },
        Status::Pending => ShelfCounts { pending: entries, ..none },
        Status::Snoozed => ShelfCounts { snoozed: entries, ..none },
        Status::Resolved => ShelfCounts { resolved: entries, ..none },
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
                placement: protocol::Placement::default(),
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
    fn ws19_numbers_are_those_of_who_looks() {
        let [ada, ben] = [1, 2].map(|byte| AgentId::from_bytes([byte; 16]));
        let tally = |site: u8, status, assignee, entries| Tally {
            site: SiteId::from_bytes([site; 16]),
            name: format!("Site {site}"),
            status,
            assignee,
            entries,
        };
        let tallies = [
            tally(1, Status::Open, None, 3),
            tally(1, Status::Open, Some(ada), 4),
            tally(1, Status::Pending, Some(ada), 5),
            tally(2, Status::Snoozed, None, 6),
            tally(2, Status::Resolved, Some(ben), 7),
        ];
        let told = counts(&tallies, ada);
        assert_eq!(told.iter().map(|site| site.name.as_str()).collect::<Vec<_>>(), ["Site 1", "Site 2"]);
        let first = ShelfCounts { mine: 4, unassigned: 3, open: 7, pending: 5, ..ShelfCounts::default() };
        let second = ShelfCounts { snoozed: 6, resolved: 7, ..ShelfCounts::default() };
        assert_eq!(told.iter().map(|site| site.counts).collect::<Vec<_>>(), [first, second]);
        assert_eq!(counts(&tallies, ben)[0].counts.mine, 0);
    }

    #[test]
    fn ws3_news_of_an_earlier_life_of_the_log_changes_nothing() {
        let lives = [1_000, 2_000].map(|at| Epoch::beginning_at(Timestamp(at), [0xff; 8]));
        let digest = |epoch| ConversationDigest { epoch, ..digest() };
        assert!(!supersedes(&digest(lives[0]), Some((lives[1], 1))));
        assert!(supersedes(&digest(lives[1]), Some((lives[0], 9))));
    }
}
