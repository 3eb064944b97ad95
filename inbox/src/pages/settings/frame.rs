//! The menu of the settings, and beside it one of their pages.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use protocol::Permission;

use super::super::signed_in::PersonMenu;
use crate::browser::intl;
use crate::components::{Banner, Icon, NotAllowed, Shape};
use crate::model::page::{Page, Section};
use crate::state::contacts::ContactChoice;
use crate::state::feed::FeedState;
use crate::state::workspace::Workspace;
use crate::words::{self, team};

/// The frame; offers what the person may see.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    provide_context(ContactChoice::new());
    let path = use_location().pathname;
    let permissions = Memo::new(move |_| workspace.with(|view| view.permissions));
    let links = move || {
        let offered = Section::offered(permissions.get().unwrap_or_default());
        offered
            .map(|section| {
                let href = Page::Settings(workspace.id, section).href();
                let here = href.clone();
                let is_here = move || path.with(|path| is_within(path, &here, section));
                view! {
                    <li>
                        <a class="nav__link" href=href aria-current=move || is_here().then_some("page")>
                            <Icon shape=shape(section) />
                            {team::section(section)}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    let ending = Memo::new(move |_| {
        let at = workspace.with(|view| view.deleted_at).flatten();
        at.map(|at| team::deleted_at(&intl::full(at)))
    });
    let waiting = FeedState::here().map(|feed| {
        Memo::new(move |_| {
            feed.with(|view| {
                view.map_or(0, |view| crate::model::title::waiting(view.known.values(), &view.private_chats))
            })
        })
    });
    view! {
        <div class="rooms">
            <a class="skip" href="#main" rel="external">{words::SKIP_TO_PAGE}</a>
            <div class="rooms__side">
                <header class="sidebar__head">
                    <a class="icon-button" href=Page::Workspace(workspace.id).href() aria-label=team::BACK>
                        <Icon shape=Shape::Back />
                    </a>
                    <p class="sidebar__title"><bdi>{move || workspace.with(|view| view.name.clone())}</bdi></p>
                    <PersonMenu workspace=Some(workspace.id) />
                </header>
                <nav class="nav" aria-label=team::NAV>
                    <ul role="list">
                        <li>
                            <a class="nav__link" href=Page::Workspace(workspace.id).href()>
                                <Icon shape=Shape::Talk />
                                {words::list::NAME}
                                {move || waiting.map(|waiting| waiting.get()).filter(|count| *count > 0).map(|count| view! {
                                    <span class="badge">{count}</span>
                                })}
                            </a>
                        </li>
                        {links}
                    </ul>
                </nav>
            </div>
            <main class="rooms__main" id="main" tabindex="-1">
                <Banner text=ending />
                <div class="page"><Outlet /></div>
            </main>
        </div>
    }
}

fn is_within(path: &str, href: &str, section: Section) -> bool {
    path == href
        || path.starts_with(&format!("{href}/"))
        || (section == Section::Sites && path.ends_with("/settings/new-site"))
}

const fn shape(section: Section) -> Shape {
    match section {
        Section::General => Shape::Settings,
        Section::People => Shape::Person,
        Section::Roles => Shape::Shield,
        Section::Sites => Shape::Globe,
        Section::ApiKeys => Shape::Key,
        Section::Audit => Shape::Lines,
        Section::Canned => Shape::Talk,
        Section::Macros => Shape::Command,
        Section::Reports => Shape::Chart,
        Section::Teams => Shape::People,
        Section::Blocked => Shape::Block,
        Section::Contacts => Shape::Contact,
        Section::Visitors => Shape::Eye,
    }
}

/// Shows a page to those who may see it, and to all others that they may not: an address can be typed by hand.
#[component]
pub(in crate::pages) fn Guarded(section: Section, children: ChildrenFn) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let may = Memo::new(move |_| section.needs().is_none_or(|needed: Permission| workspace.may(needed)));
    move || if may.get() { children().into_any() } else { view! { <NotAllowed /> }.into_any() }
}
