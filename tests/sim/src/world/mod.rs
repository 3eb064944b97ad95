//! The world of one seed: a clock, a queue of what will happen, and everybody in it.

mod adversary;
mod chaos;
mod ending;
mod pages;
mod server;
mod settle;
mod sharing;
mod wires;

use std::collections::{BTreeMap, BTreeSet};

use ::object::News;
use domain::conversation::Person;
use protocol::call::{ConversationCall, Founder, Founding, FoundingSite};
use protocol::http::SiteConfig;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, ClientMessageId, ConversationId, Epoch, ReadMarks, Reject, Seq, SiteId,
    SiteKeyId, Timestamp, VisitorClaims, VisitorId, VoucherId, WorkspaceId,
};

use store::Value;
use store::outbox::JobId;

use crate::browser::{Client, ClientId, Owner, Page, PageId, Shelf};
use crate::faults::{Counts, Fault};
use crate::network::{Link, LinkId, Payload, Target};
use crate::object::{ConversationObject, Copy, Host, TEAMS, WorkspaceObject};
use crate::oracle::{Oracle, Verdict};
use crate::plan::Plan;
use crate::rng::Rng;
use crate::trace::Trace;

pub(crate) use settle::LIMIT_MS;

/// The server's clock when the world begins.
const BEGIN: i64 = 1_800_000_000_000;

/// Events of one world beyond which something runs in circles.
const MOST_STEPS: u64 = 1_000_000;

/// What will happen.
#[derive(Debug)]
enum Event {
    /// Somebody does something, or something goes wrong.
    Fate,
    /// The next packet of a lane comes out.
    Up(LinkId),
    Down(LinkId),
    /// A client has its credential, or has none.
    Credential {
        client: ClientId,
        attempt: u32,
        renew: bool,
    },
    /// The request for a socket is at the object.
    Arrive(LinkId),
    /// An end of a link learns that it is gone.
    ClientCut(LinkId, u16),
    ServerCut(LinkId),
    Wake {
        client: ClientId,
        timer: u64,
    },
    /// A browser has something to tell a tab.
    Letter(ClientId),
    Commit {
        target: Target,
        life: u32,
    },
    Alarm {
        conversation: usize,
        at: i64,
    },
    AlarmAgain(usize),
    /// The workspace tells a conversation whose right has ended.
    Dismiss {
        conversation: usize,
        whose: Whose,
        at: Timestamp,
    },
    /// The workspace gives a conversation to somebody, as it knew it.
    Give {
        conversation: usize,
        known: (Epoch, u64),
        to: Option<AgentId>,
    },
    Call {
        call: u64,
        news: Box<News>,
    },
    /// Whoever made the call is gone before it arrives, and will make it again.
    CallerCrashes {
        call: u64,
    },
    Answer {
        call: u64,
        heard: Result<Seq, Reject>,
    },
    /// The workspace looks whose time is over.
    LetGo,
    /// The workspace does what it owes to conversations.
    Owed,
    Job {
        conversation: usize,
        job: JobId,
        call: Box<ConversationCall>,
    },
    /// A conversation is told that its workspace is deleted.
    Erase {
        conversation: usize,
    },
    /// A question of a conversation is at the workspace.
    Asked {
        conversation: usize,
        question: u64,
    },
    /// The answer is back.
    Vouched {
        conversation: usize,
        question: u64,
        answer: Result<(), Reject>,
    },
}

/// How a run went.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) counts: Counts,
    pub(crate) steps: u64,
    /// Milliseconds until everybody agreed.
    pub(crate) settled_after: Option<i64>,
    pub(crate) story: String,
}

/// A moment to which storage can be put back: the log's head, both marks, and the rows.
type Snapshot = (Seq, ReadMarks, Vec<Vec<Value>>);

/// Everything.
pub(crate) struct World {
    pub(crate) now: i64,
    rng: Rng,
    plan: Plan,
    queue: BTreeMap<(i64, u64), Event>,
    serial: u64,
    steps: u64,
    trace: Trace,
    counts: Counts,
    /// Whether things still go wrong.
    is_chaos: bool,
    workspace_id: WorkspaceId,
    site: SiteId,
    conversations: Vec<ConversationObject>,
    workspace: WorkspaceObject,
    links: BTreeMap<LinkId, Link>,
    clients: BTreeMap<ClientId, Client>,
    pages: BTreeMap<PageId, Page>,
    /// The browser of each person.
    shelves: BTreeMap<Owner, Shelf>,
    /// One for each device: whoever has two is there twice, and the second is the last.
    visitors: Vec<VisitorClaims>,
    agents: Vec<AgentProfile>,
    adversaries: BTreeMap<ClientId, adversary::Adversary>,
    /// Calls to the workspace that are not answered, with the conversation that made them.
    calls: BTreeMap<u64, usize>,
    /// Objects whose commit is on its way.
    committing: BTreeSet<Target>,
    /// The alarm that is in the queue for each conversation.
    alarms: Vec<Option<i64>>,
    /// Moments to which storage can be restored.
    snapshots: Vec<Option<Snapshot>>,
    abandoned: BTreeSet<usize>,
    /// The workspace is away until then.
    workspace_away_until: i64,
    restores_left: u32,
    written: u32,
    /// Tickets that an adversary has seen, with whose they are and for what.
    captured: Vec<(usize, Target, String)>,
    /// Tickets that opened a socket, and how often the object had lost something by then.
    used: BTreeMap<String, (LinkId, u32)>,
    /// Calls with which conversations are told whose right has ended.
    dismissals: BTreeMap<u64, (usize, Whose, Timestamp)>,
    /// The workspace as it was, to put it back to.
    workspace_copy: Option<Copy>,
    is_workspace_restored: bool,
    /// Calls for jobs of the workspace that are not answered.
    jobs: BTreeMap<u64, JobId>,
    /// The conversation whose workspace is deleted.
    doomed: Option<usize>,
    /// Secrets that vouch for nobody any longer.
    ended_vouchers: BTreeSet<VoucherId>,
    /// Whose right has ended when, as conversations have confirmed.
    dismissed: BTreeMap<(usize, Whose), Timestamp>,
    /// Messages that left with a page, or that a browser has lost, until it is looked whether anybody has them still.
    left: BTreeSet<(usize, Person, ClientMessageId)>,
    oracle: Oracle,
    verdict: Verdict,
    /// Milliseconds within which everybody must agree.
    limit: i64,
}

