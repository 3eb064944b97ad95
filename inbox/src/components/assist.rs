//! What helps at the composer: commands, and responses that are said again and again.

use leptos::prelude::*;
use protocol::http::canned::Canned;
use protocol::{AgentProfile, CannedId};

use crate::model::completion::{Completion, Words, completions, names};
use crate::model::filling::Facts;
use crate::model::slash::{Order, Surroundings};
use crate::words::{compose, desk, macros};

const WORDS: Words = Words { verb: compose::verb, deeds: macros::deeds, moment: desk::moment };

/// What a conversation says to its composer.
#[derive(Clone, Copy)]
pub(crate) struct Assist {
    /// What commands are read by, at this moment.
    pub(crate) surroundings: Signal<Surroundings>,
    /// What variables stand for.
    pub(crate) facts: Signal<Facts>,
    /// The canned responses that are known.
    pub(crate) canned: Signal<Vec<Canned>>,
    /// Those who can be named.
    pub(crate) people: Signal<Vec<AgentProfile>>,
    /// Hears that they are needed.
    pub(crate) on_need: Callback<()>,
    /// Hears that one was used.
    pub(crate) on_used: Callback<CannedId>,
    /// Asks whether a macro is to be run.
    pub(crate) on_run: Callback<CannedId>,
    /// Does what a command asks for.
    pub(crate) on_order: Callback<Order>,
}

impl Assist {
    /// What is offered, given the text before the caret and whether it is all, tracked; the names of colleagues where they
    /// read it, and nothing else in a private chat.
    pub(crate) fn offers(
        self,
        before: &str,
        is_all: bool,
        is_for_colleagues: bool,
        is_private: bool,
    ) -> Vec<Completion> {
        let named = if is_for_colleagues && before.contains('@') {
            self.people.with(|people| names(before, people))
        } else {
            Vec::new()
        };
        if !named.is_empty() || is_private || !before.contains('/') {
            return named;
        }
        self.on_need.run(());
        completions(before, is_all, &self.surroundings.get(), &self.canned.get(), &WORDS)
    }
}
