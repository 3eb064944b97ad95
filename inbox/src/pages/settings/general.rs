//! What a workspace is called, and how to leave it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::{Code, Permission};
use web_sys::SubmitEvent;

use super::ownership::{Deletion, HandOver};
use super::retention::Keeping;
use super::second_factor::SecondFactorForAll;
use crate::api::workspace as api;
use crate::components::{
    Confirm, ConfirmDialog, Kind, PageHead, Panel, Problem, Question, Saved, Submit, TextField,
};
use crate::model::entry;
use crate::model::page::{Page, Section};
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::state::workspace::Workspace;
use crate::words::team::{self, general};

const NAME: &str = "workspace-name";
const BLAME: &[Blame] = &[(Code::BadField, NAME, general::NO_NAME)];

/// The page.
#[component]
pub(crate) fn General() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let confirm = Confirm::new();
    let may_name = Memo::new(move |_| workspace.may(Permission::ManageWorkspace));
    let owns = Memo::new(move |_| workspace.may(Permission::Own));
    // Whoever has handed the workspace over has nothing left to hand over, and is told here.
    let said = Form::new();
    view! {
        <PageHead title=team::section(Section::General) lead=general::LEAD />
        <Saved form=said />
        {move || may_name.get().then(|| view! {
            <Naming workspace />
            <SecondFactorForAll workspace confirm />
        })}
        {move || owns.get().then(|| view! { <Keeping workspace confirm /> })}
        {move || owns.get().then(|| view! { <HandOver workspace confirm said /> })}
        <Leaving workspace confirm owns />
        {move || owns.get().then(|| view! { <Deletion workspace confirm /> })}
        <ConfirmDialog confirm />
    }
}

#[component]
fn Naming(workspace: Workspace) -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let name = RwSignal::new(workspace.view_untracked().map(|view| view.name).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), general::NO_NAME);
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        form.send(api::name(workspace.id, typed), BLAME, move |view| {
            workspace.put(view);
            account.refresh();
            form.say(team::SAVED);
        });
    };
    view! {
        <Panel id="naming" title=general::NAMING>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <TextField form id=NAME label=general::NAME kind=Kind::NAME value=name hint=general::NAME_HINT />
                <div class="form__row">
                    <Submit form label=team::SAVE busy=team::SAVING />
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}

#[component]
fn Leaving(workspace: Workspace, confirm: Confirm, owns: Memo<bool>) -> impl IntoView {
    let account = expect_context::<Account>();
    let navigate = StoredValue::new_local(use_navigate());
    let leave = Callback::new(move |form: Form| {
        let Some(me) = workspace.view_untracked().map(|view| view.me.id) else { return };
        form.send(api::remove(workspace.id, me), &[], move |()| {
            confirm.close();
            account.refresh();
            navigate.with_value(|navigate| navigate(&Page::Home.path(), NavigateOptions::default()));
        });
    });
    let ask = move |_| {
        let name = workspace.view_untracked().map(|view| view.name).unwrap_or_default();
        confirm.ask(Question {
            title: team::leave_title(&name),
            lead: general::LEAVE_LEAD,
            action: general::LEAVE_BUTTON,
            on_yes: leave,
            typed: None,
        });
    };
    view! {
        <Panel id="leaving" title=general::LEAVE>
            {move || if owns.get() {
                view! { <p class="panel__lead">{general::LEAVE_OWNER}</p> }.into_any()
            } else {
                view! {
                    <p class="panel__lead">{general::LEAVE_LEAD}</p>
                    <button type="button" class="button" on:click=ask>{general::LEAVE_BUTTON}</button>
                }.into_any()
            }}
        </Panel>
    }
}
