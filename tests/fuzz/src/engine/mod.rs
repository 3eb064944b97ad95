//! One client's engine, and everything that a person, a browser and a wire can do to it in any order.
//!
//! Nothing panics and no message is lost (SPEC SY35); what waits is kept before it is sent (SY11), and sent by the tab
//! whose turn it is (SY40); what is shown has no hole, and what is not drawn anew is as it was.

mod side;
mod tabs;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    ClientFrame, ClientMessageId, Code, Epoch, Failure, ForAgents, ForVisitors, OutboxId, Page, Refusal, Seq,
    ServerFrame, Submission, Timestamp, Undecodable,
};
use sync::{Conversation, Effect, Env, Input, ItemKey, SendState, View};

use self::side::Side;
pub(crate) use self::side::kind_for_agents;
use self::tabs::Tabs;
pub(crate) use self::wire::code;
use self::wire::{Waiting, Wire, pick};
use crate::reader::Reader;

const BEGIN: Timestamp = Timestamp(1_800_000_000_000);

/// Steps of one history.
const STEPS: usize = 400;

/// Calls within one stretch of time that are no endless loop.
const WAKES: u32 = 2_000;

/// Reads a history out of bytes and lives through it.
pub fn engine(bytes: &[u8]) {
    let mut reader = Reader::new(bytes);
    match reader.flag() {
        Some(false) => World::<ForVisitors>::new().live(&mut reader),
        Some(true) => World::<ForAgents>::new().live(&mut reader),
        None => {}
    }
}

struct World<S: Side> {
    engine: Conversation<S>,
    wire: Wire<S>,
    now: Timestamp,
    calls: u64,
    wake_at: Option<Timestamp>,
    tabs: Tabs<S>,
    socket: Socket,
    /// What was sent on this connection, by outbox and number.
    sent: BTreeSet<(OutboxId, u64)>,
    /// What got which number in which outbox.
    numbers: BTreeMap<(OutboxId, u64), ClientMessageId>,
    /// The numbers under which those that wait have been sent.
    numbered: BTreeMap<ClientMessageId, (OutboxId, u64)>,
    /// The life of the log that the client knows.
    epoch: Option<Epoch>,
    /// Where in it each item was shown as stored.
    stored: BTreeMap<(Option<Epoch>, ItemKey), Seq>,
}

/// How far the latest connection got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Socket {
    None,
    Asked,
    Greeted,
    Welcomed,
}

impl<S: Side> World<S> {
    fn new() -> Self {
        let env = Env { now: BEGIN, entropy: entropy(0) };
        Self {
            engine: Conversation::new(env),
            wire: Wire::new(),
            now: BEGIN,
            calls: 0,
            wake_at: None,
            tabs: Tabs::new(),
            socket: Socket::None,
            sent: BTreeSet::new(),
            numbers: BTreeMap::new(),
            numbered: BTreeMap::new(),
            epoch: None,
            stored: BTreeMap::new(),
        }
    }

    fn live(mut self, reader: &mut Reader<'_>) {
        for _ in 0..STEPS {
            if self.step(reader).is_none() {
                return;
            }
        }
    }

    fn step(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let waiting = waiting(&self.view());
        match reader.below(28)? {
            0 => self.give(Input::Start),
            1 => self.give(Input::Stop),
            2..=4 => self.give(Input::Opened { credential: "token".to_owned() }),
            5 => {
                let code = if reader.flag()? { Some(code(reader)?) } else { None };
                self.give(Input::Unreachable { code });
            }
            6 => self.give(Input::Closed {
                code: [1006, 4400][usize::from(reader.below(2)?)] + u16::from(reader.below(32)?),
            }),
            7..=14 => {
                let frame = self.wire.frame(reader, &waiting, self.now, self.socket == Socket::Greeted)?;
                self.give(Input::Received(frame));
            }
            15 => self.give(Input::Unreadable(
                [Undecodable::Malformed, Undecodable::Version][usize::from(reader.below(2)?)],
            )),
            16 => self.give(Input::Pong),
            17 => self.give(Input::NetworkBack),
            18 | 19 => self.give(Input::Submit(S::command(reader)?)),
            20 => self.give(Input::Retry(pick(reader, &waiting)?.map_or(nobodys(), |waiting| waiting.id))),
            21 => self.give(Input::Discard(pick(reader, &waiting)?.map_or(nobodys(), |waiting| waiting.id))),
            22 => self.give(Input::Typing { on: reader.flag()? }),
            23 => self.give(Input::Seen { upto: Seq(reader.position()?) }),
            24 => self.give(Input::LoadOlder),
            25 => self.give(Input::Moved(Page { url: reader.typed()?, ..Page::default() })),
            26 => self.pass(reader.span()?),
            _ => match reader.below(9)? {
                0 => self.reload(),
                1 => {
                    let back = i64::try_from(reader.span()?).ok()?;
                    self.now = Timestamp(self.now.0.saturating_sub(back));
                }
                2 => self.give(Input::Woke),
                3 | 4 => {
                    let kept = self.tabs.keeps(reader, &self.view(), self.now)?;
                    self.give(Input::Kept(kept));
                }
                5 => {
                    let id = pick(reader, &waiting)?.map_or(nobodys(), |waiting| waiting.id);
                    self.tabs.removes(id);
                    self.give(Input::Removed(id));
                }
                6 => {
                    let id = pick(reader, &waiting)?.map_or(nobodys(), |waiting| waiting.id);
                    if self.tabs.could_not_keep(id, &waiting) {
                        self.give(Input::NotKept(id));
                    }
                }
                7 => {
                    if self.tabs.take_lock(&waiting) {
                        self.give(Input::Deposed);
                    }
                }
                _ => {
                    self.tabs.let_go();
                    self.elect();
                }
            },
        }
        Some(())
    }

