//! Keeps the place in the thread: at the end while the reader is at the end, and else where they are reading, also
//! when earlier messages come in above.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Pixels from the end that still count as the end.
const NEAR: i32 = 40;

/// Pixels from the start at which earlier messages are fetched.
const START: i32 = 160;

/// The place in a scrolled thread.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    scroller: NodeRef<Div>,
    at_end: RwSignal<bool>,
    at_start: RwSignal<bool>,
    from_end: StoredValue<i32>,
}

impl Place {
    /// Begins at the end. Follows the size of the scroller and of `content`, whose first row is named by `first`.
    pub(crate) fn follow(
        scroller: NodeRef<Div>,
        content: NodeRef<Div>,
        first: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let place = Self {
            scroller,
            at_end: RwSignal::new(true),
            at_start: RwSignal::new(false),
            from_end: StoredValue::new(0),
        };
        let mut known = None;
        let resized = Closure::<dyn FnMut()>::new(move || {
            let first = first();
            place.settle(known != first);
            known = first;
        });
        let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) else {
            return place;
        };
        let kept = StoredValue::new_local((observer, resized));
        Effect::new(move || {
            let (Some(scroller), Some(content)) = (scroller.get(), content.get()) else {
                return;
            };
            kept.with_value(|(observer, _)| {
                observer.observe(&scroller);
                observer.observe(&content);
            });
        });
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        place
    }

    /// Whether the newest row is in sight, tracked.
    pub(crate) fn at_end(self) -> bool {
        self.at_end.get()
    }

    /// Whether the oldest row is nearly in sight, tracked.
    pub(crate) fn at_start(self) -> bool {
        self.at_start.get()
    }

    /// Notes where the reader scrolled to.
    pub(crate) fn note(self) {
        let Some(element) = self.element() else { return };
        let from_end = element.scroll_height() - element.scroll_top();
        self.from_end.set_value(from_end);
        set_if_new(self.at_end, from_end - element.client_height() <= NEAR);
        set_if_new(self.at_start, element.scroll_top() <= START);
    }

    /// Goes to the newest row.
    pub(crate) fn go_to_end(self) {
        let Some(element) = self.element() else { return };
        element.set_scroll_top(element.scroll_height());
        self.note();
    }

    fn settle(self, came_above: bool) {
        let Some(element) = self.element() else { return };
        if self.at_end.get_untracked() {
            element.set_scroll_top(element.scroll_height());
        } else if came_above {
            element.set_scroll_top(element.scroll_height() - self.from_end.get_value());
        }
        self.note();
    }

    fn element(self) -> Option<Element> {
        self.scroller.try_get_untracked().flatten().map(|element| element.unchecked_into())
    }
}

fn set_if_new(signal: RwSignal<bool>, value: bool) {
    if signal.try_get_untracked() != Some(value) {
        signal.try_set(value);
    }
}
