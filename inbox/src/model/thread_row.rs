//! The thread: messages, notes, quiet lines and day marks in the order in which they are shown.

use protocol::{AgentKind, Author, ClientMessageId, Failure, File, PrivateKind, PublicKind, Timestamp};
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
    /// The file, if one was sent.
    pub(crate) file: Option<File>,
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
    /// Refused for good, or lost by the server.
    Failed(Failure),
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
        SendState::Failed(failure) => Fate::Failed(failure),
    };
    let (at, id) = (item.at, item.client_message_id);
    let line = |what, by| ThreadRow::Line(Line { what, by, at, fate, id });
    let bubble = |text: &str, file: Option<&File>, note, by| {
        let (text, file) = (text.to_owned(), file.cloned());
        let (first, last, tells_fate) = (true, true, false);
        ThreadRow::Bubble(Bubble { by, note, text, file, at, first, last, fate, tells_fate, id })
    };
    match &item.kind {
        AgentKind::Public(PublicKind::Message { text }) => bubble(text.as_str(), None, false, by),
        AgentKind::Private(PrivateKind::Note { text }) => bubble(text.as_str(), None, true, by),
        AgentKind::Public(PublicKind::Resolved) => line(Change::Resolved, by),
        AgentKind::Public(PublicKind::Reopened) => line(Change::Reopened, by),
        AgentKind::Public(PublicKind::File(file)) => bubble("", Some(file), false, by),
        AgentKind::Private(PrivateKind::File(file)) => bubble("", Some(file), true, by),
    }
}

fn join_group(above: Option<&mut KeyedRow>, bubble: &mut Bubble) {
    let Some(KeyedRow { row: ThreadRow::Bubble(above), .. }) = above else {
        return;
    };
    if above.by == bubble.by && above.note == bubble.note && bubble.at.since(above.at) <= GROUP_MS {
        above.last = false;
        bubble.first = false;
    }
}

/// Says "sending" and "failed" wherever it is so, "seen" at the newest message that was seen, and "sent" at the newest
/// of all. A note is for the team, so that nobody is told whether it was seen.
fn tell_fates(rows: &mut [KeyedRow]) {
    let newest = |rows: &[KeyedRow], wanted: fn(&Bubble) -> bool| {
        rows.iter().rposition(|row| {
            row.row.bubble().is_some_and(|bubble| bubble.by == By::Me && !bubble.note && wanted(bubble))
        })
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
pub(crate) mod tests;
