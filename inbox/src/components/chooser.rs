//! A field, and below it what can be chosen of what is typed there.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{Icon, Shape};
use crate::browser::focus::{focus_element, keep_in_sight};
use crate::browser::keys::is_composing;
use crate::model::choice::Choice;
use crate::model::roving::{Move, target};

const LIST: &str = "choices";

/// The field has the focus; arrows lead through the list, Enter chooses.
#[component]
pub(crate) fn Chooser<T: Clone + Send + Sync + 'static>(
    /// What the list is called.
    name: &'static str,
    /// What the field is called.
    field: &'static str,
    /// What is said in place of an empty list.
    nothing: &'static str,
    /// Whether several can be chosen one after the other.
    is_many: bool,
    /// What was typed.
    typed: RwSignal<String>,
    /// What there is to choose, given what was typed.
    #[prop(into)]
    choices: Signal<Vec<Choice<T>>>,
    /// Which of them is marked.
    #[prop(default = RwSignal::new(0))]
    active: RwSignal<usize>,
    on_choose: Callback<T>,
) -> impl IntoView {
    active.set(choices.with_untracked(|all| {
        all.iter().position(|choice| choice.chosen).filter(|_| !is_many).unwrap_or_default()
    }));
    // Where the dialog was there before the field, the browser does not look for `autofocus` any more.
    let place = NodeRef::<Input>::new();
    place.on_load(|field| focus_element(&field));
    let on_key = move |event: KeyboardEvent| {
        if is_composing(&event) {
            return;
        }
        let step = match event.key().as_str() {
            "ArrowDown" => Move::Next,
            "ArrowUp" => Move::Previous,
            "Enter" => {
                event.prevent_default();
                let chosen = choices
                    .with_untracked(|all| all.get(active.get_untracked()).map(|choice| choice.asks.clone()));
                if let Some(chosen) = chosen {
                    on_choose.run(chosen);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let length = choices.with_untracked(Vec::len);
        if let Some(index) = target(step, Some(active.get_untracked()), length) {
            active.set(index);
            keep_in_sight(&option_id(index));
        }
    };
    let options = move || {
        let all = choices.get();
        all.into_iter()
            .enumerate()
            .map(|(index, choice)| {
                let is_active = move || active.get() == index;
                let Choice { label, hint, keys, chosen, asks } = choice;
                view! {
                    <li
                        role="option"
                        class="choice"
                        class:choice--active=is_active
                        id=option_id(index)
                        aria-selected=chosen.to_string()
                        aria-keyshortcuts=(!keys.is_empty()).then_some(keys)
                        on:click=move |_| on_choose.run(asks.clone())
                        on:pointermove=move |_| active.set(index)
                    >
                        <span class="choice__mark">{chosen.then(|| view! { <Icon shape=Shape::Check /> })}</span>
                        <bdi class="choice__label">{label}</bdi>
                        {(!hint.is_empty()).then(|| view! { <span class="choice__hint">{hint}</span> })}
                        {(!keys.is_empty()).then(|| view! { <Pressed keys /> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <input
            node_ref=place
            type="text"
            class="choose__field"
            role="combobox"
            aria-label=field
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls=LIST
            aria-activedescendant=move || choices.with(|all| active.get() < all.len()).then(|| option_id(active.get()))
            placeholder=field
            autocomplete="off"
            autofocus
            prop:value=typed
            on:input:target=move |event| {
                active.set(0);
                typed.set(event.target().value());
            }
            on:keydown=on_key
        />
        <ul class="choose__list" role="listbox" id=LIST aria-label=name aria-multiselectable=is_many.then_some("true")>
            {options}
        </ul>
        <p class="choose__nothing" role="status">{move || choices.with(Vec::is_empty).then_some(nothing)}</p>
    }
}

/// Keys that are pressed one after the other.
#[component]
fn Pressed(keys: &'static str) -> impl IntoView {
    let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> });
    view! { <span class="choice__keys" aria-hidden="true">{keys.collect_view()}</span> }
}

fn option_id(index: usize) -> String {
    format!("choice-{index}")
}
