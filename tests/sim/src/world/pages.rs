//! Pages: opened, reloaded, crashed, closed; and the engines in them.

use std::collections::{BTreeMap, BTreeSet};

use protocol::codec::Codec;
use protocol::{ClientMessageId, Failure, Seq, Timestamp};
use sync::{Env, SendState};

use super::wires::Way;
use super::{BEGIN, Event, World, in_words};
use crate::browser::{
    Client, ClientId, Deed, Engine, Mode, Owner, Page, PageId, Press, Reaction, Shown, Signal, kept_in,
    submitted,
};
use crate::faults::Fault;
use crate::network::{LinkId, Packet, Payload, Target};
use crate::oracle::{Standing, demand};

/// How a page goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The browser closes its sockets.
    Closed,
    /// Nobody closes anything.
    Crashed,
    /// It crashed before it could save what was written a moment ago.
    CrashedUnsaved,
}

impl World {
    /// Opens a page of the widget, or an inbox with the outboxes that its tab kept.
    pub(super) fn open_page(
        &mut self,
        owner: Owner,
        mine: Option<usize>,
        session: BTreeMap<usize, String>,
    ) -> PageId {
        self.serial += 1;
        let id = PageId(u32::try_from(self.serial).expect("not that many"));
        let page = Page {
            owner,
            clients: Vec::new(),
            slot: None,
            session,
            clock: 0,
            throttled_until: 0,
            mode: Mode::Normal,
            unkept: BTreeSet::new(),
        };
        self.pages.insert(id, page);
        match owner {
            Owner::Visitor(visitor) => {
                let shelf = &mut self.shelves[visitor];
                let slot = shelf.claim(mine, id);
                let saved = shelf.read(slot);
                let is_adopted = mine != Some(slot)
                    && saved
                        .as_deref()
                        .is_some_and(|text| kept_in(text, false).iter().any(|(_, failed)| !failed));
                if is_adopted {
                    self.suffer(Fault::OutboxAdopted);
                }
                self.note(|| format!("visitor {visitor} opens a tab with outbox {slot}"));
                if let Some(page) = self.pages.get_mut(&id) {
                    page.slot = Some(slot);
                }
                self.open_client(id, Target::Conversation(visitor), saved.as_deref());
            }
            Owner::Agent(agent) => {
                self.note(|| format!("agent {agent} opens an inbox"));
                self.open_client(id, Target::Workspace, None);
                let kept: Vec<(usize, String)> =
                    self.pages[&id].session.iter().map(|(index, text)| (*index, text.clone())).collect();
                for (index, text) in kept {
                    self.open_client(id, Target::Conversation(index), Some(&text));
                }
            }
        }
        self.excuse_lost();
        id
    }

    /// Starts an engine in a page.
    pub(super) fn open_client(&mut self, page: PageId, target: Target, saved: Option<&str>) {
        self.serial += 1;
        let id = ClientId(u32::try_from(self.serial).expect("not that many"));
        let Some(owner) = self.pages.get(&page).map(|page| page.owner) else { return };
        let env = self.env(page);
        let engine = match (owner, target) {
            (_, Target::Workspace) => Engine::for_feed(env),
            (Owner::Visitor(_), Target::Conversation(_)) => Engine::for_visitor(env, saved),
            (Owner::Agent(_), Target::Conversation(_)) => Engine::for_agent(env, saved),
        };
        let codec = if self.rng.chance(200) { Codec::Json } else { Codec::Postcard };
        let shown = engine.shown(env.now);
        let client = Client {
            page,
            target,
            engine,
            codec,
            link: None,
            attempt: 0,
            timer: 0,
            busy: (0, 0),
            seen: 0,
            epoch: None,
            welcome_head: Seq::START,
            sent: BTreeMap::new(),
            kept: saved.map_or(BTreeSet::new(), |text| {
                let is_agents = matches!(owner, Owner::Agent(_));
                kept_in(text, is_agents).into_iter().map(|(id, _)| id).collect()
            }),
        };
        self.clients.insert(id, client);
        if let Some(page) = self.pages.get_mut(&page) {
            page.clients.push(id);
        }
        if let (Target::Conversation(index), Some(shown)) = (target, shown) {
            let person = self.person(owner);
            let mut pending = Vec::new();
            for line in shown.lines {
                let standing = match line.state {
                    SendState::Failed(Failure::Lost) => continue,
                    SendState::Failed(Failure::Refused(_)) => Standing::Failed,
                    SendState::Sending | SendState::Sent | SendState::Seen => {
                        pending.push(line.id);
                        Standing::Wanted
                    }
                };
                self.oracle.intents.stand(index, person, line.id, standing);
            }
            self.oracle.intents.take_up(id, pending);
        }
        self.signal(id, Signal::Start);
    }

