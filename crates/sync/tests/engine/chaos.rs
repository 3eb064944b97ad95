//! Whatever happens, and in whatever order: nothing is lost, doubled or reordered, and nothing panics.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use protocol::{
    Author, ClientFrame, ClientMessageId, Code, ForVisitors, ReadMarks, Refusal, Resume, Seq, ServerFrame,
    TeamPresence, Undecodable, VisitorFrame,
};
use sync::{Effect, Input, SendState};

use crate::client::{Client, Effects, agent, agent_said, epoch, event, said, text_of, welcome};
use crate::server::{Down, FORBIDDEN, Server};

/// What can happen to a client and a server with a bad wire between them.
#[derive(Debug, Clone)]
enum Fate {
    Write,
    WriteForbidden,
    RetryFailed,
    DiscardFailed,
    AgentWrites,
    Deliver,
    LoseDown,
    DoubleDown,
    SwapDown,
    LoseUp,
    Open,
    Unreachable,
    Cut,
    /// The server's end is gone and the client hears nothing of it.
    HalfOpen,
    Pass(u64),
    Limit(u32),
    NewLife,
    ForgetNumbers,
    Reload,
    NetworkBack,
    See,
    LoadOlder,
    Type(bool),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Write),
        1 => Just(Fate::WriteForbidden),
        1 => Just(Fate::RetryFailed),
        1 => Just(Fate::DiscardFailed),
        3 => Just(Fate::AgentWrites),
        12 => Just(Fate::Deliver),
        1 => Just(Fate::LoseDown),
        1 => Just(Fate::DoubleDown),
        1 => Just(Fate::SwapDown),
        1 => Just(Fate::LoseUp),
        6 => Just(Fate::Open),
        1 => Just(Fate::Unreachable),
        1 => Just(Fate::Cut),
        1 => Just(Fate::HalfOpen),
        4 => (0_u64..3_000).prop_map(Fate::Pass),
        1 => (0_u64..40_000).prop_map(Fate::Pass),
        1 => (1_u32..4).prop_map(Fate::Limit),
        1 => Just(Fate::NewLife),
        1 => Just(Fate::ForgetNumbers),
        1 => Just(Fate::Reload),
        1 => Just(Fate::NetworkBack),
        1 => Just(Fate::See),
        1 => Just(Fate::LoadOlder),
        1 => any::<bool>().prop_map(Fate::Type),
    ]
}

