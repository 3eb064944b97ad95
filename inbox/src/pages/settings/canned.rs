//! The canned responses: those that everybody has, and one's own.

use leptos::prelude::*;
use protocol::Permission;
use protocol::http::canned::{Canned, CannedList};

use super::canned_editor::CannedEditor;
use super::frame::Guarded;
use crate::api::canned as api;
use crate::browser::focus::focus_later;
use crate::components::{
    Awaited, Confirm, ConfirmDialog, Icon, Modal, PageHead, Panel, Question, Saved, Shape,
};
use crate::model::page::Section;
use crate::state::canned::CannedBox;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{canned as words, team};

/// What the editor is open for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Editing {
    /// One that is not there yet, for everybody or for oneself.
    New { is_shared: bool },
    /// One that is.
    Known(Canned),
}

/// The page.
#[component]
pub(crate) fn CannedPage() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Canned) lead=words::LEAD />
        <Guarded section=Section::Canned><Lists /></Guarded>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let list = Loaded::<CannedList>::new();
    let ask = move || list.ask(api::list(workspace.id));
    ask();
    // The composer knows them as they were.
    let known = use_context::<CannedBox>();
    on_cleanup(move || {
        if let Some(known) = known {
            known.load();
        }
    });
    let confirm = Confirm::new();
    let editing = RwSignal::new(None::<Editing>);
    let form = Form::new();
    let may_share = Memo::new(move |_| workspace.may(Permission::ManageCanned));
    let title = move || match editing.get() {
        Some(Editing::Known(response)) => words::button(words::EDIT, &response.shortcode),
        Some(Editing::New { is_shared: true }) => words::NEW_SHARED.to_owned(),
        Some(Editing::New { is_shared: false }) | None => words::NEW_OWN.to_owned(),
    };
    let group = move |is_shared: bool| view! { <Group list confirm editing form may_share is_shared /> };
    view! {
        <Awaited value=list on_retry=Callback::new(move |()| ask())>
            {group(false)}
            {group(true)}
        </Awaited>
        <ConfirmDialog confirm />
        <Modal
            id="canned"
            shown=Signal::derive(move || editing.with(Option::is_some))
            on_close=Callback::new(move |()| editing.set(None))
            title
        >
            {move || editing.get().map(|response| view! { <CannedEditor workspace=workspace.id list editing response said=form /> })}
        </Modal>
    }
}

/// Those that everybody has, or one's own.
#[component]
fn Group(
    list: Loaded<CannedList>,
    confirm: Confirm,
    editing: RwSignal<Option<Editing>>,
    form: Form,
    may_share: Memo<bool>,
    is_shared: bool,
) -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    let panel = if is_shared { "canned-shared" } else { "canned-own" };
    let remove = move |response: &Canned| {
        let id = response.id;
        let on_yes = Callback::new(move |dialog: Form| {
            dialog.send(api::remove(workspace, id), &[], move |()| {
                confirm.close();
                list.update(|list| list.responses.retain(|known| known.id != id));
                focus_later(panel);
            });
        });
        confirm.ask(Question {
            title: words::remove_title(&response.shortcode),
            lead: words::REMOVE_LEAD,
            action: words::REMOVE,
            on_yes,
            typed: None,
        });
    };
    let own = Memo::new(move |_| {
        let all = list.value().map(|list| list.responses).unwrap_or_default();
        all.into_iter().filter(|response| response.is_shared == is_shared).collect::<Vec<_>>()
    });
    let can = move || !is_shared || may_share.get();
    let lines = move || {
        let can = can();
        own.get().into_iter().map(|response| view! { <Line response can editing remove /> }).collect_view()
    };
    let (title, none) =
        if is_shared { (words::SHARED, words::NO_SHARED) } else { (words::OWN, words::NO_OWN) };
    view! {
        <Panel id=panel title>
            {(!is_shared).then(|| view! { <Saved form /> })}
            {move || own.with(Vec::is_empty).then(|| view! { <p class="panel__note">{none}</p> })}
            <ul class="row-list" role="list" aria-labelledby=panel class:hidden=move || own.with(Vec::is_empty)>{lines}</ul>
            {move || can().then(|| view! {
                <button type="button" class="button" on:click=move |_| { form.clear(); editing.set(Some(Editing::New { is_shared })) }>
                    <Icon shape=Shape::Plus />
                    {if is_shared { words::NEW_SHARED } else { words::NEW_OWN }}
                </button>
            })}
        </Panel>
    }
}

#[component]
fn Line(
    response: Canned,
    can: bool,
    editing: RwSignal<Option<Editing>>,
    remove: impl Fn(&Canned) + Copy + Send + 'static,
) -> impl IntoView {
    let (edited, removed) = (response.clone(), response.clone());
    let shortcode = response.shortcode;
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name"><bdi>"/"{shortcode.clone()}</bdi></p>
                <p class="row-list__more" dir="auto">{markup::plain(&response.text)}</p>
                <p class="row-list__more">{words::used(response.used)}</p>
            </div>
            {can.then(|| view! {
                <div class="row-list__actions">
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=words::button(words::EDIT, &shortcode)
                        on:click=move |_| editing.set(Some(Editing::Known(edited.clone())))
                    >
                        {words::EDIT}
                    </button>
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=words::button(words::REMOVE, &shortcode)
                        on:click=move |_| remove(&removed)
                    >
                        {words::REMOVE}
                    </button>
                </div>
            })}
        </li>
    }
}
