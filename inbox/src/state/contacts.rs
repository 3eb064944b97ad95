//! Which contacts the person looks for: kept while they look at one of them, and come back.

use leptos::prelude::*;
use protocol::http::contact::ContactFilter;

use crate::words::contacts::acquaintance_named;

/// What narrows the list of contacts down. Each is empty for all.
#[derive(Clone, Copy)]
pub(crate) struct ContactChoice {
    /// Words of name and address.
    pub(crate) text: RwSignal<String>,
    /// A site, by its id.
    pub(crate) site: RwSignal<String>,
    /// How sure it is who they are, by the name of that.
    pub(crate) acquaintance: RwSignal<String>,
}

impl ContactChoice {
    /// All of them.
    pub(crate) fn new() -> Self {
        let all = || RwSignal::new(String::new());
        Self { text: all(), site: all(), acquaintance: all() }
    }

    /// What to ask for, tracked.
    pub(crate) fn filter(self) -> ContactFilter {
        ContactFilter {
            text: self.text.with(|text| text.trim().to_owned()),
            site: self.site.with(|id| id.parse().ok()),
            acquaintance: self.acquaintance.with(|name| acquaintance_named(name)),
        }
    }

    /// Whether anything is chosen, tracked.
    pub(crate) fn is_any(self) -> bool {
        self.filter() != ContactFilter::default()
    }
}