struct World {
    client: Client,
    server: Server,
    connecting: bool,
    lose_up: bool,
    written: u32,
    reloads: u64,
    /// The seq under which an item was last shown as stored.
    stored: BTreeMap<ClientMessageId, Seq>,
    /// What was written and not discarded.
    wanted: BTreeSet<String>,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            client: Client::new(seed, Vec::new()),
            server: Server::new(),
            connecting: true,
            lose_up: false,
            written: 0,
            reloads: 0,
            stored: BTreeMap::new(),
            wanted: BTreeSet::new(),
        }
    }

    fn happen(&mut self, fate: Fate) {
        match fate {
            Fate::Write => self.write(),
            Fate::WriteForbidden => self.give(Input::Submit(crate::client::message(FORBIDDEN))),
            Fate::RetryFailed => self.with_failed(Input::Retry),
            Fate::DiscardFailed => self.with_failed(Input::Discard),
            Fate::AgentWrites => self.server.agent_writes(),
            Fate::Deliver => self.deliver(),
            Fate::LoseDown => drop(self.server.wire.as_mut().and_then(std::collections::VecDeque::pop_front)),
            Fate::DoubleDown => {
                if let Some(wire) = &mut self.server.wire
                    && let Some(front) = wire.front().cloned()
                {
                    wire.push_front(front);
                }
            }
            Fate::SwapDown => {
                if let Some(wire) = self.server.wire.as_mut().filter(|wire| wire.len() > 1) {
                    wire.swap(0, 1);
                }
            }
            Fate::LoseUp => self.lose_up = true,
            Fate::Open => self.open(),
            Fate::Unreachable if self.connecting => {
                self.connecting = false;
                self.give(Input::Unreachable { code: None });
            }
            Fate::Unreachable => {}
            Fate::Cut => {
                if self.server.wire.take().is_some() {
                    self.give(Input::Closed { code: 1006 });
                }
            }
            Fate::HalfOpen => self.server.wire = None,
            Fate::Pass(milliseconds) => self.pass(milliseconds),
            Fate::Limit(count) => self.server.limited = count,
            Fate::NewLife => {
                let connected = self.server.wire.is_some();
                self.server.begin_new_life();
                if connected {
                    self.give(Input::Closed { code: 1012 });
                }
            }
            Fate::ForgetNumbers => self.server.forget_numbers(),
            Fate::Reload => self.reload(),
            Fate::NetworkBack => self.give(Input::NetworkBack),
            Fate::See => {
                let upto = self.client.view().head;
                self.give(Input::Seen { upto });
            }
            Fate::LoadOlder => self.give(Input::LoadOlder),
            Fate::Type(on) => self.give(Input::Typing { on }),
        }
    }

    fn write(&mut self) {
        self.written += 1;
        let text = self.written.to_string();
        self.wanted.insert(text.clone());
        self.give(Input::Submit(crate::client::message(&text)));
    }

    fn with_failed(&mut self, input: fn(ClientMessageId) -> Input<ForVisitors>) {
        let failed = |state| matches!(state, SendState::Failed(_));
        let id = self
            .client
            .view()
            .items
            .iter()
            .find(|item| failed(item.state))
            .map(|item| item.client_message_id);
        if let Some(id) = id {
            self.give(input(id));
        }
    }

    fn open(&mut self) {
        if self.connecting {
            self.connecting = false;
            self.server.open();
            self.give(Input::Opened { credential: "token".to_owned() });
        }
    }

    fn deliver(&mut self) {
        match self.server.wire.as_mut().and_then(std::collections::VecDeque::pop_front) {
            Some(Down::Frame(frame)) => self.give(Input::Received(frame)),
            Some(Down::Pong) => self.give(Input::Pong),
            None => {}
        }
    }

    fn reload(&mut self) {
        self.reloads += 1;
        self.server.wire = None;
        self.connecting = true;
        let kept = self.client.kept.clone();
        self.client = Client::at(self.client.now, 1_000 + self.reloads, kept);
    }

    fn pass(&mut self, milliseconds: u64) {
        let end = self.client.now.plus(milliseconds);
        let mut wakes = 0;
        while let Some(at) = self.client.wake_at.filter(|at| *at <= end) {
            self.client.now = self.client.now.max(at);
            self.give(Input::Woke);
            wakes += 1;
            assert!(wakes < 1_000, "woken again and again");
        }
        self.client.now = end;
    }

    fn give(&mut self, input: Input<ForVisitors>) {
        let effects = self.client.give(input);
        self.run(effects);
        self.check();
    }

    fn run(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Connect { .. } => {
                    self.connecting = true;
                    self.server.wire = None;
                }
                Effect::Disconnect(_) => {
                    self.connecting = false;
                    self.server.wire = None;
                }
                Effect::Ping => self.server.ping(),
                Effect::Keep(_) | Effect::Drop(_) | Effect::Contend { .. } => {}
                Effect::Transmit(frame) => {
                    let spared = matches!(frame, ClientFrame::Hello(_));
                    if spared || !std::mem::take(&mut self.lose_up) {
                        self.server.take(frame);
                    }
                }
            }
        }
    }

    /// What holds after every single step.
    fn check(&mut self) {
        let view = self.client.view();
        let keys: BTreeSet<_> = view.items.iter().map(|item| item.key).collect();
        assert_eq!(keys.len(), view.items.len(), "keys are unique");

        let shown: Vec<Seq> =
            view.items.iter().filter_map(|item| item.seq).filter(|seq| *seq <= view.head).collect();
        assert!(shown.windows(2).all(|pair| pair[0].next() == pair[1]), "no hole and no disorder: {shown:?}");

        for item in view.items.iter().filter(|item| item.seq.is_some()) {
            let seq = item.seq.expect("just looked");
            let before = *self.stored.entry(item.client_message_id).or_insert(seq);
            assert_eq!(before, seq, "what is stored never moves");
            let stored =
                self.server.log.iter().find(|event| event.seq == seq).expect("what is shown is stored");
            assert_eq!((&stored.kind, &stored.author), (&item.kind, &item.author));
        }

        let texts: BTreeSet<String> = view.items.iter().map(|item| text_of(&item.kind)).collect();
        for text in &self.wanted {
            let stored = self.server.log.iter().filter(|event| text_of(&event.kind) == *text).count();
            assert!(stored <= 1, "{text} is stored {stored} times");
            assert!(stored == 1 || texts.contains(text), "{text} is lost");
        }
        let waits = view.items.iter().filter(|item| item.seq.is_none()).count();
        assert_eq!(self.client.kept.len(), waits, "what waits is kept, and nothing else");
    }

    /// Whether the client shows the end of the log and nothing waits.
    fn has_converged(&self) -> bool {
        let view = self.client.view();
        let failed = view.items.iter().filter(|item| matches!(item.state, SendState::Failed(_))).count();
        let shown = view.items.len() - failed;
        view.unsent == 0
            && view.head.0 == self.server.log.len() as u64
            && shown > 0
            && self.server.log.ends_with(
                &view.items[..shown]
                    .iter()
                    .map(|item| protocol::Event {
                        seq: item.seq.expect("stored"),
                        at: item.at,
                        author: item.author.clone(),
                        client_message_id: item.client_message_id,
                        kind: item.kind.clone(),
                    })
                    .collect::<Vec<_>>(),
            )
    }

    fn settle(&mut self) {
        self.lose_up = false;
        self.server.limited = 0;
        self.write();
        for _ in 0..1_000 {
            self.open();
            while self.server.wire.as_ref().is_some_and(|wire| !wire.is_empty()) {
                self.deliver();
            }
            if self.has_converged() {
                return;
            }
            self.pass(100);
        }
        panic!("does not converge within 100 s: {:?}", self.client.engine);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn sy35_whatever_the_wire_does_everything_arrives_once_and_in_order(
        seed in 0_u64..1 << 20,
        fates in prop::collection::vec(fate(), 0..150),
    ) {
        let mut world = World::new(seed);
        for fate in fates {
            world.happen(fate);
        }
        world.settle();
        let own = |event: &&protocol::Event<_>| event.author == Author::Visitor;
        let order: Vec<u32> = world.server.log.iter().filter(own)
            .map(|event| text_of(&event.kind).parse().expect("only numbers are stored")).collect();
        let written: Vec<u32> = (1..=world.written).collect();
        prop_assert_eq!(order, written);
    }

    #[test]
    fn sy35_frames_that_make_no_sense_break_nothing(
        seed in 0_u64..1 << 20,
        inputs in prop::collection::vec(nonsense(), 0..200),
    ) {
        let mut client = Client::new(seed, Vec::new());
        for input in inputs {
            let waiting = client.view().unsent;
            let may_confirm = matches!(
                input,
                Nonsense::Accepted(..) | Nonsense::Refused(..) | Nonsense::Given(Input::Discard(_))
            );
            let id = |client: &Client, index: usize| {
                let waiting: Vec<_> = client.view().items.iter().filter(|item| item.seq.is_none())
                    .map(|item| item.client_message_id).collect();
                waiting.get(index).copied().unwrap_or(ClientMessageId::from_bytes([1; 16]))
            };
            match input {
                Nonsense::Given(input) => drop(client.give(input)),
                Nonsense::Accepted(index, seq) => drop(client.accept(id(&client, index), seq)),
                Nonsense::Refused(index, code, after) => drop(client.refuse(id(&client, index), code, after)),
                Nonsense::Retry(index) => drop(client.give(Input::Retry(id(&client, index)))),
                Nonsense::Time(by) => client.now = protocol::Timestamp(client.now.0.saturating_add(by)),
                Nonsense::Pass(by) => drop(client.pass(by)),
            }
            let view = client.view();
            prop_assert!(may_confirm || view.unsent >= waiting);
            let keys: BTreeSet<_> = view.items.iter().map(|item| item.key).collect();
            prop_assert_eq!(keys.len(), view.items.len());
            let shown: Vec<u64> = view.items.iter().filter_map(|item| item.seq).filter(|seq| *seq <= view.head)
                .map(|seq| seq.0).collect();
            prop_assert!(shown.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{:?}", shown);
        }
    }
}

/// What no server would say at that moment, and what a person does meanwhile.
#[derive(Debug, Clone)]
enum Nonsense {
    Given(Input<ForVisitors>),
    Accepted(usize, u64),
    Refused(usize, Code, Option<u32>),
    Retry(usize),
    Time(i64),
    Pass(u64),
}

fn nonsense() -> impl Strategy<Value = Nonsense> {
    let given = prop_oneof![
        Just(Input::Start),
        Just(Input::Stop),
        Just(Input::Opened { credential: String::new() }),
        Just(Input::Opened { credential: String::new() }),
        prop::option::of(code()).prop_map(|code| Input::Unreachable { code }),
        prop_oneof![any::<u16>(), 4400_u16..4430].prop_map(|code| Input::Closed { code }),
        Just(Input::Unreadable(Undecodable::Malformed)),
        Just(Input::Pong),
        Just(Input::Woke),
        Just(Input::NetworkBack),
        "[a-c]{0,2}".prop_map(|text| Input::Submit(crate::client::message(&text))),
        any::<bool>().prop_map(|on| Input::Typing { on }),
        position().prop_map(|upto| Input::Seen { upto: Seq(upto) }),
        Just(Input::LoadOlder),
    ];
    prop_oneof![
        6 => given.prop_map(Nonsense::Given),
        8 => frame().prop_map(|frame| Nonsense::Given(Input::Received(frame))),
        3 => (0_usize..4, position()).prop_map(|(index, seq)| Nonsense::Accepted(index, seq)),
        2 => (0_usize..4, code(), any::<Option<u32>>()).prop_map(|(index, code, after)| Nonsense::Refused(index, code, after)),
        1 => (0_usize..4).prop_map(Nonsense::Retry),
        1 => (-100_000_i64..100_000).prop_map(Nonsense::Time),
        2 => (0_u64..40_000).prop_map(Nonsense::Pass),
    ]
}

fn frame() -> impl Strategy<Value = VisitorFrame> {
    let resume = prop_oneof![
        Just(Resume::Fresh),
        Just(Resume::Resumed),
        Just(Resume::EpochChanged),
        Just(Resume::Rewound),
        Just(Resume::TooFar)
    ];
    let run =
        (1_u64..12, 0_u64..6).prop_map(|(first, count)| (first..first + count).map(agent_said).collect());
    prop_oneof![
        3 => (resume, position(), position(), 1_u8..3).prop_map(|(resume, from, head, life)| {
            let mut welcome = welcome(resume, from, head);
            welcome.epoch = epoch(life);
            ServerFrame::Welcome(welcome)
        }),
        4 => run.prop_map(|events| ServerFrame::Events { events }),
        2 => (1_u64..12, 0_u64..6).prop_map(|(first, count)| {
            ServerFrame::Older { events: (first..first + count).map(agent_said).collect() }
        }),
        1 => Just(ServerFrame::Older { events: vec![event(u64::MAX, agent(), ClientMessageId::from_bytes([0; 16]), said("x"))] }),
        1 => (code(), any::<Option<u32>>()).prop_map(|(code, retry_after)| {
            ServerFrame::Refused(Refusal { code, client_message_id: None, retry_after })
        }),
        1 => (position(), position()).prop_map(|(visitor, agents)| {
            ServerFrame::Marks(ReadMarks { visitor: Seq(visitor), agents: Seq(agents) })
        }),
        1 => any::<bool>().prop_map(|on| ServerFrame::Typing { author: agent(), on }),
        1 => Just(ServerFrame::Presence(TeamPresence::default())),
        1 => (code(), any::<u32>()).prop_map(|(code, after)| ServerFrame::Bye { code, after }),
    ]
}

/// Mostly small, now and then at the far end.
fn position() -> impl Strategy<Value = u64> {
    prop_oneof![12 => 0_u64..12, 1 => Just(u64::MAX)]
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof![
        Just(Code::BadFrame),
        Just(Code::Unauthenticated),
        Just(Code::NotFound),
        Just(Code::TooLong),
        Just(Code::OutOfOrder),
        Just(Code::IdempotencyConflict),
        Just(Code::RateLimited),
        Just(Code::UpgradeRequired),
        Just(Code::Storage),
        Just(Code::Internal),
    ]
}
