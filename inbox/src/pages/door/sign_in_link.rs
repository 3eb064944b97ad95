//! Signing in by a mailed link: asking for one, and using it. Using it takes a press of a button, since programs that
//! look into mail open links too.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::LinkSignIn;
use web_sys::SubmitEvent;

use super::by_mail::ByMail;
use super::code_step::{CodeEntry, CodeStep};
use super::frame::Door;
use super::{unless_expired, use_entering};
use crate::api::account::{self as api, Letter};
use crate::components::{Problem, Submit};
use crate::model::mailed_link::LinkPage;
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::state::account::{Account, Standing};
use crate::state::form::{Check, Form};
use crate::words::door;

/// The page without a link, with one, and with one that is of no use.
#[component]
pub(crate) fn SignInLink() -> impl IntoView {
    view! {
        <ByMail
            page=Page::SignInLink
            link=LinkPage::SignInLink
            letter=Letter::SignInLink
            title=door::TITLE_LINK
            lead=door::LEAD_LINK
            submit=door::SUBMIT_LINK
            finish=|token, expired| view! { <Finish token expired /> }.into_any()
        />
    }
}

#[component]
fn Finish(token: String, expired: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let code = CodeEntry::new();
    let asks_code = RwSignal::new(false);
    // Whoever was signed in before is replaced.
    expect_context::<Account>().forget(Standing::SignedOut);
    let enter = use_entering();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = asks_code.get_untracked().then(|| code.read(&mut check)).flatten();
        if !form.passes(check) {
            return;
        }
        let (tried_code, enter) = (typed.is_some(), enter.clone());
        let request = api::finish_sign_in_link(LinkSignIn { token: token.clone(), code: typed });
        form.send(with_code(unless_expired(request)), &[], move |answer| match answer {
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
                <p class="card__lead">{door::LEAD_BY_LINK}</p>
                <Submit form label=door::SUBMIT_IN busy=door::BUSY_IN wide=true />
            };
            (door::TITLE_BY_LINK, step.into_any())
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

/// Tells a missing or wrong code, as `None`, from everything else that can go wrong.
pub(super) async fn with_code<T>(
    request: impl Future<Output = Result<T, crate::api::Failure>>,
) -> Result<Option<T>, crate::api::Failure> {
    match request.await {
        Err(failure) if failure.code() == Some(Code::SecondFactorRequired) => Ok(None),
        answer => answer.map(Some),
    }
}
