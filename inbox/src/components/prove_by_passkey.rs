//! Proving with a passkey who is at the keyboard.

use leptos::prelude::*;
use protocol::Code;

use super::field::{Fault, described_by};
use super::{Icon, Shape};
use crate::api::{Failure, passkeys as api};
use crate::browser::passkeys::{Asking, NoPasskey, are_known, used};
use crate::state::form::{Blame, Form};
use crate::state::passkeys::PasskeyAsked;
use crate::words::passkeys as words;

const PASSKEY: &str = "proof-passkey";
const BLAME: &[Blame] = &[(Code::WrongSignIn, PASSKEY, words::WRONG_PROOF)];

/// The button, where the browser knows passkeys.
#[component]
pub(crate) fn ProveByPasskey(
    form: Form,
    /// Goes on after the proof.
    on_proof: Callback<()>,
) -> impl IntoView {
    let asked = PasskeyAsked::new();
    let ask = move |_| {
        form.send(proven(asked), BLAME, move |answer| match answer {
            Ok(()) => on_proof.run(()),
            Err(NoPasskey::Possible) => form.complain(words::NOT_POSSIBLE),
            Err(NoPasskey::Given | NoPasskey::Known) => form.complain(words::NOT_PROVEN),
        });
    };
    let described = move || described_by(PASSKEY, false, form.fault(PASSKEY).is_some());
    are_known().then(|| {
        view! {
            <button
                type="button"
                class="button"
                id=PASSKEY
                aria-describedby=described
                aria-disabled=move || form.is_busy().then_some("true")
                on:click=ask
            >
                <Icon shape=Shape::Key />
                {words::PROVE}
            </button>
            <Fault form id=PASSKEY />
        }
    })
}

async fn proven(asked: PasskeyAsked) -> Result<Result<(), NoPasskey>, Failure> {
    let question = api::begin_proof().await?;
    let Some(signal) = asked.begin() else { return Ok(Err(NoPasskey::Given)) };
    match used(&question, Asking::Plainly, &signal).await {
        Ok(answer) => api::prove(answer.passkey).await.map(Ok),
        Err(none) => Ok(Err(none)),
    }
}
