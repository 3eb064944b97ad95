//! Origins and keys of a site, and its end.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::Code;
use protocol::http::site::SiteKeyView;
use web_sys::SubmitEvent;

use super::site::OpenSite;
use super::site_form::{ORIGIN, Origins, Typed};
use crate::api::sites as api;
use crate::browser::intl;
use crate::components::{Confirm, ConfirmDialog, CopyButton, Panel, Problem, Question, Saved, Submit};
use crate::model::page::{Page, Section};
use crate::model::sentence::Sentence;
use crate::state::form::{Blame, Form};
use crate::words::{sites, team};

const BLAME: &[Blame] = &[(Code::BadField, ORIGIN, sites::ORIGIN_REFUSED)];

/// The part.
#[component]
pub(super) fn SiteSettingsPage(site: OpenSite) -> impl IntoView {
    let confirm = Confirm::new();
    let typed = Typed::new(site.view_untracked().map(|site| site.settings));
    let form = typed.form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(settings) = typed.read() else { return };
        form.send(api::change(site.workspace.id, site.id, settings), BLAME, move |view| {
            site.put(view);
            form.say(team::SAVED);
        });
    };
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-origins" title=sites::ORIGINS lead=sites::ORIGINS_LEAD><Origins typed /></Panel>
            <Problem form />
            <div class="form__row form__row--sticky">
                <Submit form label=team::SAVE busy=team::SAVING />
                <Saved form />
            </div>
        </form>
        <Keys site confirm />
        <Removal site confirm />
        <ConfirmDialog confirm />
    }
}

#[component]
fn Keys(site: OpenSite, confirm: Confirm) -> impl IntoView {
    let form = Form::new();
    let keys = Memo::new(move |_| site.view().map(|site| site.keys).unwrap_or_default());
    let rotate = Callback::new(move |dialog: Form| {
        dialog.send(api::rotate_key(site.workspace.id, site.id), &[], move |view| {
            confirm.close();
            site.put(view);
            form.say(sites::ROTATED);
        });
    });
    let end = Callback::new(move |dialog: Form| {
        dialog.send(api::end_old_keys(site.workspace.id, site.id), &[], move |view| {
            confirm.close();
            site.put(view);
        });
    });
    let ask = move |title, lead, action, on_yes| {
        confirm.ask(Question { title: Sentence::of(title), lead, action, on_yes, typed: None });
    };
    let has_old = Memo::new(move |_| keys.with(|keys| keys.len() > 1));
    let lines = move || {
        keys.get()
            .into_iter()
            .map(|SiteKeyView { key, ends_at }| {
                let state = match ends_at {
                    None => sites::KEY_NEW.to_owned(),
                    Some(ends_at) => format!("{} {}", sites::KEY_OLD, intl::full(ends_at)),
                };
                view! {
                    <li class="row-list__row">
                        <div class="row-list__who">
                            <p class="row-list__name"><code dir="ltr">{key.to_string()}</code></p>
                            <p class="row-list__more">{state}</p>
                        </div>
                        {ends_at.is_none().then(|| view! { <CopyButton text=key.to_string() /> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Panel id="site-keys" title=sites::KEYS lead=sites::KEYS_LEAD>
            <ul class="row-list" role="list" aria-labelledby="site-keys">{lines}</ul>
            <Saved form />
            <div class="form__row">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| ask(sites::ROTATE_TITLE, sites::ROTATE_LEAD, sites::ROTATE_BUTTON, rotate)
                >
                    {sites::ROTATE}
                </button>
                {move || has_old.get().then(|| view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| ask(sites::END_KEYS_TITLE, sites::END_KEYS_LEAD, sites::END_KEYS_BUTTON, end)
                    >
                        {sites::END_KEYS}
                    </button>
                })}
            </div>
        </Panel>
    }
}

#[component]
fn Removal(site: OpenSite, confirm: Confirm) -> impl IntoView {
    let form = Form::new();
    let navigate = StoredValue::new_local(use_navigate());
    let remove = Callback::new(move |dialog: Form| {
        dialog.send(api::remove(site.workspace.id, site.id), &[], move |()| {
            confirm.close();
            let page = Page::Settings(site.workspace.id, Section::Sites).path();
            navigate.with_value(|navigate| navigate(&page, NavigateOptions::default()));
        });
    });
    let ask = move |_| {
        let name = site.view_untracked().map(|site| site.settings.config.name).unwrap_or_default();
        confirm.ask(Question {
            title: sites::remove_title(&name),
            lead: sites::REMOVE_LEAD,
            action: sites::REMOVE_FINAL,
            on_yes: remove,
            typed: None,
        });
    };
    view! {
        <Panel id="site-removal" title=sites::REMOVE lead=sites::REMOVE_LEAD danger=true>
            <Problem form />
            <button type="button" class="button button--danger" on:click=ask>{sites::REMOVE_BUTTON}</button>
        </Panel>
    }
}
