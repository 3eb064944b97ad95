//! What every form has: what is wrong with the whole, that it was saved, the button that sends it.

use leptos::prelude::*;

use super::{Icon, Shape};
use crate::state::form::Form;

/// What is wrong with the whole, said aloud.
#[component]
pub(crate) fn Problem(form: Form) -> impl IntoView {
    view! {
        <div role="alert" class="alert-place">
            {move || form.problem().map(|problem| view! {
                <p class="alert"><Icon shape=Shape::Warning /><span>{problem}</span></p>
            })}
        </div>
    }
}

/// That it was saved, said politely.
#[component]
pub(crate) fn Saved(form: Form) -> impl IntoView {
    view! {
        <p role="status" class="saved">
            {move || form.saved().map(|words| view! { <Icon shape=Shape::Check /><span>{words}</span> })}
        </p>
    }
}

/// The button that sends a form; it can always be reached and says when it is busy.
#[component]
pub(crate) fn Submit(
    form: Form,
    label: &'static str,
    busy: &'static str,
    /// Whether it is as wide as its form.
    #[prop(optional)]
    wide: bool,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            class:button--primary=!danger
            class:button--danger=danger
            class:button--wide=wide
            aria-disabled=move || form.is_busy().then_some("true")
        >
            {move || if form.is_busy() { busy } else { label }}
        </button>
    }
}
