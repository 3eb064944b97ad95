//! The title of the browser's tab.

use protocol::{IndexEntry, PrivateChatEntry};

/// Counts conversations that wait for an agent and private chats that the person has not read, so that "(3)" means three
/// people.
pub(crate) fn waiting<'a>(
    entries: impl IntoIterator<Item = &'a IndexEntry>,
    chats: &[PrivateChatEntry],
) -> usize {
    let unread = chats.iter().filter(|chat| chat.unread > 0).count();
    entries.into_iter().filter(|entry| entry.unread > 0).count() + unread
}

#[cfg(test)]
mod tests {
    use protocol::{ChatForm, Circle, ConversationId, Timestamp};

    use super::*;
    use crate::model::list_row::tests::entry;

    #[test]
    fn ib9_the_title_counts_conversations_and_not_messages() {
        let entries = [IndexEntry { unread: 5, ..entry(1) }, entry(2), IndexEntry { unread: 1, ..entry(3) }];
        assert_eq!(waiting(&entries, &[]), 2);
        let chat = |unread| PrivateChatEntry {
            conversation: ConversationId::from_bytes([9; 32]),
            circle: Circle { form: ChatForm::Pair, members: Vec::new() },
            active_at: Timestamp(0),
            preview: None,
            unread,
            mentions: 0,
        };
        assert_eq!(waiting(&entries, &[chat(0), chat(7)]), 3);
    }
}
