//! The keys.

use leptos::prelude::*;

use crate::browser::settings::Settings;
use crate::words::help;

/// What each key does, and whether single keys do anything.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let keys = help::KEYS.into_iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| {
            let parts = key.split(' ').map(|part| view! { <kbd>{part}</kbd> }).collect_view();
            view! { <span class="help__key">{parts}</span> }
        });
        view! { <div class="help__line"><dt>{keys.collect_view()}</dt><dd>{what}</dd></div> }
    });
    view! {
        <dl class="help">{keys.collect_view()}</dl>
        <label class="switch">
            <input
                type="checkbox"
                prop:checked=settings.shortcuts
                on:change:target=move |event| settings.set_shortcuts(event.target().checked())
            />
            <span>{help::SWITCH}</span>
        </label>
    }
}
