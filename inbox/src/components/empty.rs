//! A place where there is nothing to show, with what to do next.

use leptos::prelude::*;

use super::{Icon, Shape};

/// An icon, a title and a sentence; children are what can be done.
#[component]
pub(crate) fn Empty(
    shape: Shape,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] lead: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><Icon shape=shape /></span>
            <p class="empty__title">{title}</p>
            <p class="empty__lead">{lead}</p>
            {children.map(|children| children())}
        </div>
    }
}
