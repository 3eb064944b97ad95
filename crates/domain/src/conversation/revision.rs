//! The number by which the workspace knows the newer of two digests.

use protocol::Seq;

const MARK_BITS: u32 = 24;
const DOUBT_BITS: u32 = 5;

const MOST_MARKED: u64 = (1 << MARK_BITS) - 1;
const MOST_DOUBTS: u64 = (1 << DOUBT_BITS) - 1;
const MOST_EVENTS: u64 = (1 << 24) - 1;

/// What a revision is made of, the weightiest first: together below 2^53.
///
/// The log comes first, so that a mark which a crash took away holds back no later news. Doubts come before the mark, so
/// that the mark may be a lower one after each. Beyond what its bits can tell, a part waits for one before it to grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Revision {
    head: u64,
    /// How often it was in doubt what the workspace had been told of this log.
    pub(super) doubts: u64,
    /// One more than how far agents have read; 0 if the workspace was told nothing since the newest doubt.
    marked: u64,
}

impl Revision {
    pub(super) fn of(head: Seq, doubts: u64, agents_mark: Seq) -> Self {
        Self {
            head: head.0.min(MOST_EVENTS),
            doubts: doubts.min(MOST_DOUBTS),
            marked: agents_mark.0.saturating_add(1).min(MOST_MARKED),
        }
    }

    /// That of a log and a mark, where the workspace knows `told`.
    pub(super) fn following(told: Self, head: Seq, agents_mark: Seq) -> Self {
        let new = Self::of(head, 0, agents_mark);
        if new.head > told.head {
            return new;
        }
        let is_set_back = new.marked < told.marked;
        Self::of(head, told.doubts.saturating_add(u64::from(is_set_back)), agents_mark)
    }

    /// The least one of a log after one more doubt.
    pub(super) fn doubted(self, head: Seq) -> Self {
        let new = Self::of(head, 1, Seq::START);
        let doubts = if new.head > self.head { 1 } else { self.doubts.saturating_add(1) };
        Self { marked: 0, ..Self::of(head, doubts, Seq::START) }
    }

    /// How far the log went.
    pub(super) const fn head(self) -> Seq {
        Seq(self.head)
    }

    pub(super) const fn number(self) -> u64 {
        (((self.head << DOUBT_BITS) | self.doubts) << MARK_BITS) | self.marked
    }

    pub(super) const fn from_number(number: u64) -> Self {
        Self {
            head: number >> (MARK_BITS + DOUBT_BITS),
            doubts: (number >> MARK_BITS) & MOST_DOUBTS,
            marked: number & MOST_MARKED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws8_revisions_are_ordered_as_their_numbers_and_fit_a_javascript_number() {
        let most = Seq(u64::MAX);
        let ascending = [
            Revision::of(Seq(1), 0, Seq(0)),
            Revision::of(Seq(1), 0, Seq(1)),
            Revision::of(Seq(1), 0, Seq(1)).doubted(Seq(1)),
            Revision::of(Seq(1), 1, Seq(0)),
            Revision::of(Seq(2), 0, Seq(0)),
            Revision::of(Seq(1), 9, most).doubted(Seq(3)),
            Revision::of(most, u64::MAX, most),
        ];
        assert!(ascending.is_sorted_by(|one, next| one < next && one.number() < next.number()));
        for revision in ascending {
            assert!(revision.number() < 1 << 53);
            assert_eq!(Revision::from_number(revision.number()), revision);
        }
    }

    #[test]
    fn ws8_a_mark_that_was_set_back_makes_a_later_revision_as_long_as_doubts_can_be_told() {
        let told = Revision::of(Seq(5), 30, Seq(4));
        let set_back = Revision::following(told, Seq(5), Seq(2));
        assert!(set_back > told);
        let again = Revision::following(set_back, Seq(5), Seq(1));
        assert!(again < set_back, "waits for the log to grow");
        assert!(Revision::following(set_back, Seq(6), Seq(1)) > set_back);
    }
}
