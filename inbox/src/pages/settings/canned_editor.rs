//! Makes a canned response, or changes one.

use leptos::prelude::*;
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::{Code, WorkspaceId};
use web_sys::SubmitEvent;

use super::canned::Editing;
use crate::api::canned as api;
use crate::components::{Fault, Kind, Problem, Submit, TextField};
use crate::state::form::{Blame, Form};
use crate::state::loaded::Loaded;
use crate::words::{canned as words, team};

const CODE: &str = "canned-code";
const TEXT: &str = "canned-text";
const BLAME: &[Blame] = &[
    (Code::Taken, CODE, words::TAKEN),
    (Code::BadField, CODE, words::BAD),
    (Code::TooLarge, TEXT, words::TOO_LARGE),
];

/// The form, in a dialog.
#[component]
pub(super) fn CannedEditor(
    workspace: WorkspaceId,
    list: Loaded<CannedList>,
    editing: RwSignal<Option<Editing>>,
    response: Editing,
    /// Where it is said that it was saved.
    said: Form,
) -> impl IntoView {
    let form = Form::new();
    let (known, is_shared) = match response {
        Editing::New { is_shared } => (None, is_shared),
        Editing::Known(response) => {
            let is_shared = response.is_shared;
            (Some(response), is_shared)
        }
    };
    let id = known.as_ref().map(|response| response.id);
    let shortcode = RwSignal::new(known.as_ref().map(|one| one.shortcode.clone()).unwrap_or_default());
    let text = RwSignal::new(known.map(|one| one.text).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (shortcode, text) = (shortcode.get_untracked(), text.get_untracked());
        let shortcode = shortcode.trim().trim_start_matches('/').to_owned();
        let request = async move {
            match id {
                Some(id) => {
                    api::change(workspace, id, CannedText { shortcode, text, steps: Vec::new() }).await
                }
                None => {
                    let draft = CannedDraft { shortcode, text, is_shared, steps: Vec::new() };
                    api::make(workspace, draft).await
                }
            }
        };
        form.send(request, BLAME, move |response: Canned| {
            list.update(|list| {
                list.responses.retain(|known| known.id != response.id);
                list.responses.push(response);
                list.responses.sort_by(|one, other| one.shortcode.cmp(&other.shortcode));
            });
            editing.set(None);
            said.say(team::SAVED);
        });
    };
    let fault = Memo::new(move |_| form.fault(TEXT));
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=CODE label=words::CODE kind=Kind::WORD value=shortcode hint=words::CODE_HINT autofocus=true />
            <div class="field">
                <label for=TEXT>{words::TEXT}</label>
                <p class="field__hint" id="canned-text-hint">{words::TEXT_HINT}</p>
                <textarea
                    id=TEXT
                    rows="5"
                    dir="auto"
                    prop:value=text
                    aria-describedby="canned-text-hint"
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    on:input:target=move |event| {
                        form.touch(TEXT);
                        text.set(event.target().value());
                    }
                ></textarea>
                <Fault form id=TEXT />
            </div>
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{team::CANCEL}</button>
                <Submit form label=team::SAVE busy=team::SAVING />
            </div>
        </form>
    }
}
