//! Keys of the keyboard, as the views hear of them.

use core::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

use super::attention::keep;
use super::settings::Settings;
use crate::model::shortcut::{GO_MS, KeyDown, Shortcut, shortcut, way};

const FIELDS: &str = "input, textarea, select, [contenteditable]";
const CONTROLS: &str = "a, button, summary, [role=tab]";

/// Hears shortcuts until the owner is gone; `handle` says whether it took one.
pub(crate) fn on_shortcut(settings: Settings, handle: impl Fn(Shortcut) -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    let went = Cell::new(f64::NEG_INFINITY);
    let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || is_in_dialog(event) {
            return;
        }
        let now = event.time_stamp();
        let is_way = went.replace(f64::NEG_INFINITY) + GO_MS >= now;
        let down = key_down(event);
        let (key, code) = (event.key(), event.code());
        let down = KeyDown { key: &key, code: &code, ..down };
        let way = if is_way { way(down) } else { None };
        let Some(shortcut) = way.or_else(|| shortcut(down)) else { return };
        if shortcut == Shortcut::Go {
            went.set(now);
            return;
        }
        let is_off = !settings.shortcuts.get_untracked() && shortcut != Shortcut::Back;
        if !is_off && handle(shortcut) {
            event.prevent_default();
        }
    });
    keep(vec![listener]);
}

/// Whether the key belongs to a word that an input method is making.
pub(crate) fn is_composing(event: &KeyboardEvent) -> bool {
    // Safari ends the composition before the key that ended it; its key code is then 229.
    event.is_composing() || event.key_code() == 229
}

/// What is known of a key but for its name.
fn key_down(event: &KeyboardEvent) -> KeyDown<'static> {
    KeyDown {
        modified: event.ctrl_key() || event.alt_key() || event.meta_key(),
        shift: event.shift_key(),
        composing: is_composing(event),
        in_field: is_within(event, FIELDS),
        on_control: is_within(event, CONTROLS),
        ..KeyDown::default()
    }
}

fn is_in_dialog(event: &KeyboardEvent) -> bool {
    is_within(event, "dialog") || is_within(event, "[popover]")
}

fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.and_then(|element| element.closest(selector).ok().flatten()).is_some()
}
