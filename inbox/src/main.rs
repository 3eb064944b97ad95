//! The agents' inbox: the door, the list of conversations, the thread, what is known of the visitor, and the settings.
//!
//! Pages read the engine's views through signals and hand it inputs; what follows from an input is decided in `sync`.
//! `model` turns views into what is shown and is tested on the host; `browser` and `state` are thin shells.

#![expect(unreachable_pub, reason = "the component macro of leptos writes `pub` whatever a component says")]

mod api;
mod app;
mod browser;
mod components;
mod model;
mod pages;
mod state;
mod words;

use leptos::prelude::*;

fn main() {
    // Before anything else: no other code sees the token in the address.
    let link = browser::fragment::take();
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(move || view! { <app::App link /> });
}
