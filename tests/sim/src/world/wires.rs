//! Packets on their way, and connections that come and go.

use domain::conversation::Person;
use domain::token::sign;
use protocol::codec::Codec;
use protocol::{
    AgentTicket, Code, Nonce, Role, SessionId, SocketTarget, Stated, Timestamp, VisitorIdentity, limits,
};

use super::server::is_bye;
use super::{BEGIN, Event, World};
use crate::browser::{ClientId, Owner, Signal};
use crate::faults::Fault;
use crate::network::{Lane, Link, LinkId, Packet, Payload, Target, is_text};
use crate::object::SECRET;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

impl World {
    /// Sends a packet on its way.
    pub(super) fn send(&mut self, link: LinkId, way: Way, packet: Packet) {
        let now = self.now;
        let Some(on) = self.links.get_mut(&link) else { return };
        let lane = match way {
            Way::Up => &mut on.up,
            Way::Down => &mut on.down,
        };
        let bytes = frame_bytes(&packet);
        match lane.push(packet, now, &mut self.rng) {
            Some(at) => self.post(at, event(link, way)),
            None if way == Way::Down => self.took(link, bytes),
            None => {}
        }
    }

    /// A proxy that mixes up what it passes on.
    fn mix_up(&mut self, link: LinkId, way: Way) {
        if !self.plan.has_proxy || !self.strikes(12) {
            return;
        }
        let Some(on) = self.links.get_mut(&link) else { return };
        if on.target == Target::Workspace {
            // The list has no positions: it is right again with the next welcome (SPEC WS4 promises no more).
            return;
        }
        let lane = match way {
            Way::Up => &mut on.up,
            Way::Down => &mut on.down,
        };
        let fault = match self.rng.below(3) {
            0 => Fault::FrameLost,
            1 => Fault::FrameDoubled,
            _ => Fault::FrameSwapped,
        };
        if !mix(lane, fault) {
            return;
        }
        if fault == Fault::FrameLost
            && let Some(on) = self.links.get_mut(&link)
        {
            on.is_lossy = true;
        }
        if fault == Fault::FrameDoubled {
            self.post(self.now, event(link, way));
        }
        self.suffer(fault);
        self.note(|| format!("proxy: {fault:?} on {link:?} {way:?}"));
    }

    /// Takes the next packet out of a lane, unless it is stalled.
    fn next_packet(&mut self, link: LinkId, way: Way) -> Option<Packet> {
        self.mix_up(link, way);
        let on = self.links.get_mut(&link)?;
        let is_paused = way == Way::Down && on.is_paused;
        let lane = match way {
            Way::Up => &mut on.up,
            Way::Down => &mut on.down,
        };
        if lane.hold_until > self.now || is_paused {
            if !lane.queue.is_empty() {
                let at = lane.hold_until.max(self.now + 500);
                self.post(at, event(link, way));
            }
            return None;
        }
        lane.queue.pop_front()
    }

    /// A packet arrives at the server.
    pub(super) fn arrives_up(&mut self, link: LinkId) {
        let Some(packet) = self.next_packet(link, Way::Up) else { return };
        let Some(on) = self.links.get(&link) else { return };
        if !on.is_accepted {
            return;
        }
        let is_old =
            !on.is_heard && self.clients.get(&on.client).is_some_and(|client| client.link > Some(link));
        if is_old && matches!(packet, Packet::Frame(_)) {
            self.suffer(Fault::OldSocketSpoke);
        }
        match packet {
            Packet::Frame(payload) if is_text(&payload, "ping") => {
                self.send(link, Way::Down, Packet::Frame(Payload::Text("pong".to_owned())));
            }
            Packet::Frame(payload) => self.receive(link, &payload),
            Packet::Close(_) => self.gone(link),
            Packet::Opened => {}
        }
    }

    /// A packet arrives at the client.
    pub(super) fn arrives_down(&mut self, link: LinkId) {
        let Some(packet) = self.next_packet(link, Way::Down) else { return };
        self.took(link, frame_bytes(&packet));
        let Some(on) = self.links.get(&link) else { return };
        if !on.is_heard {
            return;
        }
        let (client, side, is_expired) = (on.client, on.side, on.is_expired);
        let credential = on.credential.clone();
        if self.adversaries.contains_key(&client) {
            self.adversary_hears(client, link, &packet);
            return;
        }
        match packet {
            Packet::Opened => self.signal(client, Signal::Opened { credential }),
            Packet::Frame(payload) if is_text(&payload, "pong") => self.signal(client, Signal::Pong),
            Packet::Frame(payload) => {
                if is_expired && is_bye(side, &payload) {
                    self.suffer(Fault::CredentialExpired);
                }
                self.signal(client, Signal::Received(payload));
            }
            Packet::Close(code) => {
                self.send(link, Way::Up, Packet::Close(code));
                self.client_cut(link, code);
            }
        }
    }

