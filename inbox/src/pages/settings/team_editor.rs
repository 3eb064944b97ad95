//! Makes a team, or says anew what it is called and who is in it.

use leptos::prelude::*;
use protocol::http::team::TeamDraft;
use protocol::{AgentId, Code, Team, WorkspaceId};
use web_sys::SubmitEvent;

use super::teams::Known;
use crate::api::teams as api;
use crate::components::{Kind, Problem, Submit, TextField};
use crate::state::form::{Blame, Form};
use crate::state::loaded::Loaded;
use crate::words::{team as settings, teams as words};

const NAME: &str = "team-name";
const BLAME: &[Blame] = &[
    (Code::Taken, NAME, words::TAKEN),
    (Code::BadField, NAME, words::BAD),
    (Code::TooLarge, NAME, words::FULL),
];

/// The form, in a dialog.
#[component]
pub(super) fn TeamEditor(
    workspace: WorkspaceId,
    known: Loaded<Known>,
    editing: RwSignal<Option<Option<Team>>>,
    team: Option<Team>,
    /// Where it is said that it was saved.
    said: Form,
) -> impl IntoView {
    let form = Form::new();
    let id = team.as_ref().map(|team| team.id);
    let name = RwSignal::new(team.as_ref().map(|team| team.name.clone()).unwrap_or_default());
    let members = RwSignal::new(team.map(|team| team.members).unwrap_or_default());
    let set = move |id: AgentId, is_in: bool| {
        members.update(|members| {
            members.retain(|one| *one != id);
            members.extend(is_in.then_some(id));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = TeamDraft { name: name.get_untracked(), members: members.get_untracked() };
        form.send(api::keep(workspace, id, draft), BLAME, move |team: Team| {
            known.update(|known| known.keep(team));
            editing.set(None);
            said.say(settings::SAVED);
        });
    };
    let people = known.value().map(|known| known.people).unwrap_or_default();
    let boxes = people.into_iter().map(|person| {
        let id = person.id;
        view! {
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=move || members.with(|members| members.contains(&id))
                    on:change:target=move |event| set(id, event.target().checked())
                />
                <bdi>{person.name}</bdi>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=words::NAME kind=Kind::NAME value=name autofocus=true />
            <fieldset class="fieldset">
                <legend>{words::MEMBERS}</legend>
                {boxes}
            </fieldset>
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{settings::CANCEL}</button>
                <Submit form label=settings::SAVE busy=settings::SAVING />
            </div>
        </form>
    }
}
