//! Asks who is at the keyboard, wherever something guarded was asked for.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::{MailRequest, Me, ProofRequest};
use web_sys::SubmitEvent;

use crate::api::account::{self as api, Letter};
use crate::browser::locale;
use crate::components::{
    Fault, Kind, Modal, Problem, ProveByPasskey, Saved, Submit, TextField, described_by,
};
use crate::model::entry;
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::state::proofs::Proofs;
use crate::words::door;
use crate::words::you::proof;

const PASSWORD: &str = "proof-password";
const CODE: &str = "proof-code";
const MAIL: &str = "proof-mail";

/// What is to blame where there is a password.
const BLAME: &[Blame] =
    &[(Code::WrongSignIn, PASSWORD, proof::WRONG), (Code::SecondFactorRequired, CODE, door::WRONG_CODE)];

/// What is to blame where there is none.
const BLAME_LINK: &[Blame] = &[
    (Code::WrongSignIn, MAIL, proof::NOT_YET),
    (Code::ProofRequired, MAIL, proof::NOT_YET),
    (Code::SecondFactorRequired, CODE, door::WRONG_CODE),
];

/// The dialog; what waits for the proof goes on when there is one, and ends when there is none.
#[component]
pub(crate) fn ProofDialog() -> impl IntoView {
    let proofs = expect_context::<Proofs>();
    let account = expect_context::<Account>();
    view! {
        <Modal
            id="proof"
            shown=proofs.wanted()
            on_close=Callback::new(move |()| proofs.settle(false))
            title=|| proof::TITLE
        >
            {move || account.me_untracked().map(|me| view! { <Body proofs me /> })}
        </Modal>
    }
}

#[component]
fn Body(proofs: Proofs, me: Me) -> impl IntoView {
    let form = Form::new();
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let Me { email, has_password, has_second_factor, has_passkeys, .. } = me;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let password = has_password
            .then(|| check.field(PASSWORD, entry::password(&password.get_untracked()), proof::NO_PASSWORD))
            .flatten();
        let code = has_second_factor
            .then(|| check.field(CODE, entry::any_code(&code.get_untracked()), door::NO_CODE))
            .flatten();
        if !form.passes(check) {
            return;
        }
        let blame = if has_password { BLAME } else { BLAME_LINK };
        form.send(api::prove(ProofRequest { password, code }), blame, move |()| proofs.settle(true));
    };
    let mail = {
        let email = email.clone();
        move |_| {
            let request = MailRequest { email: email.clone(), language: locale::language() };
            form.send(api::mail(Letter::SignInLink, request), &[], move |()| form.say(proof::MAILED));
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <p class="dialog__lead">{if has_password { proof::LEAD } else { proof::LEAD_LINK }}</p>
            <Problem form />
            {has_passkeys.then(|| view! {
                <ProveByPasskey form on_proof=Callback::new(move |()| proofs.settle(true)) />
            })}
            <input class="hidden" type="text" name="username" autocomplete="username" value=email tabindex="-1" readonly aria-hidden="true" />
            {has_password.then(|| view! {
                <TextField form id=PASSWORD label=proof::PASSWORD kind=Kind::PASSWORD value=password autofocus=true />
            })}
            {(!has_password).then(|| view! {
                <button type="button" class="button" id=MAIL on:click=mail aria-describedby=move || described_by(MAIL, false, form.fault(MAIL).is_some())>
                    {proof::MAIL}
                </button>
                <Fault form id=MAIL />
                <Saved form />
            })}
            {has_second_factor.then(|| view! { <TextField form id=CODE label=door::CODE kind=Kind::CODE value=code /> })}
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| proofs.settle(false)>{proof::CANCEL}</button>
                <Submit form label=proof::SUBMIT busy=proof::BUSY />
            </div>
        </form>
    }
}
