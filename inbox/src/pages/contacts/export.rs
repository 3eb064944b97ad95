//! Taking contacts out as a file.

use leptos::prelude::*;
use protocol::csv::BYTE_ORDER_MARK;
use sync_web::save_file;
use web_sys::SubmitEvent;

use crate::api::contacts as api;
use crate::components::{Icon, Modal, Problem, Saved, Shape, Submit};
use crate::state::contacts::ContactChoice;
use crate::state::form::Form;
use crate::state::workspace::Workspace;
use crate::words::contacts as said;
use crate::words::team::CANCEL;

/// The id of the dialog.
const DIALOG: &str = "export-contacts";

/// The button, and the dialog in which it is said what will be in the file, and who will know of it.
#[component]
pub(super) fn Export(choice: ContactChoice) -> impl IntoView {
    let shown = RwSignal::new(false);
    view! {
        <button type="button" class="button" on:click=move |_| shown.set(true)>
            <Icon shape=Shape::Save />
            {said::EXPORT}
        </button>
        <Modal id=DIALOG shown on_close=Callback::new(move |()| shown.set(false)) title=|| said::EXPORT_TITLE>
            <Body choice shown />
        </Modal>
    }
}

#[component]
fn Body(choice: ContactChoice, shown: RwSignal<bool>) -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    let form = Form::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let filter = untrack(|| choice.filter());
        form.send(async move { api::export(workspace, &filter).await }, &[], move |text| {
            // Reading the answer as a text has taken its mark off.
            match save_file(said::FILE, "text/csv;charset=utf-8", &format!("{BYTE_ORDER_MARK}{text}")) {
                Ok(()) => form.say(said::EXPORTED),
                Err(_) => form.complain(said::NOT_SAVED),
            }
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <p class="dialog__lead">
                {move || if choice.is_any() { said::EXPORT_FITTING } else { said::EXPORT_ALL }}
            </p>
            <p class="dialog__lead">{said::EXPORT_LEAD}</p>
            <Problem form />
            <div class="form__foot">
                <Saved form />
                <button type="button" class="button" on:click=move |_| shown.set(false)>
                    {move || if form.saved().is_some() { crate::words::CLOSE } else { CANCEL }}
                </button>
                <Submit form label=said::EXPORT_NOW busy=said::EXPORTING />
            </div>
        </form>
    }
}
