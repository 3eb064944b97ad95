//! The visitor's chat: a Leptos app in a frame without an origin, on somebody else's page.
//!
//! It shows what the engine of the crate `sync` knows and hands it what the visitor does. It owns no rule about
//! conversations, keeps nothing (the loader does that for it) and never writes HTML that a person wrote.

mod app;
mod clock;
mod comings;
mod components;
mod host;
mod hours;
mod labour;
mod live_rows;
mod messages;
mod preview;
mod rows;
mod seldom;
mod strings;
mod tidings;
mod transcript;

/// Waits for the loader and shows the chat.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(app::run());
}
