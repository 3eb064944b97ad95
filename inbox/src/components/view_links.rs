//! The views of the list, each with how many conversations lie there.

use leptos::prelude::*;
use protocol::{AgentId, ListView, Shelf, ShelfCounts, SiteCounts, SiteId, WorkspaceId};

use crate::model::asked::own_first;
use crate::model::page::Page;
use crate::model::views::SHELVES;
use crate::state::people::Colleagues;
use crate::state::shown_view::ShownView;
use crate::words::desk;

/// Links to the views, those of teams with one's own first, and the choice of a site where there are several.
#[component]
pub(crate) fn ViewLinks(
    workspace: WorkspaceId,
    view: ShownView,
    /// How many there are of each site; nothing before the server has told.
    #[prop(into)]
    sites: Signal<Option<Vec<SiteCounts>>>,
    /// In how many conversations, of a site or of all, they were named and have not seen it since.
    mentions: Callback<Option<SiteId>, u32>,
    /// Who looks.
    me: Option<AgentId>,
) -> impl IntoView {
    let colleagues = expect_context::<Colleagues>();
    let counts = Memo::new(move |_| {
        let chosen = view.get().site;
        sites.with(|sites| {
            let sites = sites.as_ref()?.iter().filter(|one| chosen.is_none_or(|site| one.site == site));
            Some(sites.fold(ShelfCounts::default(), |all, one| all.plus(one.counts)))
        })
    });
    let link = move |shelf: Shelf, name: String, count: Signal<Option<u32>>| {
        let keys = desk::view_keys(shelf);
        let href = move || {
            let site = view.get().site;
            view.href_of(Page::Workspace(workspace), ListView { shelf, site })
        };
        let is_here = move || (view.get().shelf == shelf).then_some("page");
        view! {
            <li>
                <a class="view" href=href aria-current=is_here aria-keyshortcuts=(!keys.is_empty()).then_some(keys)>
                    <bdi class="view__name">{name}</bdi>
                    {move || count.try_get().flatten().map(|count| view! { <span class="view__count">{desk::count(count)}</span> })}
                </a>
            </li>
        }
    };
    let shelves = SHELVES.into_iter().map(|shelf| {
        let count = Signal::derive(move || match shelf {
            Shelf::Mentions => Some(mentions.run(view.get().site)),
            shelf => counts.try_get().flatten().map(|counts| counts.of(shelf)),
        });
        link(shelf, desk::view(shelf).to_owned(), count)
    });
    let shelves = shelves.collect_view();
    // Links stay while only numbers change, so that the focus does.
    let teams = Memo::new(move |_| {
        let all = colleagues.teams();
        own_first(&all, me)
            .into_iter()
            .map(|entry| (entry.team.id, entry.team.name.clone()))
            .collect::<Vec<_>>()
    });
    let of_teams = move || {
        let one = |(team, name)| {
            let count = Signal::derive(move || {
                let all = colleagues.teams();
                let open = &all.iter().find(|entry| entry.team.id == team)?.open;
                let chosen = view.get().site;
                Some(
                    open.iter()
                        .filter(|one| chosen.is_none_or(|site| one.site == site))
                        .map(|one| one.open)
                        .sum(),
                )
            });
            link(Shelf::Team(team), name, count)
        };
        teams.try_get().unwrap_or_default().into_iter().map(one).collect_view()
    };
    let has_teams = Memo::new(move |_| teams.with(|teams| !teams.is_empty()));
    let has_choice = Memo::new(move |_| {
        let is_chosen = view.get().site.is_some();
        is_chosen || sites.with(|sites| sites.as_ref().is_some_and(|sites| sites.len() > 1))
    });
    view! {
        <nav class="views" aria-label=desk::VIEWS>
            <ul role="list" class="views__list">{shelves}</ul>
            <Show when=move || has_teams.try_get() == Some(true)>
                <h2 class="views__title" id="views-teams">{desk::TEAMS}</h2>
                <ul role="list" class="views__list views__list--teams" aria-labelledby="views-teams">{of_teams}</ul>
            </Show>
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
