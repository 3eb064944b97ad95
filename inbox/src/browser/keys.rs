//! Keys of the keyboard, as the views hear of them.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

use super::attention::keep;
use super::settings::Settings;
use crate::model::shortcut::{GO_MS, KeyDown, Shortcut, shortcut, way};

const FIELDS: &str = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const CONTROLS: &str = "a, button, summary, [role=tab]";

type Handler = Rc<dyn Fn(Shortcut) -> bool>;

/// Whoever does what keys ask for.
#[derive(Clone, Copy)]
pub(crate) struct Keys(StoredValue<Handlers, LocalStorage>);

#[derive(Default)]
struct Handlers {
    all: Vec<(u32, Handler)>,
    last: u32,
}

impl Keys {
    /// Listens to the page's keys until the owner is gone.
    pub(crate) fn listen(settings: Settings) -> Self {
        let keys = Self(StoredValue::new_local(Handlers::default()));
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
            let is_single = !down.control && shortcut != Shortcut::Back;
            if (!is_single || settings.shortcuts.get_untracked()) && keys.press(shortcut) {
                event.prevent_default();
            }
        });
        keep(vec![listener]);
        keys
    }

    /// Has `handle` hear what is asked for until the owner is gone; it says whether it took it.
    pub(crate) fn hear(self, handle: impl Fn(Shortcut) -> bool + 'static) {
        let id = self.0.try_update_value(|handlers| {
            handlers.last += 1;
            handlers.all.push((handlers.last, Rc::new(handle)));
            handlers.last
        });
        on_cleanup(move || {
            self.0.try_update_value(|handlers| handlers.all.retain(|(handler, _)| Some(*handler) != id));
        });
    }

    /// Asks for something, as a key would; says whether anybody took it.
    pub(crate) fn press(self, shortcut: Shortcut) -> bool {
        // Who takes it may hear, or stop hearing, at once.
        let all = self.0.try_with_value(|handlers| handlers.all.clone()).unwrap_or_default();
        all.iter().any(|(_, handle)| handle(shortcut))
    }
}

/// Whether the key belongs to a word that an input method is making.
pub(crate) fn is_composing(event: &KeyboardEvent) -> bool {
    // Safari ends the composition before the key that ended it; its key code is then 229.
    event.is_composing() || event.key_code() == 229
}

/// What is known of a key but for its name.
fn key_down(event: &KeyboardEvent) -> KeyDown<'static> {
    let control = event.ctrl_key() || event.meta_key();
    KeyDown {
        control: control && !event.alt_key(),
        modified: control || event.alt_key(),
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
