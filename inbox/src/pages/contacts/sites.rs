//! The names of the sites, as the list of conversations knows them.

use leptos::prelude::*;
use protocol::SiteId;

use crate::state::feed::FeedState;
use crate::words::desk::REMOVED_SITE;

/// Sites with their names, those that there are.
#[derive(Clone, Copy)]
pub(in crate::pages) struct SiteNames(Memo<Option<Vec<(SiteId, String)>>>);

impl SiteNames {
    /// Follows the list.
    pub(in crate::pages) fn follow() -> Self {
        let feed = FeedState::here();
        Self(Memo::new(move |_| {
            feed?.with(|view| {
                let counts = view?.counts.as_ref()?;
                Some(counts.iter().map(|one| (one.site, one.name.clone())).collect())
            })
        }))
    }

    /// All of them, tracked, if there is more than one: what is one's only site need not be said.
    pub(in crate::pages) fn several(self) -> Option<Vec<(SiteId, String)>> {
        self.0.get().filter(|sites| sites.len() > 1)
    }

    /// What one is called, tracked, where it need be said.
    pub(in crate::pages) fn name(self, site: SiteId) -> Option<String> {
        self.0.with(|sites| {
            let sites = sites.as_ref()?;
            match sites.iter().find(|(known, _)| *known == site) {
                Some((_, name)) => (sites.len() > 1).then(|| name.clone()),
                None => Some(REMOVED_SITE.to_owned()),
            }
        })
    }
}
