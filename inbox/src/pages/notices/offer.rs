//! Asks once whether the browser may show notifications.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::notification::{Permit, ask, keep_preferences, permit, preferences};
use crate::components::{Icon, Shape};
use crate::words::notices;

/// The question, unless it has an answer.
#[component]
pub(crate) fn Offer() -> impl IntoView {
    let is_open = RwSignal::new(permit() == Permit::Unasked && !preferences().is_asked);
    let answered = move || {
        let mut chosen = preferences();
        chosen.is_asked = true;
        keep_preferences(&chosen);
        is_open.set(false);
    };
    let turn_on = move |_| {
        spawn_local(async move {
            ask().await;
            answered();
        });
    };
    view! {
        <Show when=move || is_open.get()>
            <aside class="offer" aria-label=notices::TITLE>
                <Icon shape=Shape::Bell />
                <p class="offer__text">{notices::OFFER}</p>
                <div class="offer__row">
                    <button type="button" class="button button--small button--primary" on:click=turn_on>{notices::TURN_ON}</button>
                    <button type="button" class="button button--small button--quiet" on:click=move |_| answered()>{notices::NOT_NOW}</button>
                </div>
            </aside>
        </Show>
    }
}
