//! Compares what was sent, what was shown as stored, what is stored, and what everybody sees.

use std::collections::{BTreeMap, BTreeSet};

use tests::{Agent, Stage};

use crate::cast::{Chat, number, read_log, sender};
use crate::client::Client;
use crate::screen::Screen;

/// What an agent's name ends with.
pub(crate) const AGENT: &str = ".agent";

/// A promise that was broken: the rule of `SPEC.md`, and how.
pub(crate) type Wrong = (&'static str, String);

/// What a comparison found. Everything but the first four must be zero.
#[derive(Debug, Default, Clone)]
pub(crate) struct Findings {
    /// Messages that people wrote.
    pub(crate) sent: usize,
    /// Of those, messages that were shown to their author as stored.
    pub(crate) acknowledged: usize,
    /// Messages in the log.
    pub(crate) stored: usize,
    /// Messages on the screens of all clients together.
    pub(crate) seen: usize,
    /// Messages that were sent and are not in the log, acknowledged or not.
    pub(crate) lost: usize,
    /// Of those, the ones that were acknowledged.
    pub(crate) lost_acknowledged: usize,
    /// Messages that stand in the log more than once.
    pub(crate) doubled: usize,
    /// Messages that stand behind a later one of the same sender.
    pub(crate) out_of_order: usize,
    /// Whatever else is wrong, in words.
    pub(crate) wrongs: Vec<Wrong>,
}

impl Findings {
    /// Reads the log of a conversation anew and judges it; the log comes with the findings if it can be read.
    pub(crate) fn of_chat(stage: &Stage, agent: &Agent, chat: &Chat) -> (Self, Option<Screen>) {
        let screens: Vec<_> =
            chat.clients.iter().map(|client| (client.name.clone(), client.screen())).collect();
        match read_log(stage, agent, chat.conversation) {
            Ok(log) => (Self::of(&screens, &log), Some(log)),
            Err(wrong) => (Self { wrongs: vec![("DL1", wrong)], ..Self::default() }, None),
        }
    }

    /// Judges one conversation by its log, read by a client that saw nothing of what happened.
    pub(crate) fn of(screens: &[(String, Screen)], log: &Screen) -> Self {
        let stored = log.texts(false);
        let unique: BTreeSet<&String> = stored.iter().collect();
        let mut findings = Self {
            stored: stored.len(),
            doubled: stored.len() - unique.len(),
            out_of_order: out_of_order(&stored),
            ..Self::default()
        };
        let mut all_sent = BTreeSet::new();
        for (name, screen) in screens {
            let seen = screen.texts(false);
            findings.sent += screen.sent.len();
            findings.acknowledged += screen.acknowledged.len();
            findings.seen += seen.len();
            findings.lost += screen.sent.iter().filter(|text| !unique.contains(text)).count();
            let lost = screen.acknowledged.iter().filter(|text| !unique.contains(text));
            findings.lost_acknowledged += lost.count();
            if seen != log.texts(!name.ends_with(AGENT)) {
                findings.wrong("DL10", format!("{name} shows another log than the server has"));
            }
            let wrongs = screen.wrongs.iter().map(|wrong| ("SY35", format!("{name}: {wrong}")));
            findings.wrongs.extend(wrongs);
            all_sent.extend(&screen.sent);
        }
        let invented = stored.iter().filter(|text| !all_sent.contains(text)).count();
        if invented > 0 {
            findings.wrong("DL2", format!("{invented} messages in the log that nobody sent"));
        }
        if !log.shown.keys().copied().eq((1..).take(log.shown.len())) {
            findings.wrong("DL5", "the positions of the log are not 1, 2, 3 …".to_owned());
        }
        findings
    }

    /// Notes a promise that was broken.
    pub(crate) fn wrong(&mut self, rule: &'static str, what: String) {
        self.wrongs.push((rule, what));
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.acknowledged += other.acknowledged;
        self.stored += other.stored;
        self.seen += other.seen;
        self.lost += other.lost;
        self.lost_acknowledged += other.lost_acknowledged;
        self.doubled += other.doubled;
        self.out_of_order += other.out_of_order;
        self.wrongs.extend(other.wrongs);
    }

    /// Whether every promise was kept.
    pub(crate) fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.out_of_order == 0 && self.wrongs.is_empty()
    }
}

/// Whether all clients of a conversation show the same, and nothing waits.
pub(crate) fn has_converged(clients: &[Client]) -> bool {
    let screens: Vec<Screen> = clients.iter().map(Client::screen).collect();
    let Some(first) = screens.first() else { return true };
    let common = first.texts(true);
    screens.iter().all(|screen| screen.is_settled && screen.texts(true) == common)
}

fn out_of_order(texts: &[String]) -> usize {
    let mut newest: BTreeMap<&str, u32> = BTreeMap::new();
    let mut count = 0;
    for text in texts {
        let Some(number) = number(text) else { continue };
        let before = newest.entry(sender(text)).or_default();
        if number < *before {
            count += 1;
        }
        *before = number.max(*before);
    }
    count
}
