//! What is known of the visitor, beside the thread.

use leptos::prelude::*;
use protocol::{Page, Rating, Timestamp, VisitorIdentity};

use super::called::Vouched;
use super::thread_header::DETAILS_TOGGLE;
use super::time_mark::Since;
use super::{Avatar, Called, Icon, Shape};
use crate::browser::focus::focus;
use crate::browser::intl;
use crate::model::links::{SafeLink, safe_link};
use crate::model::visitor_name::VisitorName;
use crate::words;

/// The id of the button that closes the pane.
pub(crate) const DETAILS_CLOSE: &str = "details-close";

/// All that the pane shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct VisitorFacts {
    /// Who it is, once the list knows.
    pub(crate) visitor: Option<VisitorName>,
    /// What else is known of them.
    pub(crate) identity: Option<VisitorIdentity>,
    /// Whether one of their tabs is connected.
    pub(crate) online: bool,
    /// Where they are, or were last.
    pub(crate) page: Option<Page>,
    /// When they first wrote, if that much of the thread is loaded.
    pub(crate) started_at: Option<Timestamp>,
    /// When something last happened.
    pub(crate) active_at: Option<Timestamp>,
    /// Other agents who have the conversation open, in words.
    pub(crate) also_here: Option<String>,
    /// How they found the conversation, as far as that is loaded.
    pub(crate) rating: Option<Rating>,
}

/// The pane. Where there is no room beside the thread it lies over it until it is closed.
#[component]
pub(crate) fn DetailsPane(
    #[prop(into)] facts: Signal<VisitorFacts>,
    shown: RwSignal<bool>,
    /// Whether the transcript is being made; set to ask for it.
    saving: RwSignal<bool>,
    /// What stands below who it is.
    children: Children,
) -> impl IntoView {
    let page = Memo::new(move |_| facts.with(|facts| facts.page.clone()));
    let visitor = Memo::new(move |_| facts.with(|facts| facts.visitor.clone()));
    let identity = Memo::new(move |_| facts.with(|facts| facts.identity.clone()));
    let online = Memo::new(move |_| facts.with(|facts| facts.online));
    let started = Memo::new(move |_| facts.with(|facts| facts.started_at));
    let active = Memo::new(move |_| facts.with(|facts| facts.active_at));
    let rating = Memo::new(move |_| facts.with(|facts| facts.rating.clone()));
    let also = Memo::new(move |_| facts.with(|facts| facts.also_here.clone()));
    let page_label = move || {
        if online.get() { words::details::PAGE } else { words::details::LAST_PAGE }
    };
    view! {
        <aside class="details" class:details--shown=shown id="details" aria-label=words::details::NAME>
            <button
                type="button"
                class="icon-button details__close"
                id=DETAILS_CLOSE
                aria-label=words::details::CLOSE
                on:click=move |_| {
                    shown.set(false);
                    focus(DETAILS_TOGGLE);
                }
            >
                <Icon shape=Shape::Close />
            </button>
            {move || {
                let visitor = visitor.get();
                let disc = visitor.as_ref().map(|visitor| (visitor.initials(), visitor.tint));
                let (letters, tint) = disc.unwrap_or_else(|| (String::new(), 1));
                view! {
                    <div class="details__head">
                        <Avatar letters tint online />
                        <p class="details__name"><Called visitor /></p>
                        <p class="details__online" class:details__online--on=online>
                            {move || if online.get() { words::thread::ONLINE } else { words::thread::AWAY }}
                        </p>
                    </div>
                }
            }}
            {children()}
            {move || also.get().map(|also| view! { <p class="details__also"><Icon shape=Shape::Eye /><bdi>{also}</bdi></p> })}
            {move || identity.get().map(|identity| view! { <Known identity /> })}
            <dl class="facts">
                <div class="fact">
                    <dt>{page_label}</dt>
                    <dd>{move || page.get().map_or_else(|| view! { <Absent words=words::details::NO_PAGE /> }.into_any(), |page| view! {
                        <Address url=page.url title=page.title />
                    }.into_any())}</dd>
                </div>
                <div class="fact">
                    <dt>{words::details::REFERRER}</dt>
                    <dd>{move || page.get().map(|page| page.referrer).filter(|referrer| !referrer.is_empty()).map_or_else(
                        || view! { <Absent words=words::details::DIRECT /> }.into_any(),
                        |referrer| view! { <Address url=referrer title=String::new() /> }.into_any(),
                    )}</dd>
                </div>
            </dl>
            <p class="details__claim">{words::details::CLAIM}</p>
            <dl class="facts">
                {move || started.get().map(|at| view! {
                    <div class="fact"><dt>{words::details::STARTED}</dt><dd><time datetime=intl::machine(at)>{intl::full(at)}</time></dd></div>
                })}
                {move || rating.get().map(|rating| view! { <Rated rating /> })}
                {move || active.get().map(|at| view! {
                    <div class="fact"><dt>{words::details::ACTIVE}</dt><dd><Since at=Signal::derive(move || at) in_words=true /></dd></div>
                })}
            </dl>
            <button type="button" class="button button--small" disabled=saving on:click=move |_| saving.set(true)>
                <Icon shape=Shape::Save />
                {words::details::TRANSCRIPT}
            </button>
        </aside>
    }
}

/// How the visitor found the conversation.
#[component]
fn Rated(rating: Rating) -> impl IntoView {
    let Rating { stars, comment } = rating;
    let comment = comment.map(String::from);
    view! {
        <div class="fact">
            <dt>{words::details::RATING}</dt>
            <dd>
                <span class="fact__stars" aria-hidden="true">{"★".repeat(usize::from(stars.number()))}</span>
                " "{words::rating(stars.number())}
                {comment.map(|comment| view! { <span class="fact__title" dir="auto">{comment}</span> })}
            </dd>
        </div>
    }
}

/// What is known of the person beyond their name.
#[component]
fn Known(identity: VisitorIdentity) -> impl IntoView {
    let VisitorIdentity { user, email, .. } = identity;
    (user.is_some() || email.is_some()).then(|| view! {
        <dl class="facts facts--known">
            {email.map(|stated| view! {
                <div class="fact"><dt>{words::details::EMAIL}</dt><dd><Vouched stated /></dd></div>
            })}
            {user.map(|user| view! {
                <div class="fact"><dt>{words::details::USER}</dt><dd><bdi class="fact__address">{user}</bdi></dd></div>
            })}
        </dl>
    })
}

#[component]
fn Absent(words: &'static str) -> impl IntoView {
    view! { <span class="fact__absent">{words}</span> }
}

/// An address as the visitor's browser claims it: a link only where following it is safe.
#[component]
fn Address(url: String, title: String) -> impl IntoView {
    let title = (!title.is_empty()).then_some(title);
    match safe_link(&url) {
        Some(SafeLink { href, shown }) => view! {
            {title.map(|title| view! { <span class="fact__title" dir="auto">{title}</span> })}
            <a class="fact__link" href=href target="_blank" rel="noopener noreferrer" dir="ltr">
                {shown}
                <Icon shape=Shape::Outside />
                <span class="visually-hidden">{words::details::OPENS_NEW_TAB}</span>
            </a>
        }
        .into_any(),
        None => view! {
            {title.map(|title| view! { <span class="fact__title" dir="auto">{title}</span> })}
            <span class="fact__address" dir="ltr">{url}</span>
        }
        .into_any(),
    }
}
