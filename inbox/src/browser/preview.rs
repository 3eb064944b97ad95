//! The frame that shows a site's chat, and what it is told.

use js_sys::JSON;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{HtmlIFrameElement, MessageEvent};

/// Calls back when a frame says that it is ready to be told something, until the caller's view goes.
pub(crate) fn on_ready(frame: NodeRef<leptos::html::Iframe>, act: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("message", move |event| {
        let Some(event) = wasm_bindgen::JsCast::dyn_ref::<MessageEvent>(&event) else { return };
        let is_ours = frame.get_untracked().and_then(|frame| frame.content_window()).is_some_and(|window| {
            let source: JsValue = event.source().map(Into::into).unwrap_or_default();
            source == JsValue::from(window)
        });
        if is_ours {
            act();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Tells a frame of our own origin something.
pub(crate) fn tell(frame: &HtmlIFrameElement, text: &str) {
    let origin = window().location().origin().unwrap_or_default();
    if let (Some(window), Ok(message)) = (frame.content_window(), JSON::parse(text)) {
        // The origin is one, and what was parsed can be copied.
        let _ = window.post_message(&message, &origin);
    }
}
