//! The keys of the REST API.

use leptos::prelude::*;
use protocol::http::api_key::{ApiKeyList, ApiKeyView, MadeApiKey};

use super::frame::Guarded;
use super::new_api_key::NewKey;
use crate::api::api_keys as api;
use crate::browser::clock::Clock;
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::components::{
    Awaited, Confirm, ConfirmDialog, CopyButton, Empty, Icon, Modal, PageHead, Panel, Question, Said, Shape,
};
use crate::model::api_keys::has_expired;
use crate::model::page::Section;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{api_keys, team};

/// The manual of the REST API.
const MANUAL: &str = "/docs/api";

const ALL: &str = "api-keys";
const TOLD: &str = "api-key-told";

/// What the page's dialog is open for.
#[derive(Clone)]
pub(super) enum Making {
    /// A key that is not there yet.
    New,
    /// One that was made, with its text, this once.
    Made(MadeApiKey),
}

/// The page.
#[component]
pub(crate) fn ApiKeys() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::ApiKeys) lead=api_keys::LEAD>
            <a class="button" href=MANUAL rel="external">{api_keys::MANUAL}</a>
        </PageHead>
        <Guarded section=Section::ApiKeys><List /></Guarded>
    }
}

#[component]
fn List() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let list = Loaded::<ApiKeyList>::new();
    let ask = move || list.ask(api::list(workspace.id));
    ask();
    let confirm = Confirm::new();
    let making = RwSignal::new(None::<Making>);
    // The page behind the dialog has changed if a key was made: the button that opened it may be another one.
    let close = move || {
        if matches!(making.get_untracked(), Some(Making::Made(_))) {
            focus_later(ALL);
        }
        making.set(None);
    };
    let title = move || match making.get() {
        Some(Making::Made(_)) => api_keys::ONCE,
        Some(Making::New) | None => api_keys::NEW,
    };
    let body = move || {
        making.get().map(|state| match state {
            Making::New => view! { <NewKey workspace list making /> }.into_any(),
            Making::Made(made) => view! { <Told made on_kept=Callback::new(move |()| close()) /> }.into_any(),
        })
    };
    view! {
        <Panel id=ALL title=api_keys::ALL>
            <Awaited value=list on_retry=Callback::new(move |()| ask())>
                <Lines workspace list confirm making />
            </Awaited>
        </Panel>
        <ConfirmDialog confirm />
        <Modal
            id="api-key"
            shown=Signal::derive(move || making.with(Option::is_some))
            on_close=Callback::new(move |()| close())
            title
        >
            {body}
        </Modal>
    }
}

#[component]
fn Lines(
    workspace: Workspace,
    list: Loaded<ApiKeyList>,
    confirm: Confirm,
    making: RwSignal<Option<Making>>,
) -> impl IntoView {
    let keys = Memo::new(move |_| list.value().map(|list| list.keys).unwrap_or_default());
    let is_empty = Memo::new(move |_| keys.with(Vec::is_empty));
    let new_key = move || {
        view! {
            <button type="button" class="button button--primary" on:click=move |_| making.set(Some(Making::New))>
                <Icon shape=Shape::Plus />
                {api_keys::NEW}
            </button>
        }
    };
    let lines = move || keys.get().into_iter().map(move |key| view! { <Line workspace list confirm key /> });
    move || {
        if is_empty.get() {
            return view! {
                <Empty shape=Shape::Key title=api_keys::NONE_TITLE.to_owned() lead=api_keys::NONE_LEAD.to_owned()>
                    {new_key()}
                </Empty>
            }
            .into_any();
        }
        view! {
            <ul class="row-list" role="list" aria-labelledby=ALL>{move || lines().collect_view()}</ul>
            {new_key()}
        }
        .into_any()
    }
}

#[component]
fn Line(workspace: Workspace, list: Loaded<ApiKeyList>, confirm: Confirm, key: ApiKeyView) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let ApiKeyView { id, name, scopes, made_by, made_at, expires_at, last_used_at, hint } = key;
    let is_over = Memo::new(move |_| has_expired(expires_at, clock.get()));
    let action = move || if is_over.get() { api_keys::REMOVE } else { api_keys::REVOKE };
    let on_yes = Callback::new(move |dialog: Form| {
        dialog.send(api::revoke(workspace.id, id), &[], move |()| {
            confirm.close();
            list.update(|list| list.keys.retain(|key| key.id != id));
            focus_later(ALL);
        });
    });
    let asked = name.clone();
    let ask = move |_| {
        let (action, lead) = if is_over.get_untracked() {
            (api_keys::REMOVE, api_keys::REMOVE_LEAD)
        } else {
            (api_keys::REVOKE, api_keys::REVOKE_LEAD)
        };
        confirm.ask(Question { title: api_keys::title(action, &asked), lead, action, on_yes, typed: None });
    };
    let may: Vec<_> = scopes.iter().map(|scope| api_keys::scope(scope).0).collect();
    let ends = move || match expires_at {
        None => api_keys::ENDLESS.to_owned(),
        Some(at) if is_over.get() => format!("{} {}", api_keys::EXPIRED, intl::date_of(at)),
        Some(at) => format!("{} {}", api_keys::EXPIRES, intl::date_of(at)),
    };
    let used = last_used_at.map_or_else(
        || api_keys::UNUSED.to_owned(),
        |at| format!("{} {}", api_keys::USED, intl::date_of(at)),
    );
    let named = name.clone();
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name">
                    <bdi>{name}</bdi>
                    <code class="row-list__hint" dir="ltr">{api_keys::hint(&hint)}</code>
                    {move || is_over.get().then(|| view! { <span class="tag tag--over">{api_keys::EXPIRED}</span> })}
                </p>
                <p class="row-list__more">{may.join(" · ")}</p>
                <p class="row-list__more">
                    <bdi>{used}</bdi>
                    <span class="row-list__since"><bdi>{ends}</bdi></span>
                    <span class="row-list__since">
                        <bdi><Said sentence=api_keys::made_by(&made_by.name, &intl::date_of(made_at)) /></bdi>
                    </span>
                </p>
            </div>
            <div class="row-list__actions">
                <button
                    type="button"
                    class="button button--small"
                    aria-label=move || api_keys::button(action(), &named)
                    on:click=ask
                >
                    {action}
                </button>
            </div>
        </li>
    }
}

/// A key's text, this once.
#[component]
fn Told(made: MadeApiKey, on_kept: Callback<()>) -> impl IntoView {
    let MadeApiKey { secret, key } = made;
    focus_later(TOLD);
    view! {
        <p class="dialog__lead" id=TOLD tabindex="-1">{api_keys::ONCE_LEAD}</p>
        <dl class="told">
            <div><dt>{api_keys::NAME}</dt><dd><bdi>{key.name}</bdi></dd></div>
            <div><dt>{api_keys::SECRET}</dt><dd><code dir="ltr">{secret.clone()}</code></dd></div>
            <div><dt>{api_keys::HEADER}</dt><dd><code dir="ltr">{api_keys::HEADER_FORM}</code></dd></div>
        </dl>
        <div class="form__foot">
            <CopyButton text=secret label=api_keys::COPY />
            <button type="button" class="button button--primary" on:click=move |_| on_kept.run(())>{api_keys::KEPT}</button>
        </div>
    }
}
