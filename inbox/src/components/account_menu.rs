//! Who is signed in, and the way out.

use leptos::html::Div;
use leptos::prelude::*;

use super::{Avatar, Icon, Shape};
use crate::words;

/// A button that opens a small menu, in the browser's own popover.
#[component]
pub(crate) fn AccountMenu(
    name: String,
    workspace: String,
    on_help: Callback<()>,
    on_sign_out: Callback<()>,
) -> impl IntoView {
    let menu = NodeRef::<Div>::new();
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect::<String>()
        .to_uppercase();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // Fails only where it is closed.
            let _ = menu.hide_popover();
        }
    };
    view! {
        <button type="button" class="account" popovertarget="account-menu" aria-label=words::account_of(&name)>
            <Avatar letters=letters tint=0 />
        </button>
        <div node_ref=menu id="account-menu" class="menu" popover="auto">
            <p class="menu__who">
                <strong><bdi>{name}</bdi></strong>
                <span><bdi>{workspace}</bdi></span>
            </p>
            <button type="button" class="menu__item" on:click=move |_| { close(); on_help.run(()) }>
                <Icon shape=Shape::Keyboard />
                {words::account::SHORTCUTS}
                <kbd aria-hidden="true">"?"</kbd>
            </button>
            <button type="button" class="menu__item" on:click=move |_| { close(); on_sign_out.run(()) }>
                <Icon shape=Shape::SignOut />
                {words::account::SIGN_OUT}
            </button>
        </div>
    }
}
