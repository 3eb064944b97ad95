//! The page of a signed-in agent: the list, and beside it what is open.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use protocol::{ConversationId, ListView, WorkspaceId};
use sync::{ConnectionBadge, FeedInput};

use super::conversation;
use super::notices::Offer;
use super::search::SearchResults;
use super::signed_in::PersonMenu;
use crate::browser::arrival::Arrivals;
use crate::browser::focus::focus;
use crate::browser::keyed::KeyedList;
use crate::browser::keys::Keys;
use crate::components::{
    Banner, Brand, ConversationList, ListHandle, NotAllowed, SEARCH_FIELD, SearchField, ViewLinks,
};
use crate::model::list_row::ListRow;
use crate::model::page::{Page, conversation_at};
use crate::model::roving::Move;
use crate::model::shortcut::Shortcut;
use crate::state::feed::FeedState;
use crate::state::people::Colleagues;
use crate::state::search::Search;
use crate::state::shown_view::ShownView;
use crate::state::workspace::Workspace;
use crate::words;

/// What the pages beside the list need of it.
#[derive(Clone, Copy)]
pub(crate) struct DeskContext {
    list: ListHandle,
    last: StoredValue<Option<ConversationId>>,
    arrivals: Arrivals,
    workspace: WorkspaceId,
    /// Which view of the list is shown.
    pub(crate) view: ShownView,
}

impl DeskContext {
    /// Notes that a conversation is on screen, and moves the focus to `heading`.
    pub(crate) fn opened(self, conversation: ConversationId, heading: &'static str) {
        self.last.set_value(Some(conversation));
        self.arrivals.arrive(heading);
    }

    /// Opens the conversation that follows in the list, or else the one before; says whether there is one.
    pub(crate) fn open_next(self) -> bool {
        self.list.open_beside()
    }

    /// Gives the focus back to the row of the conversation that was on screen.
    pub(crate) fn left_conversation(self) {
        self.arrivals.begin();
        let Some(last) = self.last.get_value() else { return };
        let row = Page::Conversation(self.workspace, last);
        request_animation_frame(move || {
            let row = untrack(|| self.view.link(row));
            self.list.focus(Some(&row));
        });
    }
}

/// The conversations of the workspace, for those who may read them.
#[component]
pub(crate) fn Desk() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    match use_context::<FeedState>() {
        Some(feed) => view! { <WithList workspace feed /> }.into_any(),
        None => view! {
            <div class="alone">
                <header class="alone__head">
                    <Brand named=true />
                    <PersonMenu workspace=Some(workspace.id) />
                </header>
                <main class="pane" id="main"><NotAllowed /></main>
                </div>
        }
        .into_any(),
    }
}

