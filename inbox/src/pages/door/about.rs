//! Who a new person is: their name, and a password if they want one.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::Newcomer;
use web_sys::SubmitEvent;

use crate::browser::locale;
use crate::components::{CheckBox, Kind, Problem, Submit, TextField};
use crate::model::entry;
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door};

/// The field of the name.
pub(super) const NAME: &str = "name";
/// The field of the password.
pub(super) const PASSWORD: &str = "new-password";

/// What is to blame for what the server refuses.
pub(super) const BLAME: &[Blame] =
    &[(Code::WeakPassword, PASSWORD, words::WEAK_PASSWORD), (Code::BadField, NAME, door::NO_NAME)];

/// The form.
#[component]
pub(super) fn About(
    form: Form,
    lead: &'static str,
    submit: &'static str,
    busy: &'static str,
    /// The address, where it is known: password managers keep it with the password.
    #[prop(optional)]
    email: Option<String>,
    on_known: Callback<Newcomer>,
) -> impl IntoView {
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let without = RwSignal::new(false);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let name = check.field(NAME, entry::name(&name.get_untracked()), door::NO_NAME);
        let password = (!without.get_untracked())
            .then(|| {
                let typed = password.get_untracked();
                check.field(PASSWORD, entry::new_password(&typed), door::CHOOSE_PASSWORD)
            })
            .flatten();
        let (Some(name), true) = (name, form.passes(check)) else { return };
        on_known.run(Newcomer {
            name,
            password,
            language: locale::language(),
            time_zone: locale::time_zone(),
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=on_submit>
            <p class="card__lead">{lead}</p>
            <Problem form />
            {email.map(|email| view! {
                <input class="hidden" type="text" name="username" autocomplete="username" value=email tabindex="-1" readonly aria-hidden="true" />
            })}
            <TextField form id=NAME label=door::NAME kind=Kind::OWN_NAME value=name autofocus=true />
            <TextField
                form
                id=PASSWORD
                label=door::NEW_PASSWORD
                kind=Kind::NEW_PASSWORD
                value=password
                hint=door::PASSWORD_HINT
                disabled=without
            />
            <CheckBox
                id="without-password"
                label=door::WITHOUT_PASSWORD
                value=without
                on_change=Callback::new(move |()| form.touch(PASSWORD))
            />
            <Submit form label=submit busy wide=true />
        </form>
    }
}