    /// Lets time pass and wakes the engine whenever it wants to be woken.
    fn pass(&mut self, milliseconds: u64) {
        let end = self.now.plus(milliseconds);
        for _ in 0..WAKES {
            let Some(at) = self.wake_at.filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            self.now = self.now.max(at);
            self.give(Input::Woke);
        }
        panic!("woken again and again");
    }

    /// The page is loaded again: all that was kept is there (SPEC SY19).
    fn reload(&mut self) {
        let before = waiting(&self.view());
        let env = Env { now: self.now, entropy: self.entropy() };
        self.engine = Conversation::new(env);
        self.wake_at = None;
        self.socket = Socket::None;
        self.epoch = None;
        for kept in self.tabs.reloaded() {
            self.give(Input::Kept(kept));
        }
        let after = waiting(&self.view());
        let kept = before.iter().filter(|waiting| self.tabs.has(waiting.id));
        assert!(kept.clone().all(|kept| after.contains(kept)), "SY19: what waited is taken up");
        assert_eq!(kept.count(), after.len(), "SY19: and nothing else");
    }

    /// It is this tab's turn if it waits for it and no other tab has the lock.
    fn elect(&mut self) {
        if self.tabs.is_turn() {
            self.give(Input::Elected);
        }
    }

    fn give(&mut self, input: Input<S>) {
        let before = self.view();
        let env = Env { now: self.now, entropy: self.entropy() };
        let step = self.engine.handle(env, input.clone());
        self.wake_at = step.wake_at;
        let may_transmit = match &input {
            Input::Opened { .. } if self.socket == Socket::Asked => {
                self.socket = Socket::Greeted;
                self.sent.clear();
                false
            }
            Input::Received(ServerFrame::Welcome(welcome)) if self.socket == Socket::Greeted => {
                self.socket = Socket::Welcomed;
                self.epoch = Some(welcome.epoch);
                true
            }
            _ => self.socket == Socket::Welcomed,
        };
        step.effects.into_iter().for_each(|effect| self.run(effect, may_transmit, &input));
        let after = self.view();
        assert!(step.changed || after == before, "the view changed and nobody was told: {input:?}");
        self.check_waiting(&input, &waiting(&before), &waiting(&after));
        self.check_view(&after);
        let pending = pending(&waiting(&after));
        self.numbered.retain(|id, _| pending.contains(id));
        self.elect();
    }

    fn run(&mut self, effect: Effect<S>, may_transmit: bool, input: &Input<S>) {
        match effect {
            Effect::Connect { .. } => self.socket = Socket::Asked,
            Effect::Disconnect(_) => {
                assert_ne!(self.socket, Socket::None, "there is nothing to close");
                self.socket = Socket::None;
            }
            Effect::Ping => assert!(may_transmit),
            Effect::Keep(message) => self.tabs.keep(message),
            Effect::Drop(id) => self.tabs.drop(id),
            Effect::Contend { steal } => self.tabs.contend(steal),
            Effect::Transmit(ClientFrame::Hello(_)) => {
                assert!(matches!(input, Input::Opened { .. }) && self.socket == Socket::Greeted, "SY2");
            }
            Effect::Transmit(frame) => {
                assert!(may_transmit, "SY2: {frame:?} before the welcome");
                if let ClientFrame::Submit(submission) = frame {
                    self.submitted(&submission);
                }
            }
        }
    }

    /// What is sent was kept, by the tab whose turn it is, and nothing that waits before it is left behind (SPEC SY11, SY12,
    /// SY40).
    fn submitted(&mut self, submission: &Submission<S::Command>) {
        let (id, outbox, number) = (submission.client_message_id, submission.outbox, submission.number);
        assert!(self.tabs.was_kept(id), "SY11: kept before it is sent");
        assert!(self.tabs.sends, "SY40: sent by another tab");
        assert_eq!(*self.numbers.entry((outbox, number)).or_insert(id), id, "SY13: a number is used twice");
        self.sent.insert((outbox, number));
        self.numbered.insert(id, (outbox, number));
        let pending = pending(&waiting(&self.view()));
        for earlier in 1..number {
            let earlier = (outbox, earlier);
            let id = self.numbers.get(&earlier).expect("SY12: a number is left out");
            let waits = pending.contains(id) && self.numbered.get(id) == Some(&earlier);
            assert!(!waits || self.sent.contains(&earlier), "SY12: sent before an earlier one");
        }
    }

