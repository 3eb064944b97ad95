//! What people do, and what goes wrong by itself.

use std::collections::BTreeSet;

use protocol::{
    AgentKind, ClientMessageId, Code, Failure, Handling, Label, MessageName, Page as Place, Priority,
    PrivateKind, PublicKind, Stars, Status, Timestamp,
};
use sync::{ConnectionBadge, SendState};

use super::pages::{End, waiting};
use super::{BEGIN, Event, World};
use crate::browser::{Client, ClientId, Mode, Owner, PageId, Press, Shown, Signal};
use crate::faults::Fault;
use crate::network::{LinkId, Target};
use crate::object::{REFUSED_BY_NEWER, TEAMS};
use crate::oracle::Standing;

/// Messages that one tab has waiting at most.
const MOST_WAITING: usize = 5;
/// Messages that one conversation gets at most: what is measured is trouble, not bulk.
const MOST_WRITTEN: u32 = 90;

/// What can happen next.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Write,
    Note,
    Change,
    Reply,
    SetStatus,
    Handle,
    Read,
    Type,
    Go,
    RetryOrDiscard,
    LoadOlder,
    OpenTab,
    OpenConversation,
    Network,
    Object,
    Browser,
    Clock,
    Adversary,
    Dismissal,
    LetGo,
    Erase,
}

impl World {
    /// Lets one thing happen, and the next after a while.
    pub(super) fn fate(&mut self) {
        let fate = self.choose();
        match fate {
            Fate::Write => self.write(),
            Fate::Note => self.with_conversation(|world, id, _| {
                let text = world.words("note");
                world.press(id, Press::Note(text));
            }),
            Fate::Change => self.change(),
            Fate::Reply => self.reply(),
            Fate::SetStatus => self.with_conversation(|world, id, shown| {
                let press = match shown.status {
                    Status::Resolved if world.rng.chance(500) => {
                        world.rng.pick(&Stars::ALL).copied().map(Press::Rate)
                    }
                    Status::Resolved => Some(Press::Reopen),
                    Status::Open => Some(Press::Resolve),
                    Status::Pending | Status::Snoozed if world.rng.chance(500) => {
                        Some(Press::Handle(Handling::Open))
                    }
                    Status::Pending | Status::Snoozed => Some(Press::Resolve),
                };
                if let Some(press) = press {
                    world.press(id, press);
                }
            }),
            Fate::Handle => self.handle(),
            Fate::Read => self.read(),
            Fate::Type => {
                let on = self.rng.chance(700);
                self.with_conversation(|world, id, _| world.press(id, Press::Type(on)));
            }
            Fate::Go => self.with_conversation(|world, id, _| {
                let url = format!("https://shop.example/{}", world.rng.below(5));
                world.press(id, Press::Go(Place { url, ..Place::default() }));
            }),
            Fate::RetryOrDiscard => self.retry_or_discard(),
            Fate::LoadOlder => self.load_older(),
            Fate::OpenTab => self.open_tab(),
            Fate::OpenConversation => self.open_conversation(),
            Fate::Network => self.network_trouble(),
            Fate::Object => self.object_trouble(),
            Fate::Browser => self.browser_trouble(),
            Fate::Clock => self.clock_trouble(),
            Fate::Adversary => self.adversary_acts(),
            Fate::Dismissal => self.dismiss(),
            Fate::LetGo => self.end_what_is_over(),
            Fate::Erase => self.erase(),
        }
        let pause = self.plan.pause;
        self.post_in(1, pause, Event::Fate);
    }

