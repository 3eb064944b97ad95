//! A moment: short for the eye, whole for the ear and under the pointer.

use leptos::prelude::*;
use protocol::Timestamp;

use crate::browser::clock::Clock;
use crate::browser::intl;
use crate::model::ago::Ago;
use crate::words;

/// How long ago something was; keeps up with the clock.
#[component]
pub(crate) fn Since(
    #[prop(into)] at: Signal<Timestamp>,
    /// Whether there is room for words.
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let narrow = Memo::new(move |_| {
        let at = at.get();
        intl::narrow(Ago::between(at, clock.get()), at).unwrap_or_else(|| words::list::NOW.to_owned())
    });
    let spoken = Memo::new(move |_| {
        let at = at.get();
        intl::spoken(Ago::between(at, clock.get()), at).unwrap_or_else(|| words::list::NOW.to_owned())
    });
    view! {
        <time class="since" datetime=move || intl::machine(at.get()) title=move || intl::full(at.get())>
            <span aria-hidden="true" class:hidden=in_words>{narrow}</span>
            <span class:visually-hidden=!in_words>{spoken}</span>
        </time>
    }
}

/// The time of day.
#[component]
pub(crate) fn TimeOfDay(#[prop(into)] at: Signal<Timestamp>) -> impl IntoView {
    view! {
        <time class="time" datetime=move || intl::machine(at.get()) title=move || intl::full(at.get())>
            {move || intl::time(at.get())}
        </time>
    }
}
