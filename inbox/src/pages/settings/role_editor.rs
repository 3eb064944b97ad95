//! Makes a role, or changes one.

use leptos::prelude::*;
use protocol::http::workspace::{CustomRole, People, RoleDraft};
use protocol::{Code, Permission, Permissions};
use web_sys::SubmitEvent;

use super::roles::Editing;
use crate::api::workspace as api;
use crate::components::{Kind, Problem, Submit, TextField};
use crate::model::entry;
use crate::model::roles::choices;
use crate::state::form::{Blame, Check, Form};
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::team::{self, roles};

const NAME: &str = "role-name";
const BLAME: &[Blame] = &[
    (Code::Taken, NAME, roles::TAKEN),
    (Code::BadField, NAME, roles::NO_NAME),
    (Code::TooLarge, NAME, roles::FULL),
];

/// The form, in a dialog.
#[component]
pub(super) fn RoleEditor(
    workspace: Workspace,
    people: Loaded<People>,
    editing: RwSignal<Option<Editing>>,
    role: Editing,
    /// Where it is said that it was saved.
    said: Form,
) -> impl IntoView {
    let form = Form::new();
    let known = match role {
        Editing::New => None,
        Editing::Known(role) => Some(role),
    };
    let id = known.as_ref().map(|role| role.id);
    let name = RwSignal::new(known.as_ref().map(|role| role.name.clone()).unwrap_or_default());
    let chosen = RwSignal::new(known.map(|role| role.permissions).unwrap_or_default());
    let mine = workspace.view_untracked().map(|view| view.permissions).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), roles::NO_NAME);
        let (Some(name), true) = (typed, form.passes(check)) else { return };
        let draft = RoleDraft { name, permissions: chosen.get_untracked() };
        let request = async move {
            match id {
                Some(id) => api::redraw_role(workspace.id, id, draft).await,
                None => api::make_role(workspace.id, draft).await,
            }
        };
        form.send(request, BLAME, move |role: CustomRole| {
            people.update(|people| {
                people.roles.retain(|known| known.id != role.id);
                people.roles.push(role);
                people.roles.sort_by(|one, other| one.name.cmp(&other.name));
            });
            editing.set(None);
            said.say(team::SAVED);
        });
    };
    let boxes = choices(mine).into_iter().map(|(permission, can)| view! { <Right permission can chosen /> });
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=roles::NAME kind=Kind::NAME value=name autofocus=true />
            <fieldset class="fieldset">
                <legend>{roles::MAY}</legend>
                {boxes.collect_view()}
            </fieldset>
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{team::CANCEL}</button>
                <Submit form label=if id.is_some() { team::SAVE } else { roles::CREATE } busy=team::SAVING />
            </div>
        </form>
    }
}

/// One right, with what it means.
#[component]
fn Right(permission: Permission, can: bool, chosen: RwSignal<Permissions>) -> impl IntoView {
    let (name, meaning) = team::permission(permission);
    let id = format!("right-{}", Permissions::of(&[permission]).bits());
    let hint = format!("{id}-hint");
    let flip = move |on: bool| {
        chosen.update(|chosen| *chosen = chosen.set(permission, on));
    };
    view! {
        <div class="check">
            <input
                id=id.clone()
                type="checkbox"
                disabled=!can
                prop:checked=move || chosen.get().contains(permission)
                aria-describedby=hint.clone()
                on:change:target=move |event| flip(event.target().checked())
            />
            <div>
                <label for=id>{name}</label>
                <p class="field__hint" id=hint>{meaning}{(!can).then(|| format!(" {}", roles::NOT_YOURS))}</p>
            </div>
        </div>
    }
}
