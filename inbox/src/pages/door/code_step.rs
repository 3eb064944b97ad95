//! The second step of every sign-in with a second factor: the app's code, or a recovery code.

use leptos::prelude::*;

use crate::browser::focus::focus_later;
use crate::components::{Kind, Submit, TextField};
use crate::model::entry;
use crate::state::form::{Check, Form};
use crate::words::door;

/// The field of the app's code.
pub(crate) const CODE: &str = "code";
/// The field of a recovery code.
pub(crate) const RECOVERY: &str = "recovery";

/// Which code is asked for, and what was typed.
#[derive(Clone, Copy)]
pub(crate) struct CodeEntry {
    by_recovery: RwSignal<bool>,
    code: RwSignal<String>,
    recovery: RwSignal<String>,
}

impl CodeEntry {
    /// Nothing was typed.
    pub(crate) fn new() -> Self {
        Self {
            by_recovery: RwSignal::new(false),
            code: RwSignal::new(String::new()),
            recovery: RwSignal::new(String::new()),
        }
    }

    /// The code, or what is wrong with it.
    pub(crate) fn read(self, check: &mut Check) -> Option<String> {
        if self.by_recovery.get_untracked() {
            let typed = self.recovery.get_untracked();
            check.field(RECOVERY, entry::recovery_code(&typed), door::NO_RECOVERY)
        } else {
            check.field(CODE, entry::six_digits(&self.code.get_untracked()), door::NO_CODE)
        }
    }

    /// Says that the code is not right, where it was typed.
    pub(crate) fn refuse(self, form: Form) {
        let mut check = Check::default();
        if self.by_recovery.get_untracked() {
            check.blame(RECOVERY, door::WRONG_RECOVERY);
        } else {
            check.blame(CODE, door::WRONG_CODE);
        }
        form.passes(check);
    }
}

/// The fields, the button, and the way to the other kind of code.
#[component]
pub(crate) fn CodeStep(form: Form, entry: CodeEntry) -> impl IntoView {
    let CodeEntry { by_recovery, code, recovery } = entry;
    // In an effect, so that it comes after the page has put the focus on its heading.
    Effect::new(move || focus_later(if by_recovery.get() { RECOVERY } else { CODE }));
    view! {
        <p class="card__lead">{move || if by_recovery.get() { door::LEAD_RECOVERY } else { door::LEAD_CODE }}</p>
        {move || if by_recovery.get() {
            view! { <TextField form id=RECOVERY label=door::RECOVERY kind=Kind::WORD value=recovery /> }
        } else {
            view! { <TextField form id=CODE label=door::CODE kind=Kind::CODE value=code /> }
        }}
        <Submit form label=door::GO_ON busy=door::GOING_ON wide=true />
        <button type="button" class="button button--quiet button--wide" on:click=move |_| {
            form.clear();
            by_recovery.update(|by_recovery| *by_recovery = !*by_recovery);
        }>
            {move || if by_recovery.get() { door::USE_APP } else { door::USE_RECOVERY }}
        </button>
    }
}
