//! A private chat: thread and composer among colleagues. Nothing of what a visitor's conversation has beside its thread.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::{AgentId, AgentProfile, Code, ConversationId, File};
use sync::{ConnectionBadge, Input};

use super::page::{Log, Missing, banner, id_in_address, is_in_composer, remedies, use_draft};
use super::private_assist::private_assist;
use super::private_header::PrivateHeader;
use crate::browser::focus::{focus, focus_end_later, focus_later};
use crate::browser::keys::Keys;
use crate::components::{AmongColleagues, Banner, COMPOSER_FIELD, Composer, FilesAt, HEADING};
use crate::model::composition::{Answering, Editing, Mode};
use crate::model::page::Page;
use crate::model::private_chat::ChatName;
use crate::model::shortcut::Shortcut;
use crate::pages::desk::{DeskContext, NewChat};
use crate::state::feed::FeedState;
use crate::state::open::{OpenConversation, OpenConversations};
use crate::state::workspace::Workspace;
use crate::words::chats;

/// Reads the address; another chat is another view.
#[component]
pub(crate) fn PrivateChatPage() -> impl IntoView {
    let id = id_in_address();
    move || match id.get() {
        Some(id) => view! { <Chat id /> }.into_any(),
        None => view! { <NoChat /> }.into_any(),
    }
}

/// What is said of one that there is not, and of one of others alike.
#[component]
fn NoChat() -> impl IntoView {
    view! { <Missing title=chats::NOT_FOUND_TITLE lead=chats::NOT_FOUND_LEAD /> }
}

#[component]
fn Chat(id: ConversationId) -> impl IntoView {
    let desk = expect_context::<DeskContext>();
    let workspace = expect_context::<Workspace>().id;
    let open = expect_context::<OpenConversations>().show(id);
    desk.opened(Page::PrivateChat(workspace, id), HEADING);
    // One with a visitor has another page.
    let is_missing = open.memo(|view| {
        let is_refused =
            matches!(view.connection, ConnectionBadge::Refused(Code::NotFound | Code::Forbidden));
        is_refused || view.presence.visitor.is_some()
    });
    move || {
        if is_missing.get() { view! { <NoChat /> }.into_any() } else { view! { <Thread open /> }.into_any() }
    }
}

#[component]
fn Thread(open: OpenConversation) -> impl IntoView {
    let feed = expect_context::<FeedState>();
    let desk = expect_context::<DeskContext>();
    let workspace = expect_context::<Workspace>();
    let me = workspace.view_untracked().map(|view| view.me.id);
    let (id, workspace) = (open.id, workspace.id);
    provide_context(FilesAt(format!("/api/workspaces/{workspace}/conversations/{id}/files")));
    let chat = Memo::new(move |_| feed.private_chat(id));
    let members = Memo::new(move |_| chat.with(|chat| members_of(chat.as_ref())));
    provide_context(AmongColleagues { members: members.into() });
    let called = Memo::new(move |_| {
        let me = me?;
        chat.with(|chat| chat.as_ref().map(|chat| ChatName::of(&chat.circle, me)))
    });
    let name = Signal::derive(move || {
        called.with(|called| called.as_ref().map_or_else(|| chats::SECTION.to_owned(), chats::name))
    });
    let here = open.memo(move |view| {
        let others = crate::model::agents::others(&view.presence.agents, me);
        others.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    });
    let typing = Memo::new(move |_| {
        open.with(|view| {
            view.typing.iter().rev().find_map(|writing| match &writing.author {
                protocol::Author::Agent(profile) => Some(profile.name.clone()),
                protocol::Author::Visitor | protocol::Author::System => None,
            })
        })
    });
    let draft = use_draft(id);
    draft.update(|draft| draft.mode = Mode::Note);
    let editing = RwSignal::new(None);
    let answering = RwSignal::new(None);
    let remedies = remedies(open, draft, editing, answering, Signal::stored(vec![Mode::Note]));
    if expect_context::<NewChat>().take_begun() {
        focus_end_later(COMPOSER_FIELD);
    }
    install_shortcuts(desk.view.path(Page::Workspace(workspace)));
    view! {
        <div class="conversation conversation--private">
            <section class="thread" id="main" tabindex="-1" aria-labelledby=HEADING>
                <PrivateHeader
                    back=Signal::derive(move || desk.view.link(Page::Workspace(workspace)))
                    id
                    chat
                    called
                    here
                />
                <Banner text=open.memo(banner) />
                <Log open name=Signal::derive(String::new) typing remedies />
                <Composer
                    modes=vec![Mode::Note]
                    draft
                    editing
                    answering
                    on_save=Callback::new(move |edited: Editing| {
                        open.dispatch(Input::Submit(Mode::Note.edit(edited.of, edited.text)));
                    })
                    on_send=Callback::new(move |(_, text, answered): (Mode, String, Option<Answering>)| {
                        open.dispatch(Input::Submit(match answered {
                            Some(answered) => Mode::Note.answer(answered.to, text),
                            None => Mode::Note.command(text),
                        }));
                    })
                    on_typing=Callback::new(move |(_, on): (Mode, bool)| open.dispatch(Input::Noting { on }))
                    others=Signal::stored(None::<String>)
                    assist=private_assist(Signal::derive(move || others_of(members, me)))
                    on_file=Callback::new(move |(_, file): (Mode, File)| open.dispatch(Input::Submit(Mode::Note.file(file))))
                    among=name
                />
            </section>
        </div>
    }
}

fn members_of(chat: Option<&protocol::PrivateChatEntry>) -> Vec<AgentProfile> {
    chat.map(|chat| chat.circle.members.clone()).unwrap_or_default()
}

fn others_of(members: Memo<Vec<AgentProfile>>, me: Option<AgentId>) -> Vec<AgentProfile> {
    members.with(|members| members.iter().filter(|member| Some(member.id) != me).cloned().collect())
}

/// The keys that make sense without a visitor: to write, and to go back.
fn install_shortcuts(list: String) {
    let navigate = use_navigate();
    expect_context::<Keys>().hear(move |shortcut| {
        match shortcut {
            Shortcut::Reply | Shortcut::Note => focus_later(COMPOSER_FIELD),
            Shortcut::Back if is_in_composer() => focus(HEADING),
            Shortcut::Back => navigate(&list, NavigateOptions::default()),
            Shortcut::Next
            | Shortcut::Previous
            | Shortcut::Open
            | Shortcut::Help
            | Shortcut::Resolve
            | Shortcut::Reopen
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
            | Shortcut::Search
            | Shortcut::Palette
            | Shortcut::ResolveAndNext
            | Shortcut::Settings
            | Shortcut::Visitors
            | Shortcut::Attach
            | Shortcut::Emoji
            | Shortcut::Select
            | Shortcut::SelectThrough
            | Shortcut::SelectAll
            | Shortcut::NewFilter
            | Shortcut::SaveTranscript
            | Shortcut::Block
            | Shortcut::Show(_) => return false,
        }
        true
    });
}
