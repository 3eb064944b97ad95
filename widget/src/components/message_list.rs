//! What was said, and the end of it in sight as long as the visitor has not scrolled away.
//!
//! The scrolling box lays its one child out from the bottom (`column-reverse`), so that the browser itself keeps the
//! end in sight when something comes below and keeps the place when something comes above.

use leptos::ev;
use leptos::prelude::*;
use sync::Input;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icons::{DOWN, icon};
use super::{ROWS, action, flag, text, word};
use crate::app::{App, element};
use crate::strings::{fill, strings};

const LOG: &str = "log";

/// Within so many pixels, the end counts as in sight.
const NEAR: i32 = 48;

/// Within so many pixels of the beginning, what is older is asked for.
const FAR: i32 = 300;

/// The list with its greeting, the typing notice and the way back to the end.
pub(super) fn message_list(app: App, greeting: String) -> impl IntoView {
    let more_above = flag(move || app.view.with(|view| view.more_above));
    let nothing_above = flag(move || !more_above.get());
    // What was said long ago is not news.
    let live =
        text(move || String::from(if app.view.with(|view| view.loading_older) { "off" } else { "polite" }));
    let nothing_new = flag(move || app.at_end.get() || app.view.with(|view| view.unread == 0));
    let greeting =
        text(
            move || {
                if greeting.is_empty() { strings().default_greeting.to_owned() } else { greeting.clone() }
            },
        );
    let scrolled: Box<dyn FnMut(ev::Event)> = Box::new(move |event| {
        let Some(log) = event.target() else { return };
        let log: HtmlElement = log.unchecked_into();
        // Counted from the end, so that it is never positive.
        let position = log.scroll_top();
        let at_end = position > -NEAR;
        if app.at_end.get_untracked() != at_end {
            app.at_end.set(at_end);
            app.look();
        }
        let above = log.scroll_height() - log.client_height() + position;
        // What is at the beginning must not stay in view when something older comes above it.
        let anchor = if above < FAR { "none" } else { "auto" };
        let _ = HtmlElement::style(&log).set_property("overflow-anchor", anchor);
        if above < FAR {
            load_older(app);
        }
    });
    view! {
        <div id=LOG role="log" aria-label=strings().messages aria-live=live tabindex="0" on:scroll=scrolled>
            <div class="inside">
                <button class="link earlier" hidden=nothing_above on:click=action(move || load_older(app))>
                    {word(|words| words.earlier)}
                </button>
                <p class="greeting" dir="auto" hidden=more_above>{greeting}</p>
                <div id=ROWS></div>
                {typing(app)}
            </div>
        </div>
        <div class="seam">
            <button class="pill" hidden=nothing_new on:click=action(to_the_end)>
                {icon(DOWN)}
                {word(|words| words.new_messages)}
            </button>
        </div>
    }
}

/// Brings the newest message in sight.
pub(super) fn to_the_end() {
    if let Some(log) = element::<HtmlElement>(LOG) {
        log.set_scroll_top(0);
    }
}

fn load_older(app: App) {
    if app.view.with_untracked(|view| view.more_above && !view.loading_older) {
        app.dispatch(Input::LoadOlder);
    }
}

/// Shows that somebody types; not said aloud, for it comes and goes.
fn typing(app: App) -> impl IntoView {
    let nobody = flag(move || app.view.with(|view| view.typing.is_empty()));
    let says = text(move || {
        app.view.with(|view| match view.typing.last().map(|writing| &writing.author) {
            Some(protocol::Author::Agent(agent)) => fill(strings().is_typing, &[("name", &agent.name)]),
            Some(_) => fill(strings().is_typing, &[("name", strings().team)]),
            None => String::new(),
        })
    });
    view! {
        <div class="typing" aria-live="off" hidden=nobody>
            <div class="dots" aria-hidden="true"><i></i><i></i><i></i></div>
            <p class="hidden">{says}</p>
        </div>
    }
}
