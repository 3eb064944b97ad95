//! Keys of the keyboard, as the views hear of them.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

use super::attention::keep;
use super::settings::Settings;
use crate::model::shortcut::{KeyDown, Shortcut, shortcut};

const FIELDS: &str = "input, textarea, select, [contenteditable]";
const CONTROLS: &str = "a, button, summary, [role=tab]";

/// Hears shortcuts until the owner is gone; `handle` says whether it took one.
pub(crate) fn on_shortcut(settings: Settings, handle: impl Fn(Shortcut) -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || is_in_dialog(event) {
            return;
        }
        let Some(shortcut) = read(event) else { return };
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

fn read(event: &KeyboardEvent) -> Option<Shortcut> {
    shortcut(KeyDown {
        key: &event.key(),
        code: &event.code(),
        modified: event.ctrl_key() || event.alt_key() || event.meta_key(),
        shift: event.shift_key(),
        composing: is_composing(event),
        in_field: is_within(event, FIELDS),
        on_control: is_within(event, CONTROLS),
    })
}

fn is_in_dialog(event: &KeyboardEvent) -> bool {
    is_within(event, "dialog") || is_within(event, "[popover]")
}

fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.and_then(|element| element.closest(selector).ok().flatten()).is_some()
}
