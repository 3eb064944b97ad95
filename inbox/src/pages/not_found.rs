//! An address that leads nowhere.

use leptos::prelude::*;

use crate::components::{Empty, Shape};
use crate::model::page::Page;
use crate::words::thread;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <main class="pane pane--alone" id="main">
            <Empty shape=Shape::Warning title=thread::PAGE_NOT_FOUND.to_owned() lead=String::new() heading=true>
                <a class="button" href=Page::Home.href()>{thread::TO_LIST}</a>
            </Empty>
        </main>
    }
}
