//! The page of a signed-in agent: the list, and beside it what is open.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::ConversationId;
use protocol::http::Me;
use sync::{ConnectionBadge, FeedInput};

use crate::api;
use crate::app::{BASE, conversation_path};
use crate::browser::focus::focus_later;
use crate::browser::keyed::KeyedList;
use crate::browser::keys::on_shortcut;
use crate::browser::settings::Settings;
use crate::components::{AccountMenu, Banner, Brand, ConversationList, Empty, HelpDialog, ListHandle, Shape};
use crate::model::filter::Filter;
use crate::model::list_row::ListRow;
use crate::model::roving::Move;
use crate::model::shortcut::Shortcut;
use crate::model::sign_in_target::wanted_page;
use crate::model::title::waiting;
use crate::state::account::{Account, Standing};
use crate::state::drafts::DraftBox;
use crate::state::feed::FeedState;
use crate::state::open::OpenConversations;
use crate::words;

/// What the pages beside the list need of it.
#[derive(Clone, Copy)]
pub(crate) struct DeskContext {
    list: ListHandle,
    last: StoredValue<Option<ConversationId>>,
    /// Whether the app has shown a page: the first one leaves the focus where the browser puts it.
    has_begun: StoredValue<bool>,
}

impl DeskContext {
    /// Notes that a conversation is on screen, and moves the focus to `heading`.
    pub(crate) fn opened(self, conversation: ConversationId, heading: &'static str) {
        self.last.set_value(Some(conversation));
        if self.begin() {
            focus_later(heading);
        }
    }

    /// Gives the focus back to the row of the conversation that was on screen.
    pub(crate) fn left_conversation(self) {
        self.begin();
        let Some(last) = self.last.get_value() else { return };
        request_animation_frame(move || self.list.focus(Some(&conversation_path(last))));
    }

    /// Says whether there was a page before this one.
    fn begin(self) -> bool {
        self.has_begun.try_update_value(|begun| core::mem::replace(begun, true)).unwrap_or(true)
    }
}

/// Lets signed-in agents in and leads everybody else to the sign-in page.
#[component]
pub(crate) fn Desk() -> impl IntoView {
    let account = expect_context::<Account>();
    let navigate = use_navigate();
    let path = use_location().pathname;
    account.load();
    Effect::new(move || {
        if account.get() != Standing::SignedOut {
            return;
        }
        let wanted = path.get_untracked().strip_prefix(BASE).unwrap_or_default().to_owned();
        let target = match wanted_page(Some(&wanted)) {
            "/" => "/sign-in".to_owned(),
            page => format!("/sign-in?to={page}"),
        };
        navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    move || {
        match account.get() {
        Standing::SignedIn(me) => view! { <SignedIn me /> }.into_any(),
        Standing::Unknown | Standing::SignedOut => view! { <main class="pane pane--loading" aria-busy="true"><Brand /></main> }.into_any(),
        Standing::Failed(failure) => view! {
            <main class="pane">
                <Empty shape=Shape::Warning title=words::unanswered(failure) lead=String::new()>
                    <button type="button" class="button" on:click=move |_| account.load()>{words::TRY_AGAIN}</button>
                </Empty>
            </main>
        }
        .into_any(),
    }
    }
}

#[component]
fn SignedIn(me: Me) -> impl IntoView {
    let account = expect_context::<Account>();
    let settings = expect_context::<Settings>();
    let feed = FeedState::start(me.workspace, account);
    let desk = DeskContext {
        list: ListHandle::new(),
        last: StoredValue::new(None),
        has_begun: StoredValue::new(false),
    };
    provide_context(feed);
    provide_context(desk);
    provide_context(OpenConversations::new(me.agent.id, account));
    provide_context(DraftBox::load(me.agent.id));

    let help_shown = RwSignal::new(false);
    on_shortcut(settings, move |shortcut| match shortcut {
        Shortcut::Next => desk.list.step(Move::Next),
        Shortcut::Previous => desk.list.step(Move::Previous),
        Shortcut::Open => desk.list.open(),
        Shortcut::Help => {
            help_shown.set(true);
            true
        }
        Shortcut::Reply | Shortcut::Note | Shortcut::Resolve | Shortcut::Reopen | Shortcut::Back => false,
    });
    let navigate = use_navigate();
    let sign_out = Callback::new(move |()| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // The session has ended for this tab even where the server could not be told.
            let _ = api::sign_out().await;
            navigate("/sign-in", NavigateOptions::default());
            account.forget(Standing::SignedOut);
        });
    });
    let path = use_location().pathname;
    let current = Memo::new(move |_| {
        let id =
            path.with(|path| path.strip_prefix(BASE)?.strip_prefix("/conversations/").map(str::to_owned));
        id.and_then(|id| id.parse::<ConversationId>().ok())
    });
    let reading = move || path.with(|path| path.contains("/conversations/"));
    view! {
        <div class="desk" class:desk--reading=reading>
            <a class="skip" href="#main" rel="external">{words::list::SKIP}</a>
            <nav class="sidebar" aria-label=words::list::NAME>
                <header class="sidebar__head">
                    <Brand />
                    <h1 class="sidebar__title"><bdi>{me.workspace_name.clone()}</bdi></h1>
                    <AccountMenu
                        name=me.agent.name.clone()
                        workspace=me.workspace_name
                        on_help=Callback::new(move |()| help_shown.set(true))
                        on_sign_out=sign_out
                    />
                </header>
                <Conversations feed current handle=desk.list me=me.agent.id />
            </nav>
            <main class="desk__main"><Outlet /></main>
            <HelpDialog
                shown=help_shown
                switched_on=settings.shortcuts
                on_switch=Callback::new(move |on| settings.set_shortcuts(on))
            />
        </div>
    }
}

#[component]
fn Conversations(
    feed: FeedState,
    current: Memo<Option<ConversationId>>,
    handle: ListHandle,
    me: protocol::AgentId,
) -> impl IntoView {
    let filter = RwSignal::new(Filter::default());
    let rows = KeyedList::<ListRow>::new();
    Effect::new(move || {
        let filter = filter.get();
        rows.replace(feed.with(|view| {
            let entries = view.map(|view| view.entries.as_slice()).unwrap_or_default();
            let shown = entries.iter().filter(|entry| filter.admits(entry));
            shown
                .map(|entry| (entry.conversation.to_string(), ListRow::of(entry, Some(me))))
                .collect::<Vec<_>>()
        }));
    });
    let title = Memo::new(move |_| feed.with(|view| view.map_or(0, |view| waiting(&view.entries))));
    Effect::new(move || document().set_title(&words::document_title(title.get())));

    let count = |filter: Filter| {
        Signal::from(Memo::new(move |_| feed.with(|view| view.map_or(0, |view| filter.count(&view.entries)))))
    };
    let fact =
        |read: fn(&sync::FeedView) -> bool| Memo::new(move |_| feed.with(|view| view.is_some_and(read)));
    let has_any = fact(|view| !view.entries.is_empty());
    let waiting = fact(|view| view.me.is_none());
    let banner =
        Memo::new(move |_| feed.with(|view| view.and_then(|view| connection_words(view.connection))));
    view! {
        <Banner text=banner />
        <ConversationList
            rows
            handle
            filter
            on_filter=Callback::new(move |chosen| filter.set(chosen))
            counts=Filter::EVERY.map(count)
            current
            waiting
            has_any
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