    fn choose(&mut self) -> Fate {
        let plan = &self.plan;
        let weights = [
            (Fate::Write, 9),
            (Fate::Note, 1),
            (Fate::Change, 3),
            (Fate::Reply, 2),
            (Fate::SetStatus, 1),
            (Fate::Handle, 2),
            (Fate::Read, 4),
            (Fate::Type, 1),
            (Fate::Go, 1),
            (Fate::RetryOrDiscard, if plan.is_stricter || plan.restores > 0 { 3 } else { 1 }),
            (Fate::LoadOlder, if plan.history > 0 { 4 } else { 1 }),
            (Fate::OpenTab, 1),
            (Fate::OpenConversation, 4),
            (Fate::Network, plan.network),
            (Fate::Object, plan.objects),
            (Fate::Browser, plan.browsers),
            (Fate::Clock, plan.clocks),
            (Fate::Adversary, if plan.has_adversary { 4 } else { 0 }),
            (Fate::Dismissal, plan.dismissals),
            (Fate::LetGo, plan.retention),
            (Fate::Erase, plan.erasure),
        ];
        let total = weights.iter().map(|(_, weight)| weight).sum();
        let mut at = self.rng.below(total);
        for (fate, weight) in weights {
            if at < weight {
                return fate;
            }
            at -= weight;
        }
        Fate::Write
    }

    fn words(&mut self, who: &str) -> String {
        self.written += 1;
        if self.plan.repeats && self.rng.chance(400) {
            return "hello?".to_owned();
        }
        let refused = if self.plan.is_stricter && self.rng.chance(200) { REFUSED_BY_NEWER } else { "" };
        format!("{who} {} {refused}", self.written)
    }

    /// Acts as somebody in a conversation, in one of their tabs.
    fn with_conversation(&mut self, act: impl FnOnce(&mut Self, ClientId, Shown)) {
        let is_at_hand = |client: &Client| !client.engine.is_feed() && !self.is_frozen(client.page);
        let engines: Vec<ClientId> =
            self.clients.iter().filter(|(_, client)| is_at_hand(client)).map(|(id, _)| *id).collect();
        let Some(id) = self.rng.pick(&engines).copied() else { return };
        let Some(shown) = self.shown(id) else { return };
        act(self, id, shown);
    }

    fn write(&mut self) {
        self.with_conversation(|world, id, shown| {
            if shown.unsent >= MOST_WAITING || world.written >= MOST_WRITTEN {
                return;
            }
            let times = if world.rng.chance(150) { 1 + world.rng.below(3) } else { 1 };
            for _ in 0..times {
                let text = world.words("message");
                world.press(id, Press::Say(text));
            }
        });
    }

    /// Handles the conversation in one way or another.
    fn handle(&mut self) {
        self.with_conversation(|world, id, shown| {
            if shown.unsent >= MOST_WAITING || world.written >= MOST_WRITTEN {
                return;
            }
            world.written += 1;
            let label = |number: u64| Label::parse(&format!("Label {number}")).expect("legal");
            let teams: Vec<_> = TEAMS.map(Some).into_iter().chain([None]).collect();
            let step = match world.rng.below(9) {
                0 | 1 => {
                    let agents = world.agents.iter().map(|agent| agent.id);
                    let agents: Vec<_> = agents.map(Some).chain([None]).collect();
                    Handling::Assign { to: world.rng.pick(&agents).copied().flatten() }
                }
                2 => Handling::Wait,
                3 | 4 => {
                    Handling::Snooze { until: Timestamp(BEGIN + world.now + world.rng.between(500, 40_000)) }
                }
                5 => Handling::Prioritize(world.rng.pick(&Priority::ALL).copied().unwrap_or_default()),
                6 => Handling::Label(label(world.rng.below(3))),
                7 => Handling::HandTo { team: world.rng.pick(&teams).copied().flatten() },
                _ => Handling::Unlabel(label(world.rng.below(3))),
            };
            world.press(id, Press::Handle(step));
        });
    }

