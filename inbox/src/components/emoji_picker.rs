//! Emoji to choose from, in the composer.

use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use markup::{EMOJI, emoji_like};
use web_sys::KeyboardEvent;

use super::{Icon, Shape};
use crate::browser::focus::focus_element;
use crate::browser::keys::{Keys, is_composing};
use crate::browser::typing::type_text;
use crate::model::shortcut::Shortcut;
use crate::words::emoji as words;

/// The id of the list.
const PICKER: &str = "emoji-picker";

/// The button that shows the list.
#[component]
pub(crate) fn EmojiButton(open: RwSignal<bool>) -> impl IntoView {
    expect_context::<Keys>().hear(move |shortcut| {
        let is_this = shortcut == Shortcut::Emoji;
        if is_this {
            open.set(true);
        }
        is_this
    });
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=words::BUTTON
            title=words::BUTTON
            aria-expanded=move || open.get().to_string()
            aria-controls=PICKER
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon shape=Shape::Smile />
        </button>
    }
}

/// The list, with a field to find one by its name; what is chosen is typed into the composer's field.
#[component]
pub(crate) fn EmojiPicker(open: RwSignal<bool>, field: NodeRef<Textarea>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let search = NodeRef::<Input>::new();
    search.on_load(|search| focus_element(&search));
    let choose = move |emoji: &'static str| {
        open.set(false);
        if let Some(field) = field.get_untracked() {
            type_text(&field, emoji);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if is_composing(&event) {
            return;
        }
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            if let Some(field) = field.get_untracked() {
                focus_element(&field);
            }
        }
        let first = || typed.with_untracked(|typed| emoji_like(typed).next());
        if event.key() == "Enter" && search.get_untracked().is_some_and(|search| is_focused(&search)) {
            event.prevent_default();
            if let Some((emoji, _)) = first() {
                choose(emoji);
            }
        }
    };
    let button = move |(emoji, name): (&'static str, &'static str)| {
        view! {
            <button type="button" class="emoji" aria-label=name title=name on:click=move |_| choose(emoji)>{emoji}</button>
        }
    };
    let found = move || {
        let typed = typed.get();
        if typed.trim().is_empty() {
            let groups = EMOJI.into_iter().map(|group| {
                view! {
                    <div class="emoji-picker__group" role="group" aria-label=words::sort(group.sort)>
                        {group.emoji.iter().copied().map(button).collect_view()}
                    </div>
                }
            });
            return groups.collect_view().into_any();
        }
        let found: Vec<_> = emoji_like(&typed).collect();
        if found.is_empty() {
            return view! { <p class="emoji-picker__none">{words::NONE}</p> }.into_any();
        }
        view! { <div class="emoji-picker__group">{found.into_iter().map(button).collect_view()}</div> }
            .into_any()
    };
    view! {
        <div class="emoji-picker" id=PICKER role="group" aria-label=words::BUTTON on:keydown=on_key>
            <input
                node_ref=search
                type="search"
                class="input"
                aria-label=words::SEARCH
                placeholder=words::SEARCH
                autocomplete="off"
                on:input:target=move |event| typed.set(event.target().value())
            />
            <div class="emoji-picker__all">{found}</div>
        </div>
    }
}

fn is_focused(element: &web_sys::Element) -> bool {
    document().active_element().is_some_and(|active| active == *element)
}
