//! A dialog in which one of several things is chosen, found by typing.

use leptos::html::Dialog;
use leptos::prelude::*;
use protocol::{Handling, Timestamp};
use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{Icon, Shape};
use crate::browser::clock::now;
use crate::browser::intl;
use crate::browser::keys::is_composing;
use crate::model::asked::{Asked, Choice};
use crate::model::roving::{Move, target};
use crate::words::{self, desk};

const LIST: &str = "choices";

/// Opens while something is asked; the browser's own dialog keeps the focus inside and gives it back.
#[component]
pub(crate) fn ChooseDialog(
    asked: RwSignal<Option<Asked>>,
    /// What was typed.
    typed: RwSignal<String>,
    /// What there is to choose, given what is asked and what was typed.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    on_choose: Callback<Handling>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if asked.get().is_some() && !dialog.open() {
            // Fails only where it is open as something else.
            let _ = dialog.show_modal();
        } else if asked.get().is_none() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class="dialog choose"
            aria-labelledby="choose-title"
            on:close=move |_| {
                asked.set(None);
                typed.set(String::new());
            }
        >
            {move || asked.get().map(|what| view! { <Choices what asked typed choices on_choose /> })}
        </dialog>
    }
}

#[component]
fn Choices(
    what: Asked,
    asked: RwSignal<Option<Asked>>,
    typed: RwSignal<String>,
    choices: Signal<Vec<Choice>>,
    on_choose: Callback<Handling>,
) -> impl IntoView {
    // Several labels may be chosen one after the other.
    let is_many = what == Asked::Labels;
    let active = RwSignal::new(choices.with_untracked(|all| {
        all.iter().position(|choice| choice.chosen).filter(|_| !is_many).unwrap_or_default()
    }));
    let choose = move |choice: &Choice| {
        if is_many {
            typed.set(String::new());
        } else {
            asked.set(None);
        }
        on_choose.run(choice.step.clone());
    };
    let on_key = move |event: KeyboardEvent| {
        if is_composing(&event) {
            return;
        }
        let step = match event.key().as_str() {
            "ArrowDown" => Move::Next,
            "ArrowUp" => Move::Previous,
            "Enter" => {
                event.prevent_default();
                let chosen = choices.with_untracked(|all| all.get(active.get_untracked()).cloned());
                if let Some(chosen) = chosen {
                    choose(&chosen);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let length = choices.with_untracked(Vec::len);
        if let Some(index) = target(step, Some(active.get_untracked()), length) {
            active.set(index);
            show(index);
        }
    };
    let options = move || {
        let all = choices.get();
        all.into_iter()
            .enumerate()
            .map(|(index, choice)| {
                let is_active = move || active.get() == index;
                let (label, hint, chosen) = (choice.label.clone(), choice.hint.clone(), choice.chosen);
                view! {
                    <li
                        role="option"
                        class="choice"
                        class:choice--active=is_active
                        id=option_id(index)
                        aria-selected=chosen.to_string()
                        on:click=move |_| choose(&choice)
                        on:pointermove=move |_| active.set(index)
                    >
                        <span class="choice__mark">{chosen.then(|| view! { <Icon shape=Shape::Check /> })}</span>
                        <bdi class="choice__label">{label}</bdi>
                        {(!hint.is_empty()).then(|| view! { <span class="choice__hint">{hint}</span> })}
                    </li>
                }
            })
            .collect_view()
    };
    let nothing = if is_many { desk::NO_LABEL_YET } else { desk::NOTHING_FOUND };
    let field = if is_many { desk::LABEL_FIELD } else { desk::FILTER };
    view! {
        <div class="dialog__head">
            <h2 id="choose-title">{desk::asks(what)}</h2>
            <button type="button" class="icon-button" aria-label=words::CLOSE on:click=move |_| asked.set(None)>
                <Icon shape=Shape::Close />
            </button>
        </div>
        <input
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
        <ul class="choose__list" role="listbox" id=LIST aria-label=desk::asks(what) aria-multiselectable=is_many.then_some("true")>
            {options}
        </ul>
        <p class="choose__nothing" role="status">{move || choices.with(Vec::is_empty).then_some(nothing)}</p>
        {(what == Asked::Snooze).then(|| view! {
            <OwnTime on_choose=Callback::new(move |until| {
                asked.set(None);
                on_choose.run(Handling::Snooze { until });
            }) />
        })}
    }
}

/// A time that is none of the choices.
#[component]
fn OwnTime(on_choose: Callback<Timestamp>) -> impl IntoView {
    let value = RwSignal::new(String::new());
    let is_past = RwSignal::new(false);
    let choose = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match intl::typed(&value.get_untracked()).filter(|until| *until > now()) {
            Some(until) => on_choose.run(until),
            None => is_past.set(true),
        }
    };
    view! {
        <form class="choose__time" on:submit=choose novalidate>
            <label for="choose-time">{desk::AT}</label>
            <span class="choose__row">
                <input
                    type="datetime-local"
                    id="choose-time"
                    class="choose__field"
                    aria-describedby="choose-past"
                    aria-invalid=move || is_past.get().then_some("true")
                    prop:value=value
                    on:input:target=move |event| {
                        is_past.set(false);
                        value.set(event.target().value());
                    }
                />
                <button type="submit" class="button">{desk::SNOOZE}</button>
            </span>
            <p id="choose-past" class="choose__past" role="alert">{move || is_past.get().then_some(desk::PAST)}</p>
        </form>
    }
}

fn option_id(index: usize) -> String {
    format!("choice-{index}")
}

fn show(index: usize) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(option) = document().get_element_by_id(&option_id(index)) {
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
