//! Where the focus goes when a page takes the place of another.

use leptos::prelude::*;

use super::focus::focus_later;

/// Knows whether the app has shown a page: the first one leaves the focus where the browser puts it.
#[derive(Clone, Copy)]
pub(crate) struct Arrivals(StoredValue<bool>);

impl Arrivals {
    /// No page was shown.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(false))
    }

    /// Says whether there was a page before this one.
    pub(crate) fn begin(self) -> bool {
        self.0.try_update_value(|begun| core::mem::replace(begun, true)).unwrap_or(true)
    }

    /// Moves the focus to the heading of a page that takes the place of another.
    pub(crate) fn arrive(self, heading: &'static str) {
        if self.begin() {
            focus_later(heading);
        }
    }
}
