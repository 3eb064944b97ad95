//! Making a workspace, and the choice between several.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::Code;
use web_sys::SubmitEvent;

use super::super::signed_in::PersonMenu;
use crate::api::workspace as api;
use crate::browser::arrival::Arrivals;
use crate::components::{Brand, Icon, Kind, PAGE_TITLE, Problem, Said, Shape, Steps, Submit, TextField};
use crate::model::entry;
use crate::model::page::Page;
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::state::title::Title;
use crate::words::{begin, team};

const NAME: &str = "workspace-name";
const BLAME: &[Blame] = &[(Code::BadField, NAME, begin::NO_NAME)];

/// A page of its own, with the account's menu.
#[component]
fn Alone(title: &'static str, children: Children) -> impl IntoView {
    expect_context::<Title>().show(title);
    expect_context::<Arrivals>().arrive(PAGE_TITLE);
    view! {
        <div class="alone">
            <header class="alone__head">
                <Brand named=true />
                <PersonMenu workspace=None />
            </header>
            <main class="door" id="main">
                <div class="card">{children()}</div>
            </main>
        </div>
    }
}

/// The choice between the workspaces that somebody belongs to.
#[component]
pub(crate) fn ChooseWorkspace() -> impl IntoView {
    let workspaces = expect_context::<Account>().me_untracked().map(|me| me.workspaces).unwrap_or_default();
    let links = workspaces.into_iter().map(|workspace| {
        view! {
            <li>
                <a class="link-card" href=Page::Workspace(workspace.id).href()>
                    <bdi>{workspace.name}</bdi>
                    <Icon shape=Shape::Forth />
                </a>
            </li>
        }
    });
    view! {
        <Alone title=begin::CHOOSE_TITLE>
            <h1 class="card__title" id=PAGE_TITLE tabindex="-1">{begin::CHOOSE_TITLE}</h1>
            <p class="card__lead">{begin::CHOOSE_LEAD}</p>
            <ul class="link-cards">{links.collect_view()}</ul>
            <p class="card__foot"><a href=Page::NewWorkspace.href()>{begin::ANOTHER}</a></p>
        </Alone>
    }
}

/// Founds a workspace, and leads on to its first site.
#[component]
pub(crate) fn NewWorkspace() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let name = RwSignal::new(String::new());
    let navigate = StoredValue::new_local(use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), begin::NO_NAME);
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        form.send(api::found(typed), BLAME, move |workspace| {
            account.refresh();
            let page = Page::NewSite(workspace.id).path();
            navigate.with_value(|navigate| navigate(&page, NavigateOptions::default()));
        });
    };
    let me = account.me_untracked();
    let (email, is_first) =
        me.map_or_else(|| (String::new(), true), |me| (me.email, me.workspaces.is_empty()));
    view! {
        <Alone title=begin::TITLE>
            <Steps current=1 />
            <h1 class="card__title" id=PAGE_TITLE tabindex="-1">{begin::TITLE}</h1>
            <form class="form" method="post" novalidate on:submit=submit>
                <p class="card__lead">{begin::LEAD}</p>
                <Problem form />
                <TextField form id=NAME label=begin::NAME kind=Kind::NAME value=name hint=begin::NAME_HINT autofocus=true />
                <Submit form label=begin::SUBMIT busy=begin::BUSY wide=true />
                {if is_first {
                    view! { <p class="card__note"><Said sentence=begin::waiting_for_invitation(&email) /></p> }.into_any()
                } else {
                    view! { <p class="card__foot"><a href=Page::Home.href()>{team::CANCEL}</a></p> }.into_any()
                }}
            </form>
        </Alone>
    }
}
