//! What the driver asks of an engine, and the two engines that it drives.

use protocol::codec::{from_bytes, to_bytes};
use protocol::{Audience, ClientMessageId, Code, Timestamp};
use sync::{Conversation, Effect, Env, Feed, FeedEffect, FeedInput, FeedView, Input, Step, View};

/// What the browser reports.
pub(crate) enum Signal {
    Opened { credential: String },
    Unreachable { code: Option<Code> },
    Closed { code: u16 },
    Received(Vec<u8>),
    Pong,
    Woke,
    NetworkBack,
}

/// What the browser is told to do.
pub(crate) enum Action {
    Connect {
        renew: bool,
    },
    Send(Vec<u8>),
    Ping,
    Disconnect {
        code: u16,
    },
    /// Without a text: remove.
    Keep(ClientMessageId, String),
    Contend {
        steal: bool,
    },
}

/// An engine with its types of frames out of sight.
pub(crate) trait Engine: 'static {
    type Input: 'static;
    type Effect;
    type View: 'static;

    fn input(signal: Signal) -> Self::Input;
    fn handle(&mut self, env: Env, input: Self::Input) -> Step<Self::Effect>;
    fn action(effect: Self::Effect) -> Action;
    fn view(&self, now: Timestamp) -> Self::View;
}

impl<A: Audience> Engine for Conversation<A> {
    type Input = Input<A>;
    type Effect = Effect<A>;
    type View = View<A>;

    fn input(signal: Signal) -> Input<A> {
        match signal {
            Signal::Opened { credential } => Input::Opened { credential },
            Signal::Unreachable { code } => Input::Unreachable { code },
            Signal::Closed { code } => Input::Closed { code },
            Signal::Received(bytes) => from_bytes(&bytes).map_or_else(Input::Unreadable, Input::Received),
            Signal::Pong => Input::Pong,
            Signal::Woke => Input::Woke,
            Signal::NetworkBack => Input::NetworkBack,
        }
    }

    fn handle(&mut self, env: Env, input: Input<A>) -> Step<Effect<A>> {
        self.handle(env, input)
    }

    fn action(effect: Effect<A>) -> Action {
        match effect {
            Effect::Connect { renew } => Action::Connect { renew },
            Effect::Transmit(frame) => Action::Send(to_bytes(&frame)),
            Effect::Ping => Action::Ping,
            Effect::Disconnect(code) => Action::Disconnect { code: code.number() },
            Effect::Keep(message) => Action::Keep(message.client_message_id, message.to_text()),
            Effect::Drop(id) => Action::Keep(id, String::new()),
            Effect::Contend { steal } => Action::Contend { steal },
        }
    }

    fn view(&self, now: Timestamp) -> View<A> {
        self.view(now)
    }
}

impl Engine for Feed {
    type Input = FeedInput;
    type Effect = FeedEffect;
    type View = FeedView;

    fn input(signal: Signal) -> FeedInput {
        match signal {
            Signal::Opened { credential } => FeedInput::Opened { credential },
            Signal::Unreachable { code } => FeedInput::Unreachable { code },
            Signal::Closed { code } => FeedInput::Closed { code },
            Signal::Received(bytes) => {
                from_bytes(&bytes).map_or_else(FeedInput::Unreadable, FeedInput::Received)
            }
            Signal::Pong => FeedInput::Pong,
            Signal::Woke => FeedInput::Woke,
            Signal::NetworkBack => FeedInput::NetworkBack,
        }
    }

    fn handle(&mut self, env: Env, input: FeedInput) -> Step<FeedEffect> {
        self.handle(env, input)
    }

    fn action(effect: FeedEffect) -> Action {
        match effect {
            FeedEffect::Connect { renew } => Action::Connect { renew },
            FeedEffect::Transmit(frame) => Action::Send(to_bytes(&frame)),
            FeedEffect::Ping => Action::Ping,
            FeedEffect::Disconnect(code) => Action::Disconnect { code: code.number() },
        }
    }

    fn view(&self, now: Timestamp) -> FeedView {
        self.view(now)
    }
}
