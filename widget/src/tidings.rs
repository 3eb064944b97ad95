//! What a page that listens is told of the conversation: the differences between one view and the next.
//!
//! What was said before the chat was opened is no news, and neither is what was told already.

use protocol::{Author, ClientMessageId, Code, Failure, ForVisitors, PublicKind, Seq};
use sync::{ConnectionBadge, Item, SendState, View};

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tiding {
    /// A message of the visitor is stored.
    Sent(Said),
    /// A message of somebody else came.
    Received(Said),
    /// A message of the visitor was refused for good, or lost by the server (no code).
    Failed(Said, Option<Code>),
    /// It stands otherwise with the server.
    Connection(ConnectionBadge),
}

/// A message, as the page gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// Names the message among all of this conversation.
    pub(crate) id: String,
    /// Who sent it: `visitor`, `agent` or `system`.
    pub(crate) from: &'static str,
    /// The agent's name; empty for anybody else.
    pub(crate) name: String,
    /// What it says, or the name of the file that it is.
    pub(crate) text: String,
    /// When it was stored, or written before that, in milliseconds since 1970.
    pub(crate) at: i64,
}

/// What was told.
#[derive(Default)]
pub(crate) struct Tidings {
    /// The newest position that is no news; nothing is before the first connection.
    upto: Option<Seq>,
    /// Few at any time: a set would weigh more than all else here.
    sending: Vec<ClientMessageId>,
    connection: Option<ConnectionBadge>,
}

impl Tidings {
    /// Returns what is new in a view.
    pub(crate) fn of(&mut self, view: &View<ForVisitors>) -> Vec<Tiding> {
        let mut tidings = Vec::new();
        for item in &view.items {
            tidings.extend(if item.mine { self.own(item) } else { self.received(item) });
        }
        if view.connection == ConnectionBadge::Connected {
            self.upto = Some(view.head);
        }
        if self.connection.replace(view.connection) != Some(view.connection) {
            tidings.push(Tiding::Connection(view.connection));
        }
        tidings
    }

    fn own(&mut self, item: &Item<PublicKind>) -> Option<Tiding> {
        let id = item.client_message_id;
        match item.state {
            SendState::Sending => {
                self.was_sending(id);
                self.sending.push(id);
                None
            }
            SendState::Sent | SendState::Seen => {
                self.was_sending(id).then(|| said(item).map(Tiding::Sent)).flatten()
            }
            SendState::Failed(failure) => {
                let code = match failure {
                    Failure::Refused(code) => Some(code),
                    Failure::Lost => None,
                };
                let tell = || said(item).map(|said| Tiding::Failed(said, code));
                self.was_sending(id).then(tell).flatten()
            }
        }
    }

    /// Takes a message out of those that are being sent; returns whether it was one.
    fn was_sending(&mut self, id: ClientMessageId) -> bool {
        let before = self.sending.len();
        self.sending.retain(|other| *other != id);
        self.sending.len() < before
    }

    fn received(&self, item: &Item<PublicKind>) -> Option<Tiding> {
        let is_new = item.seq.zip(self.upto).is_some_and(|(seq, upto)| seq > upto);
        is_new.then(|| said(item).map(Tiding::Received)).flatten()
    }
}

/// The ids of what this person wrote.
pub(crate) fn own_ids(view: &View<ForVisitors>) -> Vec<ClientMessageId> {
    view.items.iter().filter(|item| item.mine).map(|item| item.client_message_id).collect()
}

