//! The roles of a workspace.

use leptos::prelude::*;
use protocol::http::workspace::{CustomRole, People};
use protocol::{Code, Permissions, Role};

use super::frame::Guarded;
use super::role_editor::RoleEditor;
use crate::api::workspace as api;
use crate::browser::focus::focus_later;
use crate::components::{
    Awaited, Confirm, ConfirmDialog, Icon, Modal, PageHead, Panel, Question, Saved, Shape,
};
use crate::model::page::Section;
use crate::model::roles::can_touch;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::team::{self, roles};

const OWN: &str = "own-roles";

/// What the editor is open for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Editing {
    /// A role that is not there yet.
    New,
    /// One that is.
    Known(CustomRole),
}

/// The page.
#[component]
pub(crate) fn Roles() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Roles) lead=roles::LEAD />
        <Guarded section=Section::Roles><Lists /></Guarded>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let people = Loaded::<People>::new();
    let ask = move || people.ask(api::people(workspace.id));
    ask();
    let confirm = Confirm::new();
    let editing = RwSignal::new(None::<Editing>);
    let form = Form::new();
    let title = move || match editing.get() {
        Some(Editing::Known(role)) => team::role_button(roles::EDIT, &role.name),
        Some(Editing::New) | None => roles::NEW.to_owned(),
    };
    view! {
        <Awaited value=people on_retry=Callback::new(move |()| ask())>
            <Own workspace people confirm editing form />
        </Awaited>
        <BuiltIn />
        <ConfirmDialog confirm />
        <Modal
            id="role"
            shown=Signal::derive(move || editing.with(Option::is_some))
            on_close=Callback::new(move |()| editing.set(None))
            title
        >
            {move || editing.get().map(|role| view! { <RoleEditor workspace people editing role said=form /> })}
        </Modal>
    }
}

#[component]
fn Own(
    workspace: Workspace,
    people: Loaded<People>,
    confirm: Confirm,
    editing: RwSignal<Option<Editing>>,
    form: Form,
) -> impl IntoView {
    let remove = move |role: &CustomRole| {
        let id = role.id;
        let on_yes = Callback::new(move |dialog: Form| {
            let request = api::remove_role(workspace.id, id);
            let request = async move {
                match request.await {
                    Err(failure) if failure.code() == Some(Code::InUse) => Ok(false),
                    answer => answer.map(|()| true),
                }
            };
            dialog.send(request, &[], move |is_gone| {
                if is_gone {
                    confirm.close();
                    people.update(|people| people.roles.retain(|role| role.id != id));
                    focus_later(OWN);
                } else {
                    dialog.complain(roles::IN_USE);
                }
            });
        });
        confirm.ask(Question {
            title: team::remove_role_title(&role.name),
            lead: roles::REMOVE_LEAD,
            action: roles::REMOVE,
            on_yes,
            typed: None,
        });
    };
    let list = Memo::new(move |_| people.value().map(|people| people.roles).unwrap_or_default());
    let lines = move || {
        list.get()
            .into_iter()
            .map(|role| {
                let (edited, removed) = (role.clone(), role.clone());
                // Nobody touches their own role, nor one that may do more than they.
                let can =
                    workspace.with(|view| can_touch(&role, view.role, view.permissions)).unwrap_or_default();
                view! {
                    <li class="row-list__row">
                        <div class="row-list__who">
                            <p class="row-list__name"><bdi>{role.name.clone()}</bdi></p>
                            <p class="row-list__more">{rights(role.permissions)}</p>
                        </div>
                        {can.then(|| view! {
                            <div class="row-list__actions">
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=team::role_button(roles::EDIT, &role.name)
                                on:click=move |_| editing.set(Some(Editing::Known(edited.clone())))
                            >
                                {roles::EDIT}
                            </button>
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=team::role_button(roles::REMOVE, &role.name)
                                on:click=move |_| remove(&removed)
                            >
                                {roles::REMOVE}
                            </button>
                            </div>
                        })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Panel id=OWN title=roles::OWN>
            <Saved form />
            {move || list.with(Vec::is_empty).then(|| view! { <p class="panel__note">{roles::NONE}</p> })}
            <ul class="row-list" role="list" aria-labelledby=OWN class:hidden=move || list.with(Vec::is_empty)>{lines}</ul>
            <button type="button" class="button" on:click=move |_| { form.clear(); editing.set(Some(Editing::New)) }>
                <Icon shape=Shape::Plus />
                {roles::NEW}
            </button>
        </Panel>
    }
}

#[component]
fn BuiltIn() -> impl IntoView {
    let lines = [Role::Owner, Role::Admin, Role::Agent].map(|role| {
        view! {
            <li class="row-list__row">
                <div class="row-list__who">
                    <p class="row-list__name">{team::role(role, &[])}</p>
                    <p class="row-list__more">{rights(role.built_in_permissions().unwrap_or_default())}</p>
                </div>
            </li>
        }
    });
    view! {
        <Panel id="built-in-roles" title=roles::BUILT_IN>
            <ul class="row-list" role="list" aria-labelledby="built-in-roles">{lines.collect_view()}</ul>
        </Panel>
    }
}

fn rights(permissions: Permissions) -> String {
    let names: Vec<_> = permissions.iter().map(|permission| team::permission(permission).0).collect();
    if names.is_empty() { roles::NOTHING.to_owned() } else { names.join(" · ") }
}
