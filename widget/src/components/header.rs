//! The top of the panel: the site's name and who is here.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use protocol::{AgentProfile, ForVisitors};
use sync::{ConnectionBadge, Doors, View};

use super::face::face;
use super::icons::{DOTS, DOWN, LAMP, icon};
use super::menu::Menu;
use super::{MENU, action, flag, text};
use crate::app::App;
use crate::clock;
use crate::seldom;
use crate::strings::{fill, strings};

/// The header.
pub(super) fn header(app: App, name: String) -> impl IntoView {
    let lamp = text(move || {
        String::from(if app.view.with(|view| agents_here(view).is_empty()) { "lamp" } else { "lamp lit" })
    });
    let presence = text(move || app.view.with(|view| presence(view, app.doors.get())));
    let state = RwSignal::new(Menu::Closed);
    let is_open = text(move || (state.get() != Menu::Closed).to_string());
    let is_closed = flag(move || state.get() == Menu::Closed);
    let site = name.clone();
    let is_there = Rc::new(Cell::new(false));
    let turn = action(move || {
        state.update(|state| *state = if *state == Menu::Closed { Menu::Open } else { Menu::Closed });
        app.load_once(&is_there, seldom::show_menu(app, state, site.clone()));
    });
    view! {
        <header class="header">
            <div class=lamp>{icon(LAMP)}</div>
            <div class="title">
                <h1>{name}</h1>
                <p>{presence}</p>
            </div>
            {face(move || app.view.with(|view| agents_here(view).first().cloned()))}
            <button class="round" aria-label=strings().menu aria-expanded=is_open on:click=turn>
                {icon(DOTS)}
            </button>
            <button class="round" aria-label=strings().close_chat on:click=action(move || app.close())>
                {icon(DOWN)}
            </button>
        </header>
        <div id=MENU class="menu" role="group" aria-label=strings().menu hidden=is_closed></div>
    }
}

/// The agents of whom it is known at this moment that they have the conversation open.
pub(super) fn agents_here(view: &View<ForVisitors>) -> &[AgentProfile] {
    if view.connection == ConnectionBadge::Connected { &view.presence.agents } else { &[] }
}

fn presence(view: &View<ForVisitors>, doors: Doors) -> String {
    let words = strings();
    match agents_here(view) {
        [] => match doors {
            Doors::Open | Doors::Unsaid => words.nobody_here.to_owned(),
            Doors::Closed { back: None } => words.away.to_owned(),
            Doors::Closed { back: Some(back) } => {
                fill(words.away_until, &[("when", &clock::when(back, clock::now()))])
            }
        },
        [one] => fill(words.is_here, &[("name", &one.name)]),
        [one, .., other] => fill(words.are_here, &[("name", &one.name), ("other", &other.name)]),
    }
}
