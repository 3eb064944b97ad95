//! A list whose items change in place: each keeps its element and has a signal of its own.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// Items under keys that never change.
pub(crate) struct KeyedList<T: Send + Sync + 'static> {
    items: RwSignal<Vec<(String, ArcRwSignal<T>)>>,
}

impl<T: Send + Sync + 'static> Clone for KeyedList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for KeyedList<T> {}

impl<T: PartialEq + Send + Sync + 'static> KeyedList<T> {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self { items: RwSignal::new(Vec::new()) }
    }

    /// Replaces the content; items that stayed the same notify nobody.
    pub(crate) fn replace(self, rows: impl IntoIterator<Item = (String, T)>) {
        let before = self.items.get_untracked();
        let mut known: BTreeMap<&str, &ArcRwSignal<T>> =
            before.iter().map(|(key, item)| (key.as_str(), item)).collect();
        let after: Vec<_> = rows
            .into_iter()
            .map(|(key, value)| {
                let Some(item) = known.remove(key.as_str()) else {
                    return (key, ArcRwSignal::new(value));
                };
                if item.with_untracked(|old| *old != value) {
                    item.set(value);
                }
                (key, item.clone())
            })
            .collect();
        let same_order =
            before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| one.0 == other.0);
        if !same_order {
            self.items.set(after);
        }
    }

    /// The items for `<For>`, tracked for their order only.
    pub(crate) fn each(self) -> Vec<(String, ArcRwSignal<T>)> {
        self.items.get()
    }

    /// Whether there is none, tracked.
    pub(crate) fn is_empty(self) -> bool {
        self.items.with(Vec::is_empty)
    }

    /// The key of the first item, untracked.
    pub(crate) fn first_key(self) -> Option<String> {
        self.items.with_untracked(|items| items.first().map(|(key, _)| key.clone()))
    }
}
