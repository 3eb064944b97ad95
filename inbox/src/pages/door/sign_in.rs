//! Signing in.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use protocol::Code;
use protocol::http::account::SignInRequest;
use web_sys::SubmitEvent;

use super::Threshold;
use super::by_passkey::ByPasskey;
use super::code_step::{CodeEntry, CodeStep};
use super::frame::Door;
use crate::api::account as api;
use crate::browser::focus::focus_later;
use crate::components::{Kind, PAGE_TITLE, Problem, Submit, TextField};
use crate::model::entry;
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::model::sign_in_target::wanted_page;
use crate::state::account::{Account, Standing};
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door};

const EMAIL: &str = "email";
const PASSWORD: &str = "password";
const BLAME: &[Blame] = &[(Code::WrongSignIn, PASSWORD, words::WRONG_SIGN_IN)];

/// Leads on to the page that was wanted, for whom has signed in.
fn use_leading_on(account: Account) {
    let navigate = use_navigate();
    let query = use_query_map();
    Effect::new(move || {
        if matches!(account.get(), Standing::SignedIn(_)) {
            let asked = query.with_untracked(|query| query.get("to"));
            navigate(
                wanted_page(asked.as_deref()),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
}

/// The form, and the second step of those who have a second factor.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let email = expect_context::<Threshold>().email;
    let password = RwSignal::new(String::new());
    let code = CodeEntry::new();
    let asks_code = RwSignal::new(false);
    if account.is_unknown() {
        account.load();
    }
    use_leading_on(account);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed_email = check.field(EMAIL, entry::email(&email.get_untracked()), door::NO_EMAIL);
        let typed_password =
            check.field(PASSWORD, entry::password(&password.get_untracked()), door::NO_PASSWORD);
        let typed_code = asks_code.get_untracked().then(|| code.read(&mut check)).flatten();
        let passes = form.passes(check);
        let (Some(email), Some(password), true) = (typed_email, typed_password, passes) else { return };
        let tried_code = typed_code.is_some();
        let request = async move {
            match api::sign_in(SignInRequest { email, password, code: typed_code }).await {
                Err(failure) if failure.code() == Some(Code::SecondFactorRequired) => Ok(None),
                answer => answer.map(Some),
            }
        };
        form.send(request, BLAME, move |answer| match answer {
            Some(me) => account.put(me),
            None if tried_code => code.refuse(form),
            None => asks_code.set(true),
        });
    };
    let start_again = move |_| {
        form.clear();
        password.set(String::new());
        asks_code.set(false);
        focus_later(PAGE_TITLE);
    };
    let title = move || Sentence::of(if asks_code.get() { door::TITLE_CODE } else { door::TITLE_IN });
    move || {
        let step = if asks_code.get() {
            view! {
                <CodeStep form entry=code />
                <button type="button" class="button button--quiet button--wide" on:click=start_again>{door::OTHER_PERSON}</button>
            }
            .into_any()
        } else {
            view! { <First form email password /> }.into_any()
        };
        view! {
            <Door title=title()>
                <form class="form" method="post" novalidate on:submit=submit>
                    <Problem form />
                    {step}
                </form>
            </Door>
        }
    }
}

#[component]
fn First(form: Form, email: RwSignal<String>, password: RwSignal<String>) -> impl IntoView {
    view! {
        <p class="card__lead">{door::LEAD_IN}</p>
        <TextField form id=EMAIL label=door::EMAIL kind=Kind::USERNAME_OR_PASSKEY value=email autofocus=true />
        <TextField form id=PASSWORD label=door::PASSWORD kind=Kind::PASSWORD value=password />
        <p class="card__aside"><a href=Page::Reset.href()>{door::FORGOT}</a></p>
        <Submit form label=door::SUBMIT_IN busy=door::BUSY_IN wide=true />
        <p class="card__or" aria-hidden="true"><span>{door::OR}</span></p>
        <ByPasskey form />
        <a class="button button--wide" href=Page::SignInLink.href()>{door::MAIL_LINK}</a>
        <p class="card__foot">{door::NO_ACCOUNT}" "<a href=Page::SignUp.href()>{door::TO_SIGN_UP}</a></p>
    }
}
