//! An address that leads nowhere.

use leptos::prelude::*;

use crate::app::BASE;
use crate::components::{Empty, Shape};
use crate::words::thread;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <main class="pane" id="main">
            <Empty shape=Shape::Warning title=thread::PAGE_NOT_FOUND.to_owned() lead=String::new()>
                <a class="button" href=format!("{BASE}/")>{thread::TO_LIST}</a>
            </Empty>
        </main>
    }
}
