//! The canned responses, and the macros: those that everybody has, and one's own.

use leptos::prelude::*;
use protocol::http::canned::{Canned, CannedList};
use protocol::{MacroStep, Permission};

use super::canned_editor::CannedEditor;
use super::frame::Guarded;
use super::macro_editor::MacroEditor;
use crate::api::canned as api;
use crate::browser::focus::focus_later;
use crate::components::{
    Awaited, Confirm, ConfirmDialog, Icon, Modal, PageHead, Panel, Question, Saved, Shape,
};
use crate::model::page::Section;
use crate::model::sentence::Sentence;
use crate::state::canned::CannedBox;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::people::Colleagues;
use crate::state::workspace::Workspace;
use crate::words::{canned as words, macros, team};

/// Which of the two a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Response,
    Macro,
}

impl Sort {
    fn has(self, one: &Canned) -> bool {
        one.is_macro() == (self == Self::Macro)
    }

    const fn new_one(self, is_shared: bool) -> &'static str {
        match (self, is_shared) {
            (Self::Response, true) => words::NEW_SHARED,
            (Self::Response, false) => words::NEW_OWN,
            (Self::Macro, true) => macros::NEW_SHARED,
            (Self::Macro, false) => macros::NEW_OWN,
        }
    }

    const fn none(self, is_shared: bool) -> &'static str {
        match (self, is_shared) {
            (Self::Response, true) => words::NO_SHARED,
            (Self::Response, false) => words::NO_OWN,
            (Self::Macro, true) => macros::NO_SHARED,
            (Self::Macro, false) => macros::NO_OWN,
        }
    }

    fn button(self, action: &str, name: &str) -> String {
        match self {
            Self::Response => words::button(action, name),
            Self::Macro => macros::button(action, name),
        }
    }

    fn remove(self, name: &str) -> (Sentence, &'static str) {
        match self {
            Self::Response => (words::remove_title(name), words::REMOVE_LEAD),
            Self::Macro => (macros::remove_title(name), macros::REMOVE_LEAD),
        }
    }
}

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
        <Guarded section=Section::Canned><Lists sort=Sort::Response /></Guarded>
    }
}

/// The page of macros.
#[component]
pub(crate) fn MacrosPage() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Macros) lead=macros::LEAD />
        <Guarded section=Section::Macros><Lists sort=Sort::Macro /></Guarded>
    }
}

#[component]
fn Lists(sort: Sort) -> impl IntoView {
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
        Some(Editing::Known(response)) => sort.button(words::EDIT, &response.shortcode),
        Some(Editing::New { is_shared }) => sort.new_one(is_shared).to_owned(),
        None => sort.new_one(false).to_owned(),
    };
    let group = move |is_shared: bool| view! { <Group sort list confirm editing form may_share is_shared /> };
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
            {move || editing.get().map(|response| match sort {
                Sort::Response => view! { <CannedEditor workspace=workspace.id list editing response said=form /> }.into_any(),
                Sort::Macro => view! { <MacroEditor workspace=workspace.id list editing response said=form /> }.into_any(),
            })}
        </Modal>
    }
}

/// Those that everybody has, or one's own.
#[component]
fn Group(
    sort: Sort,
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
        let (title, lead) = sort.remove(&response.shortcode);
        confirm.ask(Question { title, lead, action: words::REMOVE, on_yes, typed: None });
    };
    let own = Memo::new(move |_| {
        let all = list.value().map(|list| list.responses).unwrap_or_default();
        all.into_iter().filter(|one| sort.has(one) && one.is_shared == is_shared).collect::<Vec<_>>()
    });
    let can = move || !is_shared || may_share.get();
    let lines = move || {
        let can = can();
        own.get()
            .into_iter()
            .map(|response| view! { <Line sort response can editing remove /> })
            .collect_view()
    };
    let (title, none) = (if is_shared { words::SHARED } else { words::OWN }, sort.none(is_shared));
    view! {
        <Panel id=panel title>
            {(!is_shared).then(|| view! { <Saved form /> })}
            {move || own.with(Vec::is_empty).then(|| view! { <p class="panel__note">{none}</p> })}
            <ul class="row-list" role="list" aria-labelledby=panel class:hidden=move || own.with(Vec::is_empty)>{lines}</ul>
            {move || can().then(|| view! {
                <button type="button" class="button" on:click=move |_| { form.clear(); editing.set(Some(Editing::New { is_shared })) }>
                    <Icon shape=Shape::Plus />
                    {sort.new_one(is_shared)}
                </button>
            })}
        </Panel>
    }
}

#[component]
fn Line(
    sort: Sort,
    response: Canned,
    can: bool,
    editing: RwSignal<Option<Editing>>,
    remove: impl Fn(&Canned) + Copy + Send + 'static,
) -> impl IntoView {
    let (edited, removed) = (response.clone(), response.clone());
    let called = if sort == Sort::Macro { "" } else { "/" };
    let does = does(&response);
    let shortcode = response.shortcode;
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name"><bdi>{called}{shortcode.clone()}</bdi></p>
                {does}
                <p class="row-list__more">{words::used(response.used)}</p>
            </div>
            {can.then(|| view! {
                <div class="row-list__actions">
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=sort.button(words::EDIT, &shortcode)
                        on:click=move |_| editing.set(Some(Editing::Known(edited.clone())))
                    >
                        {words::EDIT}
                    </button>
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=sort.button(words::REMOVE, &shortcode)
                        on:click=move |_| remove(&removed)
                    >
                        {words::REMOVE}
                    </button>
                </div>
            })}
        </li>
    }
}

/// What a response says, or a macro does.
fn does(one: &Canned) -> AnyView {
    if !one.is_macro() {
        return view! { <p class="row-list__more" dir="auto">{markup::plain(&one.text)}</p> }.into_any();
    }
    let colleagues = use_context::<Colleagues>();
    let steps = one.steps.clone();
    let line = move |step: &MacroStep| {
        let what = macros::with_what(
            step,
            &macros::WHOEVER.to_lowercase(),
            |agent| colleagues?.name(agent),
            |team| colleagues?.team(team),
        );
        view! {
            <li>
                {macros::deed(step)}
                {(!what.is_empty()).then(|| view! { " " <bdi class="steps__what">{what}</bdi> })}
            </li>
        }
    };
    view! { <ol class="steps-of">{move || steps.iter().map(line).collect_view()}</ol> }.into_any()
}
