//! How visitors of a site prove who they are.

use leptos::prelude::*;
use protocol::SiteId;
use protocol::http::site::{IdentityMode, IdentitySecret, IdentitySecretView};
use web_sys::SubmitEvent;

use super::identity_how_to::HowTo;
use super::site::OpenSite;
use crate::api::sites as api;
use crate::browser::intl;
use crate::components::{Confirm, ConfirmDialog, CopyButton, Modal, Panel, Problem, Question, Saved, Submit};
use crate::model::sentence::Sentence;
use crate::state::form::Form;
use crate::words::{sites, team};

const MODES: [IdentityMode; 3] = [IdentityMode::Off, IdentityMode::Optional, IdentityMode::Required];

/// The part.
#[component]
pub(super) fn Identity(site: OpenSite) -> impl IntoView {
    let confirm = Confirm::new();
    let told = RwSignal::new(None::<IdentitySecret>);
    view! {
        <Mode site />
        <Secrets site confirm told />
        <HowTo />
        <ConfirmDialog confirm />
        <Modal
            id="secret"
            shown=Signal::derive(move || told.with(Option::is_some))
            on_close=Callback::new(move |()| told.set(None))
            title=|| sites::SECRET_ONCE
        >
            {move || told.get().map(|secret| view! { <Told site=site.id secret told /> })}
        </Modal>
    }
}

#[component]
fn Mode(site: OpenSite) -> impl IntoView {
    let form = Form::new();
    let known = site.view_untracked().map(|site| site.settings.identity).unwrap_or_default();
    let chosen = RwSignal::new(known);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(view) = site.view_untracked() else { return };
        let settings =
            protocol::http::site::SiteSettings { identity: chosen.get_untracked(), ..view.settings };
        form.send(api::change(site.workspace.id, site.id, settings), &[], move |view| {
            site.put(view);
            form.say(team::SAVED);
        });
    };
    let choices = MODES
        .into_iter()
        .zip(["identity-off", "identity-optional", "identity-required"])
        .map(move |(mode, id)| view! { <Choice form mode id chosen /> });
    view! {
        <Panel id="identity-mode" title=sites::MODE>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <fieldset class="fieldset">
                    <legend class="visually-hidden">{sites::MODE}</legend>
                    {choices.collect_view()}
                </fieldset>
                <div class="form__row">
                    <Submit form label=team::SAVE busy=team::SAVING />
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}

#[component]
fn Choice(form: Form, mode: IdentityMode, id: &'static str, chosen: RwSignal<IdentityMode>) -> impl IntoView {
    let (name, meaning) = sites::mode(mode);
    let hint = format!("{id}-hint");
    let described = hint.clone();
    view! {
        <div class="check">
            <input
                id=id
                type="radio"
                name="identity"
                prop:checked=move || chosen.get() == mode
                aria-describedby=described
                on:change=move |_| {
                    form.touch(id);
                    chosen.set(mode);
                }
            />
            <div>
                <label for=id>{name}</label>
                <p class="field__hint" id=hint>{meaning}</p>
            </div>
        </div>
    }
}

#[component]
fn Secrets(site: OpenSite, confirm: Confirm, told: RwSignal<Option<IdentitySecret>>) -> impl IntoView {
    let form = Form::new();
    let secrets = Memo::new(move |_| site.view().map(|site| site.identity_secrets).unwrap_or_default());
    let make = move |form: Form| {
        form.send(api::new_secret(site.workspace.id, site.id), &[], move |secret| {
            confirm.close();
            told.set(Some(secret));
            site.refresh();
        });
    };
    let ask = move |_| {
        if secrets.with_untracked(Vec::is_empty) {
            make(form);
            return;
        }
        confirm.ask(Question {
            title: Sentence::of(sites::SECRET_ROTATE_TITLE),
            lead: sites::SECRET_ROTATE_LEAD,
            action: sites::SECRET_NEW,
            on_yes: Callback::new(make),
            typed: None,
        });
    };
    let lines = move || {
        secrets
            .get()
            .into_iter()
            .map(|IdentitySecretView { key_id, created_at, ends_at }| {
                let state = match ends_at {
                    None => sites::SECRET_CURRENT.to_owned(),
                    Some(ends_at) => format!("{} {}", sites::SECRET_UNTIL, intl::full(ends_at)),
                };
                view! {
                    <li class="row-list__row">
                        <div class="row-list__who">
                            <p class="row-list__name"><code dir="ltr">{key_id}</code></p>
                            <p class="row-list__more">
                                {state}
                                <span class="row-list__since">{sites::SECRET_SINCE}" "{intl::full(created_at)}</span>
                            </p>
                        </div>
                    </li>
                }
            })
            .collect_view()
    };
    let is_empty = Memo::new(move |_| secrets.with(Vec::is_empty));
    let has_old = Memo::new(move |_| secrets.with(|secrets| secrets.len() > 1));
    let end = Callback::new(move |dialog: Form| {
        dialog.send(api::end_old_secrets(site.workspace.id, site.id), &[], move |view| {
            confirm.close();
            site.put(view);
        });
    });
    let ask_end = move |_| {
        confirm.ask(Question {
            title: Sentence::of(sites::END_SECRET_TITLE),
            lead: sites::END_SECRET_LEAD,
            action: sites::END_SECRET_BUTTON,
            on_yes: end,
            typed: None,
        });
    };
    view! {
        <Panel id="identity-secrets" title=sites::SECRETS lead=sites::SECRETS_LEAD>
            {move || is_empty.get().then(|| view! { <p class="panel__note">{sites::NO_SECRETS}</p> })}
            <ul class="row-list" role="list" aria-labelledby="identity-secrets" class:hidden=is_empty>{lines}</ul>
            <Problem form />
            <div class="form__row">
                <button type="button" class="button" on:click=ask>
                    {move || if is_empty.get() { sites::SECRET_NEW } else { sites::SECRET_ROTATE }}
                </button>
                {move || has_old.get().then(|| view! {
                    <button type="button" class="button" on:click=ask_end>{sites::END_SECRET}</button>
                })}
            </div>
        </Panel>
    }
}

/// A secret, this once.
#[component]
fn Told(site: SiteId, secret: IdentitySecret, told: RwSignal<Option<IdentitySecret>>) -> impl IntoView {
    view! {
        <p class="dialog__lead">{sites::SECRETS_LEAD}</p>
        <dl class="told">
            <div><dt>{sites::SECRET_KEY_ID}</dt><dd><code dir="ltr">{secret.key_id}</code></dd></div>
            <div>
                <dt>{sites::SITE_ID}</dt>
                <dd><code dir="ltr">{site.to_string()}</code></dd>
            </div>
            <div><dt>{sites::SECRET}</dt><dd><code dir="ltr">{secret.secret.clone()}</code></dd></div>
        </dl>
        <div class="form__foot">
            <CopyButton text=secret.secret label=sites::SECRET_COPY />
            <button type="button" class="button button--primary" on:click=move |_| told.set(None)>{sites::SECRET_KEPT}</button>
        </div>
    }
}
