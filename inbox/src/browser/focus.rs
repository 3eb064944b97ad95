//! Moves the focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Focuses the element with this id once the view has been drawn.
pub(crate) fn focus_later(id: &'static str) {
    request_animation_frame(move || focus(id));
}

/// Focuses the element with this id, if there is one.
pub(crate) fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        focus_element(&element);
    }
}

/// Focuses an element.
pub(crate) fn focus_element(element: &HtmlElement) {
    // Fails for nothing that is in the document.
    let _ = element.focus();
}
