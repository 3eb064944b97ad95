//! Somebody who uses Porchlight: the project's own engine on a real clock and a real socket.
//!
//! It does what the widget and the inbox do while they are open and visible: tell of typing, mark as read what comes.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use protocol::codec::Codec;
use protocol::{
    AgentCommand, Audience, ClientFrame, ConversationId, ForAgents, ForVisitors, ServerFrame, SocketTarget,
    Timestamp, VisitorCommand,
};
use sync::{Conversation, Effect, Env, Input};
use tests::{Agent, Line, Received, Visitor, random};
use tungstenite::Message;

/// How long a read waits, and so how late somebody notices a deadline.
const TICK: Duration = Duration::from_millis(10);

/// How long something may take that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

type Socket<A> = Line<
    ClientFrame<<A as Audience>::Command>,
    ServerFrame<<A as Audience>::Kind, <A as Audience>::Presence>,
>;

/// A visitor or an agent with a conversation open.
pub(crate) struct Person<A: Audience> {
    engine: Conversation<A>,
    socket: Socket<A>,
    wake_at: Option<Timestamp>,
}

impl Person<ForVisitors> {
    /// Opens the chat.
    pub(crate) fn visit(visitor: &Visitor) -> Self {
        let socket = visitor.open(Codec::Postcard).expect("the upgrade is accepted");
        Self::enter(socket, visitor.token.clone())
    }

    /// Sends a message and waits until it is shown as stored.
    pub(crate) fn say(&mut self, text: &str) {
        self.submit(VisitorCommand::Message { text: text.to_owned() });
    }
}

impl Person<ForAgents> {
    /// Opens a conversation from the list.
    pub(crate) fn attend(agent: &Agent, conversation: ConversationId) -> Self {
        let ticket = agent.ticket(SocketTarget::Conversation(conversation));
        let socket = agent.open(conversation, Codec::Postcard).expect("the upgrade is accepted");
        Self::enter(socket, ticket)
    }

    /// Sends a message and waits until it is shown as stored.
    pub(crate) fn say(&mut self, text: &str) {
        self.submit(AgentCommand::Message { text: text.to_owned() });
    }
}

impl<A: Audience> Person<A> {
    fn enter(socket: Socket<A>, credential: String) -> Self {
        let mut person = Self { engine: Conversation::new(env()), socket, wake_at: None };
        person.handle(Input::Start);
        person.handle(Input::Elected);
        person.handle(Input::Opened { credential });
        person.wait_until(|engine| engine.view(now()).me.is_some());
        person
    }

    /// Presses a key.
    pub(crate) fn press_key(&mut self) {
        self.handle(Input::Typing { on: true });
    }

    /// Looks at the conversation for a moment.
    pub(crate) fn look(&mut self) {
        self.turn();
    }

    /// How many items are shown.
    pub(crate) fn shown(&self) -> usize {
        self.engine.view(now()).items.len()
    }

    fn submit(&mut self, command: A::Command) {
        self.handle(Input::Submit(command));
        self.wait_until(|engine| engine.view(now()).unsent == 0);
    }

    fn wait_until(&mut self, is_so: impl Fn(&Conversation<A>) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(&self.engine) {
            assert!(Instant::now() < deadline, "the server does not answer");
            self.turn();
        }
    }

    fn turn(&mut self) {
        match self.socket.receive_within(TICK) {
            Some(Received::Frame(frame)) => {
                self.handle(Input::Received(frame));
                let view = self.engine.view(now());
                if view.unread > 0 {
                    self.handle(Input::Seen { upto: view.head });
                }
            }
            Some(Received::Text(_)) => self.handle(Input::Pong),
            Some(Received::Closed(code)) => panic!("the server closed the socket: {code:?}"),
            None => {}
        }
        if self.wake_at.is_some_and(|at| at <= now()) {
            self.handle(Input::Woke);
        }
    }

    fn handle(&mut self, input: Input<A>) {
        let step = self.engine.handle(env(), input);
        self.wake_at = step.wake_at;
        for effect in step.effects {
            match effect {
                Effect::Transmit(frame) => self.socket.send(&frame),
                Effect::Ping => self.socket.send_raw(Message::text("ping")),
                Effect::Disconnect(code) => panic!("the engine gave the connection up: {code:?}"),
                // The socket is open already, nothing outlives it, and there is no other tab.
                Effect::Connect { .. } | Effect::Keep(_) | Effect::Drop(_) | Effect::Contend { .. } => {}
            }
        }
    }
}

fn env() -> Env {
    Env { now: now(), entropy: random() }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
