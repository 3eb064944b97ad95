//! The views that not every workspace has: of teams, of filters, and the choice of a site where there are several.

use leptos::prelude::*;
use protocol::{FilterId, ListView, Permission, Shelf, SiteCounts};

use crate::browser::keys::Keys;
use crate::components::{Icon, Modal, Shape, ViewLink};
use crate::model::asked::own_first;
use crate::model::shortcut::Shortcut;
use crate::pages::desk::DeskContext;
use crate::pages::filters::FilterEditor;
use crate::state::feed::FeedState;
use crate::state::people::Colleagues;
use crate::state::shown_view::ShownView;
use crate::state::workspace::Workspace;
use crate::words::{desk, filters as words};

/// What the dialog is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edited {
    /// One that is to be made.
    New,
    /// One that is there.
    Known(FilterId),
}

/// Which filter is being made or changed.
#[derive(Clone, Copy)]
pub(crate) struct EditingFilter(pub(crate) RwSignal<Option<Edited>>);

/// A filter as it stands in the list; its count is read apart, so that the link stays while only that changes.
#[derive(Clone, PartialEq, Eq)]
struct Folder {
    id: FilterId,
    name: String,
    is_shared: bool,
}

/// Links to them.
#[component]
pub(crate) fn FurtherViews() -> impl IntoView {
    let (workspace, feed) = (expect_context::<Workspace>(), expect_context::<FeedState>());
    let (colleagues, view) = (expect_context::<Colleagues>(), expect_context::<DeskContext>().view);
    let me = workspace.view_untracked().map(|view| view.me.id);
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
            view! { <li><ViewLink workspace=workspace.id view shelf=Shelf::Team(team) name count /></li> }
        };
        teams.try_get().unwrap_or_default().into_iter().map(one).collect_view()
    };
    let has_teams = Memo::new(move |_| teams.with(|teams| !teams.is_empty()));
    let sites = Memo::new(move |_| feed.with(|view| view.and_then(|view| view.counts.clone())));
    let has_choice = Memo::new(move |_| {
        let is_chosen = view.get().site.is_some();
        is_chosen || sites.with(|sites| sites.as_ref().is_some_and(|sites| sites.len() > 1))
    });
    view! {
        <Show when=move || has_teams.try_get() == Some(true)>
            <h2 class="views__title" id="views-teams">{desk::TEAMS}</h2>
            <ul role="list" class="views__list views__list--teams" aria-labelledby="views-teams">{of_teams}</ul>
        </Show>
        <Filters workspace feed view />
        <Show when=move || has_choice.get()>
            <SiteChoice view sites=sites.into() />
        </Show>
    }
}

/// The filters, and the way to make and change them.
#[component]
fn Filters(workspace: Workspace, feed: FeedState, view: ShownView) -> impl IntoView {
    let editing = RwSignal::new(None);
    provide_context(EditingFilter(editing));
    expect_context::<Keys>().hear(move |shortcut| {
        let is_new = shortcut == Shortcut::NewFilter;
        if is_new {
            editing.set(Some(Edited::New));
        }
        is_new
    });
    let folders = Memo::new(move |_| {
        feed.with(|view| {
            let all = view.map(|view| view.filters.as_slice()).unwrap_or_default();
            let folder = |one: &protocol::FilterEntry| Folder {
                id: one.id,
                name: one.name.clone(),
                is_shared: one.is_shared,
            };
            all.iter().map(folder).collect::<Vec<_>>()
        })
    });
    let may_share = workspace.may(Permission::ManageCanned);
    let one = move |Folder { id, name, is_shared }: Folder| {
        let count = Signal::derive(move || {
            feed.with(|view| Some(view?.filters.iter().find(|one| one.id == id)?.entries))
        });
        let label = words::edit(&name);
        let may_change = may_share || !is_shared;
        let is_here = move || view.get().shelf == Shelf::Filter(id);
        view! {
            <li class="views__line">
                <ViewLink workspace=workspace.id view shelf=Shelf::Filter(id) name count />
                {move || (may_change && is_here()).then(|| view! {
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=label.clone()
                        on:click=move |_| editing.set(Some(Edited::Known(id)))
                    >
                        <Icon shape=Shape::Settings />
                    </button>
                })}
            </li>
        }
    };
    let is_gone = Memo::new(move |_| {
        let Shelf::Filter(shown) = view.get().shelf else { return false };
        let is_told = feed.with(|view| view.is_some_and(|view| view.counts.is_some()));
        is_told && folders.with(|all| all.iter().all(|one| one.id != shown))
    });
    let title = move || if editing.get() == Some(Edited::New) { words::NEW } else { words::EDIT };
    view! {
        <div class="views__line">
            <h2 class="views__title" id="views-filters">{words::FILTERS}</h2>
            <button
                type="button"
                class="icon-button"
                aria-label=words::NEW
                title=words::NEW
                on:click=move |_| editing.set(Some(Edited::New))
            >
                <Icon shape=Shape::Plus />
            </button>
        </div>
        <Show when=move || folders.with(|all| !all.is_empty())>
            <ul role="list" class="views__list views__list--teams" aria-labelledby="views-filters">
                <For each=move || folders.get() key=|one| (one.id, one.name.clone()) children=one />
            </ul>
        </Show>
        <p role="status">
            {move || is_gone.get().then(|| view! { <span class="views__title">{words::GONE}</span> })}
        </p>
        <Modal
            id="filter"
            shown=Signal::derive(move || editing.with(Option::is_some))
            on_close=Callback::new(move |()| editing.set(None))
            title
        >
            <FilterEditor />
        </Modal>
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
