//! Copies texts.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Copies a text; says whether the browser did.
pub(crate) async fn copy(text: &str) -> bool {
    // Absent on pages that are not secure.
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
