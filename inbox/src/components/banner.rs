//! A line across a pane that says how it stands with the server.

use leptos::prelude::*;

use super::{Icon, Shape};

/// Shows its words while there are some; says them aloud once.
#[component]
pub(crate) fn Banner(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div role="status" class="banner-place">
            {move || {
                text.get().map(|text| view! {
                    <p class="banner"><Icon shape=Shape::Warning /><span>{text}</span></p>
                })
            }}
        </div>
    }
}
