//! From the engine's items to the rows of the list: groups, day marks, and where a state is worth a word.

use protocol::{
    AgentProfile, Author, ClientMessageId, Failure, File, ForVisitors, MessageName, PublicKind, Stars,
    Status, Timestamp,
};
use sync::{Item, ItemKey, SendState, View};

use crate::strings::{fill, fill_stars, strings};

/// Messages of one person within this many milliseconds stand together.
const GROUP_MS: u64 = 5 * 60_000;

/// One row, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Names the row for good.
    pub(crate) key: ItemKey,
    /// Names the item towards the engine.
    pub(crate) id: ClientMessageId,
    /// Names the change of it that is not stored yet; what it says is what the change makes of it.
    pub(crate) change: Option<ClientMessageId>,
    /// When it was stored, if it can be changed as long as it is not too old.
    pub(crate) changeable: Option<Timestamp>,
    /// Whether it was changed.
    pub(crate) edited: bool,
    /// By what name it can be answered, if it can be.
    pub(crate) answerable: Option<MessageName>,
    /// What it answers.
    pub(crate) quote: Option<Quote>,
    /// What it says.
    pub(crate) body: Body,
    /// Whether the visitor wrote it.
    pub(crate) mine: bool,
    /// Who wrote it.
    pub(crate) name: String,
    /// The agent who did, if one did.
    pub(crate) agent: Option<AgentProfile>,
    /// The day, if it is another one than in the row before, else empty.
    pub(crate) day: String,
    /// Whether a group of messages begins here.
    pub(crate) starts: bool,
    /// Whether it ends here.
    pub(crate) ends: bool,
    /// The time of day, at the end of a group.
    pub(crate) time: String,
    /// How far the visitor's own message got, where that is worth a word.
    pub(crate) mark: Option<Mark>,
}

/// What a message answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Names the row, if it is loaded.
    pub(crate) key: Option<ItemKey>,
    /// Who says what in it.
    pub(crate) text: String,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// What somebody wrote.
    Message(String),
    /// What happened.
    Notice(String),
    /// That the conversation is over, and how the visitor has found it since, if they said so.
    End(&'static str, Option<Stars>),
    /// Somebody had written, and has deleted it.
    Deleted,
    /// What somebody sent.
    File(File),
}

/// How far the visitor's own message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Not stored yet.
    Sending,
    /// Stored: the newest of the visitor's messages.
    Sent,
    /// Read: the newest of the visitor's messages.
    Seen,
    /// Refused, or lost by the server.
    Failed(Failure),
    /// Stored, and a change of it is not yet.
    Saving,
}

/// How a locale writes time.
pub(crate) trait TimeWords {
    /// Numbers the days.
    fn day(&self, at: Timestamp) -> i64;
    /// Names a day.
    fn day_name(&self, at: Timestamp) -> String;
    /// Writes the hour and the minute.
    fn time(&self, at: Timestamp) -> String;
}

/// Makes the rows of a view.
pub(crate) fn rows_of(view: &View<ForVisitors>, words: &dyn TimeWords) -> Vec<Row> {
    let items: Vec<_> = view.items.iter().filter(|item| !view.is_shown_elsewhere(item)).collect();
    let last_of_mine = items.iter().rposition(|item| item.mine && is_stored(item.state));
    let end = items
        .iter()
        .rposition(|item| item.kind == PublicKind::Resolved)
        .filter(|_| view.status == Status::Resolved);
    let mut rows = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| items.get(index).copied());
        let after = items.get(index + 1).copied();
        let change = view.unstored_change(item);
        let body = match end {
            Some(end) if end == index => {
                Body::End(end_text(item), items.iter().skip(end).rev().find_map(stars))
            }
            Some(_) | None => body(change.unwrap_or(item)),
        };
        let is_fixed = change.is_some() || !matches!(body, Body::Message(_) | Body::File(_));
        let ends = !after.is_some_and(|after| stand_together(item, after, words));
        rows.push(Row {
            key: item.key,
            id: item.client_message_id,
            change: change.map(|change| change.client_message_id),
            changeable: (item.mine && item.seq.is_some() && !is_fixed).then_some(item.at),
            answerable: item
                .seq
                .filter(|_| !is_fixed)
                .and_then(|_| MessageName::of(&item.author, item.client_message_id)),
            quote: item.kind.reply_to().map(|name| quote(view, name)),
            edited: matches!(item.kind, PublicKind::Message { edited: true, .. }),
            body,
            mine: item.mine,
            name: name(item),
            agent: match &item.author {
                Author::Agent(agent) => Some(agent.clone()),
                Author::Visitor | Author::System => None,
            },
            day: if before.is_some_and(|before| words.day(before.at) == words.day(item.at)) {
                String::new()
            } else {
                words.day_name(item.at)
            },
            starts: !before.is_some_and(|before| stand_together(before, item, words)),
            ends,
            time: if ends { words.time(item.at) } else { String::new() },
            mark: match change.map(|change| change.state) {
                Some(SendState::Failed(failure)) => Some(Mark::Failed(failure)),
                Some(SendState::Sending | SendState::Sent | SendState::Seen) => Some(Mark::Saving),
                None => {
                    item.mine.then_some(item.state).and_then(|state| mark(state, last_of_mine == Some(index)))
                }
            },
        });
    }
    rows
}

