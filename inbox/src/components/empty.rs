//! A place where there is nothing to show, with what to do next.

use leptos::prelude::*;

use super::{Icon, Shape};

/// An icon, a title and a sentence; children are what can be done.
#[component]
pub(crate) fn Empty(
    shape: Shape,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] lead: Signal<String>,
    /// Whether the title is the page's heading.
    #[prop(optional)]
    heading: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><Icon shape=shape /></span>
            {if heading {
                view! { <h1 class="empty__title">{title}</h1> }.into_any()
            } else {
                view! { <p class="empty__title">{title}</p> }.into_any()
            }}
            <p class="empty__lead">{lead}</p>
            {children.map(|children| children())}
        </div>
    }
}
