//! The title of the browser's tab.

use protocol::IndexEntry;

/// Counts conversations that wait for an agent, so that "(3)" means three people.
pub(crate) fn waiting<'a>(entries: impl IntoIterator<Item = &'a IndexEntry>) -> usize {
    entries.into_iter().filter(|entry| entry.unread > 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list_row::tests::entry;

    #[test]
    fn ib9_the_title_counts_conversations_and_not_messages() {
        let entries = [IndexEntry { unread: 5, ..entry(1) }, entry(2), IndexEntry { unread: 1, ..entry(3) }];
        assert_eq!(waiting(&entries), 2);
    }
}
