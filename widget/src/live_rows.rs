//! The rows in the list: each keeps its element for as long as it is there, and moves only where others come or go.
//!
//! Leptos' own keyed list does the same and weighs half as much as all that shows messages.

use core::any::Any;
use std::collections::VecDeque;

use leptos::mount::mount_to;
use leptos::prelude::*;
use sync::ItemKey;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::rows::Row;

/// What is in the list, in its order.
pub(crate) struct LiveRows<S> {
    place: HtmlElement,
    show: S,
    /// Whose the rows are: not that of the effect that changes them.
    owner: Owner,
    rows: VecDeque<LiveRow>,
}

struct LiveRow {
    key: ItemKey,
    row: ArcRwSignal<Row>,
    element: Element,
    /// Takes the element away when it is dropped.
    _mounted: Box<dyn Any>,
}

impl<S, V> LiveRows<S>
where
    S: Fn(ArcRwSignal<Row>) -> V + Copy + 'static,
    V: IntoView + 'static,
{
    /// An empty list at the beginning of a place; `show` makes one element of a row.
    pub(crate) fn new(place: HtmlElement, show: S) -> Self {
        Self { place, show, owner: Owner::new(), rows: VecDeque::new() }
    }

    /// Shows these rows and no others.
    pub(crate) fn update(&mut self, fresh: Vec<Row>) {
        let mut upto = 0;
        self.rows.retain(|live| {
            let (before, after) = fresh.split_at(upto);
            match after.iter().position(|row| row.key == live.key) {
                Some(skipped) => {
                    upto += skipped + 1;
                    true
                }
                None => before.iter().any(|row| row.key == live.key),
            }
        });
        let mut rows = core::mem::take(&mut self.rows);
        let mut next = self.place.first_element_child();
        for row in fresh {
            let known = rows.iter().position(|live| live.key == row.key).and_then(|index| rows.remove(index));
            let Some(live) = known.or_else(|| self.mount(&row)) else { continue };
            if next.as_ref() == Some(&live.element) {
                next = live.element.next_element_sibling();
            } else {
                // The list is ours alone, so that what follows is still in it.
                let _ = self.place.insert_before(&live.element, next.as_deref());
            }
            if live.row.with_untracked(|shown| *shown != row) {
                live.row.set(row);
            }
            self.rows.push_back(live);
        }
    }

    fn mount(&self, row: &Row) -> Option<LiveRow> {
        let cradle: HtmlElement = document().create_element("div").ok()?.unchecked_into();
        let signal = ArcRwSignal::new(row.clone());
        let (show, shown) = (self.show, signal.clone());
        let mounted = self.owner.with(|| untrack(|| mount_to(cradle.clone(), move || show(shown))));
        Some(LiveRow {
            key: row.key,
            row: signal,
            element: cradle.first_element_child()?,
            _mounted: Box::new(mounted),
        })
    }
}
