//! A workspace: everything that belongs to it lives as long as the person stays in it, whichever of its pages is shown.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;
use protocol::{Permission, WorkspaceId};
use sync::FeedInput;

use super::not_found::NotFound;
use super::notices::Watching;
use super::proving::NeedsSecondFactor;
use crate::browser::attention::on_use;
use crate::browser::settings::Settings;
use crate::components::{Brand, Empty, Shape};
use crate::model::page::Page;
use crate::model::title::waiting;
use crate::state::account::Account;
use crate::state::canned::CannedBox;
use crate::state::drafts::DraftBox;
use crate::state::feed::FeedState;
use crate::state::open::OpenConversations;
use crate::state::people::Colleagues;
use crate::state::title::Title;
use crate::state::workspace::{Entry, Workspace};
use crate::words::{self, team};

/// Reads the address; another workspace is another room.
#[component]
pub(crate) fn Room() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("workspace")).and_then(|id| id.parse::<WorkspaceId>().ok())
    });
    move || match id.get() {
        Some(id) => view! { <Door id /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// What of a workspace decides whether there is a room.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Waiting,
    Inside { can_read: bool },
    Outside,
    WithoutSecondFactor,
    Failed(crate::api::Failure),
}

#[component]
fn Door(id: WorkspaceId) -> impl IntoView {
    let account = expect_context::<Account>();
    let workspace = Workspace::enter(id, account);
    provide_context(workspace);
    // Names and rights may change while the room stays.
    let key = Memo::new(move |_| match workspace.entry() {
        Entry::Waiting => Key::Waiting,
        Entry::Inside(view) => {
            Key::Inside { can_read: view.permissions.contains(Permission::ReadConversations) }
        }
        Entry::Outside => Key::Outside,
        Entry::WithoutSecondFactor => Key::WithoutSecondFactor,
        Entry::Failed(failure) => Key::Failed(failure),
    });
    move || {
        match key.get() {
        Key::Waiting => {
            view! { <main class="pane pane--loading" aria-busy="true"><Brand /></main> }.into_any()
        }
        Key::Inside { can_read } => view! { <Inside workspace can_read /> }.into_any(),
        Key::Outside => view! {
            <main class="pane pane--alone" id="main">
                <Empty shape=Shape::Lock title=team::OUTSIDE_TITLE.to_owned() lead=team::OUTSIDE_LEAD.to_owned() heading=true>
                    <a class="button button--primary" href=Page::Home.href()>{team::TO_HOME}</a>
                </Empty>
            </main>
        }
        .into_any(),
        Key::WithoutSecondFactor => view! { <NeedsSecondFactor /> }.into_any(),
        Key::Failed(failure) => view! {
            <main class="pane pane--alone" id="main">
                <Empty shape=Shape::Warning title=words::unanswered(failure) lead=String::new()>
                    <button type="button" class="button" on:click=move |_| workspace.refresh()>{words::TRY_AGAIN}</button>
                </Empty>
            </main>
        }
        .into_any(),
    }
    }
}

#[component]
fn Inside(workspace: Workspace, can_read: bool) -> impl IntoView {
    let account = expect_context::<Account>();
    expect_context::<Settings>().use_workspace(workspace.id);
    let me = workspace.view_untracked().map(|view| view.me.id);
    me.map(|me| {
        let feed = can_read.then(|| FeedState::start(workspace, account));
        if let Some(feed) = feed {
            provide_context(feed);
            provide_context(Colleagues::load(workspace.id, feed));
            on_use(move || feed.dispatch(FeedInput::Used));
            let title = expect_context::<Title>();
            Effect::new(move || {
                title.count(
                    feed.with(|view| {
                        view.map_or(0, |view| waiting(view.known.values(), &view.private_chats))
                    }),
                );
            });
            on_cleanup(move || title.count(0));
            provide_context(CannedBox::new(workspace.id));
            provide_context(OpenConversations::new(workspace.id, me, account, feed));
        }
        provide_context(DraftBox::load(me));
        let is_listed = Memo::new(move |_| {
            feed.is_some_and(|feed| feed.with(|view| view.is_some_and(|view| view.me.is_some())))
        });
        view! {
            <Outlet />
            <Show when=move || is_listed.get()><Watching /></Show>
        }
    })
}
