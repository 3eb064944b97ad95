//! What is the owner's alone: handing the workspace over, and deleting it.

use leptos::prelude::*;
use protocol::http::workspace::People;
use web_sys::SubmitEvent;

use crate::api::workspace as api;
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::components::{
    Awaited, Confirm, Icon, PAGE_TITLE, Panel, Problem, Question, Saved, Select, Shape, Typed,
};
use crate::model::people::heirs;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::team::{self, general};

const HEIR: &str = "heir";
const DELETION: &str = "deletion";

/// Hands the workspace over to somebody else who belongs to it.
#[component]
pub(super) fn HandOver(
    workspace: Workspace,
    confirm: Confirm,
    /// Where it is said that it was done.
    said: Form,
) -> impl IntoView {
    let people = Loaded::<People>::new();
    let ask = move || people.ask(api::people(workspace.id));
    ask();
    view! {
        <Panel id="handing-over" title=general::HAND_OVER lead=general::HAND_OVER_LEAD>
            <Awaited value=people on_retry=Callback::new(move |()| ask())>
                {people.value_untracked().map(|people| view! { <Heirs workspace confirm people said /> })}
            </Awaited>
        </Panel>
    }
}

#[component]
fn Heirs(workspace: Workspace, confirm: Confirm, people: People, said: Form) -> impl IntoView {
    let form = Form::new();
    let view = workspace.view_untracked();
    let heirs = view.map(|view| heirs(&people, &view)).unwrap_or_default();
    if heirs.is_empty() {
        return view! { <p class="panel__note">{general::HAND_OVER_NOBODY}</p> }.into_any();
    }
    let options: Vec<_> = heirs.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let chosen = RwSignal::new(options.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let hand_over = Callback::new(move |dialog: Form| {
        let Ok(to) = chosen.get_untracked().parse() else { return };
        dialog.send(api::transfer(workspace.id, to), &[], move |view| {
            confirm.close();
            workspace.put(view);
            said.say(general::HANDED_OVER);
            focus_later(PAGE_TITLE);
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = chosen.get_untracked();
        let name = heirs.iter().find(|(id, _)| id.to_string() == chosen).map(|(_, name)| name.clone());
        let workspace_name = workspace.view_untracked().map(|view| view.name).unwrap_or_default();
        confirm.ask(Question {
            title: team::hand_over_title(&workspace_name, &name.unwrap_or_default()),
            lead: general::HAND_OVER_LEAD,
            action: general::HAND_OVER,
            on_yes: hand_over,
            typed: None,
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <Select form id=HEIR label=general::HEIR options value=chosen />
            <div class="form__row">
                <button type="submit" class="button">{general::HAND_OVER_BUTTON}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Asks for the deletion of the workspace, and takes that back.
#[component]
pub(super) fn Deletion(workspace: Workspace, confirm: Confirm) -> impl IntoView {
    let form = Form::new();
    let deleted_at = Memo::new(move |_| workspace.with(|view| view.deleted_at).flatten());
    let begin = Callback::new(move |dialog: Form| {
        dialog.send(api::begin_deletion(workspace.id), &[], move |view| {
            confirm.close();
            workspace.put(view);
            focus_later(DELETION);
        });
    });
    let ask = move |_| {
        let name = workspace.view_untracked().map(|view| view.name).unwrap_or_default();
        confirm.ask(Question {
            title: team::delete_title(&name),
            lead: general::DELETE_LEAD,
            action: general::DELETE_FINAL,
            on_yes: begin,
            typed: Some(Typed {
                wanted: name,
                label: general::DELETE_CONFIRM,
                mismatch: general::DELETE_MISMATCH,
            }),
        });
    };
    let keep = move |_| {
        form.send(api::stop_deletion(workspace.id), &[], move |view| {
            workspace.put(view);
            form.say(general::KEPT);
            focus_later(DELETION);
        });
    };
    view! {
        <Panel id=DELETION title=general::DELETE danger=true>
            {move || match deleted_at.get() {
                Some(at) => view! {
                    <p class="alert"><Icon shape=Shape::Warning /><span>{team::deleted_at(&intl::full(at))}</span></p>
                    <button type="button" class="button button--primary" on:click=keep>{general::KEEP}</button>
                }.into_any(),
                None => view! {
                    <p class="panel__lead">{general::DELETE_LEAD}</p>
                    <button type="button" class="button button--danger" on:click=ask>{general::DELETE_BUTTON}</button>
                }.into_any(),
            }}
            <Problem form />
            <Saved form />
        </Panel>
    }
}
