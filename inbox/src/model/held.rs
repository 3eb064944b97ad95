//! Replies that were not sent, since something came that their author had not seen; and what that was.

use std::collections::BTreeSet;

use protocol::{
    AgentId, AgentKind, Author, ClientMessageId, Code, Failure, ForAgents, Handling, MessageText,
    PrivateKind, PublicKind, Seq, Status,
};
use sync::{Item, SendState, View};

use super::thread_row::{By, by};

/// The replies that are held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Held {
    /// In the order in which they were written.
    pub(crate) replies: Vec<HeldReply>,
    /// The steps that were to come after them, and are held with them.
    pub(crate) steps: Vec<HeldStep>,
    /// What came since the first of them was written, the oldest first, each row once.
    pub(crate) news: Vec<News>,
}

/// A reply that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldReply {
    /// Names it to the engine.
    pub(crate) id: ClientMessageId,
    /// The words, or the name of the file.
    pub(crate) text: String,
    /// Whether it is a file, of which there are no words to change.
    pub(crate) is_file: bool,
}

/// A step that is held with a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeldStep {
    /// Names it to the engine.
    pub(crate) id: ClientMessageId,
    /// Where the conversation is to stand after it.
    pub(crate) status: Status,
}

/// One thing that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// The key of the row that tells it.
    pub(crate) key: String,
    /// Who did it.
    pub(crate) by: By,
    /// What they did.
    pub(crate) what: Happened,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happened {
    /// They said something, without marks and on one line.
    Said(String),
    /// The same, to the team only.
    Noted(String),
    /// They changed what they had said to this.
    Edited(String),
    /// They took back what they had said.
    Deleted,
    /// They ended the conversation.
    Ended,
    /// They gave the conversation to somebody else.
    HandedOver(AgentId),
}

impl Held {
    /// What is held of a conversation.
    pub(crate) fn of(view: &View<ForAgents>) -> Self {
        let (steps, held): (Vec<_>, Vec<_>) =
            view.items.iter().filter(|item| is_held(item)).partition(|item| item.kind.status().is_some());
        let steps = steps
            .into_iter()
            .filter_map(|item| Some(HeldStep { id: item.client_message_id, status: item.kind.status()? }));
        let steps: Vec<_> = steps.collect();
        if held.is_empty() {
            return Self { steps, ..Self::default() };
        }
        let Some(seen) = held.iter().map(|item| item.seen.unwrap_or(Seq::START)).min() else {
            return Self::default();
        };
        let mut told = BTreeSet::new();
        let unseen = view.items.iter().filter(|item| !item.mine && item.seq.is_some_and(|seq| seq > seen));
        let news = unseen.filter_map(|item| news_of(view, item)).filter(|news| told.insert(news.key.clone()));
        Self { news: news.collect(), replies: held.into_iter().map(reply_of).collect(), steps }
    }

    /// The keys of the rows that tell what came.
    pub(crate) fn marked(&self) -> BTreeSet<String> {
        self.news.iter().map(|news| news.key.clone()).collect()
    }
}

/// Whether it is a reply that its author is to say something about, beside the composer.
pub(crate) fn is_held(item: &Item<AgentKind>) -> bool {
    item.state == SendState::Failed(Failure::Refused(Code::Overtaken))
}

fn reply_of(item: &Item<AgentKind>) -> HeldReply {
    let file = item.kind.file();
    let text = match file {
        Some(file) => file.name.as_str(),
        None => item.kind.text().map_or("", MessageText::as_str),
    };
    HeldReply { id: item.client_message_id, text: text.to_owned(), is_file: file.is_some() }
}