/// Whose right can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// An agent's, in all sessions.
    Agent(AgentId),
    /// That of the visitors for whom a secret has vouched.
    Voucher(VoucherId),
}

impl World {
    pub(crate) fn new(seed: u64, limit: i64, traced: bool) -> Self {
        let mut rng = Rng::new(seed);
        let plan = Plan::new(&mut rng);
        let workspace_id = WorkspaceId::from_bytes(rng.bytes());
        let site = SiteId::from_bytes(rng.bytes());
        let config = SiteConfig { name: "Shop".to_owned(), accent: String::new(), greeting: String::new() };
        let founding = Founding {
            workspace: workspace_id,
            name: "Shop".to_owned(),
            owner: Founder {
                account: AccountId::from_bytes(rng.bytes()),
                email: "owner@example.com".to_owned(),
                agent: AgentProfile { id: AgentId::from_bytes(rng.bytes()), name: "Owner".to_owned() },
                language: Language::default(),
            },
            site: Some(FoundingSite {
                key: SiteKeyId::from_bytes([1; 16]),
                id: site,
                settings: SiteSettings {
                    config,
                    allowed_origins: Vec::new(),
                    allow_localhost: true,
                    identity: IdentityMode::Off,
                    look: protocol::http::look::Look::default(),
                },
            }),
        };
        let agents: Vec<AgentProfile> = (0..plan.agents)
            .map(|index| AgentProfile {
                id: AgentId::from_bytes(rng.bytes()),
                name: format!("Agent {index}"),
            })
            .collect();
        let workspace = WorkspaceObject::new(Host::new(rng.fork(), plan.isolates), &founding, &agents);
        let second_device = agents.first().cloned().filter(|_| plan.devices.1);
        let agents: Vec<AgentProfile> = agents.into_iter().chain(second_device).collect();
        let mut world = Self {
            now: 0,
            queue: BTreeMap::new(),
            serial: 0,
            steps: 0,
            trace: Trace::new(traced),
            counts: Counts::default(),
            is_chaos: true,
            workspace_id,
            site,
            conversations: Vec::new(),
            workspace,
            links: BTreeMap::new(),
            clients: BTreeMap::new(),
            pages: BTreeMap::new(),
            shelves: BTreeMap::new(),
            visitors: Vec::new(),
            agents,
            adversaries: BTreeMap::new(),
            calls: BTreeMap::new(),
            committing: BTreeSet::new(),
            alarms: Vec::new(),
            snapshots: Vec::new(),
            abandoned: BTreeSet::new(),
            workspace_away_until: 0,
            restores_left: plan.restores,
            written: 0,
            captured: Vec::new(),
            used: BTreeMap::new(),
            dismissals: BTreeMap::new(),
            workspace_copy: None,
            is_workspace_restored: false,
            jobs: BTreeMap::new(),
            doomed: None,
            ended_vouchers: BTreeSet::new(),
            dismissed: BTreeMap::new(),
            left: BTreeSet::new(),
            oracle: Oracle::default(),
            verdict: Ok(()),
            limit,
            plan,
            rng,
        };
        world.populate();
        world
    }

    /// The conversation of a visitor's device.
    fn conversation_of(&self, visitor: usize) -> usize {
        if visitor < self.conversations.len() { visitor } else { 0 }
    }

