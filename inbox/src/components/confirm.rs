//! Asks before something is destroyed, and says what will happen.

use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::field::{Kind, TextField};
use super::form_parts::{Problem, Submit};
use super::{Modal, Said};
use crate::model::sentence::Sentence;
use crate::state::form::{Check, Form};
use crate::words;
use crate::words::team::CANCEL;

/// The field in which something has to be typed first.
pub(crate) const TYPED: &str = "confirm-typed";

/// What is about to happen.
#[derive(Clone)]
pub(crate) struct Question {
    /// The question.
    pub(crate) title: Sentence,
    /// What will happen.
    pub(crate) lead: &'static str,
    /// What the button says that does it.
    pub(crate) action: &'static str,
    /// Does it, by way of the dialog's form; the dialog is closed when that is done.
    pub(crate) on_yes: Callback<Form>,
    /// What has to be typed first, for what cannot be undone.
    pub(crate) typed: Option<Typed>,
}

/// Something that has to be typed before the button does anything.
#[derive(Clone)]
pub(crate) struct Typed {
    /// What to type.
    pub(crate) wanted: String,
    /// The name of the field.
    pub(crate) label: &'static str,
    /// What is said of anything else.
    pub(crate) mismatch: &'static str,
}

/// The one dialog of a page.
#[derive(Clone, Copy)]
pub(crate) struct Confirm(RwSignal<Option<Question>>);

impl Confirm {
    /// Nothing is asked.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Asks.
    pub(crate) fn ask(self, question: Question) {
        self.0.set(Some(question));
    }

    /// Asks no more.
    pub(crate) fn close(self) {
        self.0.try_set(None);
    }
}

/// The dialog.
#[component]
pub(crate) fn ConfirmDialog(confirm: Confirm) -> impl IntoView {
    let question = confirm.0;
    let title = move || question.get().map(|question| view! { <Said sentence=question.title /> });
    view! {
        <Modal
            id="confirm"
            shown=Signal::derive(move || question.with(Option::is_some))
            on_close=Callback::new(move |()| confirm.close())
            title
        >
            {move || question.get().map(|question| view! { <Body confirm question /> })}
        </Modal>
    }
}

#[component]
fn Body(confirm: Confirm, question: Question) -> impl IntoView {
    let form = Form::new();
    let value = RwSignal::new(String::new());
    let (typed, on_yes) = (question.typed, question.on_yes);
    let label = typed.as_ref().map(|typed| typed.label);
    let wanted = typed.as_ref().map(|typed| typed.wanted.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        if let Some(typed) = &typed
            && value.with_untracked(|value| value.trim() != typed.wanted)
        {
            check.blame(TYPED, typed.mismatch);
        }
        if form.passes(check) {
            on_yes.run(form);
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <p class="dialog__lead">{question.lead}</p>
            {wanted.map(|wanted| view! { <p class="dialog__wanted"><bdi>{wanted}</bdi></p> })}
            {label.map(|label| view! { <TextField form id=TYPED label kind=Kind::WORD value /> })}
            <Problem form />
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| confirm.close()>{CANCEL}</button>
                <Submit form label=question.action busy=words::LOADING danger=true />
            </div>
        </form>
    }
}
