//! A person as a disc with two letters.

use leptos::prelude::*;

/// A disc; decoration beside a name.
#[component]
pub(crate) fn Avatar(
    /// Two letters.
    #[prop(into)]
    letters: String,
    /// One of the tints of the style sheet, from 1; 0 is the accent.
    tint: u8,
    /// Whether a dot says that the person is here.
    #[prop(into, optional)]
    online: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class=format!("avatar avatar--{tint}") data-letters=letters aria-hidden="true">
            <span class="avatar__dot" class:avatar__dot--on=online></span>
        </span>
    }
}
