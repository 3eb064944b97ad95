//! A visitor's engine with a clock, and short words for what happens to it.

use protocol::{AgentId, AgentProfile, MessageText};
use protocol::{
    Author, ClientFrame, ClientMessageId, Code, Epoch, Event, ForVisitors, PublicKind, ReadMarks, Refusal,
    Resume, SavedMessage, Seq, ServerFrame, Status, Submission, TeamPresence, Timestamp, VisitorCommand,
    VisitorFrame, Welcome,
};
use sync::{Conversation, Effect, Env, Input, Step, View};

pub(crate) type Effects = Vec<Effect<ForVisitors>>;

/// When every test begins.
pub(crate) const BEGIN: Timestamp = Timestamp(1_800_000_000_000);

pub(crate) struct Client {
    pub(crate) engine: Conversation<ForVisitors>,
    pub(crate) now: Timestamp,
    pub(crate) wake_at: Option<Timestamp>,
    /// What is kept, as the browser's storage would have it.
    pub(crate) kept: Vec<SavedMessage<VisitorCommand>>,
    pub(crate) changed: bool,
    calls: u64,
}

impl Client {
    /// An engine that was told to start, has asked for a socket, and is the one that sends.
    pub(crate) fn new(seed: u64, kept: Vec<SavedMessage<VisitorCommand>>) -> Self {
        Self::at(BEGIN, seed, kept)
    }

    pub(crate) fn at(now: Timestamp, seed: u64, kept: Vec<SavedMessage<VisitorCommand>>) -> Self {
        let mut client = Self::second_tab(now, seed, kept);
        assert_eq!(client.give(Input::Elected), []);
        client
    }

    /// The same while another tab sends.
    pub(crate) fn second_tab(now: Timestamp, seed: u64, kept: Vec<SavedMessage<VisitorCommand>>) -> Self {
        let calls = seed << 32;
        let engine = Conversation::new(Env { now, entropy: entropy(calls) });
        let mut client = Self { engine, now, wake_at: None, kept: kept.clone(), changed: false, calls };
        let begun = [Effect::Connect { renew: false }, Effect::Contend { steal: false }];
        assert_eq!(client.give(Input::Start), begun);
        for message in kept {
            assert_eq!(client.give(Input::Kept(message)), []);
        }
        client
    }

    /// A connected engine, in an empty conversation.
    pub(crate) fn connected() -> Self {
        let mut client = Self::new(1, Vec::new());
        client.open();
        client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
        client
    }

    /// A connected engine that was given these messages of an agent, from position 1.
    pub(crate) fn with_messages(count: u64) -> Self {
        let mut client = Self::new(1, Vec::new());
        client.open();
        client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, count)));
        client.receive(events(1..=count));
        client
    }

    pub(crate) fn give(&mut self, input: Input<ForVisitors>) -> Effects {
        self.calls += 1;
        let env = Env { now: self.now, entropy: entropy(self.calls) };
        let Step { effects, wake_at, changed } = self.engine.handle(env, input);
        self.wake_at = wake_at;
        self.changed = changed;
        for effect in &effects {
            match effect {
                Effect::Keep(message) => {
                    self.drop_kept(message.client_message_id);
                    self.kept.push(message.clone());
                }
                Effect::Drop(id) => self.drop_kept(*id),
                Effect::Transmit(_)
                | Effect::Connect { .. }
                | Effect::Ping
                | Effect::Disconnect(_)
                | Effect::Contend { .. } => {}
            }
        }
        effects
    }

    fn drop_kept(&mut self, id: ClientMessageId) {
        self.kept.retain(|kept| kept.client_message_id != id);
    }

    pub(crate) fn open(&mut self) -> Effects {
        self.give(Input::Opened { credential: "token".to_owned() })
    }

    pub(crate) fn close(&mut self) -> Effects {
        self.give(Input::Closed { code: 1006 })
    }

    pub(crate) fn receive(&mut self, frame: VisitorFrame) -> Effects {
        self.give(Input::Received(frame))
    }

    pub(crate) fn write(&mut self, text: &str) -> Effects {
        self.give(Input::Submit(message(text)))
    }

    pub(crate) fn accept(&mut self, id: ClientMessageId, seq: u64) -> Effects {
        self.receive(ServerFrame::Accepted {
            client_message_id: id,
            seq: Seq(seq),
            at: self.now,
            duplicate: false,
        })
    }

    pub(crate) fn refuse(&mut self, id: ClientMessageId, code: Code, retry_after: Option<u32>) -> Effects {
        self.receive(ServerFrame::Refused(Refusal { code, client_message_id: Some(id), retry_after }))
    }

    /// Lets time pass, waking the engine whenever it wants to be woken.
    pub(crate) fn pass(&mut self, milliseconds: u64) -> Effects {
        let end = self.now.plus(milliseconds);
        let mut effects = Vec::new();
        for _ in 0..10_000 {
            let Some(at) = self.wake_at.filter(|at| *at <= end) else {
                self.now = end;
                return effects;
            };
            self.now = self.now.max(at);
            effects.extend(self.give(Input::Woke));
        }
        panic!("the engine wants to be woken again and again");
    }

    /// Loses the socket, comes back, and resumes.
    pub(crate) fn reconnect(&mut self, head: u64) -> Effects {
        self.close();
        assert!(self.pass(1_000).contains(&Effect::Connect { renew: false }));
        self.open();
        let from = self.view().head.0;
        self.receive(ServerFrame::Welcome(welcome(Resume::Resumed, from, head)))
    }

    pub(crate) fn view(&self) -> View<ForVisitors> {
        self.engine.view(self.now)
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.view().items.iter().map(|item| text_of(&item.kind)).collect()
    }
}