    /// Puts everybody in their place.
    fn populate(&mut self) {
        for index in 0..self.plan.visitors {
            let id = ConversationId::from_bytes(self.rng.bytes());
            let host = Host::new(self.rng.fork(), self.plan.isolates);
            let mut object = ConversationObject::new(id, host, self.plan.in_memory && index == 0);
            object.host.is_stricter = self.plan.is_stricter;
            if index % 2 == 0 {
                let [team, _] = TEAMS;
                object.choose_team(team);
            }
            self.conversations.push(object);
            self.oracle.add(id);
            self.alarms.push(None);
            self.snapshots.push(None);
            self.shelves.insert(Owner::Visitor(index), Shelf::default());
            self.visitors.push(VisitorClaims {
                workspace: self.workspace_id,
                site: self.site,
                visitor: VisitorId::from_bytes(self.rng.bytes()),
                conversation: id,
                expires_at: Timestamp(0),
                identity: None,
                voucher: None,
            });
        }
        if self.plan.devices.0 {
            self.shelves.insert(Owner::Visitor(self.visitors.len()), Shelf::default());
            self.visitors.push(self.visitors[0].clone());
        }
        for index in 0..self.agents.len() {
            self.shelves.insert(Owner::Agent(index), Shelf::default());
        }
        self.write_history();
        for visitor in 0..self.visitors.len() {
            self.open_page(Owner::Visitor(visitor), BTreeSet::new());
        }
        for agent in 0..self.agents.len() {
            self.open_page(Owner::Agent(agent), BTreeSet::new());
        }
    }

    /// Runs to the end or to the first complaint.
    pub(crate) fn run(mut self) -> Outcome {
        let end = self.plan.chaos;
        self.post(1, Event::Fate);
        while self.verdict.is_ok() && self.step(end) {}
        let mut settled_after = None;
        if self.verdict.is_ok() {
            settled_after = self.settle();
        }
        Outcome {
            verdict: self.verdict,
            counts: self.counts,
            steps: self.steps,
            settled_after,
            story: self.trace.tell(),
        }
    }

    /// Lets the next thing happen, if it is before the end.
    fn step(&mut self, end: i64) -> bool {
        let Some(entry) = self.queue.first_entry() else { return false };
        if entry.key().0 > end {
            self.now = self.now.max(end);
            return false;
        }
        let ((at, _), event) = entry.remove_entry();
        self.now = self.now.max(at);
        self.steps += 1;
        if self.steps > MOST_STEPS {
            self.judge(Err("SY35: it never comes to rest".to_owned()));
        }
        if let Some(until) = self.frozen_until(&event) {
            self.post(until, event);
            return true;
        }
        match event {
            Event::Fate => self.fate(),
            Event::Up(link) => self.arrives_up(link),
            Event::Down(link) => self.arrives_down(link),
            Event::Credential { client, attempt, renew } => self.credential(client, attempt, renew),
            Event::Arrive(link) => self.arrive(link),
            Event::ClientCut(link, code) => self.client_cut(link, code),
            Event::ServerCut(link) => self.server_cut(link),
            Event::Wake { client, timer } => self.woke(client, timer),
            Event::Letter(client) => self.letter_arrives(client),
            Event::Commit { target, life } => self.commit(target, life),
            Event::Alarm { conversation, at } => self.alarm(conversation, at),
            Event::AlarmAgain(conversation) => self.alarm_again(conversation),
            Event::Dismiss { conversation, whose, at } => self.dismiss_in(conversation, whose, at),
            Event::Call { call, news } => self.call(call, *news),
            Event::CallerCrashes { call } => self.caller_crashes(call),
            Event::Give { conversation, known, to } => self.give(conversation, known, to),
            Event::Answer { call, heard } => self.answered(call, heard),
            Event::LetGo => self.end_what_is_over(),
            Event::Owed => self.owed(),
            Event::Job { conversation, job, call } => self.job(conversation, job, *call),
            Event::Erase { conversation } => self.erase_in(conversation),
            Event::Asked { conversation, question } => self.asked(conversation, question),
            Event::Vouched { conversation, question, answer } => self.vouched(conversation, question, answer),
        }
        true
    }

    fn post(&mut self, at: i64, event: Event) {
        self.serial += 1;
        self.queue.insert((at.max(self.now), self.serial), event);
    }

    fn post_in(&mut self, from: i64, to: i64, event: Event) {
        let at = self.now + self.rng.between(from, to);
        self.post(at, event);
    }

    const fn server_clock(&self) -> Timestamp {
        Timestamp(BEGIN + self.now)
    }

    /// Whether something goes wrong that does in so many cases of a thousand.
    fn strikes(&mut self, per_mille: u64) -> bool {
        self.is_chaos && per_mille > 0 && self.rng.chance(per_mille)
    }

    fn suffer(&mut self, fault: Fault) {
        self.counts.add(fault);
    }

    fn note(&mut self, line: impl FnOnce() -> String) {
        self.trace.note(self.now, line);
    }

    /// Takes a verdict; the first complaint ends the run.
    fn judge(&mut self, verdict: Verdict) {
        if let (Ok(()), Err(complaint)) = (&self.verdict, verdict) {
            self.trace.note(self.now, || format!("✗ {complaint}"));
            self.verdict = Err(complaint);
        }
    }
}

/// A frame in words.
fn in_words(payload: &Payload) -> String {
    match payload {
        Payload::Text(text) => text.chars().take(100).collect(),
        Payload::Binary(bytes) => format!("{} bytes, kind {:?}", bytes.len(), bytes.get(1)),
    }
}
