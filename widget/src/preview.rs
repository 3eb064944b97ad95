//! The newest message in place of the closed panel: its row, with all else taken away by the style sheet.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ResizeObserver};

use crate::app::{App, element};
use crate::components::PANEL;

/// Tells the style sheet.
const PREVIEW: &str = "data-preview";

/// Whether the frame shows the newest message only.
pub(crate) fn is_shown() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(PREVIEW))
}

/// Shows the newest message only, or the panel again.
pub(crate) fn show(is_preview: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force(PREVIEW, is_preview);
    }
}

/// Its height in pixels; none where it is not shown.
pub(crate) fn height() -> i32 {
    let panel = element::<HtmlElement>(PANEL).filter(|_| is_shown());
    panel.map_or(0, |panel| panel.offset_height())
}

/// Tells the loader whenever the preview takes another height.
pub(crate) fn watch(app: App) {
    let changed = Closure::<dyn FnMut()>::new(move || {
        if is_shown() {
            app.tell_preview();
        }
    });
    // Frame and panel end together.
    if let (Some(panel), Ok(observer)) =
        (element::<HtmlElement>(PANEL), ResizeObserver::new(changed.into_js_value().unchecked_ref()))
    {
        observer.observe(&panel);
    }
}
