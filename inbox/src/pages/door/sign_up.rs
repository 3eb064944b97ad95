//! Signing up: an address first; the name and the password after the mailed link was opened, so that nobody can prepare
//! an account for an address that is not theirs.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::http::account::{Newcomer, SignUpFinish};

use super::about::{self, About};
use super::by_mail::ByMail;
use super::frame::Door;
use super::{Threshold, unless_expired};
use crate::api::account::{self as api, Letter};
use crate::model::mailed_link::LinkPage;
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::state::account::Account;
use crate::state::form::Form;
use crate::words::door;

/// The page without a link, with one, and with one that is of no use.
#[component]
pub(crate) fn SignUp() -> impl IntoView {
    view! {
        <ByMail
            page=Page::SignUp
            link=LinkPage::SignUp
            letter=Letter::SignUp
            title=door::TITLE_UP
            lead=door::LEAD_UP
            submit=door::SUBMIT_UP
            finish=|token, expired| view! { <Finish token expired /> }.into_any()
        />
    }
}

#[component]
fn Finish(token: String, expired: RwSignal<bool>) -> impl IntoView {
    let account = expect_context::<Account>();
    let threshold = expect_context::<Threshold>();
    let form = Form::new();
    let navigate = use_navigate();
    let on_known = Callback::new(move |newcomer: Newcomer| {
        let navigate = navigate.clone();
        let request = api::finish_sign_up(SignUpFinish { token: token.clone(), newcomer });
        form.send(unless_expired(request), about::BLAME, move |me| match me {
            Some(me) => {
                account.put(me);
                navigate(&Page::Home.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
                threshold.forget_link();
            }
            None => expired.set(true),
        });
    });
    view! {
        <Door title=Sentence::of(door::TITLE_ABOUT)>
            <About form lead=door::LEAD_ABOUT submit=door::SUBMIT_ABOUT busy=door::BUSY_ABOUT on_known />
        </Door>
    }
}
