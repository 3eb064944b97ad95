//! The person's private chats, beside the list.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use protocol::Permission;

use super::NewChatDialog;
use crate::browser::keyed::KeyedList;
use crate::components::ChatLinks;
use crate::model::page::private_chat_at;
use crate::model::private_chat::ChatRow;
use crate::pages::desk::{DeskContext, NewChat};
use crate::state::feed::FeedState;
use crate::state::workspace::Workspace;

/// Links to them, if the person's role allows any.
#[component]
pub(crate) fn PrivateChats() -> impl IntoView {
    let (workspace, feed) = (expect_context::<Workspace>(), expect_context::<FeedState>());
    let view = expect_context::<DeskContext>().view;
    let path = use_location().pathname;
    let current = Memo::new(move |_| path.with(|path| private_chat_at(path)));
    let may = workspace.may(Permission::ChatPrivately);
    let me = workspace.view_untracked().map(|view| view.me.id).filter(|_| may);
    me.map(|me| {
        let rows = KeyedList::<ChatRow>::new();
        Effect::new(move || {
            rows.replace(feed.with(|view| {
                let chats = view.map(|view| view.private_chats.as_slice()).unwrap_or_default();
                let rows = chats.iter().map(|chat| (chat.conversation.to_string(), ChatRow::of(chat, me)));
                rows.collect::<Vec<_>>()
            }));
        });
        let new = expect_context::<NewChat>();
        // Once there, the dialog stays, so that it can give the focus back.
        let has_come = RwSignal::new(false);
        Effect::new(move || {
            if new.asked.get() {
                has_come.set(true);
            }
        });
        view! {
            <ChatLinks workspace=workspace.id rows view current on_new=Callback::new(move |()| new.ask(String::new())) />
            {move || has_come.get().then(|| view! { <NewChatDialog /> })}
        }
    })
}
