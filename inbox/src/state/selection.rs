//! The rows of the list that are selected, and who does something with them.

use leptos::prelude::*;
use protocol::ConversationId;

use crate::model::selection::Selection;
use crate::model::shortcut::Shortcut;

type Hearer = Box<dyn Fn(Shortcut) -> bool>;

/// Which rows are selected.
#[derive(Clone, Copy)]
pub(crate) struct Selected {
    selection: RwSignal<Selection>,
    hearer: StoredValue<Option<Hearer>, LocalStorage>,
    /// Whether the person may do anything to a conversation at all.
    pub(crate) is_possible: bool,
}

impl Selected {
    /// Nothing yet.
    pub(crate) fn new(is_possible: bool) -> Self {
        Self {
            selection: RwSignal::new(Selection::default()),
            hearer: StoredValue::new_local(None),
            is_possible,
        }
    }

    /// Reads it, tracked.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Selection) -> T) -> T {
        self.selection.with(read)
    }

    /// Reads it, untracked.
    pub(crate) fn with_untracked<T>(self, read: impl FnOnce(&Selection) -> T) -> T {
        self.selection.with_untracked(read)
    }

    /// Changes it.
    pub(crate) fn update(self, change: impl FnOnce(&mut Selection)) {
        self.selection.update(change);
    }

    /// Forgets those that are not shown any more.
    pub(crate) fn keep_shown(self, is_shown: impl Fn(ConversationId) -> bool) {
        self.selection.maybe_update(|selection| selection.keep_shown(is_shown));
    }

    /// Has `hear` do what is asked for, until the owner is gone; it says whether it took it.
    pub(crate) fn hear(self, hear: impl Fn(Shortcut) -> bool + 'static) {
        self.hearer.set_value(Some(Box::new(hear)));
        on_cleanup(move || drop(self.hearer.try_set_value(None)));
    }

    /// Asks for something to be done to all of them; says whether it is.
    pub(crate) fn press(self, shortcut: Shortcut) -> bool {
        self.hearer.try_with_value(|hearer| hearer.as_ref().is_some_and(|hear| hear(shortcut))) == Some(true)
    }
}
