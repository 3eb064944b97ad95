//! A dialog in which one of several things is chosen, found by typing.

use leptos::prelude::*;
use protocol::{Handling, Timestamp};

use super::{Chooser, Modal};
use crate::browser::clock::now;
use crate::browser::intl;
use crate::model::asked::{Asked, Choice};
use crate::words::desk;

/// Opens while something is asked.
#[component]
pub(crate) fn ChooseDialog(
    /// Its id.
    #[prop(default = "choose")]
    id: &'static str,
    /// Whether a team can be told something with it.
    #[prop(default = true)]
    has_note: bool,
    asked: RwSignal<Option<Asked>>,
    /// What was typed.
    typed: RwSignal<String>,
    /// What there is to choose, given what is asked and what was typed.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Takes the step, with the note that goes with it.
    on_choose: Callback<(Handling, String)>,
) -> impl IntoView {
    let title = move || asked.get().map(desk::asks);
    let close = Callback::new(move |()| {
        asked.set(None);
        typed.set(String::new());
    });
    view! {
        <Modal id=id shown=Signal::derive(move || asked.get().is_some()) on_close=close title>
            {move || asked.get().map(|what| view! { <Choices what typed choices has_note on_choose close /> })}
        </Modal>
    }
}

#[component]
fn Choices(
    what: Asked,
    typed: RwSignal<String>,
    choices: Signal<Vec<Choice>>,
    has_note: bool,
    on_choose: Callback<(Handling, String)>,
    close: Callback<()>,
) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let active = RwSignal::new(0);
    // Several labels may be chosen one after the other.
    let is_many = what == Asked::Labels;
    let choose = Callback::new(move |step: Handling| {
        if is_many {
            typed.set(String::new());
        } else {
            close.run(());
        }
        on_choose.run((step, note.get_untracked()));
    });
    view! {
        <Chooser
            name=desk::asks(what)
            field=if is_many { desk::LABEL_FIELD } else { desk::FILTER }
            nothing=match what {
                Asked::Labels => desk::NO_LABEL_YET,
                Asked::Team => desk::NO_TEAMS_YET,
                Asked::Assignee | Asked::Snooze | Asked::Priority => desk::NOTHING_FOUND,
            }
            is_many
            typed
            choices
            active
            on_choose=choose
        />
        {(what == Asked::Team && has_note).then(|| view! {
            <Word note on_done=Callback::new(move |()| {
                let step = choices.with_untracked(|all| all.get(active.get_untracked()).map(|one| one.asks.clone()));
                if let Some(step) = step {
                    choose.run(step);
                }
            }) />
        })}
        {(what == Asked::Snooze).then(|| view! {
            <OwnTime on_choose=Callback::new(move |until| choose.run(Handling::Snooze { until })) />
        })}
    }
}

/// What the others are told with it.
#[component]
fn Word(
    note: RwSignal<String>,
    /// Chooses what is marked in the list.
    on_done: Callback<()>,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_done.run(());
    };
    view! {
        <form class="choose__time" on:submit=submit novalidate>
            <label for="choose-note">{desk::HAND_NOTE}</label>
            <span class="choose__row">
                <input
                    type="text"
                    id="choose-note"
                    class="choose__field"
                    dir="auto"
                    autocomplete="off"
                    prop:value=note
                    on:input:target=move |event| note.set(event.target().value())
                />
                <button type="submit" class="button button--primary">{desk::HAND}</button>
            </span>
        </form>
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
