//! The few drawings of the panel.

use leptos::prelude::*;

/// Draws a shape in a square of 24 units, in the colour of the text around it.
pub(super) fn icon(shape: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=shape />
        </svg>
    }
}

/// An arrow that points down.
pub(super) const DOWN: &str = "M5.3 8.3a1.2 1.2 0 0 1 1.7 0l5 5 5-5a1.2 1.2 0 0 1 1.7 1.7l-5.9 5.8a1.2 1.2 0 0 1-1.6 0L5.3 10a1.2 1.2 0 0 1 0-1.7z";
/// An arrow that points up: send.
pub(super) const SEND: &str = "M12 3.5c.4 0 .7.15 1 .4l6.3 6.3a1.3 1.3 0 0 1-1.9 1.9l-4.1-4.1V19a1.3 1.3 0 0 1-2.6 0V8L6.6 12.1a1.3 1.3 0 0 1-1.9-1.9L11 3.9c.3-.25.6-.4 1-.4z";
/// Three dots: what else can be done.
pub(super) const DOTS: &str = "M6 10.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zm6 0a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zm6 0a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z";
/// A smiling face: emoji.
pub(super) const SMILE: &str = "M12 3.6a8.4 8.4 0 1 1 0 16.8 8.4 8.4 0 0 1 0-16.8zm0 1.7a6.7 6.7 0 1 0 0 13.4 6.7 6.7 0 0 0 0-13.4zM7.8 14.2l1.4-.9a3.3 3.3 0 0 0 5.6 0l1.4.9a5 5 0 0 1-8.4 0zM9.2 9a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4zm5.6 0a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4z";
/// A paper clip: attach.
pub(super) const CLIP: &str = "M16.5 6.5v9a4.5 4.5 0 0 1-9 0v-10a3 3 0 0 1 6 0v9a1.5 1.5 0 0 1-3 0v-8H9v8a3 3 0 0 0 6 0v-9a4.5 4.5 0 0 0-9 0v10a6 6 0 0 0 12 0v-9z";
/// A house that is a speech bubble, with light in its window.
pub(super) const LAMP: &str = "M10.8 2.4a2 2 0 0 1 2.4 0l6.8 5.1c.6.5 1 1.2 1 2V16a2.5 2.5 0 0 1-2.5 2.5h-5.3l-4.6 3.4c-.5.4-1.2 0-1.2-.6v-2.8H5.5A2.5 2.5 0 0 1 3 16V9.5c0-.8.4-1.5 1-2zM12 8.8a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z";
