//! Whether the team sees who is on the site.

use leptos::prelude::*;
use protocol::http::reception::Reception;
use web_sys::SubmitEvent;

use super::site::OpenSite;
use crate::api::sites as api;
use crate::components::{CheckBox, Panel, Problem, Saved, Submit};
use crate::model::page::{Page, Section};
use crate::state::form::Form;
use crate::words::{team, visitors as words};

/// The part.
#[component]
pub(super) fn Visits(site: OpenSite) -> impl IntoView {
    let reception = move || site.view_untracked().map(|site| site.reception).unwrap_or_default();
    let form = Form::new();
    let is_on = RwSignal::new(reception().visits);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.clear();
        let reception = Reception { visits: is_on.get_untracked(), ..reception() };
        form.send(api::receive(site.workspace.id, site.id, reception), &[], move |view| {
            site.put(view);
            form.say(team::SAVED);
        });
    };
    let workspace = site.workspace.id;
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-visits-title" title=words::SITE_TITLE>
                <CheckBox
                    id="site-visits"
                    label=words::SITE_SWITCH
                    hint=words::SITE_SWITCH_HINT
                    value=is_on
                    on_change=Callback::new(move |()| form.touch("site-visits"))
                />
                <ul class="visits-privacy">
                    {words::SITE_PRIVACY.map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
            </Panel>
            <Problem form />
            <div class="form__row">
                <Submit form label=team::SAVE busy=team::SAVING />
                <Saved form />
                <a class="button button--quiet" href=Page::Settings(workspace, Section::Visitors).href()>{words::GO}</a>
            </div>
        </form>
    }
}