/// What an item tells that somebody who replies should see (SPEC CV30).
fn news_of(view: &View<ForAgents>, item: &Item<AgentKind>) -> Option<News> {
    let line = |text: &MessageText| markup::plain(text.as_str());
    let (of, what) = match &item.kind {
        AgentKind::Public(PublicKind::Message { text, .. }) => (None, Happened::Said(line(text))),
        AgentKind::Public(PublicKind::File(file)) => (None, Happened::Said(file.name.as_str().to_owned())),
        AgentKind::Private(PrivateKind::Note { text, .. }) => (None, Happened::Noted(line(text))),
        AgentKind::Private(PrivateKind::File(file)) => (None, Happened::Noted(file.name.as_str().to_owned())),
        AgentKind::Public(PublicKind::Edited { of, text }) if item.author == Author::Visitor => {
            (Some(*of), Happened::Edited(line(text)))
        }
        AgentKind::Public(PublicKind::Deleted { of })
            if item.author == Author::Visitor || *of == item.client_message_id =>
        {
            (Some(*of), Happened::Deleted)
        }
        AgentKind::Private(PrivateKind::NoteDeleted { of }) if *of == item.client_message_id => {
            (Some(*of), Happened::Deleted)
        }
        AgentKind::Public(PublicKind::Resolved) => (None, Happened::Ended),
        AgentKind::Private(PrivateKind::Handled(Handling::Assign { to: Some(to) }))
            if !is_agent(view.me.as_ref(), *to) =>
        {
            (None, Happened::HandedOver(*to))
        }
        AgentKind::Public(
            PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. }
            | PrivateKind::NoteDeleted { .. }
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => return None,
    };
    let row = match of {
        Some(of) => {
            view.items.iter().find(|row| row.key.person == item.key.person && row.client_message_id == of)
        }
        None => Some(item),
    };
    Some(News { key: row.unwrap_or(item).key.to_string(), by: by(item), what })
}

fn is_agent(author: Option<&Author>, id: AgentId) -> bool {
    matches!(author, Some(Author::Agent(profile)) if profile.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::thread_row::tests::{item, line, message, view_of, visitor};

    fn held(number: u8, text: &str, seen: u64) -> Item<AgentKind> {
        let state = SendState::Failed(Failure::Refused(Code::Overtaken));
        Item { state, seq: None, seen: Some(Seq(seen)), ..message(number, text) }
    }

    fn edit(number: u8, of: u8, text: &str) -> Item<AgentKind> {
        let text = MessageText::parse(text).expect("legal");
        visitor(line(number, PublicKind::Edited { of: ClientMessageId::from_bytes([of; 16]), text }))
    }

    #[test]
    fn ib70_what_came_since_the_first_held_reply_was_written_is_told_once_each() {
        let said = |text: &str| Happened::Said(text.to_owned());
        let items = [
            visitor(message(1, "Is it there?")),
            visitor(message(2, "**Or** the blue one?")),
            message(3, "From my other tab"),
            edit(4, 1, "Is the fern there?"),
            edit(5, 2, "Or the red one?"),
            visitor(line(6, PublicKind::Resolved)),
            held(7, "Yes", 1),
            held(8, "Both", 2),
        ];
        let found = Held::of(&view_of(&items));
        let told: Vec<_> = found.news.iter().map(|news| news.what.clone()).collect();
        assert_eq!(
            told,
            [said("Or the blue one?"), Happened::Edited("Is the fern there?".to_owned()), Happened::Ended]
        );
        let keys: Vec<_> = [0, 1, 5].map(|index| items[index].key.to_string()).to_vec();
        assert_eq!(found.marked().len(), 3);
        assert!(keys.iter().all(|key| found.marked().contains(key)), "the rows that tell it are marked");
        let replies: Vec<_> = found.replies.iter().map(|reply| reply.text.as_str()).collect();
        assert_eq!(replies, ["Yes", "Both"]);
    }

    #[test]
    fn ma7_what_was_to_come_after_a_held_reply_is_held_with_it() {
        let overtaken = SendState::Failed(Failure::Refused(Code::Overtaken));
        let resolve = Item { state: overtaken, seq: None, ..line(8, PublicKind::Resolved) };
        let items = [visitor(message(1, "Wait!")), held(7, "Bye", 0), resolve];
        let found = Held::of(&view_of(&items));
        assert_eq!((found.replies.len(), found.news.len()), (1, 1));
        let step = HeldStep { id: items[2].client_message_id, status: Status::Resolved };
        assert_eq!(found.steps, std::slice::from_ref(&step));
        let alone = Held::of(&view_of(&items[2..]));
        assert_eq!((alone.replies.len(), alone.news.len(), alone.steps), (0, 0, vec![step]));
    }

    #[test]
    fn ib70_nothing_is_marked_while_nothing_is_held() {
        let items = [visitor(message(1, "Hello")), item(2, AgentKind::Public(PublicKind::Resolved))];
        assert_eq!(Held::of(&view_of(&items)), Held::default());
    }
}