    /// The client's end has taken so many bytes off the server's hands.
    fn took(&mut self, link: LinkId, bytes: usize) {
        let Some(target) = self.links.get(&link).map(|link| link.target) else { return };
        if let Some(socket) = self.host(target).sockets.get_mut(&link) {
            socket.buffered = socket.buffered.saturating_sub(bytes);
        }
    }

    /// A client wants a socket: it first gets a credential.
    pub(super) fn connect(&mut self, client: ClientId, renew: bool) {
        self.detach(client, 1000);
        let Some(asking) = self.clients.get_mut(&client) else { return };
        asking.attempt += 1;
        let attempt = asking.attempt;
        self.post_in(5, 120, Event::Credential { client, attempt, renew });
    }

    pub(super) fn disconnect(&mut self, client: ClientId, code: u16) {
        self.detach(client, code);
        if let Some(client) = self.clients.get_mut(&client) {
            client.attempt += 1;
        }
    }

    /// The browser drops a socket; what was sent before is still on its way.
    fn detach(&mut self, client: ClientId, code: u16) {
        let Some(link) = self.clients.get_mut(&client).and_then(|client| client.link.take()) else { return };
        if let Some(on) = self.links.get_mut(&link) {
            on.is_heard = false;
        }
        self.send(link, Way::Up, Packet::Close(code));
    }

    /// The credential is there, or it cannot be had; then the socket is asked for.
    pub(super) fn credential(&mut self, client: ClientId, attempt: u32, renew: bool) {
        let Some(asking) = self.clients.get(&client).filter(|asking| asking.attempt == attempt) else {
            return;
        };
        let (page, target, codec) = (asking.page, asking.target, asking.codec);
        let Some(owner) = self.pages.get(&page).map(|page| page.owner) else { return };
        if self.strikes(self.plan.refuse / 3) {
            self.suffer(Fault::Unreachable);
            let code = self.rng.chance(500).then_some(Code::Unavailable);
            self.note(|| format!("{client:?} gets no credential ({code:?})"));
            self.signal(client, Signal::Unreachable { code });
            return;
        }
        let person = self.person(owner);
        let is_bad = !renew && self.strikes(self.plan.bad_credential);
        let credential = self.mint(owner, target, is_bad);
        if let (true, Owner::Agent(agent), Target::Conversation(_)) = (self.plan.has_adversary, owner, target)
        {
            self.captured.push((agent, target, credential.clone()));
        }
        let link = self.new_link(client, target, Some(person), codec, credential);
        if let Some(on) = self.links.get_mut(&link) {
            on.is_expired = is_bad;
        }
        if let Some(asking) = self.clients.get_mut(&client) {
            asking.link = Some(link);
        }
        if self.strikes(self.plan.refuse) {
            self.suffer(Fault::Refused);
            self.note(|| format!("{client:?}: connection refused"));
            self.post_in(1, 200, Event::ClientCut(link, 1006));
            return;
        }
        self.post_in(5, 150, Event::Arrive(link));
    }

    pub(super) fn new_link(
        &mut self,
        client: ClientId,
        target: Target,
        person: Option<Person>,
        codec: Codec,
        credential: String,
    ) -> LinkId {
        self.serial += 1;
        let link = LinkId(u32::try_from(self.serial).expect("not that many"));
        let latencies = self.latencies();
        let mut on = Link::new(client, target, person, codec, latencies);
        on.credential = credential;
        self.links.insert(link, on);
        link
    }

    fn latencies(&mut self) -> [(i64, i64); 2] {
        const FAST: (i64, i64) = (1, 25);
        const KINDS: [(i64, i64); 3] = [(20, 90), (100, 400), (400, 1_500)];
        if !self.plan.has_slow_lines || !self.strikes(400) {
            return [FAST, FAST];
        }
        self.suffer(Fault::SlowLine);
        let slow = KINDS[self.rng.index(KINDS.len())];
        match self.rng.below(3) {
            0 => [slow, FAST],
            1 => [FAST, slow],
            _ => [slow, slow],
        }
    }

    /// A credential as the Worker signs it.
    pub(super) fn mint(&mut self, owner: Owner, target: Target, is_bad: bool) -> String {
        let lifetime = if is_bad { -1 } else { limits::TICKET_MS.cast_signed() };
        let expires_at = Timestamp(BEGIN + self.now + lifetime);
        match owner {
            Owner::Visitor(visitor) => {
                if self.rng.chance(150) {
                    self.visitors[visitor].identity = Some(self.another_word());
                }
                // The page keeps the token for its visitor, so that it is often old.
                let age = if self.rng.chance(500) { 0 } else { self.rng.between(0, 3_600_000) };
                let mut claims = self.visitors[visitor].clone();
                let lifetime =
                    if claims.is_known() { limits::IDENTIFIED_TOKEN_MS } else { limits::VISITOR_TOKEN_MS };
                claims.expires_at = Timestamp(BEGIN + self.now - age + lifetime.cast_signed());
                if is_bad {
                    claims.expires_at = expires_at;
                }
                sign(SECRET, &claims)
            }
            Owner::Agent(agent) => {
                let target = match target {
                    Target::Conversation(index) => SocketTarget::Conversation(self.conversations[index].id),
                    Target::Workspace => SocketTarget::Feed,
                };
                let ticket = AgentTicket {
                    workspace: self.workspace_id,
                    agent: self.agents[agent].clone(),
                    permissions: Role::Agent.built_in_permissions().unwrap_or_default(),
                    session: SessionId::from_bytes([0; 16]),
                    target,
                    nonce: Nonce::from_bytes(self.rng.bytes()),
                    expires_at,
                };
                sign(SECRET, &ticket)
            }
        }
    }

