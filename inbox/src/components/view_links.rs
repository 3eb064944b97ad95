//! The views of the list, each with how many conversations lie there.

use leptos::prelude::*;
use protocol::{ListView, Shelf, ShelfCounts, SiteCounts, SiteId, WorkspaceId};

use crate::model::page::Page;
use crate::model::views::SHELVES;
use crate::state::shown_view::ShownView;
use crate::words::desk;

/// Links to the views.
#[component]
pub(crate) fn ViewLinks(
    workspace: WorkspaceId,
    view: ShownView,
    /// How many there are of each site; nothing before the server has told.
    #[prop(into)]
    sites: Signal<Option<Vec<SiteCounts>>>,
    /// In how many conversations, of a site or of all, they were named and have not seen it since.
    mentions: Callback<Option<SiteId>, u32>,
    /// The views that not every workspace has.
    children: Children,
) -> impl IntoView {
    let counts = Memo::new(move |_| {
        let chosen = view.get().site;
        sites.with(|sites| {
            let sites = sites.as_ref()?.iter().filter(|one| chosen.is_none_or(|site| one.site == site));
            Some(sites.fold(ShelfCounts::default(), |all, one| all.plus(one.counts)))
        })
    });
    let shelves = SHELVES.into_iter().map(|shelf| {
        let count = Signal::derive(move || match shelf {
            Shelf::Mentions => Some(mentions.run(view.get().site)),
            shelf => counts.try_get().flatten().map(|counts| counts.of(shelf)),
        });
        view! { <li><ViewLink workspace view shelf name=desk::view(shelf).to_owned() count /></li> }
    });
    let shelves = shelves.collect_view();
    view! {
        <nav class="views" aria-label=desk::VIEWS>
            <ul role="list" class="views__list">{shelves}</ul>
            {children()}
        </nav>
    }
}

/// A link to a view, with how many lie there once that is known.
#[component]
pub(crate) fn ViewLink(
    workspace: WorkspaceId,
    view: ShownView,
    shelf: Shelf,
    name: String,
    count: Signal<Option<u32>>,
) -> impl IntoView {
    let keys = desk::view_keys(shelf);
    // A filter says itself of which site.
    let is_of_site = !matches!(shelf, Shelf::Filter(_));
    let href = move || {
        let site = view.get().site.filter(|_| is_of_site);
        view.href_of(Page::Workspace(workspace), ListView { shelf, site })
    };
    let is_here = move || (view.get().shelf == shelf).then_some("page");
    view! {
        <a class="view" href=href aria-current=is_here aria-keyshortcuts=(!keys.is_empty()).then_some(keys)>
            <bdi class="view__name">{name}</bdi>
            {move || count.try_get().flatten().map(|count| view! { <span class="view__count">{desk::count(count)}</span> })}
        </a>
    }
}
