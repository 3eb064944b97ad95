//! From the engine's items to the rows of the list: groups, day marks, and where a state is worth a word.

use protocol::{Author, ClientMessageId, Failure, File, ForVisitors, PublicKind, Status, Timestamp};
use sync::{Item, ItemKey, SendState, View};

use crate::strings::strings;

/// Messages of one person within this many milliseconds stand together.
const GROUP_MS: u64 = 5 * 60_000;

/// One row, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Names the row for good.
    pub(crate) key: ItemKey,
    /// Names the item towards the engine.
    pub(crate) id: ClientMessageId,
    /// What it says.
    pub(crate) body: Body,
    /// Whether the visitor wrote it.
    pub(crate) mine: bool,
    /// Who wrote it.
    pub(crate) name: String,
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

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// What somebody wrote.
    Message(String),
    /// What happened.
    Notice(&'static str),
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
    let items = &view.items;
    let last_of_mine = items.iter().rposition(|item| item.mine && is_stored(item.state));
    let last_resolved = items.iter().rposition(|item| item.kind == PublicKind::Resolved);
    let mut rows = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| items.get(index));
        let after = items.get(index + 1);
        let ends = !after.is_some_and(|after| stand_together(item, after, words));
        rows.push(Row {
            key: item.key,
            id: item.client_message_id,
            body: body(item, view.status == Status::Resolved && last_resolved == Some(index)),
            mine: item.mine,
            name: name(item),
            day: if before.is_some_and(|before| words.day(before.at) == words.day(item.at)) {
                String::new()
            } else {
                words.day_name(item.at)
            },
            starts: !before.is_some_and(|before| stand_together(before, item, words)),
            ends,
            time: if ends { words.time(item.at) } else { String::new() },
            mark: item.mine.then_some(item.state).and_then(|state| mark(state, last_of_mine == Some(index))),
        });
    }
    rows
}

fn is_stored(state: SendState) -> bool {
    matches!(state, SendState::Sent | SendState::Seen)
}

fn stand_together(one: &Item<PublicKind>, next: &Item<PublicKind>, words: &dyn TimeWords) -> bool {
    let messages =
        |item: &Item<PublicKind>| matches!(item.kind, PublicKind::Message { .. } | PublicKind::File(_));
    one.key.person == next.key.person
        && messages(one)
        && messages(next)
        && next.at.since(one.at) < GROUP_MS
        && words.day(one.at) == words.day(next.at)
}

fn body(item: &Item<PublicKind>, is_the_end: bool) -> Body {
    match &item.kind {
        PublicKind::Message { text } => Body::Message(text.as_str().to_owned()),
        PublicKind::Resolved if is_the_end => Body::Notice(strings().resolved_write),
        PublicKind::Resolved => Body::Notice(strings().resolved),
        PublicKind::Reopened => Body::Notice(strings().reopened),
        PublicKind::File(file) => Body::File(file.clone()),
    }
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
    use protocol::{AgentId, AgentProfile, Code, MessageText, Seq};
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

    fn rows(items: &[Item<PublicKind>]) -> Vec<Row> {
        let view = View {
            items: items.to_vec(),
            connection: ConnectionBadge::Connected,
            status: Status::Open,
            me: Some(Author::Visitor),
            typing: None,
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
            kind: PublicKind::Message { text: MessageText::parse("hello").expect("legal") },
            at: Timestamp(minute * 60_000),
            state,
            client_message_id,
            seq: None,
        }
    }
}
