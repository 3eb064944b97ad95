//! Makes a site.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::Code;
use protocol::http::site::SiteList;
use web_sys::SubmitEvent;

use super::frame::Guarded;
use super::site_form::{Looks, NAME, ORIGIN, Origins, Typed};
use crate::api::sites as api;
use crate::components::{PageHead, Panel, Problem, Steps, Submit};
use crate::model::page::{Page, Section, SitePart};
use crate::state::form::Blame;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{sites, team};

const BLAME: &[Blame] =
    &[(Code::BadField, ORIGIN, sites::ORIGIN_REFUSED), (Code::TooLarge, NAME, sites::FULL)];

/// The page.
#[component]
pub(crate) fn NewSite() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    // The first site is one of the first steps.
    let list = Loaded::<SiteList>::new();
    list.ask(api::list(workspace.id));
    let is_first = Memo::new(move |_| list.value().is_some_and(|list| list.sites.is_empty()));
    view! {
        {move || is_first.get().then(|| view! { <Steps current=2 /> })}
        <PageHead title=sites::NEW lead=sites::NEW_LEAD />
        <Guarded section=Section::Sites><Make is_first /></Guarded>
    }
}

#[component]
fn Make(is_first: Memo<bool>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let typed = Typed::new(None);
    let form = typed.form;
    let navigate = StoredValue::new_local(use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(settings) = typed.read() else { return };
        let suffix = if is_first.get_untracked() { "?first" } else { "" };
        form.send(api::make(workspace.id, settings), BLAME, move |site| {
            let page = Page::Site(workspace.id, site.id, SitePart::Install).path();
            navigate.with_value(|navigate| navigate(&format!("{page}{suffix}"), NavigateOptions::default()));
        });
    };
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-looks" title=sites::LOOKS><Looks typed /></Panel>
            <Panel id="site-origins" title=sites::ORIGINS lead=sites::ORIGINS_LEAD><Origins typed /></Panel>
            <Problem form />
            <div class="form__row">
                <Submit form label=sites::CREATE busy=sites::CREATING />
                <a class="button button--quiet" href=Page::Settings(workspace.id, Section::Sites).href()>{team::CANCEL}</a>
            </div>
        </form>
    }
}
