//! The first word to somebody who has not written.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::visit::{OpenerDraft, Visit};
use protocol::limits::PROACTIVE_TEXT_BYTES;
use web_sys::SubmitEvent;

use super::line::name_of;
use super::watch::Watch;
use crate::api::visits as api;
use crate::browser::focus::focus_later;
use crate::components::{Fault, Modal, Problem, Submit};
use crate::state::form::{Blame, Form};
use crate::words::team::CANCEL;
use crate::words::{self, visitors as said};

const DIALOG: &str = "visitor-opener";
const FIELD: &str = "visitor-opener-text";
const BLAME: &[Blame] = &[
    (Code::NotFound, FIELD, said::GONE),
    (Code::InUse, FIELD, said::TAKEN),
    (Code::BadField, FIELD, said::REFUSED),
];

/// The dialog, while there is somebody to be spoken to.
#[component]
pub(super) fn OpenerDialog(watch: Watch, spoken_to: RwSignal<Option<Visit>>) -> impl IntoView {
    let shown = Signal::derive(move || spoken_to.with(Option::is_some));
    let title = move || {
        spoken_to.with(|visit| {
            visit.as_ref().map_or_else(
                || said::OPENER_TITLE.to_owned(),
                |visit| said::start_with(&words::visitor_in_words(&name_of(visit))),
            )
        })
    };
    view! {
        <Modal id=DIALOG shown on_close=Callback::new(move |()| spoken_to.set(None)) title>
            <Body watch spoken_to />
        </Modal>
    }
}

#[component]
fn Body(watch: Watch, spoken_to: RwSignal<Option<Visit>>) -> impl IntoView {
    let form = Form::new();
    let text = RwSignal::new(String::new());
    let hint = format!("{FIELD}-hint");
    focus_later(FIELD);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(visit) = spoken_to.get_untracked() else { return };
        let typed = text.get_untracked();
        let mut check = crate::state::form::Check::default();
        if typed.trim().is_empty() {
            check.blame(FIELD, said::NO_TEXT);
        } else if typed.trim().len() > PROACTIVE_TEXT_BYTES {
            check.blame(FIELD, said::LONG_TEXT);
        }
        if !form.passes(check) {
            return;
        }
        let request = api::say(watch.workspace.id, (visit.site, visit.visit), OpenerDraft { text: typed });
        form.send(request, BLAME, move |()| {
            spoken_to.set(None);
            watch.ask();
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <p class="dialog__lead">{said::OPENER_LEAD}</p>
            <div class="field">
                <label for=FIELD>{said::OPENER_TEXT}</label>
                <p class="field__hint" id=hint.clone()>{said::OPENER_HINT}</p>
                <textarea
                    id=FIELD
                    rows="3"
                    dir="auto"
                    aria-describedby=hint
                    prop:value=text
                    on:input:target=move |event| {
                        form.touch(FIELD);
                        text.set(event.target().value());
                    }
                ></textarea>
                <Fault form id=FIELD />
            </div>
            <Problem form />
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| spoken_to.set(None)>{CANCEL}</button>
                <Submit form label=said::SEND busy=said::SENDING />
            </div>
        </form>
    }
}
