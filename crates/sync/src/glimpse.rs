//! What a conversation's own engine knows of it before the list is told (SPEC WS7, SY44).

use protocol::{AgentKind, ForAgents, IndexEntry, Preview, PublicKind, Status, Timestamp};

use crate::view::{Item, View};

/// The newest stored state of a conversation, as an agent who has it open sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    status: Status,
    active_at: Timestamp,
    /// The last message among those that are loaded.
    preview: Option<Preview>,
    unread: u32,
}

impl View<ForAgents> {
    /// Returns what a list shows of the conversation; `None` before anything of it is known to be stored.
    #[must_use]
    pub fn glimpse(&self) -> Option<Glimpse> {
        let newest = self.items.iter().rfind(|item| item.seq.is_some())?;
        let preview = self.items.iter().rev().find_map(preview);
        Some(Glimpse { status: self.status, active_at: newest.at, preview, unread: self.unread })
    }
}

impl Glimpse {
    /// Whether an entry of the list knows as much.
    pub(crate) fn is_known_to(&self, entry: &IndexEntry) -> bool {
        entry.active_at >= self.active_at
    }

    /// Whether an entry of the list knows more.
    pub(crate) fn is_outdated_by(&self, entry: &IndexEntry) -> bool {
        entry.active_at > self.active_at
    }

    /// The entry as it will be once the list is told.
    pub(crate) fn over(&self, entry: &IndexEntry) -> IndexEntry {
        let Self { status, active_at, preview, unread } = self.clone();
        let preview = preview.or_else(|| entry.preview.clone());
        IndexEntry { status, active_at, preview, unread, ..entry.clone() }
    }
}

fn preview(item: &Item<AgentKind>) -> Option<Preview> {
    match &item.kind {
        AgentKind::Public(PublicKind::Message { text }) => {
            Some(Preview::of(item.author.clone(), item.seq?, text))
        }
        AgentKind::Public(PublicKind::File(file)) => {
            Some(Preview::of_file(item.author.clone(), item.seq?, file))
        }
        AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened) | AgentKind::Private(_) => None,
    }
}