fn said(item: &Item<PublicKind>) -> Option<Said> {
    let text = match &item.kind {
        PublicKind::Message { text, .. } => text.as_str(),
        PublicKind::File(file) => file.name.as_str(),
        PublicKind::Resolved
        | PublicKind::Reopened
        | PublicKind::Edited { .. }
        | PublicKind::Deleted { .. }
        | PublicKind::Rated(_) => return None,
    };
    let (from, name) = match &item.author {
        _ if item.mine => ("visitor", String::new()),
        Author::Agent(agent) => ("agent", agent.name.clone()),
        Author::Visitor => ("visitor", String::new()),
        Author::System => ("system", String::new()),
    };
    Some(Said { id: item.key.to_string(), from, name, text: text.to_owned(), at: item.at.0 })
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, File, FileId, FileName, MediaType, MessageText, Timestamp};
    use sync::{ItemKey, Person};

    use super::*;
    use crate::app::nothing_known;

    #[test]
    fn hp14_what_was_said_before_is_no_news_and_what_comes_is_told_once() {
        let mut tidings = Tidings::default();
        let first = tidings.of(&view(&[agent(1)]));
        assert_eq!(first, [Tiding::Connection(ConnectionBadge::Connected)]);
        let told: Vec<_> = tidings.of(&view(&[agent(1), agent(2)]));
        assert!(matches!(&told[..], [Tiding::Received(said)] if said.name == "Anna"), "{told:?}");
        assert_eq!(tidings.of(&view(&[agent(1), agent(2)])), []);
    }

    #[test]
    fn hp14_what_comes_while_the_connection_is_away_is_told_when_it_is_back() {
        let mut tidings = Tidings::default();
        let mut away = view(&[agent(1)]);
        away.connection = ConnectionBadge::Connecting;
        assert_eq!(tidings.of(&away), [Tiding::Connection(ConnectionBadge::Connecting)]);
        tidings.of(&view(&[agent(1)]));
        let mut away = view(&[agent(1)]);
        away.connection = ConnectionBadge::Reconnecting;
        assert_eq!(tidings.of(&away).len(), 1);
        let told = tidings.of(&view(&[agent(1), agent(2)]));
        assert!(matches!(&told[..], [Tiding::Received(_), Tiding::Connection(_)]), "{told:?}");
    }

    #[test]
    fn hp14_an_own_message_is_told_when_it_is_stored_or_has_failed() {
        let mut tidings = Tidings::default();
        tidings.of(&view(&[mine(1, SendState::Sent)]));
        assert_eq!(tidings.of(&view(&[mine(1, SendState::Seen), mine(2, SendState::Sending)])), []);
        let told = tidings.of(&view(&[mine(1, SendState::Seen), mine(2, SendState::Sent)]));
        assert!(matches!(&told[..], [Tiding::Sent(said)] if said.from == "visitor"), "{told:?}");
        assert_eq!(tidings.of(&view(&[mine(2, SendState::Seen)])), []);

        tidings.of(&view(&[mine(3, SendState::Sending)]));
        let refused = SendState::Failed(Failure::Refused(Code::TooLong));
        let told = tidings.of(&view(&[mine(3, refused)]));
        assert!(matches!(&told[..], [Tiding::Failed(_, Some(Code::TooLong))]), "{told:?}");
    }

    #[test]
    fn hp14_of_a_file_its_name_is_told() {
        let mut tidings = Tidings::default();
        tidings.of(&view(&[agent(1)]));
        let name = FileName::tidied("care.pdf", MediaType::Pdf);
        let file =
            File { id: FileId::from_bytes([7; 16]), name, media: MediaType::Pdf, bytes: 5, picture: None };
        let sent = Item { kind: PublicKind::File(file), ..agent(2) };
        let told = tidings.of(&view(&[agent(1), sent]));
        assert!(matches!(&told[..], [Tiding::Received(said)] if said.text == "care.pdf"), "{told:?}");
    }

    fn view(items: &[Item<PublicKind>]) -> View<ForVisitors> {
        View {
            items: items.to_vec(),
            connection: ConnectionBadge::Connected,
            head: items.last().and_then(|item| item.seq).unwrap_or(Seq::START),
            ..nothing_known()
        }
    }

    fn mine(number: u32, state: SendState) -> Item<PublicKind> {
        item(number, Author::Visitor, Person::Me, state)
    }

    fn agent(number: u32) -> Item<PublicKind> {
        let profile = AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Anna".to_owned() };
        let person = Person::Agent(profile.id);
        item(number, Author::Agent(profile), person, SendState::Sent)
    }

    fn item(number: u32, author: Author, person: Person, state: SendState) -> Item<PublicKind> {
        let client_message_id = ClientMessageId::of_server(u64::from(number));
        Item {
            key: ItemKey { person, client_message_id },
            mine: author == Author::Visitor,
            author,
            kind: PublicKind::message(MessageText::parse("hello").expect("legal")),
            at: Timestamp(i64::from(number)),
            state,
            client_message_id,
            seq: Some(Seq(number.into())),
            seen: None,
        }
    }
}
