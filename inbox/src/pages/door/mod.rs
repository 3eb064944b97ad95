//! The pages of those who are not signed in yet, and of mailed links.

mod about;
mod ask_for_mail;
mod by_mail;
mod by_passkey;
mod code_step;
mod frame;
mod join;
mod mail_sent;
mod new_address;
mod reset;
mod sign_in;
mod sign_in_link;
mod sign_up;

use core::future::Future;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::Code;
use protocol::http::account::Me;

use super::later::later;
use crate::api::Failure;
use crate::model::mailed_link::{LinkPage, MailedLink};
use crate::model::page::Page;
use crate::state::account::Account;

sync_web::part!(door);

later!(door, SignIn, sign_in::SignIn);
later!(door, SignUp, sign_up::SignUp);
later!(door, SignInLink, sign_in_link::SignInLink);
later!(door, Reset, reset::Reset);
later!(door, NewAddress, new_address::NewAddress);
later!(door, Join, join::Join);

/// What the pages at the door hand to each other, in memory only.
#[derive(Clone, Copy)]
pub(crate) struct Threshold {
    link: RwSignal<Option<(LinkPage, MailedLink)>>,
    /// The address that was typed last.
    pub(crate) email: RwSignal<String>,
}

impl Threshold {
    /// Begins with the link of the page's address.
    pub(crate) fn new(link: Option<(LinkPage, MailedLink)>) -> Self {
        Self { link: RwSignal::new(link), email: RwSignal::new(String::new()) }
    }

    /// Takes another link.
    pub(crate) fn take(self, link: (LinkPage, MailedLink)) {
        self.link.set(Some(link));
    }

    /// The link that leads to a page, tracked.
    pub(crate) fn link(self, wanted: LinkPage) -> MailedLink {
        self.link.with(|link| match link {
            Some((page, link)) if *page == wanted => link.clone(),
            Some(_) | None => MailedLink::None,
        })
    }

    /// Forgets the link: it was used, or is of no use.
    pub(crate) fn forget_link(self) {
        self.link.set(None);
    }
}

/// Lets in whom a mailed link has signed in. The link is forgotten last: its page ends with it, and with the page whatever
/// would lead on from there.
fn use_entering() -> impl Fn(Me) + Clone {
    let (account, threshold) = (expect_context::<Account>(), expect_context::<Threshold>());
    let navigate = use_navigate();
    move |me| {
        account.put(me);
        navigate(&Page::Home.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        threshold.forget_link();
    }
}

/// Tells a link that is not good any more, as `None`, from everything else that can go wrong.
async fn unless_expired<T>(request: impl Future<Output = Result<T, Failure>>) -> Result<Option<T>, Failure> {
    match request.await {
        Err(failure) if failure.code() == Some(Code::LinkExpired) => Ok(None),
        answer => answer.map(Some),
    }
}