    /// Answers something that is shown as stored.
    fn reply(&mut self) {
        self.with_conversation(|world, id, shown| {
            if shown.unsent >= MOST_WAITING || world.written >= MOST_WRITTEN {
                return;
            }
            let said = shown.lines.iter().filter(|line| line.seq.is_some());
            let said: Vec<_> = said
                .filter_map(|line| Some((MessageName::of(&line.author, line.id)?, is_note(&line.kind)?)))
                .collect();
            let Some((to, is_note)) = world.rng.pick(&said).copied() else { return };
            let text = world.words("answer");
            let by_note = is_note || world.rng.chance(200);
            world.press(id, Press::Reply(to, by_note, text));
        });
    }

    /// Edits or deletes something that this person had said.
    fn change(&mut self) {
        self.with_conversation(|world, id, shown| {
            if shown.unsent >= MOST_WAITING || world.written >= MOST_WRITTEN {
                return;
            }
            let own = shown.lines.iter().filter(|line| line.mine && line.seq.is_some());
            let own: Vec<_> = own.filter_map(|line| Some((line.id, is_note(&line.kind)?))).collect();
            let Some((of, is_note)) = world.rng.pick(&own).copied() else { return };
            let press = if world.rng.chance(600) {
                let text = world.words("changed");
                Press::Edit(of, is_note, text)
            } else {
                world.written += 1;
                Press::Delete(of, is_note)
            };
            world.press(id, press);
        });
    }

    fn read(&mut self) {
        self.with_conversation(|world, id, shown| {
            if let Some(client) = world.clients.get_mut(&id) {
                client.seen = client.seen.max(shown.head.0);
            }
            world.press(id, Press::See(shown.head));
        });
    }

    fn retry_or_discard(&mut self) {
        self.with_conversation(|world, id, shown| {
            let failed = shown.lines.iter().find_map(|line| match line.state {
                SendState::Failed(failure) => Some((line.id, failure, line.at)),
                SendState::Sending | SendState::Sent | SendState::Seen => None,
            });
            let Some((message, failure, written_at)) = failed else { return };
            if failure == Failure::Lost {
                return world.retry_or_discard_lost(id, message);
            }
            let Some((index, person, _)) = world.place_of(id) else { return };
            if world.rng.chance(400) {
                let waiting: Vec<_> = waiting(&shown).collect();
                let held = (failure == Failure::Refused(Code::Overtaken)).then_some(written_at);
                world.oracle.intents.retried(index, person, (message, held), &waiting);
                if held.is_some() {
                    world.suffer(Fault::HeldSentAnyway);
                }
                world.press(id, Press::Retry(message));
            } else {
                let was_stored = world.oracle.logs[index].was_stored(person, message);
                world.oracle.intents.discarded(index, person, message, was_stored);
                // It may have been stored once, and refused when it was sent again after a restore.
                if let Some(client) = world.clients.get_mut(&id) {
                    client.sent.remove(&message);
                    client.holds.remove(&message);
                }
                world.press(id, Press::Discard(message));
                if world.still_waits(id, message) {
                    // It could not be removed, or not be kept as held before: nobody has refused what is held with a reply.
                    world.oracle.intents.stand(index, person, message, Standing::Excused);
                }
            }
        });
    }

    fn retry_or_discard_lost(&mut self, id: ClientId, message: ClientMessageId) {
        let Some((index, person, _)) = self.place_of(id) else { return };
        if self.rng.chance(700) {
            self.suffer(Fault::LostSentAgain);
            self.oracle.intents.asked_for_again(index, person, message);
            self.press(id, Press::Retry(message));
        } else {
            self.suffer(Fault::LostGivenUp);
            self.oracle.intents.let_go(index, person, message);
            if let Some(client) = self.clients.get_mut(&id) {
                client.sent.remove(&message);
                client.holds.remove(&message);
            }
            self.press(id, Press::Discard(message));
        }
    }

    fn load_older(&mut self) {
        let is_at_hand = |(_, client): &(&ClientId, &Client)| !self.is_frozen(client.page);
        let all: Vec<ClientId> = self.clients.iter().filter(is_at_hand).map(|(id, _)| *id).collect();
        if let Some(id) = self.rng.pick(&all).copied() {
            self.press(id, Press::LoadOlder);
        }
    }

