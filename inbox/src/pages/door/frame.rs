//! What the pages at the door look like.

use leptos::prelude::*;

use super::Threshold;
use crate::browser::arrival::Arrivals;
use crate::components::{Brand, Empty, PAGE_TITLE, Said, Shape};
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::state::title::Title;
use crate::words::door;

/// A card in the middle of the page.
#[component]
pub(crate) fn Door(
    /// What the page is for.
    #[prop(into)]
    title: Sentence,
    children: Children,
) -> impl IntoView {
    expect_context::<Title>().show(title.to_string());
    expect_context::<Arrivals>().arrive(PAGE_TITLE);
    view! {
        <main class="door" id="main">
            <div class="card">
                <Brand named=true />
                <h1 class="card__title" id=PAGE_TITLE tabindex="-1"><Said sentence=title /></h1>
                {children()}
            </div>
        </main>
    }
}

/// Says that a mailed link is of no use, and where another one comes from.
#[component]
pub(crate) fn DeadLink(
    title: &'static str,
    lead: &'static str,
    /// Where another one comes from, and what the way there is called.
    #[prop(optional_no_strip)]
    again: Option<(Page, &'static str)>,
) -> impl IntoView {
    expect_context::<Title>().show(title);
    let threshold = expect_context::<Threshold>();
    view! {
        <main class="door" id="main">
            <div class="card card--told">
                <Empty shape=Shape::Mail title=title.to_owned() lead=lead.to_owned() heading=true>
                    {again.map(|(page, words)| view! { <a class="button button--primary" href=page.href() on:click=move |_| threshold.forget_link()>{words}</a> })}
                    <a class="button button--quiet" href=Page::SignIn.href() on:click=move |_| threshold.forget_link()>{door::TO_SIGN_IN}</a>
                </Empty>
            </div>
        </main>
    }
}
