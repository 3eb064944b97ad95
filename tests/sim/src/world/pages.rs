//! Pages: opened, reloaded, crashed, closed; and the engines in them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::codec::Codec;
use protocol::{ClientMessageId, Code, Failure, Seq, Status, Timestamp};
use sync::{Env, SendState};

use super::wires::Way;
use super::{BEGIN, Event, World, in_words};
use crate::browser::{
    Client, ClientId, Deed, Engine, Mode, Owner, Page, PageId, Press, Reaction, Shown, Signal, kept,
};
use crate::faults::Fault;
use crate::network::{LinkId, Packet, Payload, Target};
use crate::oracle::{Standing, demand, named};

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
    /// Opens a page of the widget, or an inbox with some conversations and those of which something waits.
    pub(super) fn open_page(&mut self, owner: Owner, mut open: BTreeSet<usize>) -> PageId {
        self.serial += 1;
        let id = PageId(u32::try_from(self.serial).expect("not that many"));
        let page = Page { owner, clients: Vec::new(), clock: 0, throttled_until: 0, frozen_until: 0 };
        self.pages.insert(id, page);
        self.note(|| format!("{owner:?} opens a tab"));
        match owner {
            Owner::Visitor(visitor) => {
                self.open_client(id, Target::Conversation(self.conversation_of(visitor)))
            }
            Owner::Agent(_) => {
                self.open_client(id, Target::Workspace);
                let shelf = self.shelves.get(&owner).filter(|shelf| shelf.mode != Mode::Denied);
                open.extend(shelf.iter().flat_map(|shelf| shelf.items()).map(|((index, _), _)| index));
                for index in open {
                    self.open_client(id, Target::Conversation(index));
                }
            }
        }
        self.excuse_lost();
        id
    }

    /// Starts an engine in a page.
    pub(super) fn open_client(&mut self, page: PageId, target: Target) {
        self.serial += 1;
        let id = ClientId(u32::try_from(self.serial).expect("not that many"));
        let Some(owner) = self.pages.get(&page).map(|page| page.owner) else { return };
        let is_other_device = |client: &&Client| {
            let other = self.pages.get(&client.page).map(|page| page.owner);
            client.target == target
                && other.is_some_and(|other| other != owner && self.person(other) == self.person(owner))
        };
        if self.clients.values().any(|client| target != Target::Workspace && is_other_device(&client)) {
            self.suffer(Fault::TwoDevices);
        }
        let env = self.env(page);
        let engine = match (owner, target) {
            (_, Target::Workspace) => Engine::for_feed(env),
            (Owner::Visitor(_), Target::Conversation(_)) => Engine::for_visitor(env),
            (Owner::Agent(_), Target::Conversation(_)) => Engine::for_agent(env),
        };
        let codec = if self.rng.chance(200) { Codec::Json } else { Codec::Postcard };
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
            kept: BTreeSet::new(),
            wrote: BTreeSet::new(),
            holds: BTreeSet::new(),
            is_sender: false,
            letters: VecDeque::new(),
        };
        self.clients.insert(id, client);
        if let Some(page) = self.pages.get_mut(&page) {
            page.clients.push(id);
        }
        self.signal(id, Signal::Start);
        self.tell_all(id);
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
        match &press {
            Press::Retry(message) => self.note(|| format!("{id:?} is to send {message} again")),
            Press::Discard(message) => self.note(|| format!("{id:?} is to give up {message}")),
            _ => {}
        }
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
        let mut deeds = deeds.into_iter();
        let mut index = 0;
        while let Some(deed) = deeds.next() {
            if crash_after == Some(index) {
                self.suffer(Fault::CrashedBetweenEffects);
                let is_kept =
                    !matches!(deed, Deed::Keep(..)) && deeds.all(|deed| !matches!(deed, Deed::Keep(..)));
                let end = if is_kept { End::Crashed } else { End::CrashedUnsaved };
                self.reload(page, end);
                return;
            }
            self.perform(id, deed);
            index += 1;
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
                self.suffer(Fault::Throttled);
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
                let verdict = self.may_send(id, &payload);
                self.judge(verdict);
                self.transmit(id, payload);
            }
            Deed::Keep(message, text) => self.keep(id, message, Some(text)),
            Deed::Drop(message) => self.keep(id, message, None),
            Deed::Contend { steal } => self.contend(id, steal),
        }
    }

    fn transmit(&mut self, id: ClientId, payload: Payload) {
        let Some(link) = self.clients.get(&id).and_then(|client| client.link) else { return };
        self.send(link, Way::Up, Packet::Frame(payload));
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
                let waiting: Vec<ClientMessageId> = waiting(&shown).filter(|id| *id != line.id).collect();
                let changes = named(&line.kind).map(|(of, _)| of);
                self.oracle.intents.add(index, person, line.id, (label, changes), &waiting);
                if line.state == SendState::Failed(Failure::Lost) {
                    // Somebody else wrote it with this person's credential.
                    self.oracle.intents.taken_back(index, &[line.id]);
                } else if let Some(client) = self.clients.get_mut(&id) {
                    client.wrote.insert(line.id);
                    client.holds.insert(line.id);
                }
            }
            // Held with a reply before it (MA7): nobody but its engine knows.
            if line.state == SendState::Failed(Failure::Refused(Code::Overtaken))
                && line.kind.status().is_some_and(|status| status != Status::Open)
            {
                let wanted = self.oracle.intents.get(index, person, line.id);
                if wanted.is_some_and(|intent| intent.standing == Standing::Wanted) {
                    self.oracle.intents.stand(index, person, line.id, Standing::Held);
                }
            }
            if let SendState::Failed(Failure::Refused(code)) = line.state
                && code != Code::Overtaken
            {
                let wanted = self.oracle.intents.get(index, person, line.id);
                if wanted.is_some_and(|intent| intent.standing == Standing::Wanted) {
                    // What is too long for its own build a client does not send.
                    if code == Code::TooLong {
                        self.suffer(Fault::StricterServer);
                    }
                    let standing = if code == Code::NotFound { Standing::Moot } else { Standing::Failed };
                    self.oracle.intents.stand(index, person, line.id, standing);
                }
            }
        }
        let Some(client) = self.clients.get(&id) else { return };
        let verdict = self.oracle.screen(index, &client.holds, person, epoch, &shown);
        self.judge(verdict.map_err(|complaint| format!("{id:?}: {complaint}")));
        let Some(client) = self.clients.get_mut(&id) else { return };
        let said = shown.lines.iter().filter(|line| line.mine && is_said(&line.kind));
        // What was deleted may vanish.
        let gone = shown.lines.iter().filter(|line| line.mine && line.seq.is_some() && !is_said(&line.kind));
        for line in gone {
            client.sent.remove(&line.id);
        }
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
        let open = self.open_in(id);
        let Some(page) = self.close_page(id, end) else { return };
        let fault = if end == End::Closed { Fault::Reloaded } else { Fault::TabCrashed };
        self.suffer(fault);
        self.open_page(page.owner, open);
    }

    /// The conversations that are open in a page.
    pub(super) fn open_in(&self, page: PageId) -> BTreeSet<usize> {
        let clients = self.clients_of(page);
        clients.iter().filter_map(|id| Some(self.place_in_browser(*id)?.1)).collect()
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
            self.takes_along(*client, &page);
            let gone = self.clients.remove(client);
            self.let_go(page.owner, *client);
            if let Some(link) = gone.and_then(|client| client.link) {
                self.leave(link, end);
            }
        }
        Some(page)
    }

    /// What a page shows that is not known to be stored leaves with it, unless it is somewhere else as well.
    fn takes_along(&mut self, id: ClientId, page: &Page) {
        let now = Timestamp(BEGIN + self.now + page.clock);
        let Some(client) = self.clients.get(&id) else { return };
        let (Target::Conversation(index), Some(shown)) = (client.target, client.engine.shown(now)) else {
            return;
        };
        let person = self.person(page.owner);
        let waiting = shown.lines.iter().filter(|line| line.seq.is_none());
        self.left.extend(waiting.map(|line| (index, person, line.id)));
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
        let Some(client) = self.clients.get(&id) else { return Ok(()) };
        let now = Timestamp(BEGIN + self.now + page.clock);
        let (Some(shown), Some(shelf)) = (client.engine.shown(now), self.shelves.get(&page.owner)) else {
            return Ok(());
        };
        let person = self.person(page.owner);
        for line in shown.lines.iter().filter(|line| line.seq.is_none()) {
            let intent = self.oracle.intents.get(index, person, line.id);
            let is_safe = shelf.has((index, line.id))
                || shelf.lost.contains(&(index, line.id))
                || self.oracle.logs[index].was_stored(person, line.id)
                || intent.is_some_and(|intent| {
                    intent.is_given_up
                        || matches!(intent.standing, Standing::Excused | Standing::Moot)
                        || self.oracle.logs[index].makes_moot(person, intent)
                });
            demand!(
                is_safe,
                "G5/SY11: {} would be lost with its page ({:?})",
                line.id,
                intent.map(|intent| intent.standing)
            );
        }
        Ok(())
    }

    /// What left with a page, or what a browser has lost, is excused if it is neither in another page nor kept anywhere: nobody
    /// can ask for it. Of all else no engine may lose sight.
    pub(super) fn excuse_lost(&mut self) {
        let left = std::mem::take(&mut self.left);
        if left.is_empty() {
            return;
        }
        // With when the youngest form of it was written.
        let mut alive: BTreeMap<(usize, ClientMessageId), Timestamp> = BTreeMap::new();
        let mut is_there = |name, written_at: Timestamp| {
            let youngest = alive.entry(name).or_insert(written_at);
            *youngest = written_at.max(*youngest);
        };
        for client in self.clients.keys() {
            let (Some(shown), Some((index, _, _))) = (self.shown(*client), self.place_of(*client)) else {
                continue;
            };
            let asks = |state| match state {
                SendState::Failed(failure) => {
                    failure != Failure::Lost && failure != Failure::Refused(Code::Overtaken)
                }
                SendState::Sending | SendState::Sent | SendState::Seen => true,
            };
            let waiting = shown.lines.iter().filter(|line| line.seq.is_none() && asks(line.state));
            waiting.for_each(|line| is_there((index, line.id), line.at));
        }
        for (owner, shelf) in &self.shelves {
            let is_agents = matches!(owner, Owner::Agent(_));
            for (name, text) in shelf.items() {
                if let Some((true, written_at)) = kept(text, is_agents) {
                    is_there(name, written_at);
                }
            }
        }
        for (index, person, id) in left {
            let youngest = alive.get(&(index, id));
            let is_lost = self.oracle.intents.get(index, person, id).is_some_and(|intent| {
                intent.standing == Standing::Wanted
                    && !youngest.is_some_and(|youngest| intent.is_met_by(*youngest))
                    && !self.oracle.logs[index].is_stored(person, id)
            });
            if is_lost {
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

/// What a screen shows as on its way.
pub(super) fn waiting(shown: &Shown) -> impl Iterator<Item = ClientMessageId> {
    waiting_since(shown).map(|(id, _)| id)
}

/// The same, with when each was written, or asked for anew.
pub(super) fn waiting_since(shown: &Shown) -> impl Iterator<Item = (ClientMessageId, Timestamp)> {
    shown.lines.iter().filter(|line| line.state == SendState::Sending).map(|line| (line.id, line.at))
}

/// Whether somebody said it: not what says where the conversation stands.
fn is_said(kind: &protocol::AgentKind) -> bool {
    use protocol::{AgentKind, PrivateKind, PublicKind};
    match kind {
        AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_))
        | AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)) => true,
        AgentKind::Public(
            PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. }
            | PrivateKind::NoteDeleted { .. }
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => false,
    }
}

