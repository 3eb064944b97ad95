//! The person's private chats, under the views.

use leptos::prelude::*;
use protocol::{ConversationId, WorkspaceId};

use super::{Avatar, Icon, Shape, face};
use crate::browser::keyed::KeyedList;
use crate::model::initials::initials;
use crate::model::page::Page;
use crate::model::private_chat::{ChatName, ChatRow};
use crate::state::shown_view::ShownView;
use crate::words::{self, chats};

/// The id of the link to a chat.
pub(crate) fn link_id(chat: ConversationId) -> String {
    format!("chat-{chat}")
}

/// Links to private chats, and the button that begins one.
#[component]
pub(crate) fn ChatLinks(
    workspace: WorkspaceId,
    rows: KeyedList<ChatRow>,
    view: ShownView,
    #[prop(into)] current: Signal<Option<ConversationId>>,
    /// Begins another.
    on_new: Callback<()>,
) -> impl IntoView {
    view! {
        <section class="chats" aria-labelledby="chats-title">
            <div class="chats__head">
                <h2 class="chats__title" id="chats-title">{chats::SECTION}</h2>
                <button
                    type="button"
                    class="icon-button icon-button--small"
                    aria-label=chats::NEW
                    title=chats::NEW
                    on:click=move |_| on_new.run(())
                >
                    <Icon shape=Shape::Plus />
                </button>
            </div>
            <Show when=move || rows.is_empty()>
                <p class="chats__none">{chats::NONE}</p>
            </Show>
            <ul role="list" class="chats__list">
                <For
                    each=move || rows.each()
                    key=|(key, _)| key.clone()
                    children=move |(_, row)| view! { <ChatLink row workspace view current /> }
                />
            </ul>
        </section>
    }
}

#[component]
fn ChatLink(
    row: ArcRwSignal<ChatRow>,
    workspace: WorkspaceId,
    view: ShownView,
    current: Signal<Option<ConversationId>>,
) -> impl IntoView {
    let row = RwSignal::from(row);
    let id = row.with_untracked(|row| row.conversation);
    let name = Memo::new(move |_| row.with(|row| row.name.clone()));
    let unread = Memo::new(move |_| row.with(|row| (row.unread, row.mentions)));
    let is_unread = Memo::new(move |_| unread.get().0 > 0);
    view! {
        <li>
            <a
                class="chat"
                class:chat--unread=is_unread
                id=link_id(id)
                href=move || view.link(Page::PrivateChat(workspace, id))
                aria-current=move || (current.get() == Some(id)).then_some("page")
            >
                {move || name.with(|name| {
                    let letters = initials(&chats::name(name));
                    match name {
                        ChatName::Colleague(profile) => view! { <Avatar letters tint=0 picture=face(profile.id) /> }.into_any(),
                        ChatName::Group(_) | ChatName::Former => view! { <Avatar letters tint=0 /> }.into_any(),
                    }
                })}
                <bdi class="chat__name">{move || name.with(chats::name)}</bdi>
                " "
                {move || {
                    let (unread, mentions) = unread.get();
                    (mentions > 0).then(|| view! { <span class="badge badge--mention" aria-hidden="true">"@"</span> })
                        .into_iter()
                        .map(IntoAny::into_any)
                        .chain((unread > 0).then(|| view! {
                            <span class="badge">
                                <span aria-hidden="true">{words::badge(unread)}</span>
                                <span class="visually-hidden">{chats::unread(unread, mentions)}</span>
                            </span>
                        }.into_any()))
                        .collect_view()
                }}
            </a>
        </li>
    }
}