fn is_stored(state: SendState) -> bool {
    matches!(state, SendState::Sent | SendState::Seen)
}

fn stand_together(one: &Item<PublicKind>, next: &Item<PublicKind>, words: &dyn TimeWords) -> bool {
    let messages = |item: &Item<PublicKind>| match &item.kind {
        PublicKind::Message { .. }
        | PublicKind::Edited { .. }
        | PublicKind::Deleted { .. }
        | PublicKind::File(_) => true,
        PublicKind::Resolved | PublicKind::Reopened | PublicKind::Rated(_) => false,
    };
    one.key.person == next.key.person
        && messages(one)
        && messages(next)
        && next.at.since(one.at) < GROUP_MS
        && words.day(one.at) == words.day(next.at)
}

fn body(item: &Item<PublicKind>) -> Body {
    match &item.kind {
        PublicKind::Message { text, .. } | PublicKind::Edited { text, .. } => {
            Body::Message(text.as_str().to_owned())
        }
        PublicKind::Deleted { .. } => Body::Deleted,
        PublicKind::Resolved if item.mine => Body::Notice(strings().ended.to_owned()),
        PublicKind::Resolved => Body::Notice(strings().resolved.to_owned()),
        PublicKind::Reopened => Body::Notice(strings().reopened.to_owned()),
        PublicKind::File(file) => Body::File(file.clone()),
        PublicKind::Rated(rating) => Body::Notice(fill_stars(strings().rated, rating.stars)),
    }
}

fn end_text(item: &Item<PublicKind>) -> &'static str {
    if item.mine { strings().ended_write } else { strings().resolved_write }
}

fn stars(item: &&Item<PublicKind>) -> Option<Stars> {
    match &item.kind {
        PublicKind::Rated(rating) => Some(rating.stars),
        PublicKind::Message { .. }
        | PublicKind::Resolved
        | PublicKind::Reopened
        | PublicKind::Edited { .. }
        | PublicKind::Deleted { .. }
        | PublicKind::File(_) => None,
    }
}

fn quote(view: &View<ForVisitors>, wanted: MessageName) -> Quote {
    let is_wanted =
        |item: &&Item<PublicKind>| MessageName::of(&item.author, item.client_message_id) == Some(wanted);
    let Some(item) = view.items.iter().find(is_wanted) else {
        return Quote { key: None, text: strings().earlier_message.to_owned() };
    };
    let said = match body(item) {
        Body::Message(text) => markup::plain(&text),
        Body::File(file) => file.name.into(),
        Body::Notice(_) | Body::End(..) | Body::Deleted => strings().deleted.to_owned(),
    };
    Quote { key: Some(item.key), text: fill(strings().quote, &[("name", &name(item)), ("text", &said)]) }
}

fn name(item: &Item<PublicKind>) -> String {
    match &item.author {
        _ if item.mine => strings().you.to_owned(),
        Author::Agent(agent) => agent.name.clone(),
        Author::Visitor | Author::System => strings().team.to_owned(),
    }
}

