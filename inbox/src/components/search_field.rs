//! Where one types what is to be found.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{Icon, Shape};
use crate::browser::focus::focus_first;
use crate::browser::keys::is_composing;
use crate::state::search::Search;
use crate::words::search;

/// The id of the field.
pub(crate) const SEARCH_FIELD: &str = "search";

/// The id of the list of results.
pub(crate) const RESULTS: &str = "results";

/// A field; Escape empties it, the arrow goes down to the results.
#[component]
pub(crate) fn SearchField(search: Search) -> impl IntoView {
    let on_key = move |event: KeyboardEvent| {
        if is_composing(&event) {
            return;
        }
        match event.key().as_str() {
            "Escape" if search.is_on() => search.text.set(String::new()),
            "ArrowDown" if search.is_on() => focus_first(&format!("#{RESULTS} [data-row]")),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <form role="search" class="search" on:submit=move |event| event.prevent_default()>
            <Icon shape=Shape::Search />
            <input
                id=SEARCH_FIELD
                type="search"
                class="search__field"
                autocomplete="off"
                spellcheck="false"
                maxlength=protocol::limits::SEARCH_CHARACTERS.to_string()
                aria-label=search::NAME
                aria-keyshortcuts="/"
                placeholder=search::PLACEHOLDER
                prop:value=search.text
                on:input:target=move |event| search.text.set(event.target().value())
                on:keydown=on_key
            />
        </form>
    }
}
