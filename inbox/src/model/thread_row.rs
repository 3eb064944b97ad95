//! The thread: messages, notes, quiet lines and day marks in the order in which they are shown.

use protocol::{AgentKind, Author, ClientMessageId, Code, PrivateKind, PublicKind, Timestamp};
use sync::{Item, SendState};

use super::days::LocalDay;

/// Milliseconds between two messages of one person that still belong together.
const GROUP_MS: u64 = 5 * 60_000;

/// A row with the key that it keeps for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyedRow {
    /// Stays the same from the local echo to the stored event.
    pub(crate) key: String,
    /// What is shown.
    pub(crate) row: ThreadRow,
}

/// A row of the thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ThreadRow {
    /// A new day begins.
    Day {
        /// A moment of that day.
        at: Timestamp,
    },
    /// The conversation was resolved or opened again.
    Line(Line),
    /// Somebody wrote.
    Bubble(Bubble),
}

/// A quiet line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// What happened.
    pub(crate) what: Change,
    /// Who did it.
    pub(crate) by: By,
    /// When.
    pub(crate) at: Timestamp,
    /// What became of it.
    pub(crate) fate: Fate,
    /// Names it to the engine.
    pub(crate) id: ClientMessageId,
}

/// What a quiet line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is done.
    Resolved,
    /// It is open again.
    Reopened,
}

/// A message or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bubble {
    /// Who wrote it.
    pub(crate) by: By,
    /// Whether only agents see it.
    pub(crate) note: bool,
    /// The words.
    pub(crate) text: String,
    /// When.
    pub(crate) at: Timestamp,
    /// Whether it begins a group, and so bears the author's name.
    pub(crate) first: bool,
    /// Whether it ends a group, and so bears the time.
    pub(crate) last: bool,
    /// What became of it.
    pub(crate) fate: Fate,
    /// Whether that is worth saying.
    pub(crate) tells_fate: bool,
    /// Names it to the engine.
    pub(crate) id: ClientMessageId,
}

/// Who did something, as the agent who looks at it would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum By {
    /// The visitor.
    Visitor,
    /// The agent who looks.
    Me,
    /// Another agent.
    Agent(String),
    /// Porchlight itself.
    System,
}

/// What became of something the agent wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Not known to be stored.
    Sending,
    /// Stored.
    Sent,
    /// The visitor has read it.
    Seen,
    /// Refused for good.
    Failed(Code),
}

impl ThreadRow {
    const fn bubble(&self) -> Option<&Bubble> {
        match self {
            Self::Bubble(bubble) => Some(bubble),
            Self::Day { .. } | Self::Line(_) => None,
        }
    }
}

/// Projects the engine's items, given the day of a moment.
pub(crate) fn project(items: &[Item<AgentKind>], day_of: impl Fn(Timestamp) -> LocalDay) -> Vec<KeyedRow> {
    let mut rows = Vec::with_capacity(items.len() + 4);
    let mut day = None;
    for item in items {
        let today = day_of(item.at);
        if day.is_none_or(|day| day < today) {
            rows.push(KeyedRow { key: format!("day {}", today.0), row: ThreadRow::Day { at: item.at } });
            day = Some(today);
        }
        let mut row = row_of(item);
        if let ThreadRow::Bubble(bubble) = &mut row {
            join_group(rows.last_mut(), bubble);
        }
        rows.push(KeyedRow { key: item.key.to_string(), row });
    }
    tell_fates(&mut rows);
    rows
}

fn row_of(item: &Item<AgentKind>) -> ThreadRow {
    let by = match &item.author {
        _ if item.mine => By::Me,
        Author::Visitor => By::Visitor,
        Author::Agent(agent) => By::Agent(agent.name.clone()),
        Author::System => By::System,
    };
    let fate = match item.state {
        SendState::Sending => Fate::Sending,
        SendState::Sent => Fate::Sent,
        SendState::Seen => Fate::Seen,
        SendState::Failed(code) => Fate::Failed(code),
    };
    let (at, id) = (item.at, item.client_message_id);
    let line = |what, by| ThreadRow::Line(Line { what, by, at, fate, id });
    let bubble = |text: &protocol::MessageText, note, by| {
        let text = text.as_str().to_owned();
        ThreadRow::Bubble(Bubble { by, note, text, at, first: true, last: true, fate, tells_fate: false, id })
    };
    match &item.kind {
        AgentKind::Public(PublicKind::Message { text }) => bubble(text, false, by),
        AgentKind::Private(PrivateKind::Note { text }) => bubble(text, true, by),
        AgentKind::Public(PublicKind::Resolved) => line(Change::Resolved, by),
        AgentKind::Public(PublicKind::Reopened) => line(Change::Reopened, by),
    }
}

fn join_group(above: Option<&mut KeyedRow>, bubble: &mut Bubble) {
    let Some(KeyedRow { row: ThreadRow::Bubble(above), .. }) = above else { return };
    if above.by == bubble.by && above.note == bubble.note && bubble.at.since(above.at) <= GROUP_MS {
        above.last = false;
        bubble.first = false;
    }
}

