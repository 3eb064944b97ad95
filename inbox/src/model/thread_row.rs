//! The thread: messages, notes, quiet lines and day marks in the order in which they are shown.

use protocol::{
    AgentKind, Audience as _, Author, ClientMessageId, Failure, File, ForAgents, GatheringStep, Handling,
    MessageName, MessageText, PrivateKind, PublicKind, Rating, Timestamp,
};
use sync::{Item, SendState, View};

use super::days::LocalDay;
use super::held::{Held, is_held};

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
    /// The conversation was resolved, opened again, rated or handled.
    Line(Line),
    /// Somebody wrote.
    Bubble(Bubble),
}

/// A quiet line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// What happened.
    pub(crate) what: Change,
    /// What the visitor said of it; empty if nothing.
    pub(crate) comment: String,
    /// Who did it.
    pub(crate) by: By,
    /// When.
    pub(crate) at: Timestamp,
    /// What became of it.
    pub(crate) fate: Fate,
    /// Names it to the engine.
    pub(crate) id: ClientMessageId,
    /// The key of its row.
    pub(crate) key: String,
    /// As in [`Bubble`].
    pub(crate) is_news: bool,
}

/// What a quiet line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is done.
    Resolved,
    /// It is open again.
    Reopened,
    /// The visitor found it worth so many of five stars.
    Rated(u8),
    /// The conversation was handled.
    Handled(Handling),
    /// Among whom a private chat is has changed.
    Gathered(GatheringStep),
}

/// A message or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bubble {
    /// Who wrote it.
    pub(crate) by: By,
    /// Whether only agents see it.
    pub(crate) note: bool,
    /// The words, or the name of the file.
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
    /// Names the change of it that is not stored yet; what it says is what the change makes of it.
    pub(crate) change: Option<ClientMessageId>,
    /// Whether it was changed.
    pub(crate) edited: bool,
    /// Whether it was deleted; then there are no words.
    pub(crate) deleted: bool,
    /// Whether the agent may change it as long as it is not too old.
    pub(crate) changeable: bool,
    /// The key of its row.
    pub(crate) key: String,
    /// By what name it can be answered, if it can be.
    pub(crate) answerable: Option<MessageName>,
    /// What it answers.
    pub(crate) quote: Option<Quote>,
    /// Whether it came, or was changed, before a reply whose author had not seen that.
    pub(crate) is_news: bool,
}

/// What a message answers, as far as it is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Names its row.
    pub(crate) key: String,
    /// Who wrote it.
    pub(crate) by: By,
    /// What it says; nothing if it was deleted.
    pub(crate) text: Option<String>,
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
    /// Stored, and a change of it is not yet.
    Saving,
}

impl ThreadRow {
    const fn bubble(&self) -> Option<&Bubble> {
        match self {
            Self::Bubble(bubble) => Some(bubble),
            Self::Day { .. } | Self::Line(_) => None,
        }
    }

    const fn mark(&mut self, news: bool) {
        match self {
            Self::Bubble(bubble) => bubble.is_news = news,
            Self::Line(line) => line.is_news = news,
            Self::Day { .. } => {}
        }
    }
}

/// Projects the engine's view, given the day of a moment.
pub(crate) fn project(view: &View<ForAgents>, day_of: impl Fn(Timestamp) -> LocalDay) -> Vec<KeyedRow> {
    let mut rows = Vec::with_capacity(view.items.len() + 4);
    let mut day = None;
    let news = Held::of(view).marked();
    for item in view.items.iter().filter(|item| !view.is_shown_elsewhere(item) && !is_held(item)) {
        let today = day_of(item.at);
        if day.is_none_or(|day| day < today) {
            rows.push(KeyedRow { key: format!("day {}", today.0), row: ThreadRow::Day { at: item.at } });
            day = Some(today);
        }
        let key = item.key.to_string();
        let mut row = row_of(item, view.unstored_change(item), quote_of(view, item));
        row.mark(news.contains(&key));
        if let ThreadRow::Bubble(bubble) = &mut row {
            join_group(rows.last_mut(), bubble);
        }
        rows.push(KeyedRow { key, row });
    }
    tell_fates(&mut rows, ForAgents::is_private(&view.presence));
    rows
}

/// Who did what an item tells.
pub(crate) fn by(item: &Item<AgentKind>) -> By {
    match &item.author {
        _ if item.mine => By::Me,
        Author::Visitor => By::Visitor,
        Author::Agent(agent) => By::Agent(agent.name.clone()),
        Author::System => By::System,
    }
}

/// What an item answers; an empty key for what is not loaded.
fn quote_of(view: &View<ForAgents>, item: &Item<AgentKind>) -> Option<Quote> {
    let name = item.kind.reply_to()?;
    let is_named =
        |item: &&Item<AgentKind>| MessageName::of(&item.author, item.client_message_id) == Some(name);
    Some(match view.items.iter().find(is_named) {
        Some(quoted) => Quote {
            key: quoted.key.to_string(),
            by: by(quoted),
            text: match quoted.kind.file() {
                Some(file) => Some(file.name.as_str().to_owned()),
                None => quoted.kind.text().map(|text| markup::plain(text.as_str())),
            },
        },
        None => Quote { key: String::new(), by: By::System, text: None },
    })
}

