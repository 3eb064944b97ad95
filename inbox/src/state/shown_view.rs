//! The view of the list that is shown: it stands in the address, and every link within the desk keeps it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use protocol::ListView;

use crate::model::page::Page;
use crate::model::views::{query, read};

/// Which one, as the address says.
#[derive(Clone, Copy)]
pub(crate) struct ShownView {
    view: Memo<ListView>,
    go: StoredValue<Box<dyn Fn(ListView)>, LocalStorage>,
}

impl ShownView {
    /// Reads the address, now and whenever it changes.
    pub(crate) fn of_address() -> Self {
        let parameters = use_query_map();
        let view = Memo::new(move |_| parameters.with(|all| read(all.get_str("view"), all.get_str("site"))));
        let (navigate, path) = (use_navigate(), use_location().pathname);
        let go = move |view| {
            let path = path.get_untracked();
            let path = path.strip_prefix(crate::model::page::BASE).unwrap_or(&path);
            navigate(&format!("{path}{}", query(view)), NavigateOptions::default());
        };
        Self { view, go: StoredValue::new_local(Box::new(go)) }
    }

    /// The view, tracked.
    pub(crate) fn get(self) -> ListView {
        self.view.get()
    }

    /// Shows another one.
    pub(crate) fn show(self, view: ListView) {
        self.go.with_value(|go| go(view));
    }

    /// The address of the present page with another view, tracked.
    pub(crate) fn href_of(self, page: Page, view: ListView) -> String {
        format!("{}{}", page.href(), query(view))
    }

    /// The address of a page with the view that is shown, tracked.
    pub(crate) fn link(self, page: Page) -> String {
        self.href_of(page, self.view.get())
    }

    /// The same as the router knows it, untracked.
    pub(crate) fn path(self, page: Page) -> String {
        format!("{}{}", page.path(), query(self.view.get_untracked()))
    }
}
