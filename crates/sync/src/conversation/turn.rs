//! What one call to the engine collects.

use protocol::{Audience, ClientFrame, Timestamp};

use crate::connection::Act;
use crate::env::Entropy;
use crate::own_typing::Telling;
use crate::{Effect, Env};

/// The arguments and the results of one call.
pub(super) struct Turn<A: Audience> {
    /// By the clock that never runs backwards.
    pub(super) now: Timestamp,
    /// By the clock that people read.
    pub(super) written_at: Timestamp,
    pub(super) entropy: Entropy,
    pub(super) effects: Vec<Effect<A>>,
    pub(super) changed: bool,
    /// What to tell of this person's typing.
    pub(super) typing: Option<Telling>,
}

impl<A: Audience> Turn<A> {
    pub(super) const fn new(now: Timestamp, env: Env) -> Self {
        let entropy = Entropy::new(env.entropy);
        Self { now, written_at: env.now, entropy, effects: Vec::new(), changed: false, typing: None }
    }

    pub(super) fn act(&mut self, act: Option<Act>) {
        self.effects.extend(act.map(Effect::from));
    }

    pub(super) fn transmit(&mut self, frame: ClientFrame<A::Command>) {
        self.effects.push(Effect::Transmit(frame));
    }
}
