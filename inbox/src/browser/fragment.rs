//! Takes the token of a mailed link off the address, before anything else can see it there.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::model::mailed_link::{LinkPage, MailedLink, read};

/// Reads the link of the page's address and leaves an address without it, in the history too.
pub(crate) fn take() -> Option<(LinkPage, MailedLink)> {
    let location = window().location();
    let (path, fragment) = (location.pathname().unwrap_or_default(), location.hash().unwrap_or_default());
    let link = read(&path, fragment.trim_start_matches('#'));
    if link.is_some()
        && let Ok(history) = window().history()
    {
        let address = format!("{path}{}", location.search().unwrap_or_default());
        // Fails only for another origin.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    link
}

/// Hears of links that are pasted into the address of a page that is open, which loads nothing.
pub(crate) fn on_another(heard: impl Fn((LinkPage, MailedLink)) + 'static) {
    EventListener::new(&window(), "hashchange", move |_| {
        if let Some(link) = take() {
            heard(link);
        }
    })
    .forget();
}
