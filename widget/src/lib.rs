//! The visitor's chat: a Leptos app in a frame without an origin, on somebody else's page.
//!
//! It shows what the engine of the crate `sync` knows and hands it what the visitor does. It owns no rule about
//! conversations, keeps nothing (the loader does that for it) and never writes HTML that a person wrote.

mod accent;
mod app;
mod clock;
mod components;
mod host;
mod labour;
mod links;
mod messages;
mod rows;
mod strings;
mod tidings;

/// Waits for the loader and shows the chat.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(app::run());
}