    fn open_tab(&mut self) {
        let owner = if self.rng.chance(600) {
            Owner::Visitor(self.rng.index(self.visitors.len()))
        } else {
            Owner::Agent(self.rng.index(self.agents.len()))
        };
        let tabs = self.pages.values().filter(|page| page.owner == owner).count();
        if tabs < self.plan.tabs {
            self.open_page(owner, BTreeSet::new());
        }
    }

    /// An agent opens a conversation that the list shows.
    fn open_conversation(&mut self) {
        let inboxes: Vec<PageId> = self
            .pages
            .iter()
            .filter(|(id, page)| matches!(page.owner, Owner::Agent(_)) && !self.is_frozen(**id))
            .map(|(id, _)| *id)
            .collect();
        let Some(page) = self.rng.pick(&inboxes).copied() else { return };
        let listed = self.listed(page);
        let Some(index) = self.rng.pick(&listed).copied() else { return };
        self.open_client(page, Target::Conversation(index));
    }

    /// Conversations that the list of an inbox shows and that are not open there.
    pub(super) fn listed(&self, page: PageId) -> Vec<usize> {
        let Some(inbox) = self.pages.get(&page) else { return Vec::new() };
        let targets: Vec<Target> =
            inbox.clients.iter().filter_map(|id| Some(self.clients.get(id)?.target)).collect();
        let feed =
            inbox.clients.iter().filter_map(|id| self.clients.get(id)).find(|client| client.engine.is_feed());
        let entries = feed.and_then(|feed| feed.engine.entries(self.page_clock(page)));
        let entries = entries.map_or(Vec::new(), |(entries, _)| entries);
        let known = entries
            .iter()
            .filter_map(|entry| self.conversations.iter().position(|object| object.id == entry.conversation));
        known.filter(|index| !targets.contains(&Target::Conversation(*index))).collect()
    }

    fn a_link(&mut self) -> Option<LinkId> {
        let links = self.open_links();
        self.rng.pick(&links).copied()
    }

    fn network_trouble(&mut self) {
        let Some(link) = self.a_link() else { return };
        match self.rng.below(9) {
            0 | 1 => {
                self.suffer(Fault::Cut);
                self.cut(link, 1006);
            }
            2 => {
                self.suffer(Fault::OddClose);
                let codes = [1000, 1001, 1011, 1012, 1015, 3000, 4999];
                let code = codes[self.rng.index(codes.len())];
                self.cut(link, code);
            }
            3 => self.half_open(link, Fault::HalfOpenDown),
            4 => self.half_open(link, Fault::HalfOpenUp),
            5 => self.half_open(link, Fault::Blackhole),
            6 | 7 => {
                // Sometimes for longer than any deadline of a client's.
                let longest = if self.rng.chance(250) { 45_000 } else { 20_000 };
                let lasts = self.rng.between(1_000, longest);
                if self.stall(link, self.now + lasts) {
                    self.suffer(if lasts >= 30_000 { Fault::StalledLong } else { Fault::Stalled });
                }
            }
            _ => self.clog(),
        }
    }

    fn half_open(&mut self, link: LinkId, fault: Fault) {
        self.suffer(fault);
        self.note(|| format!("{link:?}: {fault:?}"));
        self.silence(link, fault != Fault::HalfOpenDown, fault != Fault::HalfOpenUp);
        self.post_in(5_000, 60_000, Event::ServerCut(link));
    }

    /// Stalls one way or both; tells whether any.
    fn stall(&mut self, link: LinkId, end: i64) -> bool {
        let (up, down) = (self.rng.chance(700), self.rng.chance(700));
        self.note(|| format!("{link:?} stalls (up {up}, down {down})"));
        if let Some(on) = self.links.get_mut(&link) {
            if up {
                on.up.hold_until = end;
            }
            if down {
                on.down.hold_until = end;
            }
        }
        up || down
    }

