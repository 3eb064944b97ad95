//! Proving with a passkey who is at the keyboard.

use leptos::prelude::*;
use protocol::Code;

use super::passkey_button::{PasskeyButton, by_passkey};
use crate::api::passkeys as api;
use crate::browser::passkeys::are_known;
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
    let ask = move || by_passkey(asked, api::begin_proof(), async |answer| api::prove(answer.passkey).await);
    are_known().then(|| {
        view! {
            <PasskeyButton
                form
                id=PASSKEY
                label=words::PROVE
                blame=BLAME
                unused=words::NOT_PROVEN
                ask
                on_answer=on_proof
            />
        }
    })
}
