//! The list that completes what is typed into the composer.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::browser::focus::keep_in_sight;
use crate::browser::keys::is_composing;
use crate::model::completion::{Choose, Completion};
use crate::model::roving::{Move, target};
use crate::words::compose;

/// The id of the list.
pub(crate) const LIST: &str = "completions";

/// What is offered, and which of it a key would choose.
#[derive(Clone, Copy)]
pub(crate) struct Completions {
    all: Memo<Vec<Completion>>,
    active: RwSignal<usize>,
    /// Whether the person has closed the list, until they type on.
    is_closed: RwSignal<bool>,
}

impl Completions {
    /// Of what is offered for the text as it stands.
    pub(crate) fn new(all: Memo<Vec<Completion>>) -> Self {
        Self { all, active: RwSignal::new(0), is_closed: RwSignal::new(false) }
    }

    /// Whether the list is there, tracked.
    pub(crate) fn is_open(self) -> bool {
        !self.is_closed.get() && self.all.with(|all| !all.is_empty())
    }

    /// The id of the option that a key would choose, tracked.
    pub(crate) fn active_option(self) -> Option<String> {
        self.is_open().then(|| option_id(self.active.get()))
    }

    /// The person typed.
    pub(crate) fn typed(self) {
        self.active.set(0);
        self.is_closed.set(false);
    }

    /// Takes a key that the list has a use for; what was chosen, if something was, and `None` for every other key.
    pub(crate) fn take(self, event: &KeyboardEvent) -> Option<Option<Choose>> {
        let is_plain = !event.shift_key() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if is_composing(event) || !is_plain || !untrack(|| self.is_open()) {
            return None;
        }
        let chosen = match event.key().as_str() {
            "ArrowDown" => self.step(Move::Next),
            "ArrowUp" => self.step(Move::Previous),
            "Enter" | "Tab" => {
                let active = self.active.get_untracked();
                self.all.with_untracked(|all| all.get(active).map(|completion| completion.choose.clone()))
            }
            "Escape" => {
                self.is_closed.set(true);
                None
            }
            _ => return None,
        };
        event.prevent_default();
        event.stop_propagation();
        Some(chosen)
    }

    fn step(self, step: Move) -> Option<Choose> {
        let count = self.all.with_untracked(Vec::len);
        if let Some(index) = target(step, Some(self.active.get_untracked()), count) {
            self.active.set(index);
            keep_in_sight(&option_id(index));
        }
        None
    }
}

/// The list, while there is something to offer.
#[component]
pub(crate) fn CompletionList(completions: Completions, on_choose: Callback<Choose>) -> impl IntoView {
    let options = move || {
        let all = completions.all.get();
        all.into_iter()
            .enumerate()
            .map(|(index, completion)| {
                let is_active = move || completions.active.get() == index;
                let Completion { label, hint, choose } = completion;
                view! {
                    <li
                        role="option"
                        class="choice"
                        class:choice--active=is_active
                        id=option_id(index)
                        aria-selected=move || is_active().to_string()
                        on:pointerdown=|event| event.prevent_default()
                        on:click=move |_| on_choose.run(choose.clone())
                        on:pointermove=move |_| completions.active.set(index)
                    >
                        <bdi class="choice__label">{label}</bdi>
                        {(!hint.is_empty()).then(|| view! { <span class="choice__hint" dir="auto">{hint}</span> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || completions.is_open()>
            <ul class="completions" role="listbox" id=LIST aria-label=compose::COMPLETIONS>{options}</ul>
        </Show>
        <p class="visually-hidden" role="status">
            {move || completions.is_open().then(|| compose::offered(completions.all.with(Vec::len)))}
        </p>
    }
}

fn option_id(index: usize) -> String {
    format!("completion-{index}")
}
