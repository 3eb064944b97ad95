//! Types for somebody: as if by hand, so that the browser can undo it.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use crate::model::wrapping::{Wrapping, wrapped};

/// Replaces what is selected in a field.
pub(crate) fn type_text(field: &HtmlTextAreaElement, text: &str) {
    // Fails for nothing that is in the document.
    let _ = field.focus();
    let is_typed = document().dyn_into::<HtmlDocument>().is_ok_and(|document| {
        document.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or(false)
    });
    if !is_typed && field.set_range_text(text).is_ok() {
        let _ = web_sys::Event::new("input").and_then(|event| field.dispatch_event(&event));
    }
}

/// Replaces what is between two places of a field.
pub(crate) fn type_over(field: &HtmlTextAreaElement, (from, until): (u32, u32), text: &str) {
    // Fails for no text area.
    let _ = field.set_selection_range(from, until);
    type_text(field, text);
}

/// Puts marks around what is selected in a field, or takes them off, and leaves it selected.
pub(crate) fn wrap_selection(field: &HtmlTextAreaElement, wrapping: Wrapping) {
    let (Ok(Some(start)), Ok(Some(end))) = (field.selection_start(), field.selection_end()) else { return };
    let units: Vec<u16> = field.value().encode_utf16().take(end as usize).skip(start as usize).collect();
    let wrapped = wrapped(&String::from_utf16_lossy(&units), wrapping);
    type_text(field, &wrapped.text);
    let length = u32::try_from(wrapped.text.encode_utf16().count()).unwrap_or_default();
    let (from, to) = match wrapped.caret_before_end {
        Some(units) => (start + length - units, start + length - units),
        None => (start, start + length),
    };
    let _ = field.set_selection_range(from, to);
}
