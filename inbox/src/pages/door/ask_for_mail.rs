//! Asks for an address, and has a link mailed there.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::MailRequest;
use web_sys::SubmitEvent;

use super::Threshold;
use super::frame::Door;
use super::mail_sent::MailSent;
use crate::api::account::{self as api, Letter};
use crate::browser::locale;
use crate::components::{Kind, Problem, Submit, TextField};
use crate::model::entry;
use crate::model::page::Page;
use crate::model::sentence::Sentence;
use crate::state::form::{Blame, Check, Form};
use crate::words::{self, door};

const EMAIL: &str = "email";

/// The page, and the one that follows it.
#[component]
pub(super) fn AskForMail(
    letter: Letter,
    title: &'static str,
    lead: &'static str,
    submit: &'static str,
    busy: &'static str,
) -> impl IntoView {
    let sent_to = RwSignal::new(None::<String>);
    move || match sent_to.get() {
        Some(email) => {
            view! { <MailSent email letter on_other=Callback::new(move |()| sent_to.set(None)) /> }.into_any()
        }
        None => view! { <Ask letter title lead submit busy sent_to /> }.into_any(),
    }
}

#[component]
fn Ask(
    letter: Letter,
    title: &'static str,
    lead: &'static str,
    submit: &'static str,
    busy: &'static str,
    sent_to: RwSignal<Option<String>>,
) -> impl IntoView {
    const BLAME: &[Blame] =
        &[(Code::SignUpClosed, EMAIL, door::CLOSED), (Code::BadField, EMAIL, words::NOT_AN_ADDRESS)];
    let form = Form::new();
    let email = expect_context::<Threshold>().email;
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(EMAIL, entry::email(&email.get_untracked()), door::NO_EMAIL);
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        let request = MailRequest { email: typed.clone(), language: locale::language() };
        form.send(api::mail(letter, request), BLAME, move |()| sent_to.set(Some(typed)));
    };
    view! {
        <Door title=Sentence::of(title)>
            <form class="form" method="post" novalidate on:submit=on_submit>
                <p class="card__lead">{lead}</p>
                <Problem form />
                <TextField form id=EMAIL label=door::EMAIL kind=Kind::USERNAME value=email autofocus=true />
                <Submit form label=submit busy wide=true />
                <p class="card__foot">
                    {if letter == Letter::SignUp { Some(format!("{} ", door::HAVE_ACCOUNT)) } else { None }}
                    <a href=Page::SignIn.href()>{door::TO_SIGN_IN}</a>
                </p>
            </form>
        </Door>
    }
}
