//! The tabs above the list of conversations.

use protocol::{IndexEntry, Status};

/// Which conversations are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Filter {
    /// Somebody should answer.
    #[default]
    Open,
    /// Done.
    Resolved,
    /// Both.
    All,
}

impl Filter {
    /// In the order of the tabs.
    pub(crate) const EVERY: [Self; 3] = [Self::Open, Self::Resolved, Self::All];

    /// Whether an entry is shown.
    pub(crate) const fn admits(self, entry: &IndexEntry) -> bool {
        match (self, entry.status) {
            (Self::All, _) | (Self::Open, Status::Open) | (Self::Resolved, Status::Resolved) => true,
            (Self::Open, Status::Resolved) | (Self::Resolved, Status::Open) => false,
        }
    }

    /// How many of the loaded entries are shown.
    pub(crate) fn count(self, entries: &[IndexEntry]) -> usize {
        entries.iter().filter(|entry| self.admits(entry)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list_row::tests::entry;

    #[test]
    fn ib4_tabs_show_and_count_what_is_loaded() {
        let resolved = IndexEntry { status: Status::Resolved, ..entry(1) };
        let entries = [entry(2), resolved, entry(3)];
        let counts = Filter::EVERY.map(|filter| filter.count(&entries));
        assert_eq!(counts, [2, 1, 3]);
    }
}