    /// What a page says of a visitor, or their site's server, and did not say before.
    fn another_word(&mut self) -> VisitorIdentity {
        let name = Stated { text: format!("Visitor at {}", self.steps), is_verified: self.rng.chance(500) };
        VisitorIdentity { name: Some(name), ..VisitorIdentity::default() }
    }

    pub(super) fn person(&self, owner: Owner) -> Person {
        match owner {
            Owner::Visitor(_) => Person::Visitor,
            Owner::Agent(agent) => Person::Agent(self.agents[agent].id),
        }
    }

    /// The request for a socket is at the object.
    pub(super) fn arrive(&mut self, link: LinkId) {
        if self.strikes(self.plan.refuse / 4) {
            self.suffer(Fault::CutBeforeUpgrade);
            self.note(|| format!("{link:?} is cut before the upgrade"));
            self.post_in(1, 300, Event::ClientCut(link, 1006));
            return;
        }
        if !self.accept(link) {
            self.note(|| format!("{link:?} is not accepted: too many"));
            self.post_in(1, 60, Event::ClientCut(link, 1006));
            return;
        }
        self.send(link, Way::Down, Packet::Opened);
        if self.strikes(self.plan.refuse / 4) {
            self.suffer(Fault::CutAfterUpgrade);
            self.cut(link, 1006);
        }
    }

    /// A connection breaks: both ends learn it, each in its own time.
    pub(super) fn cut(&mut self, link: LinkId, code: u16) {
        self.silence(link, true, true);
        self.note(|| format!("{link:?} is cut"));
        self.post_in(0, 60, Event::ClientCut(link, code));
        let late = if self.is_chaos && self.rng.chance(200) { 8_000 } else { 100 };
        self.post_in(0, late, Event::ServerCut(link));
    }

    /// From here on nothing comes through, and nobody is told.
    pub(super) fn silence(&mut self, link: LinkId, up: bool, down: bool) {
        let Some(on) = self.links.get_mut(&link) else { return };
        let mut lost = 0;
        if up {
            on.up.is_silent = true;
            on.up.queue.clear();
        }
        if down {
            on.down.is_silent = true;
            lost = on.down.queue.drain(..).map(|packet| frame_bytes(&packet)).sum();
        }
        self.took(link, lost);
    }

    /// A client learns that its socket is gone.
    pub(super) fn client_cut(&mut self, link: LinkId, code: u16) {
        let Some(on) = self.links.get_mut(&link) else { return };
        if !std::mem::replace(&mut on.is_heard, false) {
            return;
        }
        let client = on.client;
        if let Some(losing) = self.clients.get_mut(&client).filter(|client| client.link == Some(link)) {
            losing.link = None;
            self.note(|| format!("{client:?} hears that {link:?} is closed ({code})"));
            self.signal(client, Signal::Closed { code });
        }
    }

    /// An object learns that a socket is gone.
    pub(super) fn server_cut(&mut self, link: LinkId) {
        self.silence(link, true, true);
        if self.links.get(&link).is_some_and(|on| on.is_accepted) {
            self.gone(link);
        }
    }

    /// Links whose client still listens.
    pub(super) fn open_links(&self) -> Vec<LinkId> {
        self.links.iter().filter(|(_, on)| on.is_heard && on.is_accepted).map(|(link, _)| *link).collect()
    }
}

fn mix(lane: &mut Lane, fault: Fault) -> bool {
    let is_frame = |packet: Option<&Packet>| matches!(packet, Some(Packet::Frame(_)));
    if !is_frame(lane.queue.front()) {
        return false;
    }
    if fault == Fault::FrameLost {
        lane.queue.pop_front();
        return true;
    }
    if fault == Fault::FrameDoubled {
        if let Some(front) = lane.queue.front().cloned() {
            lane.queue.push_front(front);
        }
        return true;
    }
    let can = is_frame(lane.queue.get(1));
    if can {
        lane.queue.swap(0, 1);
    }
    can
}

const fn event(link: LinkId, way: Way) -> Event {
    match way {
        Way::Up => Event::Up(link),
        Way::Down => Event::Down(link),
    }
}

fn frame_bytes(packet: &Packet) -> usize {
    match packet {
        Packet::Frame(payload) if !is_text(payload, "pong") => payload.len(),
        Packet::Frame(_) | Packet::Opened | Packet::Close(_) => 0,
    }
}
