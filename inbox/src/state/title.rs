//! The title of the browser's tab, and the number on the app's icon.

use leptos::prelude::*;

use crate::browser::badge;
use crate::words;

/// What is on screen, and how many conversations wait.
#[derive(Clone, Copy)]
pub(crate) struct Title {
    page: RwSignal<Option<String>>,
    waiting: RwSignal<usize>,
}

impl Title {
    /// Writes the title whenever one of them changes.
    pub(crate) fn new() -> Self {
        let title = Self { page: RwSignal::new(None), waiting: RwSignal::new(0) };
        Effect::new(move || {
            let waiting = title.waiting.get();
            title.page.with(|page| document().set_title(&words::document_title(waiting, page.as_deref())));
        });
        Effect::new(move || badge::show(title.waiting.get()));
        title
    }

    /// Names the page that is on screen until the owner is gone.
    pub(crate) fn show(self, page: impl Into<String>) {
        let page = Some(page.into());
        self.page.set(page.clone());
        on_cleanup(move || {
            // The next page may have named itself already.
            if self.page.try_get_untracked() == Some(page) {
                self.page.try_set(None);
            }
        });
    }

    /// Tells how many conversations wait for an agent.
    pub(crate) fn count(self, waiting: usize) {
        if self.waiting.try_get_untracked().is_some_and(|known| known != waiting) {
            self.waiting.try_set(waiting);
        }
    }
}
