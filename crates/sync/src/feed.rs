//! The list of conversations of an inbox, live.

use std::collections::BTreeMap;

use protocol::{
    AgentProfile, Code, ConversationId, FeedFrame, FeedRequest, Hello, IndexEntry, IndexPosition, TabId,
    Timestamp, Undecodable,
};

use crate::clock::Clock;
use crate::connection::Connection;
use crate::env::Entropy;
use crate::glimpse::Glimpse;
use crate::{Env, FeedEffect, FeedInput, FeedView, Step};

/// Milliseconds within which the next part of the list must come.
const PAGE_MS: u64 = 20_000;

/// Keeps the connection of an inbox's list, and what is known of the list.
#[derive(Debug)]
pub struct Feed {
    clock: Clock,
    connection: Connection,
    tab: TabId,
    me: Option<AgentProfile>,
    entries: BTreeMap<ConversationId, IndexEntry>,
    /// Of conversations that are or were open, what the entries do not know yet.
    glimpses: BTreeMap<ConversationId, Glimpse>,
    /// The last place that a page reached. What stands after it comes with a later page, if there is one.
    tail: Option<IndexPosition>,
    more: bool,
    page_by: Option<Timestamp>,
}

/// The arguments and the results of one call.
struct Turn {
    now: Timestamp,
    entropy: Entropy,
    effects: Vec<FeedEffect>,
    changed: bool,
}

impl Feed {
    /// Creates a feed that waits for [`FeedInput::Start`].
    #[must_use]
    pub fn new(env: Env) -> Self {
        Self {
            clock: Clock::new(env.now),
            connection: Connection::new(env.now),
            tab: TabId::from_bytes(Entropy::new(env.entropy).take()),
            me: None,
            entries: BTreeMap::new(),
            glimpses: BTreeMap::new(),
            tail: None,
            more: false,
            page_by: None,
        }
    }

    /// Takes an input and says what to do about it.
    #[must_use]
    pub fn handle(&mut self, env: Env, input: FeedInput) -> Step<FeedEffect> {
        let badge = self.connection.badge(self.clock.now());
        let now = self.clock.advance(env.now);
        let mut turn = Turn { now, entropy: Entropy::new(env.entropy), effects: Vec::new(), changed: false };
        self.take(input, &mut turn);
        if !self.connection.is_live() {
            turn.changed |= self.page_by.take().is_some();
        }
        turn.changed |= badge != self.connection.badge(now);
        let wake_at = self.connection.wake_at(now).into_iter().chain(self.page_by).min();
        Step { effects: turn.effects, wake_at: self.clock.set_timer(wake_at), changed: turn.changed }
    }

