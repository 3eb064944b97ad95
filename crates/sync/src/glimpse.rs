//! What a conversation's own engine knows of it before the list is told (SPEC WS7, SY44).

use protocol::{AgentEvent, AgentKind, ForAgents, IndexEntry, Placement, Preview, Status, Timestamp};

use crate::view::{Item, View};

/// The newest stored state of a conversation, as an agent who has it open sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    status: Status,
    active_at: Timestamp,
    /// The last message among those that are loaded.
    preview: Option<Preview>,
    unread: u32,
    placement: Placement,
}

impl View<ForAgents> {
    /// Returns what a list shows of the conversation; `None` before anything of it is known to be stored, and of a private
    /// chat, which is in no such list.
    #[must_use]
    pub fn glimpse(&self) -> Option<Glimpse> {
        self.presence.visitor?;
        let newest = self.items.iter().rfind(|item| item.seq.is_some())?;
        let preview = self.items.iter().rev().find_map(preview);
        let (status, unread) = (self.status, self.unread);
        let placement = self.presence.placement.clone();
        Some(Glimpse { status, active_at: newest.at, preview, unread, placement })
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
        let Self { status, active_at, preview, unread, placement } = self.clone();
        let preview = preview.or_else(|| entry.preview.clone());
        // The workspace knows better whose it is: who has left it counts as nobody.
        let placement = if self.is_known_to(entry) { entry.placement.clone() } else { placement };
        IndexEntry { status, active_at, preview, unread, placement, ..entry.clone() }
    }
}

fn preview(item: &Item<AgentKind>) -> Option<Preview> {
    Preview::of_event(&AgentEvent {
        seq: item.seq?,
        at: item.at,
        author: item.author.clone(),
        client_message_id: item.client_message_id,
        kind: item.kind.clone(),
    })
}
