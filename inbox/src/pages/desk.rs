//! The page of a signed-in agent: the list, and beside it what is open.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use protocol::{ConversationId, ListView, Permission, SiteId};
use sync::{ConnectionBadge, FeedInput};

use super::conversation::{self, BulkBar};
use super::notices::Offer;
use super::search::SearchResults;
use super::signed_in::PersonMenu;
use crate::browser::arrival::Arrivals;
use crate::browser::focus::{focus, focus_later};
use crate::browser::keyed::KeyedList;
use crate::browser::keys::Keys;
use crate::components::{
    Banner, Brand, ConversationList, ListHandle, NotAllowed, SEARCH_FIELD, SearchField, ViewLinks,
    chat_link_id,
};
use crate::model::list_row::ListRow;
use crate::model::page::{Page, conversation_at, private_chat_at};
use crate::model::roving::Move;
use crate::model::selection::Selection;
use crate::model::shortcut::Shortcut;
use crate::state::feed::FeedState;
use crate::state::people::Colleagues;
use crate::state::search::Search;
use crate::state::selection::Selected;
use crate::state::shown_view::ShownView;
use crate::state::workspace::Workspace;
use crate::words;

/// What the pages beside the list need of it.
#[derive(Clone, Copy)]
pub(crate) struct DeskContext {
    list: ListHandle,
    last: StoredValue<Option<Page>>,
    arrivals: Arrivals,
    /// Which view of the list is shown.
    pub(crate) view: ShownView,
    /// Which rows are selected.
    pub(crate) selected: Selected,
}

impl DeskContext {
    /// Notes that a conversation or a private chat is on screen, and moves the focus to `heading`.
    pub(crate) fn opened(self, page: Page, heading: &'static str) {
        self.last.set_value(Some(page));
        self.arrivals.arrive(heading);
    }

    /// Opens the conversation that follows in the list, or else the one before; says whether there is one.
    pub(crate) fn open_next(self) -> bool {
        self.list.open_beside()
    }

    /// Does what a key or the palette asks of the rows that are selected, or of which are; says whether it was about that.
    fn select(self, shortcut: Shortcut) -> bool {
        let selected = self.selected;
        if !selected.is_possible || !self.list.is_in_sight() {
            return false;
        }
        let is_any = selected.with_untracked(|selection| selection.is_any());
        match shortcut {
            Shortcut::Select | Shortcut::SelectThrough => {
                let Some(id) = self.list.at() else { return false };
                let is_range = shortcut == Shortcut::SelectThrough;
                let is_on = is_range || !selected.with_untracked(|selection| selection.has(id));
                self.list.select(selected, id, is_on, is_range);
                true
            }
            Shortcut::SelectAll => {
                self.select_all();
                true
            }
            Shortcut::Back if is_any || selected.with_untracked(|selection| selection.is_picking) => {
                selected.update(Selection::clear);
                true
            }
            shortcut => selected.press(shortcut),
        }
    }

    /// Selects every row that is shown.
    pub(crate) fn select_all(self) {
        let shown = self.list.shown();
        self.selected.update(|selection| selection.set_all(&shown));
    }

    /// Gives the focus to the list.
    pub(crate) fn focus_list(self) {
        self.list.focus(None);
    }

    /// The same, where what had it is gone, once what follows has been drawn.
    pub(crate) fn focus_list_if_lost(self) {
        request_animation_frame(move || {
            let active = document().active_element();
            if active.is_none_or(|active| active.tag_name() == "BODY") {
                self.focus_list();
            }
        });
    }

