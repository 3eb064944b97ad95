//! Moves the focus.

use std::borrow::Cow;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses the element with this id once the view has been drawn.
pub(crate) fn focus_later(id: impl Into<Cow<'static, str>>) {
    let id = id.into();
    request_animation_frame(move || focus(&id));
}

/// Focuses the element with this id, if there is one.
pub(crate) fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        focus_element(&element);
    }
}

/// Focuses the first element that a selector finds, if there is one.
pub(crate) fn focus_first(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus_element(&element);
    }
}

/// Focuses the text field with this id once the view has been drawn, behind what is written in it.
pub(crate) fn focus_end_later(id: &'static str) {
    request_animation_frame(move || {
        focus(id);
        let field =
            document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(field) = field {
            let end = field.text_length();
            // Fails for no text area.
            let _ = field.set_selection_range(end, end);
        }
    });
}

/// Scrolls to the element with this id once the view has been drawn, if there is one; the focus stays.
pub(crate) fn bring_in_sight_later(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            element.scroll_into_view_with_bool(true);
        }
    });
}

/// Scrolls no further than it takes to show the element with this id, if there is one; the focus stays.
pub(crate) fn keep_in_sight(id: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Focuses an element.
pub(crate) fn focus_element(element: &HtmlElement) {
    // Fails for nothing that is in the document.
    let _ = element.focus();
}
