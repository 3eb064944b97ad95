//! Whether a person can be looking at this tab.

use gloo::events::EventListener;
use leptos::prelude::*;

/// Follows whether the tab is visible and its window has the focus, until the owner is gone.
pub(crate) fn attention() -> ReadSignal<bool> {
    let (read, write) = signal(is_attended());
    let mut listeners = vec![EventListener::new(&document(), "visibilitychange", move |_| write.set(is_attended()))];
    for event in ["focus", "blur", "pageshow"] {
        listeners.push(EventListener::new(&window(), event, move |_| write.set(is_attended())));
    }
    keep(listeners);
    read
}

/// Keeps listeners until the owner is gone.
pub(crate) fn keep(listeners: Vec<EventListener>) {
    let kept = StoredValue::new_local(listeners);
    on_cleanup(move || {
        kept.try_update_value(Vec::clear);
    });
}

fn is_attended() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible && document().has_focus().unwrap_or(true)
}