    /// Returns what to show at a time.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> FeedView {
        let mut entries: Vec<IndexEntry> = self.entries.values().map(|entry| self.newest(entry)).collect();
        entries.sort_unstable_by_key(|entry| core::cmp::Reverse(entry.position()));
        FeedView {
            entries,
            connection: self.connection.badge(self.clock.inside_at(now)),
            me: self.me.clone(),
            more: self.more,
            loading: self.page_by.is_some(),
        }
    }

    fn take(&mut self, input: FeedInput, turn: &mut Turn) {
        let act = match input {
            FeedInput::Start => self.connection.start(turn.now),
            FeedInput::Stop => self.connection.stop(turn.now),
            FeedInput::Opened { credential } => return self.opened(credential, turn),
            FeedInput::Unreachable { code } => {
                return self.connection.unreachable(code, turn.now, &mut turn.entropy);
            }
            FeedInput::Closed { code } => return self.connection.closed(code, turn.now, &mut turn.entropy),
            FeedInput::Received(frame) => return self.received(frame, turn),
            FeedInput::Unreadable(Undecodable::Version) => {
                self.connection.refuse(Code::UpgradeRequired, turn.now)
            }
            FeedInput::Unreadable(Undecodable::Malformed) if self.connection.is_greeting() => {
                self.connection.refuse(Code::UpgradeRequired, turn.now)
            }
            FeedInput::Unreadable(Undecodable::Malformed) | FeedInput::Pong => {
                return self.connection.heard();
            }
            FeedInput::Woke => {
                turn.changed |= self.page_by.take_if(|by| *by <= turn.now).is_some();
                self.connection.woke(turn.now, &mut turn.entropy)
            }
            FeedInput::NetworkBack => self.connection.network_back(turn.now),
            FeedInput::LoadMore => return self.load_more(turn),
            FeedInput::Glimpsed { conversation, glimpse } => {
                turn.changed |= self.glimpses.get(&conversation) != Some(&glimpse);
                self.glimpses.insert(conversation, glimpse);
                return;
            }
        };
        turn.effects.extend(act.map(FeedEffect::from));
    }

    fn opened(&mut self, credential: String, turn: &mut Turn) {
        if self.connection.opened(turn.now) {
            let hello = Hello { credential, tab: self.tab, cursor: None, page: None };
            turn.effects.push(FeedEffect::Transmit(FeedRequest::Hello(hello)));
        }
    }

    fn load_more(&mut self, turn: &mut Turn) {
        let Some(after) =
            self.tail.filter(|_| self.more && self.connection.is_live() && self.page_by.is_none())
        else {
            return;
        };
        self.page_by = Some(turn.now.plus(PAGE_MS));
        turn.changed = true;
        turn.effects.push(FeedEffect::Transmit(FeedRequest::More { after }));
    }

    fn received(&mut self, frame: FeedFrame, turn: &mut Turn) {
        self.connection.heard();
        let live = self.connection.is_live();
        match frame {
            FeedFrame::Welcome { me, entries, more } if self.connection.is_greeting() => {
                self.connection.welcomed(turn.now);
                self.me = Some(me);
                self.entries.clear();
                self.tail = None;
                self.page(entries, more);
            }
            FeedFrame::Page { entries, more } if live && self.page_by.take().is_some() => {
                self.page(entries, more)
            }
            FeedFrame::Changed(entry) if live => self.entry_changed(entry),
            FeedFrame::Refused(refusal) if self.connection.is_greeting() => {
                let act = self.connection.bye(refusal.code, refusal.retry_after, turn.now, &mut turn.entropy);
                turn.effects.extend(act.map(FeedEffect::from));
            }
            FeedFrame::Refused(_) => self.page_by = None,
            FeedFrame::Bye { code, after } => {
                let act = self.connection.bye(code, Some(after), turn.now, &mut turn.entropy);
                turn.effects.extend(act.map(FeedEffect::from));
            }
            FeedFrame::Welcome { .. } | FeedFrame::Page { .. } | FeedFrame::Changed(_) => return,
        }
        turn.changed = true;
    }

    fn page(&mut self, entries: Vec<IndexEntry>, more: bool) {
        let end = entries.iter().map(IndexEntry::position).min();
        self.tail = self.tail.into_iter().chain(end).min();
        self.more = more;
        entries.into_iter().for_each(|entry| self.put(entry));
    }

    /// Leaves out what a later page will bring, so that the list has no hole.
    fn entry_changed(&mut self, entry: IndexEntry) {
        let after_tail = self.tail.is_some_and(|tail| entry.position() < tail);
        if self.more && after_tail && !self.entries.contains_key(&entry.conversation) {
            return;
        }
        self.put(entry);
    }

    fn put(&mut self, entry: IndexEntry) {
        if self.glimpses.get(&entry.conversation).is_some_and(|glimpse| glimpse.is_known_to(&entry)) {
            self.glimpses.remove(&entry.conversation);
        }
        self.entries.insert(entry.conversation, entry);
    }

    /// An entry with what is known better.
    fn newest(&self, entry: &IndexEntry) -> IndexEntry {
        match self.glimpses.get(&entry.conversation) {
            Some(glimpse) if !glimpse.is_outdated_by(entry) => glimpse.over(entry),
            Some(_) | None => entry.clone(),
        }
    }
}
