//! How a screen finds what somebody makes of an earlier message of theirs.

use protocol::{Audience, Timestamp, limits};

use crate::view::{Item, Person, View};

impl<A: Audience> View<A> {
    /// Whether an item is no line of its own: it changes another one, which shows it.
    #[must_use]
    pub fn is_shown_elsewhere(&self, item: &Item<A::Kind>) -> bool {
        let Some(of) = A::amends(&item.kind).filter(|of| *of != item.client_message_id) else { return false };
        let is_target =
            |other: &Item<A::Kind>| other.client_message_id == of && other.key.person == item.key.person;
        item.seq.is_some() || self.items.iter().any(is_target)
    }

    /// The newest change of this person's own message that is not stored yet.
    #[must_use]
    pub fn unstored_change(&self, item: &Item<A::Kind>) -> Option<&Item<A::Kind>> {
        let waiting = self.items.iter().rev().take_while(|other| other.seq.is_none());
        let mut changes = waiting.filter(|other| A::amends(&other.kind) == Some(item.client_message_id));
        changes.find(|_| item.key.person == Person::Me && item.seq.is_some())
    }
}

/// Whether a message that was stored at a time can still be edited and deleted by its author, as far as this clock tells.
#[must_use]
pub const fn can_amend(is_visitor: bool, stored_at: Timestamp, now: Timestamp) -> bool {
    let limit = if is_visitor { limits::VISITOR_AMENDS_MS } else { limits::AGENT_AMENDS_MS };
    now.since(stored_at) < limit
}
