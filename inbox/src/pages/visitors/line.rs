//! A visitor who is there.

use leptos::prelude::*;
use protocol::VisitorId;
use protocol::http::visit::{Visit, VisitChat, VisitOpener};

use super::super::contacts::SiteNames;
use crate::browser::intl;
use crate::components::{Avatar, Called, Icon, Shape, Since};
use crate::model::page::Page;
use crate::model::visitor_name::VisitorName;
use crate::state::workspace::Workspace;
use crate::words::{self, visitors as said};

/// What they are called: by what was said in their conversation, else by digits.
pub(super) fn name_of(visit: &Visit) -> VisitorName {
    match &visit.chat {
        Some(VisitChat { visitor, identity, .. }) => VisitorName::of(*visitor, identity.as_ref()),
        // A visit names nobody; its digits tell one from another as those of visitors do.
        None => VisitorName::of(VisitorId::from_bytes(*visit.visit.as_bytes()), None),
    }
}

/// A line of the list: who, where, since when and from where, and what can be done.
#[component]
pub(super) fn Line(
    visit: ArcRwSignal<Visit>,
    sites: SiteNames,
    workspace: Workspace,
    may_answer: Memo<bool>,
    spoken_to: RwSignal<Option<Visit>>,
) -> impl IntoView {
    let visit = RwSignal::from(visit);
    let name = Memo::new(move |_| visit.with(name_of));
    let place = Memo::new(move |_| visit.with(|visit| (visit.title.clone(), visit.url.clone())));
    let is_private = Memo::new(move |_| visit.with(|visit| visit.is_private));
    let since = Signal::derive(move || visit.with(|visit| visit.since));
    let site = visit.with_untracked(|visit| visit.site);
    let from = Memo::new(move |_| visit.with(from_of));
    let opener = Memo::new(move |_| visit.with(|visit| visit.opener.clone()));
    let chat = Memo::new(move |_| {
        visit.with(|visit| visit.chat.as_ref().map(|chat| (chat.conversation, chat.has_begun)))
    });
    let called = move || words::visitor_in_words(&name.get());
    let act = move || match chat.get() {
        Some((conversation, true)) => view! {
            <a
                class="button button--small"
                href=Page::Conversation(workspace.id, conversation).href()
                aria-label=move || said::open_with(&called())
                data-row
            >
                <Icon shape=Shape::Talk />{said::CONVERSATION}
            </a>
        }
        .into_any(),
        _ if is_private.get() || !may_answer.get() => {
            view! { <span class="visitor__none" tabindex="-1" data-row></span> }.into_any()
        }
        _ => view! {
            <button
                type="button"
                class="button button--small"
                aria-label=move || said::start_with(&called())
                on:click=move |_| spoken_to.set(Some(visit.get_untracked()))
                data-row
            >
                {said::START}
            </button>
        }
        .into_any(),
    };
    view! {
        <li class="visitor">
            {move || name.with(|name| view! { <Avatar letters=name.initials() tint=name.tint /> })}
            <span class="visitor__who">
                <span class="visitor__name">{move || view! { <Called visitor=Some(name.get()) /> }}</span>
                <span class="visitor__since">
                    {move || if is_private.get() {
                        view! { <span title=said::PRIVATE_WHY>{said::PRIVATE}</span> }.into_any()
                    } else {
                        view! { {said::CAME}" "<Since at=since in_words=true /> }.into_any()
                    }}
                </span>
                {move || (chat.get().is_some_and(|(_, has_begun)| !has_begun)).then(|| view! {
                    <span class="visitor__open"><Icon shape=Shape::Talk />{said::CHAT_OPEN}</span>
                })}
            </span>
            <span class="visitor__place">
                {move || {
                    let (title, url) = place.get();
                    let title = if title.is_empty() { said::NO_TITLE.to_owned() } else { title };
                    view! {
                        <span class="visitor__title" dir="auto">{title}</span>
                        <span class="visitor__url"><bdi dir="ltr">{url}</bdi></span>
                    }
                }}
            </span>
            <span class="visitor__from">
                {move || from.get().into_iter().map(|fact| view! { <bdi>{fact}</bdi> }).collect_view()}
                {move || {
                    // The names are those of sites where somebody has written: of another one nothing is said.
                    let name = sites.several()?.into_iter().find(|(known, _)| *known == site)?.1;
                    Some(view! { <bdi>{name}</bdi> })
                }}
            </span>
            <span class="visitor__act">{act}</span>
            {move || opener.get().map(|VisitOpener { text, by, is_shown }| view! {
                <span class="visitor__said">
                    <span><bdi>{said::said(&by.name, is_shown)}</bdi></span>
                    " "<q class="visitor__text" dir="auto">{text}</q>
                </span>
            })}
        </li>
    }
}

/// From where they came, and which visit it is.
fn from_of(visit: &Visit) -> Vec<String> {
    let some = |text: &str, say: fn(&str) -> String| (!text.is_empty()).then(|| say(text));
    let country = visit.country.as_deref().map(intl::country);
    let facts = [
        country,
        some(&visit.source, said::from),
        some(&visit.campaign, said::campaign),
        visit.visits.map(said::visit),
    ];
    facts.into_iter().flatten().collect()
}
