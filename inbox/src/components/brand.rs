//! The mark of the product: a lantern that is lit.

use leptos::prelude::*;

use crate::words;

/// The mark, and the name where there is room for it.
#[component]
pub(crate) fn Brand(
    /// Whether the name stands beside the mark.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    view! {
        <span class="brand">
            <svg class="brand__mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path class="brand__glow" d="M8 9h8l1.2 9.2H6.8z" />
                <path class="brand__frame" d="M12 2.5v2M8.2 8.5L9.6 5h4.8l1.4 3.5M7 8.5h10M8 8.5L6.8 18.5M16 8.5l1.2 10M5.8 18.5h12.4M8.5 21.5h7" />
            </svg>
            {named.then(|| view! { <span class="brand__name">{words::PRODUCT}</span> })}
        </span>
    }
}
