//! What the thread shows for what the engine holds.

use protocol::{AgentId, AgentProfile, Code, MessageText, Seq, Stars, Status, VisitorPresence};
use sync::{ConnectionBadge, ItemKey, Person};

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
        seen: None,
    }
}

pub(crate) fn message(number: u8, text: &str) -> Item<AgentKind> {
    item(number, AgentKind::Public(PublicKind::message(MessageText::parse(text).expect("legal"))))
}

pub(crate) fn line(number: u8, kind: PublicKind) -> Item<AgentKind> {
    item(number, AgentKind::Public(kind))
}

fn note(number: u8, text: &str) -> Item<AgentKind> {
    item(number, AgentKind::Private(PrivateKind::note(MessageText::parse(text).expect("legal"))))
}

pub(crate) fn visitor(item: Item<AgentKind>) -> Item<AgentKind> {
    Item { author: Author::Visitor, mine: false, ..item }
}

/// One word a row: `day`, `resolved`, `reopened`, or the text with `[` and `]` where a group begins and ends, and
/// a letter for a fate that is told.
fn shown(items: &[Item<AgentKind>]) -> Vec<String> {
    projected(items).into_iter().map(|row| word(row.row)).collect()
}

fn projected(items: &[Item<AgentKind>]) -> Vec<KeyedRow> {
    project(&view_of(items), |at| LocalDay(at.0.div_euclid(24 * 60 * MINUTE)))
}

pub(crate) fn view_of(items: &[Item<AgentKind>]) -> View<ForAgents> {
    View {
        items: items.to_vec(),
        connection: ConnectionBadge::Connected,
        status: Status::Open,
        me: None,
        typing: Vec::new(),
        presence: VisitorPresence {
            visitor: Some(protocol::VisitorId::from_bytes([7; 16])),
            ..VisitorPresence::default()
        },
        unread: 0,
        head: Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    }
}

