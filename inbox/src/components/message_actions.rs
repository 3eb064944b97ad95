//! What an agent can do about a message: answer it; and about one of their own, edit it, or delete it once that was asked.

use leptos::prelude::*;
use sync::can_amend;

use super::bubble::Remedies;
use super::{Icon, Shape};
use crate::browser::clock::now;
use crate::model::composition::{Answering, Mode};
use crate::model::thread_row::Bubble;
use crate::words;

/// How far the agent got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Menu {
    Closed,
    /// They can answer.
    Open,
    /// They can change it as well.
    Amends,
    Asks,
}

/// A button that opens the others in place.
#[component]
pub(crate) fn MessageActions(
    #[prop(into)] bubble: Signal<Bubble>,
    mode: Mode,
    remedies: Remedies,
) -> impl IntoView {
    let menu = RwSignal::new(Menu::Closed);
    let (id, is_text) = bubble.with_untracked(|bubble| (bubble.id, bubble.file.is_none()));
    let open = move |_| {
        let (at, changeable) = bubble.with_untracked(|bubble| (bubble.at, bubble.changeable));
        menu.set(match menu.get_untracked() {
            Menu::Closed if changeable && can_amend(false, at, now()) => Menu::Amends,
            Menu::Closed => Menu::Open,
            Menu::Open | Menu::Amends | Menu::Asks => Menu::Closed,
        });
    };
    let edit = move |_| {
        menu.set(Menu::Closed);
        remedies.amend.run((id, mode, bubble.with_untracked(|bubble| bubble.text.clone())));
    };
    let answer = move || {
        menu.set(Menu::Closed);
        let (to, text) = bubble.with_untracked(|bubble| (bubble.answerable, bubble.text.clone()));
        if let Some(to) = to {
            remedies.answer.run(Answering { to, text, by_note: mode == Mode::Note });
        }
    };
    let answering = move || {
        view! {
            <button type="button" class="button button--small" on:click=move |_| answer()>{words::thread::ANSWER}</button>
        }
    };
    let delete = move |_| {
        menu.set(Menu::Closed);
        remedies.delete.run((id, mode));
    };
    let buttons = move || {
        match menu.get() {
        Menu::Closed => ().into_any(),
        Menu::Open => answering().into_any(),
        Menu::Amends => view! {
            {answering()}
            {is_text.then(|| view! {
                <button type="button" class="button button--small" on:click=edit>{words::thread::EDIT}</button>
            })}
            <button type="button" class="button button--small" on:click=move |_| menu.set(Menu::Asks)>
                {words::thread::DELETE}
            </button>
        }
        .into_any(),
        Menu::Asks => view! {
            <button type="button" class="button button--small button--danger" on:click=delete>
                {words::thread::DELETE_SURELY}
            </button>
            <button type="button" class="button button--small" autofocus on:click=move |_| menu.set(Menu::Amends)>
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
