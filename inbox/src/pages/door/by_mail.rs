//! A page at which a mailed link is asked for, and to which that link leads.

use leptos::prelude::*;

use super::Threshold;
use super::ask_for_mail::AskForMail;
use super::frame::DeadLink;
use crate::api::account::Letter;
use crate::model::mailed_link::{LinkPage, MailedLink};
use crate::model::page::Page;
use crate::words::door;

/// What follows when the link is good so far. It is given the token of the link, and says there that the server did not
/// take it any more.
pub(super) type Finish = fn(String, RwSignal<bool>) -> AnyView;

/// The page without a link, with one, and with one that is of no use.
#[component]
pub(super) fn ByMail(
    /// The page, where another link comes from.
    page: Page,
    /// The links that are good here.
    link: LinkPage,
    letter: Letter,
    title: &'static str,
    lead: &'static str,
    submit: &'static str,
    finish: Finish,
) -> impl IntoView {
    let threshold = expect_context::<Threshold>();
    let again = Some((page, door::LINK_AGAIN));
    move || match threshold.link(link) {
        MailedLink::None => view! { <AskForMail letter title lead submit busy=door::BUSY_UP /> }.into_any(),
        MailedLink::Broken => {
            view! { <DeadLink title=door::LINK_BROKEN_TITLE lead=door::LINK_BROKEN_LEAD again /> }.into_any()
        }
        MailedLink::Token(token) => view! { <Opened token finish again /> }.into_any(),
    }
}

#[component]
fn Opened(
    token: String,
    finish: Finish,
    #[prop(optional_no_strip)] again: Option<(Page, &'static str)>,
) -> impl IntoView {
    let expired = RwSignal::new(false);
    move || {
        if expired.get() {
            view! { <DeadLink title=door::LINK_OLD_TITLE lead=door::LINK_OLD_LEAD again /> }.into_any()
        } else {
            finish(token.clone(), expired)
        }
    }
}