    fn env(&mut self, page: PageId) -> Env {
        let entropy = self.rng.bytes();
        Env { now: self.page_clock(page), entropy }
    }

    pub(super) fn page_clock(&self, page: PageId) -> Timestamp {
        let ahead = self.pages.get(&page).map_or(0, |page| page.clock);
        Timestamp(BEGIN + self.now + ahead)
    }

    /// The browser reports something to an engine.
    pub(super) fn signal(&mut self, id: ClientId, signal: Signal) {
        let Some(page) = self.clients.get(&id).map(|client| client.page) else { return };
        let env = self.env(page);
        self.note(|| format!("{id:?} ← {}", heard(&signal)));
        let Some(client) = self.clients.get_mut(&id) else { return };
        let reaction = client.engine.signal(env, signal, client.codec);
        self.react(id, reaction);
    }

    /// A person does something.
    pub(super) fn press(&mut self, id: ClientId, press: Press) {
        let Some(page) = self.clients.get(&id).map(|client| client.page) else { return };
        let env = self.env(page);
        let Some(client) = self.clients.get_mut(&id) else { return };
        if let Some(reaction) = client.engine.press(env, press, client.codec) {
            self.react(id, reaction);
        }
    }

    pub(super) fn woke(&mut self, id: ClientId, timer: u64) {
        let now = self.now;
        let Some(client) = self.clients.get_mut(&id).filter(|client| client.timer == timer) else { return };
        client.busy = if client.busy.0 == now { (now, client.busy.1 + 1) } else { (now, 0) };
        if client.busy.1 > 100 {
            self.judge(Err(format!("SY35: {id:?} wants to be woken again and again")));
            return;
        }
        self.signal(id, Signal::Woke);
    }

    /// Runs what an engine wants done, in order; the page may crash between any two of them.
    fn react(&mut self, id: ClientId, reaction: Reaction) {
        let Reaction { deeds, wake_at, changed, welcome } = reaction;
        let Some(client) = self.clients.get_mut(&id) else { return };
        let page = client.page;
        if let Some((epoch, head)) = welcome {
            if client.epoch != Some(epoch) {
                client.seen = 0;
            }
            client.epoch = Some(epoch);
            client.welcome_head = head;
        }
        if changed {
            self.check_screen(id);
        }
        let crash_after =
            (deeds.len() > 1 && self.strikes(self.plan.crash_in_step)).then(|| self.rng.index(deeds.len()));
        for (index, deed) in deeds.into_iter().enumerate() {
            if crash_after == Some(index) {
                self.suffer(Fault::CrashedBetweenEffects);
                let end = if matches!(deed, Deed::Save(_)) { End::CrashedUnsaved } else { End::Crashed };
                self.reload(page, end);
                return;
            }
            self.perform(id, deed);
        }
        let clock = self.page_clock(page);
        let throttled = self.pages.get(&page).map_or(0, |page| page.throttled_until);
        self.serial += 1;
        let timer = self.serial;
        let Some(client) = self.clients.get_mut(&id) else { return };
        client.timer = timer;
        if let Some(at) = wake_at {
            let mut rings = self.now + i64::try_from(at.since(clock)).unwrap_or(i64::MAX / 4);
            if self.is_chaos && self.now < throttled {
                rings += 1_000 - rings.rem_euclid(1_000);
            }
            self.post(rings, Event::Wake { client: id, timer });
        }
    }

    fn perform(&mut self, id: ClientId, deed: Deed) {
        self.note(|| format!("{id:?} → {}", wanted(&deed)));
        match deed {
            Deed::Connect { renew } => self.connect(id, renew),
            Deed::Disconnect { code } => self.disconnect(id, code),
            Deed::Ping => self.transmit(id, Payload::Text("ping".to_owned())),
            Deed::Send(payload) => {
                let verdict = self.is_kept_first(id, &payload);
                self.judge(verdict);
                self.transmit(id, payload);
            }
            Deed::Save(text) => self.save(id, text),
        }
    }

    fn transmit(&mut self, id: ClientId, payload: Payload) {
        let Some(link) = self.clients.get(&id).and_then(|client| client.link) else { return };
        self.send(link, Way::Up, Packet::Frame(payload));
    }

    /// SY11: a message is kept before it is sent.
    fn is_kept_first(&self, id: ClientId, payload: &Payload) -> crate::oracle::Verdict {
        let Some(client) = self.clients.get(&id).filter(|client| !client.engine.is_feed()) else {
            return Ok(());
        };
        if let Some(message) = submitted(payload, client.engine.is_agents()) {
            demand!(client.kept.contains(&message), "SY11: {message} was sent before it was kept");
        }
        Ok(())
    }