fn label(kind: &protocol::AgentKind) -> String {
    use protocol::{AgentKind, PrivateKind, PublicKind};
    match kind {
        AgentKind::Public(PublicKind::Message { text, .. }) => text.as_str().chars().take(40).collect(),
        AgentKind::Private(PrivateKind::Note { text, .. }) => format!("note: {}", text.as_str()),
        AgentKind::Public(PublicKind::Resolved) => "resolve".to_owned(),
        AgentKind::Public(PublicKind::Reopened) => "reopen".to_owned(),
        AgentKind::Public(PublicKind::Edited { of, text }) => format!("{of}: {}", text.as_str()),
        AgentKind::Private(PrivateKind::NoteEdited { of, text }) => format!("note {of}: {}", text.as_str()),
        AgentKind::Public(PublicKind::Deleted { of }) => format!("delete {of}"),
        AgentKind::Private(PrivateKind::NoteDeleted { of }) => format!("delete note {of}"),
        AgentKind::Public(PublicKind::File(file)) => format!("file: {}", file.name.as_str()),
        AgentKind::Private(PrivateKind::File(file)) => format!("note file: {}", file.name.as_str()),
        AgentKind::Private(PrivateKind::Handled(step)) => format!("handle: {step:?}"),
        AgentKind::Private(PrivateKind::Gathered(gathering)) => format!("gather: {:?}", gathering.step),
        AgentKind::Public(PublicKind::Rated(rating)) => format!("rate {}", rating.stars.number()),
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
        | Signal::NetworkBack
        | Signal::Told(_) => format!("{signal:?}"),
    }
}

fn wanted(deed: &Deed) -> String {
    match deed {
        Deed::Send(payload) => in_words(payload),
        Deed::Keep(message, _) => format!("keeps {message}"),
        Deed::Connect { .. }
        | Deed::Ping
        | Deed::Disconnect { .. }
        | Deed::Drop(_)
        | Deed::Contend { .. } => format!("{deed:?}"),
    }
}
