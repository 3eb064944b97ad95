//! The list of conversations of an inbox, live.

use std::collections::{BTreeMap, BTreeSet};

use protocol::limits::FEED_PAGE;
use protocol::{
    AgentAvailability, AgentId, AgentProfile, Availability, AvailabilityChoice, Code, ConversationId,
    FeedFrame, FeedRequest, FilterEntry, Hello, IndexEntry, IndexPosition, ListView, MentionEntry,
    PrivateChatEntry, Shelf, SiteCounts, Status, TabId, TeamEntry, Timestamp, Undecodable,
};

use crate::clock::Clock;
use crate::connection::Connection;
use crate::env::Entropy;
use crate::glimpse::Glimpse;
use crate::idleness::Idleness;
use crate::{Env, FeedEffect, FeedInput, FeedView, Mentioned, Step};

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
    /// How far the pages of all conversations have reached.
    reach: Reach,
    /// How far those of each view have reached beyond that.
    reaches: BTreeMap<ListView, Reach>,
    /// What is shown.
    shown: Option<ListView>,
    counts: Option<Vec<SiteCounts>>,
    private_chats: BTreeMap<ConversationId, PrivateChatEntry>,
    teams: Vec<TeamEntry>,
    /// Where the agent was named: when last, and whether they have not seen it since.
    mentions: BTreeMap<ConversationId, Mentioned>,
    filters: Vec<FilterEntry>,
    /// What fits each filter that was opened, as far as its pages have reached.
    filed: BTreeMap<ListView, BTreeSet<ConversationId>>,
    /// Whether the page that is on its way is one of a filter as it was.
    is_outdated: bool,
    choice: AvailabilityChoice,
    available: BTreeMap<AgentId, Availability>,
    idleness: Idleness,
    /// Who has left the workspace while this was connected.
    left: BTreeSet<AgentId>,
    page_by: Option<Timestamp>,
    welcomes: u32,
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
            reach: Reach::default(),
            reaches: BTreeMap::new(),
            shown: None,
            counts: None,
            private_chats: BTreeMap::new(),
            teams: Vec::new(),
            mentions: BTreeMap::new(),
            filters: Vec::new(),
            filed: BTreeMap::new(),
            is_outdated: false,
            choice: AvailabilityChoice::default(),
            available: BTreeMap::new(),
            idleness: Idleness::new(env.now),
            left: BTreeSet::new(),
            page_by: None,
            welcomes: 0,
        }
    }

    /// Takes an input and says what to do about it.
    #[must_use]
    pub fn handle(&mut self, env: Env, input: FeedInput) -> Step<FeedEffect> {
        let badge = self.connection.badge(self.clock.now());
        let now = self.clock.advance(env.now);
        let mut turn = Turn { now, entropy: Entropy::new(env.entropy), effects: Vec::new(), changed: false };
        self.take(input, &mut turn);
        if self.idleness.woke(now) {
            self.tell_use(&mut turn);
        }
        if !self.connection.is_live() {
            turn.changed |= self.page_by.take().is_some();
        }
        turn.changed |= badge != self.connection.badge(now);
        // Nobody waits to hear of a tab that is not connected.
        let idle_at = self.idleness.wake_at().filter(|_| self.connection.is_live());
        let wake_at = self.connection.wake_at(now).into_iter().chain(self.page_by).chain(idle_at).min();
        Step { effects: turn.effects, wake_at: self.clock.set_timer(wake_at), changed: turn.changed }
    }

    /// Returns what to show at a time.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> FeedView {
        let mut known = BTreeMap::new();
        known.extend(self.entries.iter().map(|(id, entry)| (*id, self.newest(entry))));
        let reach = self.reach();
        let shown = known.values().filter(|entry| self.is_shown(entry, reach));
        let mut entries: Vec<IndexEntry> = shown.cloned().collect();
        entries.sort_unstable_by_key(|entry| core::cmp::Reverse(self.place_of(entry)));
        let mut private_chats: Vec<PrivateChatEntry> = self.private_chats.values().cloned().collect();
        private_chats.sort_unstable_by_key(|chat| core::cmp::Reverse((chat.active_at, chat.conversation)));
        FeedView {
            entries,
            known,
            counts: self.counts.clone(),
            private_chats,
            teams: self.teams.clone(),
            mentions: self.mentions.clone(),
            filters: self.filters.clone(),
            choice: self.choice,
            available: self.available.clone(),
            shown: self.shown,
            connection: self.connection.badge(self.clock.inside_at(now)),
            me: self.me.clone(),
            more: reach.more,
            loading: self.page_by.is_some(),
            welcomes: self.welcomes,
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
            FeedInput::Show(view) => return self.show(view, turn),
            FeedInput::Used => {
                if self.idleness.used(turn.now) {
                    self.tell_use(turn);
                }
                return;
            }
            FeedInput::Choose(choice) => {
                if self.connection.is_live() {
                    turn.effects.push(FeedEffect::Transmit(FeedRequest::Choose(choice)));
                }
                return;
            }
            FeedInput::SawMention(conversation) => {
                let mention = self.mentions.get_mut(&conversation).filter(|mention| mention.is_unread);
                if let Some(mention) = mention.filter(|_| self.connection.is_live()) {
                    mention.is_unread = false;
                    turn.changed = true;
                    let request = FeedRequest::SawMention { conversation };
                    turn.effects.push(FeedEffect::Transmit(request));
                }
                return;
            }
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

    /// Tells whether somebody uses this tab; who is not connected tells it when they are.
    fn tell_use(&self, turn: &mut Turn) {
        if self.connection.is_live() {
            let is_idle = self.idleness.is_idle();
            turn.effects.push(FeedEffect::Transmit(FeedRequest::Idle { is_idle }));
        }
    }

    fn load_more(&mut self, turn: &mut Turn) {
        let Reach { tail: after, more: true } = self.reach() else { return };
        if !self.connection.is_live() || self.page_by.is_some() {
            return;
        }
        let request = match (self.shown, after) {
            (Some(view), after) => FeedRequest::List { view, after },
            (None, Some(after)) => FeedRequest::More { after },
            (None, None) => return,
        };
        self.page_by = Some(turn.now.plus(PAGE_MS));
        turn.changed = true;
        turn.effects.push(FeedEffect::Transmit(request));
    }

    fn show(&mut self, view: Option<ListView>, turn: &mut Turn) {
        if self.shown == view {
            return;
        }
        self.shown = view;
        turn.changed = true;
        // What was asked for of another view may still come, and nobody waits for it.
        self.page_by = None;
        self.is_outdated = false;
        self.fill(turn);
    }

    /// Asks for the rest of the first page of a view, of which the page of all conversations has brought a part.
    fn fill(&mut self, turn: &mut Turn) {
        let is_begun = self.shown.is_none_or(|view| self.reaches.contains_key(&view));
        let reach = self.reach();
        let is_full =
            || self.entries.values().filter(|entry| self.is_shown(entry, reach)).count() >= FEED_PAGE;
        if !is_begun && !is_full() {
            self.load_more(turn);
        }
    }

    /// How far what is shown reaches.
    fn reach(&self) -> Reach {
        if self.shows_mentions() {
            // All of them are told.
            return Reach::default();
        }
        let further = self.shown.and_then(|view| self.reaches.get(&view)).copied();
        if self.shown_filter().is_some() {
            // What fits is for the server to say, from the first on.
            return further.unwrap_or(Reach { tail: None, more: true });
        }
        if self.reach.more { further.unwrap_or(self.reach) } else { self.reach }
    }

    fn shown_filter(&self) -> Option<ListView> {
        self.shown.filter(|view| matches!(view.shelf, Shelf::Filter(_)))
    }

    fn shows_mentions(&self) -> bool {
        self.shown.is_some_and(|view| view.shelf == Shelf::Mentions)
    }

    /// Where an entry stands in the list: among mentions by the time of that.
    fn place_of(&self, entry: &IndexEntry) -> IndexPosition {
        match self.mentions.get(&entry.conversation).filter(|_| self.shows_mentions()) {
            Some(mention) => IndexPosition { active_at: mention.at, conversation: entry.conversation },
            None => entry.position(),
        }
    }

    /// Whether an entry is among those that are shown: what a later page brings is not, so that the list has no hole.
    fn is_shown(&self, entry: &IndexEntry, reach: Reach) -> bool {
        match self.shown {
            Some(view) => self.lies_in(entry, view) && reach.covers(entry),
            None => self.reaches.is_empty() || reach.covers(entry),
        }
    }

    fn lies_in(&self, entry: &IndexEntry, view: ListView) -> bool {
        let assignee = entry.placement.assignee;
        let me = self.me.as_ref().map(|me| me.id);
        let is_open = entry.status == Status::Open;
        let is_there = match view.shelf {
            Shelf::Mine => is_open && assignee.is_some() && assignee == me,
            Shelf::Unassigned => is_open && assignee.is_none(),
            Shelf::Open => is_open,
            Shelf::Pending => entry.status == Status::Pending,
            Shelf::Snoozed => entry.status == Status::Snoozed,
            Shelf::Resolved => entry.status == Status::Resolved,
            Shelf::Team(team) => is_open && entry.placement.team == Some(team),
            Shelf::Mentions => self.mentions.contains_key(&entry.conversation),
            Shelf::Filter(_) => {
                self.filed.get(&view).is_some_and(|filed| filed.contains(&entry.conversation))
            }
        };
        is_there && view.site.is_none_or(|site| site == entry.site)
    }

    fn received(&mut self, frame: FeedFrame, turn: &mut Turn) {
        self.connection.heard();
        let live = self.connection.is_live();
        match frame {
            FeedFrame::Welcome { me, entries, more } if self.connection.is_greeting() => {
                self.connection.welcomed(turn.now);
                self.welcomes = self.welcomes.saturating_add(1);
                self.me = Some(me);
                self.entries.clear();
                self.reach = Reach::default();
                self.reaches.clear();
                self.left.clear();
                self.available.clear();
                if self.idleness.is_idle() {
                    self.tell_use(turn);
                }
                self.page(None, entries, more);
                // What fits a filter is asked for when the filters have come.
                if self.shown_filter().is_none() {
                    self.fill(turn);
                }
            }
            FeedFrame::Page { entries, more } if live && self.page_by.is_some() && self.shown.is_none() => {
                self.page_by = None;
                self.page(None, entries, more);
            }
            FeedFrame::Listed { view, entries, more } if live => {
                let is_shown = self.shown == Some(view);
                if is_shown {
                    self.page_by = None;
                }
                match view.shelf {
                    Shelf::Filter(_) if is_shown && core::mem::take(&mut self.is_outdated) => {
                        self.load_more(turn);
                    }
                    Shelf::Filter(_) if !is_shown => {}
                    _ => self.page(Some(view), entries, more),
                }
            }
            FeedFrame::Filters { filters } if live => {
                self.filters = filters;
                self.reaches.retain(|view, _| !matches!(view.shelf, Shelf::Filter(_)));
                self.is_outdated = self.page_by.is_some() && self.shown_filter().is_some();
                if self.shown_filter().is_some() {
                    self.load_more(turn);
                }
            }
            FeedFrame::Filed { filter, conversation, fits } if live => {
                for (_, filed) in
                    self.filed.iter_mut().filter(|(view, _)| view.shelf == Shelf::Filter(filter))
                {
                    if fits {
                        filed.insert(conversation);
                    } else {
                        filed.remove(&conversation);
                    }
                }
            }
            FeedFrame::FilterCounted { filter, entries } if live => {
                for known in self.filters.iter_mut().filter(|known| known.id == filter) {
                    known.entries = entries;
                }
            }
            FeedFrame::Counts { sites } if live => self.counts = Some(sites),
            FeedFrame::Left { agent } if live => {
                self.left.insert(agent);
            }
            FeedFrame::Changed(entry) if live => self.entry_changed(entry),
            FeedFrame::PrivateChats { chats } if live => {
                self.private_chats.clear();
                self.private_chats.extend(chats.into_iter().map(|chat| (chat.conversation, chat)));
            }
            FeedFrame::PrivateChat(chat) if live => {
                self.private_chats.insert(chat.conversation, chat);
            }
            FeedFrame::PrivateChatLeft { conversation } if live => {
                self.private_chats.remove(&conversation);
            }
            FeedFrame::Teams { teams } if live => self.teams = teams,
            FeedFrame::Mentions { mentions } if live => self.named(mentions),
            FeedFrame::Chosen(choice) if live => self.choice = choice,
            FeedFrame::Available { agents } if live => {
                let told =
                    agents.into_iter().map(|AgentAvailability { agent, availability }| (agent, availability));
                self.available.extend(told);
                self.available.retain(|_, availability| *availability != Availability::Offline);
            }
            FeedFrame::Refused(refusal) if self.connection.is_greeting() => {
                let act = self.connection.bye(refusal.code, refusal.retry_after, turn.now, &mut turn.entropy);
                turn.effects.extend(act.map(FeedEffect::from));
            }
            FeedFrame::Refused(_) => self.page_by = None,
            FeedFrame::Bye { code, after } => {
                let act = self.connection.bye(code, Some(after), turn.now, &mut turn.entropy);
                turn.effects.extend(act.map(FeedEffect::from));
            }
            FeedFrame::Welcome { .. }
            | FeedFrame::Page { .. }
            | FeedFrame::Listed { .. }
            | FeedFrame::Counts { .. }
            | FeedFrame::Left { .. }
            | FeedFrame::PrivateChats { .. }
            | FeedFrame::PrivateChat(_)
            | FeedFrame::PrivateChatLeft { .. }
            | FeedFrame::Teams { .. }
            | FeedFrame::Mentions { .. }
            | FeedFrame::Filters { .. }
            | FeedFrame::Filed { .. }
            | FeedFrame::FilterCounted { .. }
            | FeedFrame::Chosen(_)
            | FeedFrame::Available { .. }
            | FeedFrame::Changed(_) => return,
        }
        turn.changed = true;
    }

    fn named(&mut self, mentions: Vec<MentionEntry>) {
        self.mentions.clear();
        for MentionEntry { entry, at, is_unread } in mentions {
            self.mentions.insert(entry.conversation, Mentioned { at, is_unread });
            self.put(entry);
        }
    }

    /// Takes a page of all conversations, or of a view. What it is a page after is known already, up to there.
    fn page(&mut self, view: Option<ListView>, entries: Vec<IndexEntry>, more: bool) {
        let end = entries.iter().map(IndexEntry::position).min();
        let before = match view {
            Some(view @ ListView { shelf: Shelf::Filter(_), .. }) => {
                let before = self.reaches.get(&view).copied();
                let filed = self.filed.entry(view).or_default();
                if before.is_none() {
                    filed.clear();
                }
                filed.extend(entries.iter().map(|entry| entry.conversation));
                before.unwrap_or_default()
            }
            Some(view) => self.reaches.get(&view).copied().unwrap_or(self.reach),
            None => self.reach,
        };
        let reach = Reach { tail: before.tail.into_iter().chain(end).min(), more };
        match view {
            Some(view) => {
                self.reaches.insert(view, reach);
            }
            None => self.reach = reach,
        }
        entries.into_iter().for_each(|entry| self.put(entry));
    }

    /// Leaves out what a later page will bring, so that the list has no hole.
    fn entry_changed(&mut self, entry: IndexEntry) {
        if !self.reach.covers(&entry) && !self.entries.contains_key(&entry.conversation) {
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
        let mut newest = match self.glimpses.get(&entry.conversation) {
            Some(glimpse) if !glimpse.is_outdated_by(entry) => glimpse.over(entry),
            Some(_) | None => entry.clone(),
        };
        newest.placement.assignee.take_if(|agent| self.left.contains(agent));
        newest.placement.team.take_if(|team| self.teams.iter().all(|entry| entry.team.id != *team));
        newest
    }
}

/// How far the pages of a list have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Reach {
    /// The last place that a page reached. What stands after it comes with a later page, if there is one.
    tail: Option<IndexPosition>,
    more: bool,
}

impl Reach {
    fn covers(self, entry: &IndexEntry) -> bool {
        !self.more || self.tail.is_none_or(|tail| entry.position() >= tail)
    }
}