    /// A message waits until the server has it or the person gives it up, and is kept as long as it waits.
    fn check_waiting(&self, input: &Input<S>, before: &[Waiting<S>], after: &[Waiting<S>]) {
        after.iter().for_each(|waiting| self.tabs.check(waiting));
        let lost = before.iter().filter(|waiting| after.iter().all(|other| other.id != waiting.id));
        let gone = lost.clone().count();
        for waiting in lost {
            let is_accounted_for = match input {
                Input::Received(ServerFrame::Accepted { client_message_id, .. }) => {
                    *client_message_id == waiting.id
                }
                Input::Received(ServerFrame::Events { events } | ServerFrame::Older { events }) => {
                    events.iter().any(|event| event.client_message_id == waiting.id)
                }
                // It goes by a new id.
                Input::Received(ServerFrame::Refused(Refusal {
                    code: Code::IdempotencyConflict,
                    client_message_id,
                    ..
                })) => *client_message_id == Some(waiting.id),
                Input::Discard(id) | Input::Removed(id) => *id == waiting.id && waiting.failed.is_some(),
                Input::Retry(id) => *id == waiting.id && before.len() == after.len(),
                _ => false,
            };
            assert!(is_accounted_for, "SY35: {:?} is lost", waiting.id);
        }
        // What a server lacks after a restore comes back as lost (SY38).
        let new = after.iter().filter(|waiting| waiting.failed != Some(Failure::Lost));
        let new = new.filter(|waiting| before.iter().all(|other| other.id != waiting.id)).count();
        let expected = match input {
            Input::Submit(command) => usize::from(S::echo(command).is_some()),
            Input::Kept(_) => new.min(1),
            // One whose id turned out to be taken by another content goes by a new one.
            Input::Received(_) => new.min(gone),
            _ => 0,
        };
        assert_eq!(new, expected, "SY20: a message from nowhere");
    }

    /// What is shown is a piece of the log without a hole, then what waits.
    fn check_view(&mut self, view: &View<S>) {
        let shown = view.items.iter().filter_map(|item| item.seq).filter(|seq| *seq <= view.head);
        assert!(shown.clone().zip(shown.skip(1)).all(|(one, next)| one.next() == next), "SY22: a hole");
        let stored = view.items.iter().take_while(|item| item.seq.is_some()).count();
        assert!(view.items.iter().skip(stored).all(|item| item.seq.is_none()), "what waits comes last");
        let pending = view.items.iter().filter(|item| item.state == SendState::Sending).count();
        assert_eq!(view.unsent, pending);
        assert_eq!(view.unkept, self.tabs.unkept(), "SY43");
        if !self.wire.is_honest {
            return;
        }
        let keys: BTreeSet<_> = view.items.iter().map(|item| item.key).collect();
        assert_eq!(keys.len(), view.items.len(), "SY27: keys are unique");
        for (item, seq) in view.items.iter().filter_map(|item| Some((item, item.seq?))) {
            let shown = *self.stored.entry((self.epoch, item.key)).or_insert(seq);
            assert_eq!(shown, seq, "SY35: what is stored never moves");
        }
    }

    fn view(&self) -> View<S> {
        self.engine.view(self.now)
    }

    fn entropy(&mut self) -> [u8; 32] {
        self.calls += 1;
        entropy(self.calls)
    }
}

fn waiting<S: Side>(view: &View<S>) -> Vec<Waiting<S>> {
    let items = view.items.iter().filter(|item| item.seq.is_none());
    let waiting = items.map(|item| Waiting {
        id: item.client_message_id,
        kind: item.kind.clone(),
        failed: match item.state {
            SendState::Failed(failure) => Some(failure),
            SendState::Sending | SendState::Sent | SendState::Seen => None,
        },
    });
    waiting.collect()
}

/// Those that wait for the server and not for the person.
fn pending<S: Side>(waiting: &[Waiting<S>]) -> BTreeSet<ClientMessageId> {
    waiting.iter().filter(|waiting| waiting.failed.is_none()).map(|waiting| waiting.id).collect()
}

/// An id that no message has.
fn nobodys() -> ClientMessageId {
    ClientMessageId::from_bytes([0xee; 16])
}

/// Other bytes for each call, as from a random source.
fn entropy(call: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (chunk, index) in bytes.chunks_exact_mut(8).zip(1_u64..) {
        let mixed = (call * 4 + index).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        chunk.copy_from_slice(&(mixed ^ (mixed >> 29)).to_le_bytes());
    }
    bytes
}