    fn save(&mut self, id: ClientId, text: String) {
        let Some(client) = self.clients.get_mut(&id) else { return };
        let is_agents = client.engine.is_agents();
        client.kept = kept_in(&text, is_agents).into_iter().map(|(id, _)| id).collect();
        let Target::Conversation(index) = client.target else { return };
        let Some(page) = self.pages.get_mut(&client.page) else { return };
        match page.slot {
            Some(slot) if self.shelves[index].keep(slot, &text) => drop(page.unkept.remove(&index)),
            None if page.mode == Mode::Normal => {
                page.session.insert(index, text);
                page.unkept.remove(&index);
            }
            Some(_) | None => drop(page.unkept.insert(index)),
        }
    }

    /// What a client shows; `None` for a feed.
    pub(super) fn shown(&self, id: ClientId) -> Option<Shown> {
        let client = self.clients.get(&id)?;
        client.engine.shown(self.page_clock(client.page))
    }

    /// Judges a screen, and takes note of what has failed.
    pub(super) fn check_screen(&mut self, id: ClientId) {
        let Some(shown) = self.shown(id) else { return };
        let Some((index, person, epoch)) = self.place_of(id) else { return };
        for line in shown.lines.iter().filter(|line| line.seq.is_none()) {
            if self.oracle.intents.get(index, person, line.id).is_none() {
                let label = label(&line.kind);
                self.note(|| format!("{id:?} writes \"{label}\" as {}", line.id));
                self.oracle.intents.add(index, person, id, line.id, label);
                // Somebody else wrote it with this person's credential.
                if line.state == SendState::Failed(Failure::Lost) {
                    self.oracle.intents.taken_back(index, &[line.id]);
                }
            }
            if matches!(line.state, SendState::Failed(Failure::Refused(_))) {
                let wanted = self.oracle.intents.get(index, person, line.id);
                if wanted.is_some_and(|intent| intent.standing == Standing::Wanted) {
                    self.suffer(Fault::StricterServer);
                    self.oracle.intents.stand(index, person, line.id, Standing::Failed);
                }
            }
        }
        let verdict = self.oracle.screen(index, id, person, epoch, &shown);
        self.judge(verdict.map_err(|complaint| format!("{id:?}: {complaint}")));
        let Some(client) = self.clients.get_mut(&id) else { return };
        let said = shown.lines.iter().filter(|line| line.mine && is_said(&line.kind));
        client.sent.extend(said.filter_map(|line| Some((line.id, line.seq?))));
        if let Some(epoch) = epoch.filter(|_| shown.head >= client.welcome_head) {
            let verdict = self.oracle.nothing_vanished(index, person, epoch, &shown, &client.sent);
            self.judge(verdict.map_err(|complaint| format!("{id:?}: {complaint}")));
        }
    }

    pub(super) fn place_of(
        &self,
        id: ClientId,
    ) -> Option<(usize, domain::conversation::Person, Option<protocol::Epoch>)> {
        let client = self.clients.get(&id)?;
        let Target::Conversation(index) = client.target else { return None };
        let owner = self.pages.get(&client.page)?.owner;
        Some((index, self.person(owner), client.epoch))
    }

    /// A page is loaded again, with what was kept.
    pub(super) fn reload(&mut self, id: PageId, end: End) {
        let Some(page) = self.close_page(id, end) else { return };
        let fault = if end == End::Closed { Fault::Reloaded } else { Fault::TabCrashed };
        self.suffer(fault);
        let mut session = page.session;
        if page.mode == Mode::Denied {
            session.clear();
        }
        self.open_page(page.owner, page.slot, session);
    }

    /// A page is gone. What it had to send must be kept, if it could be (G5).
    pub(super) fn close_page(&mut self, id: PageId, end: End) -> Option<Page> {
        let page = self.pages.remove(&id)?;
        self.note(|| format!("page of {:?} goes away ({end:?})", page.owner));
        for client in &page.clients {
            if end != End::CrashedUnsaved {
                let verdict = self.is_recoverable(*client, &page);
                self.judge(verdict);
            }
            let gone = self.clients.remove(client);
            if let Some(link) = gone.and_then(|client| client.link) {
                self.leave(link, end);
            }
        }
        if let Owner::Visitor(visitor) = page.owner {
            self.shelves[visitor].release(id);
        }
        Some(page)
    }

    fn leave(&mut self, link: LinkId, end: End) {
        if let Some(on) = self.links.get_mut(&link) {
            on.is_heard = false;
        }
        if end == End::Closed {
            self.send(link, Way::Up, Packet::Close(1001));
        } else {
            self.post_in(0, 20_000, Event::ServerCut(link));
        }
    }