    /// Clogs a subset one by one, and lets go of it in another order.
    fn clog(&mut self) {
        let mut clogged = 0;
        for link in self.open_links() {
            if self.rng.chance(500) {
                let end = self.now + self.rng.between(500, 12_000);
                clogged += u32::from(self.stall(link, end));
            }
        }
        if clogged > 1 {
            self.suffer(Fault::Clogged);
        }
    }

    fn object_trouble(&mut self) {
        let index = self.rng.index(self.conversations.len());
        let target = if self.rng.chance(200) { Target::Workspace } else { Target::Conversation(index) };
        match self.rng.below(16) {
            0..=3 => self.evict(target),
            4 | 5 => self.crash(target),
            6 => {
                let isolate = self.rng.below(self.plan.isolates);
                self.panic(isolate);
            }
            7 => self.deploy(),
            8 => self.workspace_away_until = self.now + self.rng.between(500, 15_000),
            9..=11 if self.restores_left > 0 => self.restore(index),
            12 | 13 => self.crash_with_a_reader(index),
            14 | 15 => self.hand_out(),
            _ => self.evict(target),
        }
    }

    /// A conversation dies together with the browser of an agent who reads it: nobody tells those marks again.
    fn crash_with_a_reader(&mut self, index: usize) {
        let target = Target::Conversation(index);
        let readers: Vec<PageId> = self
            .clients
            .values()
            .filter(|client| client.target == target)
            .map(|client| client.page)
            .filter(|page| matches!(self.pages[page].owner, Owner::Agent(_)))
            .collect();
        let Some(reader) = self.rng.pick(&readers).copied() else { return };
        let before = self.oracle.logs[index].marks;
        self.crash(target);
        if self.oracle.logs[index].marks != before {
            self.suffer(Fault::CrashedWithReader);
        }
        self.reload(reader, End::Crashed);
    }

    /// A new version: every object is stopped, every socket closed.
    fn deploy(&mut self) {
        self.note(|| "a new version is deployed".to_owned());
        let objects = (0..self.conversations.len()).map(Target::Conversation).chain([Target::Workspace]);
        let open = objects.map(|target| self.host(target).sockets.len()).sum::<usize>();
        if open > 1 {
            self.suffer(Fault::Deployed);
        }
        for index in 0..self.conversations.len() {
            self.crash(Target::Conversation(index));
        }
        self.crash(Target::Workspace);
    }

    fn browser_trouble(&mut self) {
        let pages: Vec<PageId> = self.pages.keys().copied().collect();
        let Some(id) = self.rng.pick(&pages).copied() else { return };
        let owner = self.pages[&id].owner;
        match self.rng.below(20) {
            19 => {
                self.damage(owner, Fault::StorageOlder);
                self.reload(id, End::CrashedUnsaved);
            }
            0..=3 => self.reload(id, End::Closed),
            4 | 5 => self.reload(id, End::Crashed),
            6 | 7 => self.close_for_good(id),
            8 | 9 => self.change_storage(owner, Mode::Denied),
            10 => self.change_storage(owner, Mode::Full),
            11 => self.damage(owner, Fault::StorageCleared),
            12 => self.damage(owner, Fault::StorageCorrupt),
            13 => {
                self.damage(owner, Fault::StorageStale);
                self.reload(id, End::CrashedUnsaved);
            }
            14 => {
                let tabs = self.pages.values().filter(|page| page.owner == owner).count();
                if tabs < self.plan.tabs {
                    self.suffer(Fault::TabDuplicated);
                    let open = self.open_in(id);
                    self.open_page(owner, open);
                }
            }
            15..=17 => {
                self.suffer(Fault::Frozen);
                self.note(|| format!("{id:?} is frozen"));
                let until = self.now + self.rng.between(3_000, 90_000);
                if let Some(page) = self.pages.get_mut(&id) {
                    page.frozen_until = page.frozen_until.max(until);
                }
            }
            _ => {
                let client = self.clients_of(id).into_iter().next();
                if let Some(client) = client.filter(|_| !self.is_frozen(id)) {
                    self.signal(client, Signal::NetworkBack);
                }
            }
        }
    }

