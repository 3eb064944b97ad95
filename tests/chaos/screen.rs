//! What one client shows, and what it has shown: the evidence that is compared in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use protocol::{AgentKind, Audience, ForAgents, ForVisitors, PrivateKind, PublicKind};
use sync::{ConnectionBadge, SendState, View};

/// One line of a log, whoever looks at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    /// What it says; `None` for something that is no message.
    pub(crate) text: Option<String>,
    /// Whether visitors see it.
    pub(crate) is_public: bool,
}

/// An audience as the harness needs it.
pub(crate) trait Speaks: Audience<Kind: Send, Command: Send> {
    /// The command that writes a message.
    fn message(text: String) -> Self::Command;
    /// The command that writes a note, where there are notes.
    fn note(text: String) -> Option<Self::Command>;
    /// An event as a line.
    fn line(kind: &Self::Kind) -> Line;
}

impl Speaks for ForVisitors {
    fn message(text: String) -> Self::Command {
        protocol::VisitorCommand::Message { text }
    }

    fn note(_: String) -> Option<Self::Command> {
        None
    }

    fn line(kind: &PublicKind) -> Line {
        let text = match kind {
            PublicKind::Message { text, .. } => Some(text.as_str().to_owned()),
            PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::File(_)
            | PublicKind::Rated(_) => None,
        };
        Line { text, is_public: true }
    }
}

impl Speaks for ForAgents {
    fn message(text: String) -> Self::Command {
        protocol::AgentCommand::Message { text }
    }

    fn note(text: String) -> Option<Self::Command> {
        Some(protocol::AgentCommand::Note { text })
    }

    fn line(kind: &AgentKind) -> Line {
        match kind {
            AgentKind::Public(kind) => ForVisitors::line(kind),
            AgentKind::Private(PrivateKind::Note { text, .. }) => {
                Line { text: Some(text.as_str().to_owned()), is_public: false }
            }
            AgentKind::Private(
                PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Handled(_)
                | PrivateKind::Gathered(_),
            ) => Line { text: None, is_public: false },
        }
    }
}

/// The state of a client's screen.
#[derive(Debug, Default, Clone)]
pub(crate) struct Screen {
    /// What was written here, in order.
    pub(crate) sent: Vec<String>,
    /// What was shown as stored, of that.
    pub(crate) acknowledged: BTreeSet<String>,
    /// When what is not shown as stored was written.
    written_at: BTreeMap<String, Instant>,
    /// The longest that a message took to be shown as stored.
    pub(crate) slowest: Duration,
    /// The log as it is shown, by position.
    pub(crate) shown: BTreeMap<u64, Line>,
    /// What is not known to be stored.
    pub(crate) unsent: usize,
    /// Whether it is connected and has all there is.
    pub(crate) is_settled: bool,
    /// What must never be seen, and was.
    pub(crate) wrongs: Vec<String>,
    /// How often a socket was opened.
    pub(crate) connections: u32,
    /// How the connection stands, in words.
    pub(crate) badge: String,
    /// The newest position that a welcome has told.
    pub(crate) promised: u64,
    /// Everything that was ever shown at a position.
    history: BTreeMap<u64, Line>,
}

impl Screen {
    /// Takes note of what is being written.
    pub(crate) fn write(&mut self, text: &str) {
        self.sent.push(text.to_owned());
        self.written_at.insert(text.to_owned(), Instant::now());
    }

    /// Takes what is shown now, and compares it with what was shown before (SPEC SY22, SY35).
    pub(crate) fn show<A: Speaks>(&mut self, view: &View<A>) {
        self.unsent = view.unsent;
        self.badge = format!("{:?}", view.connection);
        self.shown.clear();
        let mut failed = 0;
        for item in &view.items {
            let line = A::line(&item.kind);
            if let (true, SendState::Sent | SendState::Seen, Some(text)) = (item.mine, item.state, &line.text)
                && let Some(written_at) = self.written_at.remove(text)
            {
                self.slowest = self.slowest.max(written_at.elapsed());
                self.acknowledged.insert(text.clone());
            }
            if let SendState::Failed(failure) = item.state {
                failed += 1;
                self.wrong(format!("{:?} failed: {failure:?}", line.text));
            }
            let Some(seq) = item.seq else { continue };
            let before = self.history.entry(seq.0).or_insert_with(|| line.clone());
            if *before != line {
                let wrong = format!("at {} stood {before:?}, then {line:?}", seq.0);
                self.wrong(wrong);
            }
            if self.shown.insert(seq.0, line).is_some() {
                self.wrong(format!("position {} is shown twice", seq.0));
            }
        }
        let known = self.shown.keys().filter(|seq| **seq <= view.head.0);
        if !known.clone().zip(known.skip(1)).all(|(one, next)| one + 1 == *next) {
            self.wrong("there is a hole in what is shown".to_owned());
        }
        if let ConnectionBadge::Refused(code) = view.connection {
            self.wrong(format!("gave up with {code}"));
        }
        let last = self.shown.keys().max().copied().unwrap_or_default();
        let is_whole = !view.more_above && last == view.head.0 && last >= self.promised;
        self.is_settled = view.connection == ConnectionBadge::Connected
            && view.me.is_some()
            && view.unsent == 0
            && failed == 0
            && is_whole;
    }

    /// The messages among what is shown, oldest first; without notes if so wished.
    pub(crate) fn texts(&self, public_only: bool) -> Vec<String> {
        let lines = self.shown.values().filter(|line| line.is_public || !public_only);
        lines.filter_map(|line| line.text.clone()).collect()
    }

    /// Makes a screen that shows and has acknowledged what it is told.
    pub(crate) fn of(sent: &[&str], shown: &[&str]) -> Self {
        let line = |text: &&str| Line { text: Some((*text).to_owned()), is_public: true };
        Self {
            sent: sent.iter().map(|text| (*text).to_owned()).collect(),
            acknowledged: sent.iter().map(|text| (*text).to_owned()).collect(),
            shown: (1..).zip(shown.iter().map(line)).collect(),
            ..Self::default()
        }
    }

    /// Notes a violation, once.
    pub(crate) fn wrong(&mut self, wrong: String) {
        if !self.wrongs.contains(&wrong) {
            self.wrongs.push(wrong);
        }
    }
}