/// Says "sending" and "failed" wherever it is so, "seen" at the newest message that was seen, and "sent" at the newest
/// of all. A note is for the team, so that nobody is told whether it was seen.
fn tell_fates(rows: &mut [KeyedRow]) {
    let newest = |rows: &[KeyedRow], wanted: fn(&Bubble) -> bool| {
        rows.iter().rposition(|row| row.row.bubble().is_some_and(|bubble| bubble.by == By::Me && !bubble.note && wanted(bubble)))
    };
    let newest_stored = newest(rows, |bubble| matches!(bubble.fate, Fate::Sent | Fate::Seen));
    let newest_seen = newest(rows, |bubble| bubble.fate == Fate::Seen);
    for (index, row) in rows.iter_mut().enumerate() {
        if let ThreadRow::Bubble(bubble) = &mut row.row {
            bubble.tells_fate = match bubble.fate {
                Fate::Sending | Fate::Failed(_) => true,
                Fate::Sent | Fate::Seen => Some(index) == newest_stored || Some(index) == newest_seen,
            };
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use protocol::{AgentId, AgentProfile, MessageText, Seq};
    use sync::{ItemKey, Person};

    use super::*;

    const MINUTE: i64 = 60_000;

    pub(crate) fn item(number: u8, kind: AgentKind) -> Item<AgentKind> {
        let client_message_id = ClientMessageId::from_bytes([number; 16]);
        Item {
            key: ItemKey { person: Person::Me, client_message_id },
            author: Author::Agent(AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Anna".to_owned() }),
            mine: true,
            kind,
            at: Timestamp(0),
            state: SendState::Sent,
            client_message_id,
            seq: Some(Seq(u64::from(number))),
        }
    }

    pub(crate) fn message(number: u8, text: &str) -> Item<AgentKind> {
        item(number, AgentKind::Public(PublicKind::Message { text: MessageText::parse(text).expect("legal") }))
    }

    pub(crate) fn line(number: u8, kind: PublicKind) -> Item<AgentKind> {
        item(number, AgentKind::Public(kind))
    }

    fn note(number: u8, text: &str) -> Item<AgentKind> {
        item(number, AgentKind::Private(PrivateKind::Note { text: MessageText::parse(text).expect("legal") }))
    }

    fn visitor(item: Item<AgentKind>) -> Item<AgentKind> {
        Item { author: Author::Visitor, mine: false, ..item }
    }

    /// One word a row: `day`, `resolved`, `reopened`, or the text with `[` and `]` where a group begins and ends, and
    /// a letter for a fate that is told.
    fn shown(items: &[Item<AgentKind>]) -> Vec<String> {
        let rows = project(items, |at| LocalDay(at.0.div_euclid(24 * 60 * MINUTE)));
        rows.into_iter().map(|row| word(row.row)).collect()
    }

    fn word(row: ThreadRow) -> String {
        match row {
            ThreadRow::Day { .. } => "day".to_owned(),
            ThreadRow::Line(Line { what: Change::Resolved, .. }) => "resolved".to_owned(),
            ThreadRow::Line(Line { what: Change::Reopened, .. }) => "reopened".to_owned(),
            ThreadRow::Bubble(bubble) => {
                let fate = match bubble.fate {
                    _ if !bubble.tells_fate => "",
                    Fate::Sending => " …",
                    Fate::Sent => " sent",
                    Fate::Seen => " seen",
                    Fate::Failed(_) => " failed",
                };
                let (first, last) = (if bubble.first { "[" } else { "" }, if bubble.last { "]" } else { "" });
                format!("{first}{}{last}{fate}", bubble.text)
            }
        }
    }

    #[test]
    fn ib10_a_day_mark_stands_before_the_first_message_of_a_day() {
        let day = 24 * 60 * MINUTE;
        let items = [message(1, "a"), Item { at: Timestamp(day), ..message(2, "b") }, Item { at: Timestamp(day + 1), ..message(3, "c") }];
        assert_eq!(shown(&items), ["day", "[a]", "day", "[b", "c] sent"]);
        let backwards = [Item { at: Timestamp(day), ..message(1, "a") }, message(2, "b")];
        assert_eq!(shown(&backwards).iter().filter(|row| *row == "day").count(), 1, "a clock that went backwards");
    }

    #[test]
    fn ib15_messages_of_one_person_group_until_somebody_or_something_else_comes() {
        let items = [
            visitor(message(1, "a")),
            visitor(Item { at: Timestamp(5 * MINUTE), ..message(2, "b") }),
            visitor(Item { at: Timestamp(11 * MINUTE), ..message(3, "c") }),
            Item { at: Timestamp(11 * MINUTE), ..note(4, "d") },
            Item { at: Timestamp(11 * MINUTE), ..message(5, "e") },
            Item { at: Timestamp(11 * MINUTE), ..line(6, PublicKind::Resolved) },
            Item { at: Timestamp(11 * MINUTE), ..message(7, "f") },
        ];
        assert_eq!(shown(&items), ["day", "[a", "b]", "[c]", "[d]", "[e]", "resolved", "[f] sent"]);
    }

    #[test]
    fn ib16_fates_are_told_where_they_say_something() {
        let state = |state, item: Item<AgentKind>| Item { state, ..item };
        let items = [
            state(SendState::Seen, message(1, "a")),
            state(SendState::Seen, message(2, "b")),
            message(3, "c"),
            message(4, "d"),
            note(5, "n"),
            state(SendState::Failed(Code::TooLong), message(6, "x")),
            state(SendState::Sending, message(7, "y")),
        ];
        assert_eq!(shown(&items), ["day", "[a", "b seen", "c", "d] sent", "[n]", "[x failed", "y] …"]);
    }

    #[test]
    fn ib17_a_row_keeps_its_key_when_it_is_confirmed() {
        let keys = |state| project(&[Item { state, ..message(1, "a") }], |_| LocalDay(0)).into_iter().map(|row| row.key).collect::<Vec<_>>();
        assert_eq!(keys(SendState::Sending), keys(SendState::Seen));
    }
}
