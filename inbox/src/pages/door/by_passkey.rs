//! Signing in with a passkey: by a button, or by choosing one among what the browser fills in.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Code;
use protocol::http::passkey::PasskeySignIn;

use crate::api::passkeys as api;
use crate::browser::passkeys::{Asking, are_known, can_be_filled_in, used};
use crate::components::{PasskeyButton, by_passkey};
use crate::state::account::Account;
use crate::state::form::{Blame, Form};
use crate::state::passkeys::PasskeyAsked;
use crate::words::passkeys as words;

const PASSKEY: &str = "passkey";
const BLAME: &[Blame] = &[(Code::WrongSignIn, PASSKEY, words::WRONG)];

/// Milliseconds after which what the browser offers is asked anew, before the server's challenge ends.
const RENEW_MS: u32 = 4 * 60_000;

/// The button, and the offer among what the browser fills in.
#[component]
pub(super) fn ByPasskey(form: Form) -> impl IntoView {
    let account = expect_context::<Account>();
    let asked = PasskeyAsked::new();
    if !are_known() {
        return None;
    }
    offer(form, account, asked);
    let ask = move || by_passkey(asked, api::begin_sign_in(), async |passkey| api::sign_in(passkey).await);
    Some(view! {
        <div class="field">
            <PasskeyButton
                form
                id=PASSKEY
                label=words::SIGN_IN
                is_wide=true
                blame=BLAME
                unused=words::NOT_SIGNED_IN
                ask
                on_answer=Callback::new(move |me| account.put(me))
                on_none=Callback::new(move |()| offer(form, account, asked))
            />
        </div>
    })
}

/// Lets the browser offer passkeys where it fills in addresses, for as long as the page is there.
fn offer(form: Form, account: Account, asked: PasskeyAsked) {
    spawn_local(async move {
        let Some(passkey) = chosen(asked).await else { return };
        let request = async move {
            let answer = api::sign_in(passkey).await;
            if answer.is_err() {
                offer(form, account, asked);
            }
            answer
        };
        form.send(request, BLAME, move |me| account.put(me));
    });
}

/// The passkey that was chosen among what the browser offers; `None` where it offers none, or something else was asked.
async fn chosen(asked: PasskeyAsked) -> Option<PasskeySignIn> {
    if !can_be_filled_in().await {
        return None;
    }
    loop {
        let question = api::begin_sign_in().await.ok()?;
        let signal = asked.begin()?;
        let is_old = Rc::new(Cell::new(false));
        let renewal = Timeout::new(RENEW_MS, {
            let is_old = Rc::clone(&is_old);
            move || {
                is_old.set(true);
                asked.withdraw();
            }
        });
        let answer = used(&question, Asking::InPassing, &signal).await;
        drop(renewal);
        match answer {
            Ok(passkey) => return Some(passkey),
            Err(_) if is_old.get() => {}
            Err(_) => return None,
        }
    }
}
