//! The views of the list, each with how many conversations lie there.

use leptos::prelude::*;
use protocol::{ListView, Shelf, ShelfCounts, SiteCounts, WorkspaceId};

use crate::model::page::Page;
use crate::model::views::SHELVES;
use crate::state::shown_view::ShownView;
use crate::words::desk;

/// Links to the views, and the choice of a site where there are several.
#[component]
pub(crate) fn ViewLinks(
    workspace: WorkspaceId,
    view: ShownView,
    /// How many there are of each site; nothing before the server has told.
    #[prop(into)]
    sites: Signal<Option<Vec<SiteCounts>>>,
) -> impl IntoView {
    let counts = Memo::new(move |_| {
        let chosen = view.get().site;
        sites.with(|sites| {
            let sites = sites.as_ref()?.iter().filter(|one| chosen.is_none_or(|site| one.site == site));
            Some(sites.fold(ShelfCounts::default(), |all, one| all.plus(one.counts)))
        })
    });
    let link = move |shelf: Shelf| {
        let href = move || {
            let site = view.get().site;
            view.href_of(Page::Workspace(workspace), ListView { shelf, site })
        };
        let is_here = move || (view.get().shelf == shelf).then_some("page");
        let count = move || counts.get().map(|counts| counts.of(shelf));
        view! {
            <li>
                <a class="view" href=href aria-current=is_here aria-keyshortcuts=desk::view_keys(shelf)>
                    <span class="view__name">{desk::view(shelf)}</span>
                    {move || count().map(|count| view! { <span class="view__count">{desk::count(count)}</span> })}
                </a>
            </li>
        }
    };
    let has_choice = Memo::new(move |_| {
        let is_chosen = view.get().site.is_some();
        is_chosen || sites.with(|sites| sites.as_ref().is_some_and(|sites| sites.len() > 1))
    });
    view! {
        <nav class="views" aria-label=desk::VIEWS>
            <ul role="list" class="views__list">{SHELVES.into_iter().map(link).collect_view()}</ul>
            <Show when=move || has_choice.get()>
                <SiteChoice view sites />
            </Show>
        </nav>
    }
}

#[component]
fn SiteChoice(view: ShownView, sites: Signal<Option<Vec<SiteCounts>>>) -> impl IntoView {
    let choose = move |value: String| {
        view.show(ListView { site: value.parse().ok(), ..view.get() });
    };
    let options = move || {
        let chosen = view.get().site;
        let all = sites.get().unwrap_or_default();
        all.into_iter()
            .map(|one| {
                let name = if one.name.is_empty() { desk::REMOVED_SITE.to_owned() } else { one.name };
                view! {
                    <option value=one.site.to_string() selected=chosen == Some(one.site)>
                        {desk::site_option(&name, one.counts.open)}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <select
            class="select views__site"
            aria-label=desk::SITE
            on:change:target=move |event| choose(event.target().value())
        >
            <option value="" selected=move || view.get().site.is_none()>{desk::ALL_SITES}</option>
            {options}
        </select>
    }
}
