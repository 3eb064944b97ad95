//! What helps at the composer of a private chat: the names of those in it.

use leptos::prelude::*;
use protocol::AgentProfile;

use crate::components::Assist;
use crate::model::filling::Facts;
use crate::model::slash::Surroundings;

/// Makes it, given those who can be named. There are no commands: nothing is handled there.
pub(super) fn private_assist(people: Signal<Vec<AgentProfile>>) -> Assist {
    Assist {
        surroundings: Signal::derive(Surroundings::default),
        facts: Signal::derive(Facts::default),
        canned: Signal::derive(Vec::new),
        people,
        on_need: Callback::new(|()| {}),
        on_used: Callback::new(|_| {}),
        on_run: Callback::new(|_| {}),
        on_order: Callback::new(|_| {}),
    }
}