    /// Gives the focus back to the row of the conversation that was on screen.
    pub(crate) fn left_conversation(self) {
        self.arrivals.begin();
        let Some(row) = self.last.get_value() else { return };
        if let Page::PrivateChat(_, chat) = row {
            return focus_later(chat_link_id(chat));
        }
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
    match FeedState::here() {
        Some(feed) => view! { <WithList workspace feed /> }.into_any(),
        None => view! {
            <div class="alone">
                <header class="alone__head">
                    <Brand named=true />
                    <PersonMenu workspace=Some(workspace.id) />
                </header>
                <main class="pane" id="main"><NotAllowed heading=true /></main>
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
        view: ShownView::of_address(),
        selected: Selected::new(workspace.may(Permission::AnswerVisitors)),
    };
    provide_context(desk);
    provide_context(desk.selected);
    provide_context(NewChat {
        asked: RwSignal::new(false),
        about: RwSignal::new(String::new()),
        begun: StoredValue::new(false),
    });
    let search = Search::new(workspace.id, Signal::derive(move || desk.view.get().site));
    provide_context(search);
    Effect::new(move || {
        let view = desk.view.get();
        // What was selected in one view may stand in another one out of sight.
        if desk.selected.with_untracked(Selection::is_any) {
            desk.selected.update(Selection::clear);
        }
        feed.dispatch(FeedInput::Show(Some(view)));
    });

    let is_listed = Memo::new(move |_| feed.with(|view| view.is_some_and(|view| view.me.is_some())));
    Effect::new(move || {
        if is_listed.get() {
            spawn_local(conversation::come());
        }
    });

    expect_context::<Keys>().hear(move |shortcut| {
        desk.select(shortcut)
            || match shortcut {
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
                | Shortcut::HandTo
                | Shortcut::Snooze
                | Shortcut::Label
                | Shortcut::Prioritize
                | Shortcut::Macro
                | Shortcut::Undo
                | Shortcut::Details
                | Shortcut::Go
                | Shortcut::Help
                | Shortcut::Palette
                | Shortcut::ResolveAndNext
                | Shortcut::Settings
                | Shortcut::Visitors
                | Shortcut::Attach
                | Shortcut::Emoji
                | Shortcut::Select
                | Shortcut::SelectThrough
                | Shortcut::SelectAll
                | Shortcut::SaveTranscript
                | Shortcut::NewFilter
                | Shortcut::Block => false,
            }
    });
    let path = use_location().pathname;
    let current =
        Memo::new(move |_| path.with(|path| conversation_at(path).or_else(|| private_chat_at(path))));
    let reading = move || current.get().is_some();
    view! {
        <main class="desk" class:desk--reading=reading>
            <a class="skip" href="#main" rel="external">{words::list::SKIP}</a>
            <nav class="sidebar" aria-label=words::list::NAME>
                <header class="sidebar__head">
                    <Brand />
                    <h1 class="sidebar__title"><bdi>{move || workspace.with(|view| view.name.clone())}</bdi></h1>
                    <PersonMenu workspace=Some(workspace.id) />
                </header>
                <SearchField search />
                <div class="sidebar__list" hidden=move || search.is_on()>
                    <Conversations feed workspace current desk />
                </div>
                <Show when=move || search.is_on()>
                    <div class="sidebar__list"><SearchResults /></div>
                </Show>
                <Show when=move || is_listed.get()><Offer /></Show>
            </nav>
            <div class="desk__main"><Outlet /></div>
        </main>
    }
}

#[component]
fn Conversations(
    feed: FeedState,
    workspace: Workspace,
    current: Memo<Option<ConversationId>>,
    desk: DeskContext,
) -> impl IntoView {
    let DeskContext { list: handle, view, selected, .. } = desk;
    let me = workspace.view_untracked().map(|view| view.me.id);
    let rows = KeyedList::<ListRow>::new();
    Effect::new(move || {
        rows.replace(feed.with(|view| {
            let entries = view.map(|view| view.entries.as_slice()).unwrap_or_default();
            entries
                .iter()
                .map(|entry| {
                    let mention = view.and_then(|view| view.mentions.get(&entry.conversation));
                    let is_mentioned = mention.is_some_and(|mention| mention.is_unread);
                    (entry.conversation.to_string(), ListRow { is_mentioned, ..ListRow::of(entry, me) })
                })
                .collect::<Vec<_>>()
        }));
        // Nobody does anything to what they do not see.
        if selected.with_untracked(Selection::is_any) {
            let shown = |id| {
                feed.with(|view| {
                    view.is_some_and(|view| view.entries.iter().any(|entry| entry.conversation == id))
                })
            };
            selected.keep_shown(shown);
        }
    });
    let counts = Memo::new(move |_| feed.with(|view| view.and_then(|view| view.counts.clone())));
    let mentions = Callback::new(move |site: Option<SiteId>| {
        feed.with(|view| {
            let unread =
                view.into_iter().flat_map(|view| &view.mentions).filter(|(_, mention)| mention.is_unread);
            let of_site = unread.filter(|(id, _)| {
                let of = view.and_then(|view| view.known.get(id)).map(|entry| entry.site);
                site.is_none() || of == site
            });
            u32::try_from(of_site.count()).unwrap_or(u32::MAX)
        })
    });
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
        <ViewLinks workspace=workspace.id view sites=counts mentions><conversation::FurtherViews /></ViewLinks>
        <conversation::PrivateChats />
        <Show when=move || !waiting.get()><BulkBar /></Show>
        {selected.is_possible.then(|| view! {
            <button
                type="button"
                class="button button--small button--quiet list__select"
                hidden=move || rows.is_empty() || selected.with(|selection| selection.is_any() || selection.is_picking)
                on:click=move |_| selected.update(|selection| selection.is_picking = true)
            >
                {words::bulk::SELECT}
            </button>
        })}
        <ConversationList
            rows
            workspace=workspace.id
            handle
            view
            selected
            emptiness
            current
            waiting
            more=fact(|view| view.more)
            loading_more=fact(|view| view.loading)
            on_more=Callback::new(move |()| feed.dispatch(FeedInput::LoadMore))
        />
    }
}

/// Whether the person is asked with whom they want to chat.
#[derive(Clone, Copy)]
pub(crate) struct NewChat {
    /// Until they have chosen, or do not want to any more.
    pub(crate) asked: RwSignal<bool>,
    /// What their composer begins with then.
    pub(crate) about: RwSignal<String>,
    /// Whether they have just begun one, in whose composer they want to be.
    begun: StoredValue<bool>,
}

impl NewChat {
    /// Asks; what they write begins with a text.
    pub(crate) fn ask(self, about: String) {
        self.about.set(about);
        self.asked.set(true);
    }

    /// They have begun one.
    pub(crate) fn done(self) {
        self.asked.set(false);
        self.begun.set_value(true);
    }

    /// Whether they have just begun the one that is shown; once.
    pub(crate) fn take_begun(self) -> bool {
        self.begun.try_update_value(core::mem::take).unwrap_or_default()
    }
}

fn connection_words(connection: ConnectionBadge) -> Option<String> {
    match connection {
        ConnectionBadge::Connecting | ConnectionBadge::Connected => None,
        ConnectionBadge::Reconnecting => Some(words::list::RECONNECTING.to_owned()),
        ConnectionBadge::Refused(code) => Some(words::code_words(code).to_owned()),
    }
}