#[component]
fn WithList(workspace: Workspace, feed: FeedState) -> impl IntoView {
    let desk = DeskContext {
        list: ListHandle::new(),
        last: StoredValue::new(None),
        arrivals: expect_context::<Arrivals>(),
        workspace: workspace.id,
        view: ShownView::of_address(),
    };
    provide_context(desk);
    let search = Search::new(workspace.id, Signal::derive(move || desk.view.get().site));
    provide_context(search);
    Effect::new(move || feed.dispatch(FeedInput::Show(Some(desk.view.get()))));

    let is_listed = Memo::new(move |_| feed.with(|view| view.is_some_and(|view| view.me.is_some())));
    Effect::new(move || {
        if is_listed.get() {
            spawn_local(conversation::come());
        }
    });

    expect_context::<Keys>().hear(move |shortcut| match shortcut {
        Shortcut::Next => desk.list.step(Move::Next),
        Shortcut::Previous => desk.list.step(Move::Previous),
        Shortcut::Open => desk.list.open(),
        Shortcut::Search => {
            focus(SEARCH_FIELD);
            true
        }
        Shortcut::Show(shelf) => {
            let site = untrack(|| desk.view.get()).site;
            desk.view.show(ListView { shelf, site });
            true
        }
        Shortcut::Reply
        | Shortcut::Note
        | Shortcut::Resolve
        | Shortcut::Reopen
        | Shortcut::Back
        | Shortcut::Assign
        | Shortcut::AssignToMe
        | Shortcut::Snooze
        | Shortcut::Label
        | Shortcut::Prioritize
        | Shortcut::Undo
        | Shortcut::Details
        | Shortcut::Go
        | Shortcut::Help
        | Shortcut::Palette
        | Shortcut::ResolveAndNext
        | Shortcut::Settings
        | Shortcut::Attach
        | Shortcut::Emoji
        | Shortcut::SaveTranscript => false,
    });
    let path = use_location().pathname;
    let current = Memo::new(move |_| path.with(|path| conversation_at(path)));
    let reading = move || path.with(|path| path.contains("/conversations/"));
    view! {
        <div class="desk" class:desk--reading=reading>
            <a class="skip" href="#main" rel="external">{words::list::SKIP}</a>
            <nav class="sidebar" aria-label=words::list::NAME>
                <header class="sidebar__head">
                    <Brand />
                    <h1 class="sidebar__title"><bdi>{move || workspace.with(|view| view.name.clone())}</bdi></h1>
                    <PersonMenu workspace=Some(workspace.id) />
                </header>
                <SearchField search />
                <div class="sidebar__list" hidden=move || search.is_on()>
                    <Conversations feed workspace current handle=desk.list view=desk.view />
                </div>
                <Show when=move || search.is_on()>
                    <div class="sidebar__list"><SearchResults /></div>
                </Show>
                <Show when=move || is_listed.get()><Offer /></Show>
            </nav>
            <main class="desk__main"><Outlet /></main>
        </div>
    }
}

#[component]
fn Conversations(
    feed: FeedState,
    workspace: Workspace,
    current: Memo<Option<ConversationId>>,
    handle: ListHandle,
    view: ShownView,
) -> impl IntoView {
    let me = workspace.view_untracked().map(|view| view.me.id);
    let rows = KeyedList::<ListRow>::new();
    Effect::new(move || {
        rows.replace(feed.with(|view| {
            let entries = view.map(|view| view.entries.as_slice()).unwrap_or_default();
            entries
                .iter()
                .map(|entry| (entry.conversation.to_string(), ListRow::of(entry, me)))
                .collect::<Vec<_>>()
        }));
    });
    let counts = Memo::new(move |_| feed.with(|view| view.and_then(|view| view.counts.clone())));
    // Somebody may have come, whom a conversation is assigned to.
    let colleagues = expect_context::<Colleagues>();
    Effect::new(move |before: Option<bool>| {
        let is_connected = feed.with(|view| view.is_some_and(|view| view.me.is_some()));
        if before == Some(false) && is_connected {
            colleagues.refresh();
        }
        is_connected
    });
    let fact =
        |read: fn(&sync::FeedView) -> bool| Memo::new(move |_| feed.with(|view| view.is_some_and(read)));
    let has_any = fact(|view| !view.known.is_empty());
    let emptiness = Memo::new(move |_| words::desk::empty(view.get(), has_any.get()));
    let waiting = fact(|view| view.me.is_none());
    let banner =
        Memo::new(move |_| feed.with(|view| view.and_then(|view| connection_words(view.connection))));
    view! {
        <Banner text=banner />
        <ViewLinks workspace=workspace.id view sites=counts />
        <ConversationList
            rows
            workspace=workspace.id
            handle
            view
            emptiness
            current
            waiting
            more=fact(|view| view.more)
            loading_more=fact(|view| view.loading)
            on_more=Callback::new(move |()| feed.dispatch(FeedInput::LoadMore))
        />
    }
}

fn connection_words(connection: ConnectionBadge) -> Option<String> {
    match connection {
        ConnectionBadge::Connecting | ConnectionBadge::Connected => None,
        ConnectionBadge::Reconnecting => Some(words::list::RECONNECTING.to_owned()),
        ConnectionBadge::Refused(code) => Some(words::code_words(code).to_owned()),
    }
}