pub(crate) fn entropy(seed: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (index, chunk) in (0_u64..).zip(bytes.chunks_exact_mut(8)) {
        let mut mixed = (seed.wrapping_mul(4) + index).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes
}

pub(crate) fn message(text: &str) -> VisitorCommand {
    VisitorCommand::Message { text: text.to_owned() }
}

pub(crate) fn text_of(kind: &PublicKind) -> String {
    match kind {
        PublicKind::Message { text, .. } => text.as_str().to_owned(),
        PublicKind::Resolved => "(resolved)".to_owned(),
        PublicKind::Reopened => "(reopened)".to_owned(),
        PublicKind::Edited { text, .. } => format!("(edited: {})", text.as_str()),
        PublicKind::Deleted { .. } => "(deleted)".to_owned(),
        PublicKind::File(file) => file.name.as_str().to_owned(),
        PublicKind::Rated(rating) => format!("({} stars)", rating.stars.number()),
    }
}

pub(crate) fn agent() -> Author {
    Author::Agent(AgentProfile { id: AgentId::from_bytes([7; 16]), name: "Ada".to_owned() })
}

pub(crate) fn epoch(number: u8) -> Epoch {
    Epoch::from_bytes([number; 16])
}

pub(crate) fn welcome(resume: Resume, from: u64, head: u64) -> Welcome<TeamPresence> {
    Welcome {
        epoch: epoch(1),
        resume,
        from: Seq(from),
        head: Seq(head),
        me: Author::Visitor,
        status: Status::Open,
        marks: ReadMarks::default(),
        presence: TeamPresence::default(),
        now: BEGIN,
    }
}

pub(crate) fn event(seq: u64, author: Author, id: ClientMessageId, kind: PublicKind) -> Event<PublicKind> {
    Event { seq: Seq(seq), at: BEGIN.plus(seq), author, client_message_id: id, kind }
}

pub(crate) fn said(text: &str) -> PublicKind {
    PublicKind::message(MessageText::parse(text).expect("legal text"))
}

/// What an agent said at a position.
pub(crate) fn agent_said(seq: u64) -> Event<PublicKind> {
    event(
        seq,
        agent(),
        ClientMessageId::from_bytes([u8::try_from(seq).expect("small"); 16]),
        said(&format!("a{seq}")),
    )
}

/// A frame with what an agent said.
pub(crate) fn events(seqs: impl IntoIterator<Item = u64>) -> VisitorFrame {
    ServerFrame::Events { events: seqs.into_iter().map(agent_said).collect() }
}

/// The submissions among effects, in order.
pub(crate) fn submissions(effects: &Effects) -> Vec<Submission<VisitorCommand>> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Transmit(ClientFrame::Submit(submission)) => Some(submission.clone()),
            Effect::Transmit(_)
            | Effect::Connect { .. }
            | Effect::Ping
            | Effect::Disconnect(_)
            | Effect::Keep(_)
            | Effect::Drop(_)
            | Effect::Contend { .. } => None,
        })
        .collect()
}

/// Text and number of the submissions among effects, in order.
pub(crate) fn sent(effects: &Effects) -> Vec<(String, u64)> {
    submissions(effects)
        .into_iter()
        .map(|submission| {
            let said = match submission.command {
                VisitorCommand::Message { text } | VisitorCommand::Reply { text, .. } => text,
                VisitorCommand::Edit { text, .. } => format!("edit: {text}"),
                VisitorCommand::Delete { .. } => "delete".to_owned(),
                VisitorCommand::File(file) => file.name.into(),
                VisitorCommand::End => "end".to_owned(),
                VisitorCommand::Rate { stars, .. } => format!("{} stars", stars.number()),
            };
            (said, submission.number)
        })
        .collect()
}
