//! The top of the panel: the site's name and who is here.

use leptos::prelude::*;
use protocol::{AgentProfile, ForVisitors};
use sync::{ConnectionBadge, View};

use super::icons::{DOWN, LAMP, icon};
use super::{action, text};
use crate::app::App;
use crate::strings::{fill, strings};

/// The header.
pub(super) fn header(app: App, name: String) -> impl IntoView {
    let lamp = text(move || {
        String::from(if app.view.with(|view| agents_here(view).is_empty()) { "lamp" } else { "lamp lit" })
    });
    let presence = text(move || app.view.with(presence));
    view! {
        <header class="header">
            <div class=lamp>{icon(LAMP)}</div>
            <div class="title">
                <h1>{name}</h1>
                <p>{presence}</p>
            </div>
            <button class="round" aria-label=strings().close_chat on:click=action(move || app.close())>
                {icon(DOWN)}
            </button>
        </header>
    }
}

/// The agents of whom it is known at this moment that they have the conversation open.
fn agents_here(view: &View<ForVisitors>) -> &[AgentProfile] {
    if view.connection == ConnectionBadge::Connected { &view.presence.agents } else { &[] }
}

fn presence(view: &View<ForVisitors>) -> String {
    let words = strings();
    match agents_here(view) {
        [] => words.nobody_here.to_owned(),
        [one] => fill(words.is_here, &[("name", &one.name)]),
        [one, .., other] => fill(words.are_here, &[("name", &one.name), ("other", &other.name)]),
    }
}
