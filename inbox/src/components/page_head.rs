//! The head of a page, and its parts.

use leptos::prelude::*;

use crate::browser::arrival::Arrivals;
use crate::state::title::Title;

/// The id of a page's heading, which gets the focus when the page takes the place of another.
pub(crate) const PAGE_TITLE: &str = "page-title";

/// Title and lead; names the browser's tab.
#[component]
pub(crate) fn PageHead(
    #[prop(into)] title: Signal<String>,
    lead: &'static str,
    /// What stands beside the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tab = expect_context::<Title>();
    Effect::new(move || tab.show(title.get()));
    expect_context::<Arrivals>().arrive(PAGE_TITLE);
    view! {
        <header class="page__head">
            <div class="page__title-row">
                <h1 class="page__title" id=PAGE_TITLE tabindex="-1"><bdi>{title}</bdi></h1>
                {children.map(|children| children())}
            </div>
            <p class="page__lead">{lead}</p>
        </header>
    }
}

/// A part of a page, with a heading of its own.
#[component]
pub(crate) fn Panel(
    /// The id of its heading.
    id: &'static str,
    title: &'static str,
    #[prop(optional)] lead: Option<&'static str>,
    /// Whether it is about destroying something.
    #[prop(optional)]
    danger: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel" class:panel--danger=danger aria-labelledby=id>
            <h2 class="panel__title" id=id tabindex="-1">{title}</h2>
            {lead.map(|lead| view! { <p class="panel__lead">{lead}</p> })}
            {children()}
        </section>
    }
}
