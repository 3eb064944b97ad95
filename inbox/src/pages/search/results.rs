//! The conversations in which something was found.

use leptos::prelude::*;
use protocol::{AgentId, Author, FoundConversation, FoundLine, SearchField, Snippet, Status};
use web_sys::KeyboardEvent;

use crate::browser::focus::focus;
use crate::components::{Avatar, Called, Empty, Failed, ListHandle, RESULTS, SEARCH_FIELD, Shape, Since};
use crate::model::page::Page;
use crate::model::roving::Move;
use crate::model::visitor_name::VisitorName;
use crate::pages::desk::DeskContext;
use crate::state::search::{Progress, Search};
use crate::state::workspace::Workspace;
use crate::words::{self, search as said};

/// The results with what narrows them down.
#[component]
pub(crate) fn SearchResults() -> impl IntoView {
    let search = expect_context::<Search>();
    let me = expect_context::<Workspace>().view_untracked().map(|view| view.me.id);
    let progress = Memo::new(move |_| search.results.with(|results| results.progress));
    let count = Memo::new(move |_| search.results.with(|results| results.found.len()));
    let is_more = Memo::new(move |_| search.results.with(|results| results.next.is_some()));
    let told = move || match (progress.get(), count.get()) {
        (Progress::Asking, 0) => said::SEARCHING.to_owned(),
        (Progress::Failed(_), _) => String::new(),
        (Progress::Done, 0) => said::NOTHING.to_owned(),
        (Progress::Asking | Progress::Done, count) => said::found(count, is_more.get()),
    };
    let list = ListHandle::new();
    let on_key = move |event: KeyboardEvent| {
        let Some(step) = Move::of_key(&event.key()) else { return };
        event.prevent_default();
        // Above the first result is the field.
        if step == Move::Previous && list.is_at_first() {
            focus(SEARCH_FIELD);
        } else {
            list.step(step);
        }
    };
    let rows = move || {
        let found = search.results.with(|results| results.found.clone());
        found.into_iter().map(|found| view! { <Found found me search /> }).collect_view()
    };
    view! {
        <div class="narrow">
            <select
                class="select narrow__choice"
                aria-label=said::WHERE
                on:change:target=move |event| search.within.set(field(&event.target().value()))
            >
                {said::FIELDS.into_iter().map(|(field, name)| view! {
                    <option value=name selected=move || search.within.get() == field>{name}</option>
                }).collect_view()}
            </select>
            <select
                class="select narrow__choice"
                aria-label=said::STATUS
                on:change:target=move |event| search.status.set(status(&event.target().value()))
            >
                <option value="" selected=move || search.status.get().is_none()>{said::ANY_STATUS}</option>
                {said::STATUSES.into_iter().map(|(status, name)| view! {
                    <option value=name selected=move || search.status.get() == Some(status)>{name}</option>
                }).collect_view()}
            </select>
            <p class="narrow__count" role="status">{told}</p>
        </div>
        <div class="list" aria-busy=move || (progress.get() == Progress::Asking).to_string()>
            <ul node_ref=list.place() id=RESULTS role="list" class="list__rows" aria-label=said::RESULTS on:keydown=on_key>
                {rows}
            </ul>
            {move || match progress.get() {
                Progress::Done if count.get() == 0 => view! {
                    <Empty shape=Shape::Search title=said::NOTHING.to_owned() lead=said::NOTHING_LEAD.to_owned() />
                }.into_any(),
                Progress::Failed(failure) => view! {
                    <Failed failure on_retry=Callback::new(move |()| search.ask_again()) />
                }.into_any(),
                Progress::Asking | Progress::Done => ().into_any(),
            }}
            <Show when=move || is_more.get()>
                <button
                    type="button"
                    class="button button--quiet list__more"
                    disabled=move || progress.get() == Progress::Asking
                    on:click=move |_| search.ask_more()
                >
                    {move || if progress.get() == Progress::Asking { words::LOADING } else { words::list::MORE }}
                </button>
            </Show>
        </div>
    }
}

/// A conversation, with the lines in which something was found. It leads to the first of them.
#[component]
fn Found(found: FoundConversation, me: Option<AgentId>, search: Search) -> impl IntoView {
    let desk = expect_context::<DeskContext>();
    let workspace = expect_context::<Workspace>().id;
    let FoundConversation { entry, contact, lines } = found;
    let id = entry.conversation;
    let visitor = VisitorName::of(entry.visitor, entry.identity.as_ref());
    let sought = lines.first().map(|line| (id, line.seq));
    let at = lines.last().map_or(entry.active_at, |line| line.at);
    let lines = lines.into_iter().map(|line| view! { <FoundIn line me /> }).collect_view();
    view! {
        <li class="row row--found">
            <a
                class="row__link"
                href=move || desk.view.link(Page::Conversation(workspace, id))
                data-row
                on:click=move |_| search.sought.set(sought)
            >
                <Avatar letters=visitor.initials() tint=visitor.tint />
                <span class="row__body">
                    <span class="row__top">
                        <span class="row__name">
                            {if contact.is_empty() {
                                view! { <Called visitor=Some(visitor) /> }.into_any()
                            } else {
                                view! { <bdi>{marked(contact)}</bdi> }.into_any()
                            }}
                        </span>
                        <Since at=Signal::stored(at) />
                    </span>
                    {lines}
                </span>
            </a>
        </li>
    }
}

#[component]
fn FoundIn(line: FoundLine, me: Option<AgentId>) -> impl IntoView {
    let FoundLine { author, is_private, text, .. } = line;
    let by = match author {
        Author::Visitor => None,
        Author::Agent(agent) if Some(agent.id) == me => Some(said::YOU.to_owned()),
        Author::Agent(agent) => Some(agent.name),
        Author::System => Some(words::PRODUCT.to_owned()),
    };
    view! {
        <span class="found" class:found--note=is_private dir="auto">
            {is_private.then(|| view! { <span class="found__kind">{said::NOTE}" "</span> })}
            {by.map(|by| view! { <span class="row__by">{format!("{by}:")}" "</span> })}
            {marked(text)}
        </span>
    }
}

/// A text with what was looked for marked in it.
fn marked(pieces: Vec<Snippet>) -> impl IntoView {
    let piece = |Snippet { text, is_hit }| {
        if is_hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    pieces.into_iter().map(piece).collect_view()
}

fn field(name: &str) -> Option<SearchField> {
    said::FIELDS.into_iter().find(|(_, other)| *other == name).and_then(|(field, _)| field)
}

fn status(name: &str) -> Option<Status> {
    said::STATUSES.into_iter().find(|(_, other)| *other == name).map(|(status, _)| status)
}
