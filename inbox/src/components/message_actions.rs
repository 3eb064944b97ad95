//! What an agent can do about a message of their own: edit it, or delete it once that was asked.

use leptos::prelude::*;
use sync::can_amend;

use super::bubble::Remedies;
use super::{Icon, Shape};
use crate::browser::clock::now;
use crate::model::composition::Mode;
use crate::model::thread_row::Bubble;
use crate::words;

/// How far the agent got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Menu {
    Closed,
    Open,
    Asks,
    TooLate,
}

/// A button that opens the others in place.
#[component]
pub(crate) fn MessageActions(
    #[prop(into)] bubble: Signal<Bubble>,
    mode: Mode,
    remedies: Remedies,
) -> impl IntoView {
    let menu = RwSignal::new(Menu::Closed);
    let id = bubble.with_untracked(|bubble| bubble.id);
    let open = move |_| {
        let at = bubble.with_untracked(|bubble| bubble.at);
        menu.set(match menu.get_untracked() {
            Menu::Closed if can_amend(false, at, now()) => Menu::Open,
            Menu::Closed => Menu::TooLate,
            Menu::Open | Menu::Asks | Menu::TooLate => Menu::Closed,
        });
    };
    let edit = move |_| {
        menu.set(Menu::Closed);
        remedies.amend.run((id, mode, bubble.with_untracked(|bubble| bubble.text.clone())));
    };
    let delete = move |_| {
        menu.set(Menu::Closed);
        remedies.delete.run((id, mode));
    };
    let buttons = move || {
        match menu.get() {
        Menu::Closed => ().into_any(),
        Menu::TooLate => view! { <span role="status">{words::thread::TOO_LATE}</span> }.into_any(),
        Menu::Open => view! {
            <button type="button" class="button button--small" on:click=edit>{words::thread::EDIT}</button>
            <button type="button" class="button button--small" on:click=move |_| menu.set(Menu::Asks)>
                {words::thread::DELETE}
            </button>
        }
        .into_any(),
        Menu::Asks => view! {
            <button type="button" class="button button--small button--danger" on:click=delete>
                {words::thread::DELETE_SURELY}
            </button>
            <button type="button" class="button button--small" autofocus on:click=move |_| menu.set(Menu::Open)>
                {words::thread::KEEP}
            </button>
        }
        .into_any(),
    }
    };
    view! {
        <div class="message__actions" class:message__actions--open=move || menu.get() != Menu::Closed>
            {buttons}
            <button
                type="button"
                class="message__more"
                aria-label=words::thread::OPTIONS
                aria-expanded=move || (menu.get() != Menu::Closed).to_string()
                on:click=open
            >
                <Icon shape=Shape::More />
            </button>
        </div>
    }
}
