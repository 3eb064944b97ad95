//! What the thread shows for what the engine holds.

use protocol::{AgentId, AgentProfile, Code, MessageText, Seq};
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
    let items = [
        message(1, "a"),
        Item { at: Timestamp(day), ..message(2, "b") },
        Item { at: Timestamp(day + 1), ..message(3, "c") },
    ];
    assert_eq!(shown(&items), ["day", "[a]", "day", "[b", "c] sent"]);
    let backwards = [Item { at: Timestamp(day), ..message(1, "a") }, message(2, "b")];
    assert_eq!(
        shown(&backwards).iter().filter(|row| *row == "day").count(),
        1,
        "a clock that went backwards"
    );
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
        state(SendState::Failed(Failure::Refused(Code::TooLong)), message(6, "x")),
        state(SendState::Failed(Failure::Lost), note(7, "l")),
        state(SendState::Sending, message(8, "y")),
    ];
    assert_eq!(
        shown(&items),
        ["day", "[a", "b seen", "c", "d] sent", "[n]", "[x] failed", "[l] failed", "[y] …"]
    );
}

#[test]
fn ib17_a_row_keeps_its_key_when_it_is_confirmed() {
    let keys = |state| {
        project(&[Item { state, ..message(1, "a") }], |_| LocalDay(0))
            .into_iter()
            .map(|row| row.key)
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(SendState::Sending), keys(SendState::Seen));
}
