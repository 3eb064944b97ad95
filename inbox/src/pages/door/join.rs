//! Accepting an invitation: as the signed-in person it is for, or as somebody new.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::Code;
use protocol::http::account::{Me, Newcomer};
use protocol::http::workspace::{InvitationAcceptance, InvitationOffer};
use web_sys::SubmitEvent;

use super::about::{self, About};
use super::frame::{DeadLink, Door};
use super::{Threshold, unless_expired};
use crate::api::{account as account_api, workspace as api};
use crate::components::{Awaited, Fault, Problem, Said, Submit};
use crate::model::mailed_link::{LinkPage, MailedLink};
use crate::model::page::Page;
use crate::state::account::{Account, Standing};
use crate::state::drafts;
use crate::state::form::{Blame, Form};
use crate::state::loaded::Loaded;
use crate::words::{self, door};

const JOIN: &str = "join";

/// What is to blame for what the server refuses.
const BLAME: &[Blame] = &[
    (Code::WeakPassword, about::PASSWORD, words::WEAK_PASSWORD),
    (Code::BadField, about::NAME, door::NO_NAME),
    (Code::Taken, JOIN, door::MEMBER_ALREADY),
];

/// The page of the link; without one there is nothing to do here.
#[component]
pub(crate) fn Join() -> impl IntoView {
    let threshold = expect_context::<Threshold>();
    let account = expect_context::<Account>();
    account.load();
    move || match threshold.link(LinkPage::Join) {
        MailedLink::None | MailedLink::Broken => view! {
            <DeadLink title=door::LINK_BROKEN_TITLE lead=door::INVITATION_BROKEN_LEAD />
        }
        .into_any(),
        MailedLink::Token(token) => view! { <Offered token /> }.into_any(),
    }
}

/// Asks what the invitation is to.
#[component]
fn Offered(token: String) -> impl IntoView {
    let offer = Loaded::<Option<InvitationOffer>>::new();
    let ask = {
        let token = token.clone();
        move || offer.ask(unless_expired(api::look(token.clone())))
    };
    ask();
    view! {
        <Awaited value=offer on_retry=Callback::new(move |()| ask())>
            {match offer.value_untracked().flatten() {
                Some(offer) => view! { <Offer token=token.clone() offer /> }.into_any(),
                None => view! { <Expired /> }.into_any(),
            }}
        </Awaited>
    }
}

#[component]
fn Expired() -> impl IntoView {
    view! { <DeadLink title=door::INVITATION_OLD_TITLE lead=door::INVITATION_OLD_LEAD /> }
}

#[component]
fn Offer(token: String, offer: InvitationOffer) -> impl IntoView {
    let account = expect_context::<Account>();
    let threshold = expect_context::<Threshold>();
    let form = Form::new();
    let expired = RwSignal::new(false);
    let navigate = use_navigate();
    let accept = Callback::new(move |newcomer: Option<Newcomer>| {
        let navigate = navigate.clone();
        let request = api::accept(InvitationAcceptance { token: token.clone(), newcomer });
        form.send(unless_expired(request), BLAME, move |joined| match joined {
            Some(joined) => {
                account.forget(Standing::Unknown);
                account.refresh();
                let page = Page::Workspace(joined.workspace.id).path();
                navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() });
                threshold.forget_link();
            }
            None => expired.set(true),
        });
    });
    let InvitationOffer { workspace, email, has_account } = offer;
    move || {
        if expired.get() {
            return view! { <Expired /> }.into_any();
        }
        let email = email.clone();
        let part = match account.get() {
            Standing::Unknown => ().into_any(),
            Standing::SignedIn(me) if me.email == email => view! { <JoinAsMe form accept /> }.into_any(),
            Standing::SignedIn(me) => view! { <OtherPerson me wanted=email /> }.into_any(),
            Standing::SignedOut | Standing::Failed(_) if has_account => {
                view! { <SignInFirst email /> }.into_any()
            }
            Standing::SignedOut | Standing::Failed(_) => view! {
                <p class="card__lead"><Said sentence=door::invited_as(&email) /></p>
                <About
                    form
                    email=email
                    lead=door::LEAD_OFFER_NEW
                    submit=door::JOIN
                    busy=door::BUSY_JOIN
                    on_known=Callback::new(move |newcomer| accept.run(Some(newcomer)))
                />
            }
            .into_any(),
        };
        view! { <Door title=door::join(&workspace)>{part}</Door> }.into_any()
    }
}

/// One press joins.
#[component]
fn JoinAsMe(form: Form, accept: Callback<Option<Newcomer>>) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        accept.run(None);
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <p class="card__lead">{door::LEAD_OFFER}</p>
            <Problem form />
            <Submit form label=door::JOIN busy=door::BUSY_JOIN wide=true />
            <Fault form id=JOIN />
        </form>
    }
}

/// Somebody else is signed in.
#[component]
fn OtherPerson(me: Me, wanted: String) -> impl IntoView {
    let account = expect_context::<Account>();
    let threshold = expect_context::<Threshold>();
    let switch = move |_| {
        spawn_local(async move {
            // The session has ended for this tab even where the server could not be told.
            let _ = account_api::sign_out().await;
            drafts::forget_all();
            account.forget(Standing::SignedOut);
        });
    };
    view! {
        <p class="card__lead"><Said sentence=door::wrong_person(&me.email, &wanted) /></p>
        <div class="card__actions">
            <button type="button" class="button button--primary button--wide" on:click=switch>{door::SWITCH}</button>
            <a class="button button--quiet button--wide" href=Page::Home.href() on:click=move |_| threshold.forget_link()>
                {door::STAY}
            </a>
        </div>
    }
}

/// The address has an account.
#[component]
fn SignInFirst(email: String) -> impl IntoView {
    let threshold = expect_context::<Threshold>();
    let navigate = use_navigate();
    let said = door::invited_as(&email);
    let go = move |_| {
        threshold.email.set(email.clone());
        navigate(&format!("{}?to={}", Page::SignIn.path(), Page::Join.path()), NavigateOptions::default());
    };
    view! {
        <p class="card__lead">{door::LEAD_OFFER_SIGN_IN}</p>
        <p class="card__note"><Said sentence=said /></p>
        <button type="button" class="button button--primary button--wide" on:click=go>{door::SIGN_IN_TO_JOIN}</button>
    }
}