fn word(row: ThreadRow) -> String {
    match row {
        ThreadRow::Day { .. } => "day".to_owned(),
        ThreadRow::Line(Line { what: Change::Resolved, .. }) => "resolved".to_owned(),
        ThreadRow::Line(Line { what: Change::Reopened, .. }) => "reopened".to_owned(),
        ThreadRow::Line(Line { what: Change::Rated(stars), comment, .. }) => {
            format!("{stars} stars: {comment}")
        }
        ThreadRow::Line(Line { what: Change::Handled(step), .. }) => format!("{step:?}"),
        ThreadRow::Line(Line { what: Change::Gathered(step), .. }) => format!("{step:?}"),
        ThreadRow::Bubble(bubble) => {
            let fate = match bubble.fate {
                _ if !bubble.tells_fate => "",
                Fate::Sending => " …",
                Fate::Saving => " saving",
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
fn ib82_among_colleagues_a_note_is_a_message_whose_fate_is_told() {
    let items = [Item { state: SendState::Seen, ..note(1, "a") }, note(2, "b"), note(3, "c")];
    let mut view = view_of(&items);
    view.presence.visitor = None;
    let rows = project(&view, |_| LocalDay(0));
    let shown: Vec<_> = rows.into_iter().map(|row| word(row.row)).collect();
    assert_eq!(shown, ["day", "[a seen", "b", "c] sent"]);
    assert_eq!(self::shown(&items), ["day", "[a", "b", "c]"], "elsewhere nobody is told");
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
        projected(&[Item { state, ..message(1, "a") }]).into_iter().map(|row| row.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(SendState::Sending), keys(SendState::Seen));
}

#[test]
fn ib41_a_message_shows_what_its_author_made_of_it() {
    let text = |text: &str| MessageText::parse(text).expect("legal");
    let of = |number: u8| ClientMessageId::from_bytes([number; 16]);
    let waiting = |number, kind, state| Item { seq: None, state, ..item(number, kind) };
    let edited = AgentKind::Public(PublicKind::Message { text: text("two"), edited: true, reply_to: None });
    let late = SendState::Failed(Failure::Refused(Code::TooLate));
    let rows = projected(&[
        item(1, edited),
        item(2, AgentKind::Private(PrivateKind::NoteDeleted { of: of(2) })),
        note(3, "old"),
        message(4, "kept"),
        item(5, AgentKind::Public(PublicKind::Edited { of: of(1), text: text("two") })),
        waiting(
            6,
            AgentKind::Private(PrivateKind::NoteEdited { of: of(3), text: text("new") }),
            SendState::Sending,
        ),
        waiting(7, AgentKind::Public(PublicKind::Deleted { of: of(4) }), late),
    ]);
    let told = rows.iter().filter_map(|row| row.row.bubble()).map(|bubble| {
        let flags = (bubble.edited, bubble.deleted, bubble.changeable, bubble.note);
        (bubble.text.as_str(), flags, bubble.change, bubble.fate)
    });
    let failed = Fate::Failed(Failure::Refused(Code::TooLate));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("two", (true, false, true, false), None, Fate::Sent),
            ("", (false, true, false, true), None, Fate::Sent),
            ("new", (false, false, false, true), Some(of(6)), Fate::Saving),
            ("", (false, true, false, false), Some(of(7)), failed),
        ]
    );
}

#[test]
fn ib42_an_answer_shows_what_it_answers_as_far_as_that_is_known() {
    let text = |text: &str| MessageText::parse(text).expect("legal");
    let agent = message(1, "x").author;
    let name = |number: u8| MessageName::of(&agent, ClientMessageId::from_bytes([number; 16]));
    let answer =
        |of| AgentKind::Private(PrivateKind::Note { text: text("yes"), edited: false, reply_to: name(of) });
    let rows = projected(&[
        note(1, "one"),
        item(2, AgentKind::Public(PublicKind::Deleted { of: ClientMessageId::from_bytes([2; 16]) })),
        item(3, answer(1)),
        item(4, answer(2)),
        item(5, answer(9)),
    ]);
    let quotes = rows.iter().filter_map(|row| row.row.bubble()?.quote.clone());
    let quotes: Vec<_> = quotes.map(|quote| (quote.key.is_empty(), quote.text)).collect();
    assert_eq!(quotes, [(false, Some("one".to_owned())), (false, None), (true, None)]);
    let answerable = rows.iter().filter_map(|row| Some(row.row.bubble()?.answerable.is_some()));
    assert_eq!(answerable.collect::<Vec<_>>(), [true, false, true, true, true]);
}

#[test]
fn ib113_a_step_that_was_refused_stands_in_the_thread_with_why() {
    let step = protocol::Handling::Prioritize(protocol::Priority::High);
    let failure = Failure::Refused(Code::TooLarge);
    let kind = AgentKind::Private(PrivateKind::Handled(step.clone()));
    let refused = Item { state: SendState::Failed(failure), seq: None, ..item(2, kind) };
    let rows = projected(&[message(1, "a"), refused]);
    let told = rows.iter().filter_map(|row| match &row.row {
        ThreadRow::Line(line) => Some((line.what.clone(), line.fate)),
        ThreadRow::Day { .. } | ThreadRow::Bubble(_) => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [(Change::Handled(step), Fate::Failed(failure))]);
}

#[test]
fn ib44_a_rating_is_a_line_with_its_comment_and_the_newest_counts() {
    let rated = |stars: usize, comment: Option<&str>| {
        let comment = comment.map(|comment| MessageText::parse(comment).expect("legal"));
        PublicKind::Rated(Rating { stars: Stars::ALL[stars - 1], comment })
    };
    let items = [
        visitor(message(1, "a")),
        visitor(line(2, PublicKind::Resolved)),
        visitor(line(3, rated(2, Some("slow")))),
        visitor(line(4, rated(4, None))),
    ];
    assert_eq!(shown(&items), ["day", "[a]", "resolved", "2 stars: slow", "4 stars: "]);
    assert_eq!(newest_rating(&items).map(|rating| rating.stars), Some(Stars::ALL[3]));
    assert_eq!(newest_rating(&items[..2]), None);
}
