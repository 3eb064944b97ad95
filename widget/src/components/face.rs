//! An agent in small.

use leptos::prelude::*;
use protocol::AgentProfile;

use super::{flag, text};

/// Their picture over two letters of their name; where there is none, the server answers nothing, and the letters are seen.
/// Decoration beside the name; of nobody there is none.
pub(super) fn face(read: impl Fn() -> Option<AgentProfile> + Send + Sync + Copy + 'static) -> impl IntoView {
    let letters = text(move || {
        let name = read().map(|agent| agent.name).unwrap_or_default();
        name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
    });
    let picture =
        text(move || read().map(|agent| ["/faces/", &agent.id.to_string()].concat()).unwrap_or_default());
    let is_nobody = flag(move || read().is_none());
    view! {
        <i class="face" data-letters=letters hidden=is_nobody aria-hidden="true">
            <img src=picture alt="" loading="lazy" />
        </i>
    }
}
