//! The menu of the account, and beside it one of its pages.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use super::super::signed_in::PersonMenu;
use crate::browser::settings::Settings;
use crate::components::{Icon, Shape};
use crate::model::page::{AccountPart, Page};
use crate::words::{self, you};

/// The frame.
#[component]
pub(crate) fn You() -> impl IntoView {
    let path = use_location().pathname;
    // Back to where the person came from, which they remember as the workspace they used last.
    let workspace = expect_context::<Settings>().last_workspace();
    let back = workspace.map_or(Page::Home, Page::Workspace).href();
    let links = AccountPart::EVERY.map(|part| {
        let href = Page::Account(part).href();
        let here = href.clone();
        view! {
            <li>
                <a class="nav__link" href=href aria-current=move || (path.get() == here).then_some("page")>
                    <Icon shape=shape(part) />
                    {you::part(part)}
                </a>
            </li>
        }
    });
    view! {
        <div class="rooms">
            <a class="skip" href="#main" rel="external">{words::SKIP_TO_PAGE}</a>
            <div class="rooms__side">
                <header class="sidebar__head">
                    <a class="icon-button" href=back aria-label=you::BACK><Icon shape=Shape::Back /></a>
                    <p class="sidebar__title">{you::TITLE}</p>
                    <PersonMenu workspace=None />
                </header>
                <nav class="nav" aria-label=you::NAV><ul role="list">{links.collect_view()}</ul></nav>
            </div>
            <main class="rooms__main" id="main" tabindex="-1"><div class="page"><Outlet /></div></main>
        </div>
    }
}

const fn shape(part: AccountPart) -> Shape {
    match part {
        AccountPart::Profile => Shape::Person,
        AccountPart::Security => Shape::Shield,
        AccountPart::Sessions => Shape::Screen,
        AccountPart::Notifications => Shape::Bell,
    }
}