    fn is_recoverable(&self, id: ClientId, page: &Page) -> crate::oracle::Verdict {
        let Some(Target::Conversation(index)) = self.clients.get(&id).map(|client| client.target) else {
            return Ok(());
        };
        if page.unkept.contains(&index) {
            return Ok(());
        }
        let text = match (page.owner, page.slot) {
            (Owner::Visitor(visitor), Some(slot)) => self.shelves[visitor].outboxes.get(&slot),
            (Owner::Visitor(_), None) | (Owner::Agent(_), _) => page.session.get(&index),
        };
        let is_agents = matches!(page.owner, Owner::Agent(_));
        let kept: BTreeSet<ClientMessageId> =
            text.map_or(Vec::new(), |text| kept_in(text, is_agents)).into_iter().map(|(id, _)| id).collect();
        let Some(client) = self.clients.get(&id) else { return Ok(()) };
        let now = Timestamp(BEGIN + self.now + page.clock);
        let Some(shown) = client.engine.shown(now) else { return Ok(()) };
        for line in shown.lines.iter().filter(|line| line.seq.is_none()) {
            demand!(kept.contains(&line.id), "G5/SY11: {} would be lost with its page", line.id);
        }
        Ok(())
    }

    /// Whatever is neither in a page nor kept anywhere has left with its page: nobody can ask for it.
    pub(super) fn excuse_lost(&mut self) {
        let mut alive: BTreeSet<(usize, ClientMessageId)> = BTreeSet::new();
        for client in self.clients.keys() {
            let (Some(shown), Some((index, _, _))) = (self.shown(*client), self.place_of(*client)) else {
                continue;
            };
            let asks = |state| state != SendState::Failed(Failure::Lost);
            let waiting = shown.lines.iter().filter(|line| line.seq.is_none() && asks(line.state));
            alive.extend(waiting.map(|line| (index, line.id)));
        }
        for (visitor, shelf) in self.shelves.iter().enumerate() {
            for slot in shelf.orphans(|_| true) {
                let text = shelf.outboxes.get(&slot).map_or("", String::as_str);
                let waiting = kept_in(text, false).into_iter().filter(|(_, failed)| !failed);
                alive.extend(waiting.map(|(id, _)| (visitor, id)));
            }
        }
        for index in 0..self.conversations.len() {
            let log = &self.oracle.logs[index];
            let lost: Vec<_> = self
                .oracle
                .intents
                .of_conversation(index)
                .filter(|(person, id, intent)| {
                    intent.standing == Standing::Wanted
                        && !alive.contains(&(index, *id))
                        && !log.is_stored(*person, *id)
                })
                .map(|(person, id, _)| (person, id))
                .collect();
            for (person, id) in lost {
                self.note(|| format!("nobody can ask for {id} any more"));
                self.oracle.intents.stand(index, person, id, Standing::Excused);
            }
        }
    }

    /// Positions have lost their meaning.
    pub(super) fn forget_seen(&mut self, index: usize) {
        for client in self.clients.values_mut().filter(|client| client.target == Target::Conversation(index))
        {
            client.seen = 0;
        }
    }
}

/// Whether somebody said it: not what says where the conversation stands.
fn is_said(kind: &protocol::AgentKind) -> bool {
    use protocol::{AgentKind, PrivateKind, PublicKind};
    match kind {
        AgentKind::Public(PublicKind::Message { .. }) | AgentKind::Private(PrivateKind::Note { .. }) => true,
        AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened) => false,
    }
}

fn label(kind: &protocol::AgentKind) -> String {
    use protocol::{AgentKind, PrivateKind, PublicKind};
    match kind {
        AgentKind::Public(PublicKind::Message { text }) => text.as_str().chars().take(40).collect(),
        AgentKind::Private(PrivateKind::Note { text }) => format!("note: {}", text.as_str()),
        AgentKind::Public(PublicKind::Resolved) => "resolve".to_owned(),
        AgentKind::Public(PublicKind::Reopened) => "reopen".to_owned(),
    }
}

fn heard(signal: &Signal) -> String {
    match signal {
        Signal::Received(payload) => in_words(payload),
        Signal::Opened { .. } => "the socket is open".to_owned(),
        Signal::Start
        | Signal::Unreachable { .. }
        | Signal::Closed { .. }
        | Signal::Pong
        | Signal::Woke
        | Signal::NetworkBack => format!("{signal:?}"),
    }
}

fn wanted(deed: &Deed) -> String {
    match deed {
        Deed::Send(payload) => in_words(payload),
        Deed::Save(_) => "keeps its outbox".to_owned(),
        Deed::Connect { .. } | Deed::Ping | Deed::Disconnect { .. } => format!("{deed:?}"),
    }
}