/// What there is of a message or note.
enum Said<'a> {
    Text(&'a MessageText),
    File(&'a File),
    /// It was deleted.
    Nothing,
}

fn row_of(item: &Item<AgentKind>, change: Option<&Item<AgentKind>>, quote: Option<Quote>) -> ThreadRow {
    let by = by(item);
    let fate = match (item.state, change.map(|change| change.state)) {
        (_, Some(SendState::Failed(failure))) | (SendState::Failed(failure), None) => Fate::Failed(failure),
        (_, Some(SendState::Sending | SendState::Sent | SendState::Seen)) => Fate::Saving,
        (SendState::Sending, None) => Fate::Sending,
        (SendState::Sent, None) => Fate::Sent,
        (SendState::Seen, None) => Fate::Seen,
    };
    let (at, id) = (item.at, item.client_message_id);
    let line = |what, by| {
        let (comment, key) = (comment_of(item), item.key.to_string());
        ThreadRow::Line(Line { what, by, at, fate, id, comment, key, is_news: false })
    };
    let edited = matches!(
        item.kind,
        AgentKind::Public(PublicKind::Message { edited: true, .. })
            | AgentKind::Private(PrivateKind::Note { edited: true, .. })
    );
    let bubble = |said: Said<'_>, note, by| {
        let deleted = matches!(said, Said::Nothing);
        let (text, file) = match said {
            Said::Text(text) => (text.as_str(), None),
            Said::File(file) => (file.name.as_str(), Some(file.clone())),
            Said::Nothing => ("", None),
        };
        ThreadRow::Bubble(Bubble {
            by,
            note,
            text: text.to_owned(),
            file,
            at,
            first: true,
            last: true,
            fate,
            tells_fate: false,
            id,
            change: change.map(|change| change.client_message_id),
            edited,
            deleted,
            changeable: item.mine && item.seq.is_some() && change.is_none() && !deleted,
            answerable: item
                .seq
                .filter(|_| change.is_none() && !deleted)
                .and_then(|_| MessageName::of(&item.author, id)),
            quote: quote.clone(),
            key: item.key.to_string(),
            is_news: false,
        })
    };
    match &change.unwrap_or(item).kind {
        AgentKind::Public(PublicKind::Message { text, .. } | PublicKind::Edited { text, .. }) => {
            bubble(Said::Text(text), false, by)
        }
        AgentKind::Private(PrivateKind::Note { text, .. } | PrivateKind::NoteEdited { text, .. }) => {
            bubble(Said::Text(text), true, by)
        }
        AgentKind::Public(PublicKind::Deleted { .. }) => bubble(Said::Nothing, false, by),
        AgentKind::Private(PrivateKind::NoteDeleted { .. }) => bubble(Said::Nothing, true, by),
        AgentKind::Public(PublicKind::Resolved) => line(Change::Resolved, by),
        AgentKind::Public(PublicKind::Reopened) => line(Change::Reopened, by),
        AgentKind::Public(PublicKind::File(file)) => bubble(Said::File(file), false, by),
        AgentKind::Private(PrivateKind::File(file)) => bubble(Said::File(file), true, by),
        AgentKind::Public(PublicKind::Rated(rating)) => line(Change::Rated(rating.stars.number()), by),
        AgentKind::Private(PrivateKind::Handled(step)) => line(Change::Handled(step.clone()), by),
        AgentKind::Private(PrivateKind::Gathered(gathering)) => {
            line(Change::Gathered(gathering.step.clone()), by)
        }
    }
}

fn comment_of(item: &Item<AgentKind>) -> String {
    rating_of(item)
        .and_then(|rating| rating.comment.as_ref())
        .map(|text| text.as_str().to_owned())
        .unwrap_or_default()
}

const fn rating_of(item: &Item<AgentKind>) -> Option<&Rating> {
    match &item.kind {
        AgentKind::Public(PublicKind::Rated(rating)) => Some(rating),
        AgentKind::Public(
            PublicKind::Message { .. }
            | PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::File(_),
        )
        | AgentKind::Private(_) => None,
    }
}

/// How the visitor found the conversation by their newest word, as far as it is loaded.
pub(crate) fn newest_rating(items: &[Item<AgentKind>]) -> Option<Rating> {
    items.iter().rev().find_map(rating_of).cloned()
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
/// of all. A note is for the team, so that nobody is told whether it was seen; in a private chat it is a message.
fn tell_fates(rows: &mut [KeyedRow], is_private: bool) {
    let newest = |rows: &[KeyedRow], wanted: fn(&Bubble) -> bool| {
        rows.iter().rposition(|row| {
            let is_told = |bubble: &Bubble| bubble.by == By::Me && (is_private || !bubble.note);
            row.row.bubble().is_some_and(|bubble| is_told(bubble) && wanted(bubble))
        })
    };
    let newest_stored = newest(rows, |bubble| matches!(bubble.fate, Fate::Sent | Fate::Seen));
    let newest_seen = newest(rows, |bubble| bubble.fate == Fate::Seen);
    for (index, row) in rows.iter_mut().enumerate() {
        if let ThreadRow::Bubble(bubble) = &mut row.row {
            bubble.tells_fate = match bubble.fate {
                Fate::Sending | Fate::Saving | Fate::Failed(_) => true,
                Fate::Sent | Fate::Seen => Some(index) == newest_stored || Some(index) == newest_seen,
            };
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
