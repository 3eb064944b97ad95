//! The person's password.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::PasswordChange;
use web_sys::SubmitEvent;

use crate::api::account as api;
use crate::components::{Kind, Panel, Problem, Saved, Submit, TextField};
use crate::model::entry;
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door, you};

const PASSWORD: &str = "new-password";
const BLAME: &[Blame] = &[(Code::WeakPassword, PASSWORD, words::WEAK_PASSWORD)];

/// Changes it, or sets the first.
#[component]
pub(super) fn Password() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let password = RwSignal::new(String::new());
    let has_password = Memo::new(move |_| account.me().is_some_and(|me| me.has_password));
    let email = account.me_untracked().map(|me| me.email).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = password.get_untracked();
        let typed = check.field(PASSWORD, entry::new_password(&typed), you::CHOOSE_PASSWORD);
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        form.send(api::set_password(PasswordChange { password: typed }), BLAME, move |()| {
            password.set(String::new());
            account.refresh();
            form.say(you::PASSWORD_SAVED);
        });
    };
    let label = move || if has_password.get() { you::CHANGE_PASSWORD } else { you::SET_PASSWORD };
    view! {
        <Panel id="password" title=you::PASSWORD>
            <p class="panel__lead">{move || if has_password.get() { you::HAS_PASSWORD } else { you::HAS_NO_PASSWORD }}</p>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <input class="hidden" type="text" name="username" autocomplete="username" value=email tabindex="-1" readonly aria-hidden="true" />
                <TextField
                    form
                    id=PASSWORD
                    label=you::NEW_PASSWORD
                    kind=Kind::NEW_PASSWORD
                    value=password
                    hint=door::PASSWORD_HINT
                />
                <div class="form__row">
                    {move || view! { <Submit form label=label() busy=you::SAVING /> }}
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}
