//! A forgotten password: asking for a link, and choosing a new one with it.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::ResetFinish;
use web_sys::SubmitEvent;

use super::by_mail::ByMail;
use super::code_step::{CodeEntry, CodeStep};
use super::frame::Door;
use super::sign_in_link::with_code;
use super::{unless_expired, use_entering};
use crate::api::account::{self as api, Letter};
use crate::components::{Kind, Problem, Submit, TextField};
use crate::model::entry;
use crate::model::mailed_link::LinkPage;
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door};

const PASSWORD: &str = "new-password";
const BLAME: &[Blame] = &[(Code::WeakPassword, PASSWORD, words::WEAK_PASSWORD)];

/// The page without a link, with one, and with one that is of no use.
#[component]
pub(crate) fn Reset() -> impl IntoView {
    view! {
        <ByMail
            page=Page::Reset
            link=LinkPage::Reset
            letter=Letter::Reset
            title=door::TITLE_RESET
            lead=door::LEAD_RESET
            submit=door::SUBMIT_RESET
            finish=|token, expired| view! { <Finish token expired /> }.into_any()
        />
    }
}

#[component]
fn Finish(token: String, expired: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let password = RwSignal::new(String::new());
    let code = CodeEntry::new();
    let asks_code = RwSignal::new(false);
    let enter = use_entering();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed =
            check.field(PASSWORD, entry::new_password(&password.get_untracked()), door::CHOOSE_PASSWORD);
        let typed_code = asks_code.get_untracked().then(|| code.read(&mut check)).flatten();
        let (Some(password), true) = (typed, form.passes(check)) else { return };
        let (tried_code, enter) = (typed_code.is_some(), enter.clone());
        let request = api::finish_reset(ResetFinish { token: token.clone(), password, code: typed_code });
        form.send(with_code(unless_expired(request)), BLAME, move |answer| match answer {
            Some(Some(me)) => enter(me),
            Some(None) => expired.set(true),
            None if tried_code => code.refuse(form),
            None => asks_code.set(true),
        });
    };
    move || {
        let (title, step) = if asks_code.get() {
            (door::TITLE_CODE, view! { <CodeStep form entry=code /> }.into_any())
        } else {
            let step = view! {
                <p class="card__lead">{door::LEAD_NEW_PASSWORD}</p>
                <TextField
                    form
                    id=PASSWORD
                    label=door::NEW_PASSWORD
                    kind=Kind::NEW_PASSWORD
                    value=password
                    hint=door::PASSWORD_HINT
                    autofocus=true
                />
                <Submit form label=door::SUBMIT_NEW_PASSWORD busy=door::BUSY_NEW_PASSWORD wide=true />
            };
            (door::TITLE_RESET, step.into_any())
        };
        let submit = submit.clone();
        view! {
            <Door title=Sentence::of(title)>
                <form class="form" method="post" novalidate on:submit=submit>
                    <Problem form />
                    {step}
                </form>
            </Door>
        }
        .into_any()
    }
}
