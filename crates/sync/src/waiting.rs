//! Whether a visitor waits for a first answer, as far as their own client knows.

use protocol::{Author, ForVisitors, Status};

use crate::view::{ConnectionBadge, View};

impl View<ForVisitors> {
    /// Whether the visitor has said something in an open conversation, and no agent has done anything in it or has it open. The
    /// server knows whether somebody has taken it (SPEC QU6).
    #[must_use]
    pub fn waits(&self) -> bool {
        let is_here = self.connection == ConnectionBadge::Connected && !self.presence.agents.is_empty();
        let is_answered = self.items.iter().any(|item| matches!(item.author, Author::Agent(_)));
        let is_said = self.items.iter().any(|item| item.mine && item.seq.is_some());
        // What is not loaded may be an answer.
        self.status == Status::Open && is_said && !is_here && !is_answered && !self.more_above
    }
}

#[cfg(test)]
mod tests {
    use protocol::{AgentProfile, ClientMessageId, PublicKind, Seq, TeamPresence, Timestamp};

    use super::*;
    use crate::view::{Item, ItemKey, Person, SendState};

    fn anna() -> AgentProfile {
        AgentProfile { id: protocol::AgentId::from_bytes([1; 16]), name: "Anna".to_owned() }
    }

    fn item(author: Author, seq: Option<Seq>) -> Item<PublicKind> {
        let client_message_id = ClientMessageId::from_bytes([7; 16]);
        let text = protocol::MessageText::parse("Hello").expect("a text");
        Item {
            key: ItemKey { person: Person::Me, client_message_id },
            mine: author == Author::Visitor,
            author,
            kind: PublicKind::Message { text, edited: false, reply_to: None },
            at: Timestamp(0),
            state: SendState::Sent,
            client_message_id,
            seq,
            seen: None,
        }
    }

    fn view() -> View<ForVisitors> {
        View {
            items: vec![item(Author::Visitor, Some(Seq(1)))],
            connection: ConnectionBadge::Connected,
            status: Status::Open,
            me: Some(Author::Visitor),
            typing: Vec::new(),
            presence: TeamPresence::default(),
            unread: 0,
            head: Seq(1),
            more_above: false,
            loading_older: false,
            unsent: 0,
            unkept: 0,
        }
    }

    #[test]
    fn qu6_a_visitor_waits_from_the_first_stored_message_until_somebody_comes() {
        assert!(view().waits());
        let unsent = View { items: vec![item(Author::Visitor, None)], ..view() };
        assert!(!unsent.waits(), "nobody knows of it yet");
        assert!(!View { items: Vec::new(), ..view() }.waits());
        assert!(!View { status: Status::Resolved, ..view() }.waits());
        assert!(!View { more_above: true, ..view() }.waits());
        let answered = View {
            items: vec![item(Author::Visitor, Some(Seq(1))), item(Author::Agent(anna()), Some(Seq(2)))],
            ..view()
        };
        assert!(!answered.waits());
        let presence = TeamPresence { agents: vec![anna()], ..TeamPresence::default() };
        let joined = View { presence, ..view() };
        assert!(!joined.waits());
        assert!(
            View { connection: ConnectionBadge::Reconnecting, ..joined }.waits(),
            "nobody knows who is here"
        );
    }
}
