//! The address with which the person signs in.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::MailRequest;
use web_sys::SubmitEvent;

use crate::api::account::{self as api, Letter};
use crate::browser::locale;
use crate::components::{Kind, Panel, Problem, Said, Saved, Submit, TextField};
use crate::model::entry;
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door, you};

const EMAIL: &str = "new-email";
const BLAME: &[Blame] =
    &[(Code::Taken, EMAIL, door::ADDRESS_TAKEN), (Code::BadField, EMAIL, words::NOT_AN_ADDRESS)];

/// Says which it is, and has a link mailed to another.
#[component]
pub(super) fn Email() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let email = RwSignal::new(String::new());
    let own = Memo::new(move |_| account.me().map(|me| me.email).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(EMAIL, entry::email(&email.get_untracked()), you::NO_EMAIL);
        if own.with_untracked(|own| typed.as_ref() == Some(own)) {
            check.blame(EMAIL, you::SAME_EMAIL);
        }
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        let request = MailRequest { email: typed, language: locale::language() };
        form.send(api::mail(Letter::NewAddress, request), BLAME, move |()| {
            email.set(String::new());
            form.say(you::EMAIL_SENT);
        });
    };
    view! {
        <Panel id="email" title=you::EMAIL>
            <p class="panel__lead">{move || view! { <Said sentence=you::email_is(&own.get()) /> }}</p>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <TextField form id=EMAIL label=you::NEW_EMAIL kind=Kind::EMAIL value=email hint=you::NEW_EMAIL_HINT />
                <div class="form__row">
                    <Submit form label=you::CHANGE_EMAIL busy=you::SAVING />
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}
