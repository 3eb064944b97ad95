//! What an agent can do about a message: answer it; and about one of their own, edit it, or delete it once that was asked.

use leptos::prelude::*;
use sync::can_amend;

use super::bubble::Remedies;
use super::{Icon, Shape};
use crate::browser::clock::now;
use crate::model::composition::{Answering, Mode};
use crate::model::thread_row::{Bubble, By};
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
    let (id, is_own, is_text) =
        bubble.with_untracked(|bubble| (bubble.id, bubble.by == By::Me, bubble.file.is_none()));
    let open = move |_| {
        let (at, changeable) = bubble.with_untracked(|bubble| (bubble.at, bubble.changeable));
        menu.set(match menu.get_untracked() {
            Menu::Closed if changeable && can_amend(false, at, now()) => Menu::Amends,
            Menu::Closed => Menu::Open,
            Menu::Open | Menu::Amends | Menu::Asks => Menu::Closed,
        });
    };
    let answer = move |_| {
        menu.set(Menu::Closed);
        let (to, text) = bubble.with_untracked(|bubble| (bubble.answerable, bubble.text.clone()));
        if let Some(to) = to {
            remedies.answer.run(Answering { to, text: markup::plain(&text), by_note: mode == Mode::Note });
        }
    };
    let edit_or_delete = move |_| {
        let asks = menu.get_untracked() == Menu::Asks;
        menu.set(Menu::Closed);
        if asks {
            remedies.delete.run((id, mode));
        } else {
            remedies.amend.run((id, mode, bubble.with_untracked(|bubble| bubble.text.clone())));
        }
    };
    let ask_or_keep = move |_| {
        menu.update(|menu| *menu = if *menu == Menu::Asks { Menu::Amends } else { Menu::Asks });
    };
    let asks = Memo::new(move |_| menu.get() == Menu::Asks);
    // Each button stays where it is when its words change, and so does the focus: on what destroys nothing.
    view! {
        <div class="message__actions" class:message__actions--open=move || menu.get() != Menu::Closed>
            <Show when=move || matches!(menu.get(), Menu::Open | Menu::Amends)>
                <button type="button" class="button button--small" on:click=answer>{words::thread::ANSWER}</button>
            </Show>
            <Show when=move || matches!(menu.get(), Menu::Amends | Menu::Asks)>
                <Show when=move || is_text || asks.get()>
                    <button
                        type="button"
                        class="button button--small"
                        class:button--danger=asks
                        on:click=edit_or_delete
                    >
                        {move || if asks.get() { words::thread::DELETE_SURELY } else { words::thread::EDIT }}
                    </button>
                </Show>
                <button type="button" class="button button--small" on:click=ask_or_keep>
                    {move || if asks.get() { words::thread::KEEP } else { words::thread::DELETE }}
                </button>
            </Show>
            <button
                type="button"
                class="message__more"
                aria-label=if is_own { words::thread::OWN_OPTIONS } else { words::thread::OPTIONS }
                aria-expanded=move || (menu.get() != Menu::Closed).to_string()
                on:click=open
            >
                <Icon shape=Shape::More />
            </button>
        </div>
    }
}
