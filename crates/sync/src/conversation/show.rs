//! Makes the view of a conversation.

use protocol::{Audience, Author, Event, PublicKind, Seq, Timestamp};

use super::Conversation;
use crate::outbox::Entry;
use crate::view::{Item, ItemKey, Person, SendState, View};

impl<A: Audience> Conversation<A> {
    /// Returns what to show at a time; clones every item, so read it once a step that says `changed`.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> View<A> {
        let now = self.clock.inside_at(now);
        let stored =
            self.timeline.events().iter().chain(self.timeline.ahead()).map(|event| self.stored(event));
        let written = self.outbox.entries().iter().map(|entry| self.written(entry));
        View {
            items: stored.chain(written).collect(),
            connection: self.connection.badge(now),
            status: self.status,
            me: self.me.clone(),
            typing: self.others_typing.shown(now),
            presence: self.presence.clone(),
            unread: self.unread(),
            head: self.timeline.head(),
            more_above: self.timeline.has_older(),
            loading_older: self.timeline.is_loading_older(),
            unsent: self.outbox.pending(),
            unkept: self.outbox.unkept(),
        }
    }

    fn stored(&self, event: &Event<A::Kind>) -> Item<A::Kind> {
        let person = Person::of(&event.author, self.me.as_ref());
        Item {
            key: ItemKey { person, client_message_id: event.client_message_id },
            author: event.author.clone(),
            mine: person == Person::Me,
            kind: event.kind.clone(),
            at: event.at,
            state: self.state(event),
            client_message_id: event.client_message_id,
            seq: Some(event.seq),
            seen: None,
        }
    }

    fn written(&self, entry: &Entry<A>) -> Item<A::Kind> {
        Item {
            key: ItemKey { person: Person::Me, client_message_id: entry.client_message_id },
            author: self.me.clone().unwrap_or(Author::System),
            mine: true,
            kind: entry.kind.clone(),
            at: entry.written_at,
            state: entry.failed.map_or(SendState::Sending, SendState::Failed),
            client_message_id: entry.client_message_id,
            seq: None,
            seen: entry.seen().filter(|seen| self.timeline.is_of(seen.epoch)).map(|seen| seen.seq),
        }
    }

    /// Items of this side that the other side can see are seen once its mark covers them.
    fn state(&self, event: &Event<A::Kind>) -> SendState {
        let seen = self.me.as_ref().is_some_and(|me| {
            self.is_of_side(&event.author, me) && event.seq <= self.marks.seen_by_other_side(me)
        });
        let is_seen_there = self.is_private() || A::public(&event.kind).is_some();
        if seen && is_seen_there { SendState::Seen } else { SendState::Sent }
    }

    /// Whether the conversation is among colleagues, where each person is a side (SPEC PC6).
    fn is_private(&self) -> bool {
        A::is_private(&self.presence)
    }

    /// Tells whether an author is on the side of this client: the visitor's, or that of everyone else.
    fn is_of_side(&self, author: &Author, me: &Author) -> bool {
        if self.is_private() {
            return me.is_same_person(author);
        }
        matches!(author, Author::Visitor) == matches!(me, Author::Visitor)
    }

    fn unread(&self) -> u32 {
        let Some(me) = &self.me else { return 0 };
        let seen: Seq = self.marks.seen_by_this_side(me);
        let unseen = self.timeline.events().iter().rev().take_while(|event| event.seq > seen);
        let is_message =
            |event: &Event<A::Kind>| is_message::<A>(event) || self.is_private() && A::is_note(&event.kind);
        let count = unseen.filter(|event| is_message(event) && !self.is_of_side(&event.author, me)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// Tells whether somebody wrote it to the other side, or did before they deleted it.
fn is_message<A: Audience>(event: &Event<A::Kind>) -> bool {
    match A::public(&event.kind) {
        Some(PublicKind::Message { .. } | PublicKind::File(_)) => true,
        Some(PublicKind::Deleted { of }) => *of == event.client_message_id,
        Some(
            PublicKind::Resolved | PublicKind::Reopened | PublicKind::Edited { .. } | PublicKind::Rated(_),
        )
        | None => false,
    }
}
