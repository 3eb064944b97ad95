//! Confirming another address for an account.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::LinkFinish;
use web_sys::SubmitEvent;

use super::frame::{DeadLink, Door};
use super::{Threshold, unless_expired};
use crate::api::account as api;
use crate::components::{Problem, Submit};
use crate::model::mailed_link::{LinkPage, MailedLink};
use crate::model::page::{AccountPart, Page};
use crate::model::sentence::Sentence;
use crate::state::account::{Account, Standing};
use crate::state::form::Form;
use crate::words::door;

const AGAIN: (Page, &str) = (Page::Account(AccountPart::Security), door::TO_ACCOUNT);

/// The page of the link; without one there is nothing to do here.
#[component]
pub(crate) fn NewAddress() -> impl IntoView {
    let threshold = expect_context::<Threshold>();
    move || match threshold.link(LinkPage::NewAddress) {
        MailedLink::None | MailedLink::Broken => view! {
            <DeadLink title=door::LINK_BROKEN_TITLE lead=door::LINK_BROKEN_LEAD again=Some(AGAIN) />
        }
        .into_any(),
        MailedLink::Token(token) => view! { <Finish token /> }.into_any(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Expired,
    Taken,
    Done,
}

#[component]
fn Finish(token: String) -> impl IntoView {
    let account = expect_context::<Account>();
    let threshold = expect_context::<Threshold>();
    let form = Form::new();
    let outcome = RwSignal::new(None::<Outcome>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = api::finish_new_address(LinkFinish { token: token.clone() });
        let request = async move {
            match unless_expired(request).await {
                Err(failure) if failure.code() == Some(Code::Taken) => Ok(Outcome::Taken),
                Ok(None) => Ok(Outcome::Expired),
                Ok(Some(())) => Ok(Outcome::Done),
                Err(failure) => Err(failure),
            }
        };
        form.send(request, &[], move |found| {
            if found == Outcome::Done {
                account.forget(Standing::Unknown);
                account.refresh();
            }
            outcome.set(Some(found));
        });
    };
    move || {
        match outcome.get() {
        None => {
            let submit = submit.clone();
            view! {
                <Door title=Sentence::of(door::TITLE_ADDRESS)>
                    <form class="form" method="post" novalidate on:submit=submit>
                        <p class="card__lead">{door::LEAD_ADDRESS}</p>
                        <Problem form />
                        <Submit form label=door::SUBMIT_ADDRESS busy=door::BUSY_ADDRESS wide=true />
                    </form>
                </Door>
            }
            .into_any()
        }
        Some(Outcome::Expired) => view! {
            <DeadLink title=door::LINK_OLD_TITLE lead=door::LINK_OLD_LEAD again=Some(AGAIN) />
        }
        .into_any(),
        Some(Outcome::Taken) => view! {
            <DeadLink title=door::LINK_OLD_TITLE lead=door::ADDRESS_TAKEN again=Some(AGAIN) />
        }
        .into_any(),
        Some(Outcome::Done) => view! {
            <Door title=Sentence::of(door::DONE_ADDRESS_TITLE)>
                <p class="card__lead" role="status">{door::DONE_ADDRESS_LEAD}</p>
                <a class="button button--primary button--wide" href=Page::Home.href() on:click=move |_| threshold.forget_link()>
                    {door::TO_INBOX}
                </a>
            </Door>
        }
        .into_any(),
    }
    }
}