    pub(super) fn clients_of(&self, page: PageId) -> Vec<ClientId> {
        self.pages.get(&page).map_or(Vec::new(), |page| page.clients.clone())
    }

    /// A tab is closed; what it had not sent is there for the others, and for those to come.
    fn close_for_good(&mut self, id: PageId) {
        let owner = self.pages[&id].owner;
        if self.pages.values().filter(|page| page.owner == owner).count() < 2 {
            return self.reload(id, End::Closed);
        }
        let waits =
            self.clients_of(id).iter().any(|id| self.shown(*id).is_some_and(|shown| shown.unsent > 0));
        if waits {
            self.suffer(Fault::TabClosed);
        }
        self.close_page(id, End::Closed);
        self.excuse_lost();
    }

    fn change_storage(&mut self, owner: Owner, mode: Mode) {
        let Some(shelf) = self.shelves.get_mut(&owner) else { return };
        shelf.mode = if shelf.mode == Mode::Normal { mode } else { Mode::Normal };
        let mode = shelf.mode;
        self.note(|| format!("storage of {owner:?} is {mode:?}"));
    }

    fn clock_trouble(&mut self) {
        let pages: Vec<PageId> = self.pages.keys().copied().collect();
        let Some(id) = self.rng.pick(&pages).copied() else { return };
        match self.rng.below(3) {
            0 => {
                self.suffer(Fault::ClockJumped);
                let jump = self.rng.between(-3 * 86_400_000, 3 * 86_400_000);
                self.move_clock(id, jump);
            }
            1 => {
                let links = self.clients_of(id).into_iter().filter_map(|id| self.clients.get(&id)?.link);
                let links: Vec<LinkId> = links.collect();
                if !links.is_empty() {
                    self.suffer(Fault::Slept);
                }
                for link in links {
                    self.silence(link, true, true);
                    self.post_in(0, 1_000, Event::ServerCut(link));
                }
                self.move_clock(id, 8 * 3_600_000);
            }
            _ => {
                let until = self.now + self.rng.between(5_000, 60_000);
                if let Some(page) = self.pages.get_mut(&id) {
                    page.throttled_until = until;
                }
            }
        }
    }

    fn move_clock(&mut self, id: PageId, by: i64) {
        self.note(|| format!("the clock of {id:?} moves by {} s", by / 1_000));
        if let Some(page) = self.pages.get_mut(&id) {
            page.clock += by;
        }
    }

    /// Engines that have given up; only a person can make them try again.
    pub(super) fn given_up(&self) -> Vec<(ClientId, protocol::Code)> {
        let badges = self.clients.iter().filter_map(|(id, client)| {
            let now = self.page_clock(client.page);
            let badge = match client.engine.entries(now) {
                Some((_, badge)) => badge,
                None => client.engine.shown(now)?.badge,
            };
            match badge {
                ConnectionBadge::Refused(code) => Some((*id, code)),
                ConnectionBadge::Connecting | ConnectionBadge::Connected | ConnectionBadge::Reconnecting => {
                    None
                }
            }
        });
        badges.collect()
    }
}

/// Whether what can be changed is a note; `None` for what cannot.
const fn is_note(kind: &AgentKind) -> Option<bool> {
    match kind {
        AgentKind::Public(PublicKind::Message { .. }) => Some(false),
        AgentKind::Private(PrivateKind::Note { .. }) => Some(true),
        AgentKind::Public(_) | AgentKind::Private(_) => None,
    }
}