fn mark(state: SendState, is_last_of_mine: bool) -> Option<Mark> {
    match state {
        SendState::Sending => Some(Mark::Sending),
        SendState::Sent => is_last_of_mine.then_some(Mark::Sent),
        SendState::Seen => is_last_of_mine.then_some(Mark::Seen),
        SendState::Failed(failure) => Some(Mark::Failed(failure)),
    }
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, Code, MessageText, Rating, Seq};
    use sync::{ConnectionBadge, Person};

    use super::*;

    #[test]
    fn wg10_rows_are_grouped_by_person_time_and_day() {
        let rows = rows(&[
            mine(0, SendState::Seen),
            mine(1, SendState::Sent),
            agent(2),
            agent(9),
            mine(1_440, SendState::Sent),
        ]);
        let starts: Vec<_> = rows.iter().map(|row| row.starts).collect();
        let ends: Vec<_> = rows.iter().map(|row| !row.time.is_empty()).collect();
        let days: Vec<_> = rows.iter().map(|row| !row.day.is_empty()).collect();
        assert_eq!(starts, [true, false, true, true, true]);
        assert_eq!(ends, [false, true, true, true, true]);
        assert_eq!(days, [true, false, false, false, true]);
        assert_eq!(rows[2].name, "Anna");
    }

    #[test]
    fn wg11_sent_and_seen_stand_at_the_newest_message_only() {
        let too_long = Failure::Refused(Code::TooLong);
        let rows = rows(&[
            mine(0, SendState::Seen),
            mine(1, SendState::Sent),
            mine(2, SendState::Failed(too_long)),
            mine(3, SendState::Failed(Failure::Lost)),
            mine(4, SendState::Sending),
        ]);
        let marks: Vec<_> = rows.iter().map(|row| row.mark).collect();
        let failed = [Some(Mark::Failed(too_long)), Some(Mark::Failed(Failure::Lost))];
        assert_eq!(marks, [&[None, Some(Mark::Sent)], &failed[..], &[Some(Mark::Sending)]].concat());
    }

    #[test]
    fn wg26_an_answer_shows_what_it_answers_as_far_as_that_is_known() {
        let text = |text: &str| MessageText::parse(text).expect("legal");
        let name = |minute: i64| {
            MessageName::of(&Author::Visitor, ClientMessageId::of_server(minute.unsigned_abs()))
        };
        let stored = |minute, kind| Item { kind, seq: Some(Seq(1)), ..mine(minute, SendState::Sent) };
        let answer = |of| PublicKind::Message { text: text("yes"), edited: false, reply_to: name(of) };
        let rows = rows(&[
            stored(0, PublicKind::message(text("one"))),
            stored(1, PublicKind::Deleted { of: ClientMessageId::of_server(1) }),
            stored(2, answer(0)),
            stored(3, answer(1)),
            stored(4, answer(9)),
        ]);
        let quotes: Vec<_> =
            rows.iter().filter_map(|row| row.quote.clone()).map(|quote| quote.text).collect();
        assert_eq!(quotes, ["You: one", "You: Message deleted", "An earlier message"]);
        let answerable: Vec<_> = rows.iter().map(|row| row.answerable.is_some()).collect();
        assert_eq!(answerable, [true, false, true, true, true]);
    }

    #[test]
    fn wg25_a_message_shows_what_its_author_made_of_it() {
        let text = |text: &str| MessageText::parse(text).expect("legal");
        let of = |minute: i64| ClientMessageId::of_server(minute.unsigned_abs());
        let stored = |minute, kind| Item { kind, seq: Some(Seq(1)), ..mine(minute, SendState::Sent) };
        let waiting = |minute, kind, state| Item { kind, ..mine(minute, state) };
        let late = SendState::Failed(Failure::Refused(Code::TooLate));
        let rows = rows(&[
            stored(0, PublicKind::Message { text: text("two"), edited: true, reply_to: None }),
            stored(1, PublicKind::Deleted { of: of(1) }),
            stored(2, PublicKind::message(text("old"))),
            stored(3, PublicKind::message(text("kept"))),
            stored(4, PublicKind::Edited { of: of(0), text: text("two") }),
            waiting(5, PublicKind::Edited { of: of(2), text: text("new") }, SendState::Sending),
            waiting(6, PublicKind::Deleted { of: of(3) }, late),
        ]);
        let shown: Vec<_> = rows.iter().map(|row| (row.body.clone(), row.edited, row.change)).collect();
        let said = |text: &str| Body::Message(text.to_owned());
        assert_eq!(
            shown,
            [
                (said("two"), true, None),
                (Body::Deleted, false, None),
                (said("new"), false, Some(of(5))),
                (Body::Deleted, false, Some(of(6))),
            ]
        );
        let marks: Vec<_> = rows.iter().map(|row| row.mark).collect();
        let failed = Mark::Failed(Failure::Refused(Code::TooLate));
        assert_eq!(marks, [None, None, Some(Mark::Saving), Some(failed)]);
        let changeable: Vec<_> = rows.iter().map(|row| row.changeable.is_some()).collect();
        assert_eq!(changeable, [true, false, false, false]);
    }

    struct Plain;

    impl TimeWords for Plain {
        fn day(&self, at: Timestamp) -> i64 {
            at.0 / 86_400_000
        }
        fn day_name(&self, at: Timestamp) -> String {
            self.day(at).to_string()
        }
        fn time(&self, at: Timestamp) -> String {
            at.0.to_string()
        }
    }

    #[test]
    fn wg27_the_end_is_said_truly_and_asks_how_it_was_until_the_conversation_goes_on() {
        let stored = |minute, kind| Item { kind, seq: Some(Seq(1)), ..mine(minute, SendState::Sent) };
        let rated = |stars: usize| PublicKind::Rated(Rating { stars: Stars::ALL[stars - 1], comment: None });
        let items = [
            agent_resolves(0),
            stored(1, PublicKind::Reopened),
            stored(2, PublicKind::Resolved),
            stored(3, rated(2)),
            stored(4, rated(5)),
        ];
        let bodies = |status| rows_as(status, &items).into_iter().map(|row| row.body).collect::<Vec<_>>();
        let notice = |text: &str| Body::Notice(text.to_owned());
        let over = bodies(Status::Resolved);
        assert_eq!(over[0], notice(strings().resolved));
        assert_eq!(over[2], Body::End(strings().ended_write, Some(Stars::ALL[4])));
        assert_eq!(over[4], notice("You rated this conversation 5 of 5."));
        assert_eq!(bodies(Status::Open)[2], notice(strings().ended));
    }

    fn agent_resolves(minute: i64) -> Item<PublicKind> {
        Item { kind: PublicKind::Resolved, ..agent(minute) }
    }

    fn rows(items: &[Item<PublicKind>]) -> Vec<Row> {
        rows_as(Status::Open, items)
    }

    fn rows_as(status: Status, items: &[Item<PublicKind>]) -> Vec<Row> {
        let view = View {
            items: items.to_vec(),
            connection: ConnectionBadge::Connected,
            status,
            me: Some(Author::Visitor),
            typing: Vec::new(),
            presence: protocol::TeamPresence::default(),
            unread: 0,
            head: Seq::START,
            more_above: false,
            loading_older: false,
            unsent: 0,
            unkept: 0,
        };
        rows_of(&view, &Plain)
    }

    fn mine(minute: i64, state: SendState) -> Item<PublicKind> {
        item(minute, Author::Visitor, Person::Me, state)
    }

    fn agent(minute: i64) -> Item<PublicKind> {
        let profile = AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Anna".to_owned() };
        let person = Person::Agent(profile.id);
        item(minute, Author::Agent(profile), person, SendState::Sent)
    }

    fn item(minute: i64, author: Author, person: Person, state: SendState) -> Item<PublicKind> {
        let client_message_id = ClientMessageId::of_server(minute.unsigned_abs());
        Item {
            key: ItemKey { person, client_message_id },
            mine: author == Author::Visitor,
            author,
            kind: PublicKind::message(MessageText::parse("hello").expect("legal")),
            at: Timestamp(minute * 60_000),
            state,
            client_message_id,
            seq: None,
            seen: None,
        }
    }
}
