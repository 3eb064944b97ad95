//! Whether a person can be looking at this tab.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use leptos::prelude::*;

/// Follows whether the tab is visible, until the owner is gone.
pub(crate) fn attention() -> ReadSignal<bool> {
    let (read, write) = signal(is_visible());
    let changed = EventListener::new(&document(), "visibilitychange", move |_| write.set(is_visible()));
    let shown = EventListener::new(&window(), "pageshow", move |_| write.set(is_visible()));
    keep(vec![changed, shown]);
    read
}

/// Whether the page has the focus at this moment.
pub(crate) fn has_focus() -> bool {
    document().has_focus().unwrap_or_default()
}

/// Calls `then` whenever the page gets the focus, until the owner is gone.
pub(crate) fn on_focus(then: impl Fn() + 'static) {
    keep(vec![EventListener::new(&window(), "focus", move |_| then())]);
}

/// Milliseconds between two tellings of use: who listens looks at minutes.
const USE_MS: f64 = 5_000.0;

/// Calls `then` when somebody uses the page, now and then while they go on, until the owner is gone.
pub(crate) fn on_use(then: impl Fn() + 'static) {
    let (then, told) = (Rc::new(then), Rc::new(Cell::new(0.0)));
    let listeners = ["keydown", "pointerdown", "pointermove", "wheel"].map(|kind| {
        let (then, told) = (then.clone(), told.clone());
        EventListener::new(&window(), kind, move |_| {
            let now = js_sys::Date::now();
            // A clock that was set back must not silence it.
            if !(0.0..USE_MS).contains(&(now - told.get())) {
                told.set(now);
                then();
            }
        })
    });
    keep(listeners.into());
}

/// Keeps listeners until the owner is gone.
pub(crate) fn keep(listeners: Vec<EventListener>) {
    let kept = StoredValue::new_local(listeners);
    on_cleanup(move || {
        kept.try_update_value(Vec::clear);
    });
}

fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}
