//! With whom a private chat is.

use leptos::prelude::*;
use protocol::{ConversationId, PrivateChatEntry};

use super::members::Members;
use crate::components::{Avatar, HEADING, Icon, Shape, face};
use crate::model::initials::initials;
use crate::model::private_chat::ChatName;
use crate::words::{chats, thread};

/// The head of a private chat.
#[component]
pub(super) fn PrivateHeader(
    /// Where the list is.
    #[prop(into)]
    back: Signal<String>,
    id: ConversationId,
    #[prop(into)] chat: Signal<Option<PrivateChatEntry>>,
    #[prop(into)] called: Signal<Option<ChatName>>,
    /// Who else is there now.
    #[prop(into)]
    here: Signal<Vec<String>>,
) -> impl IntoView {
    let members_shown = RwSignal::new(false);
    let is_group = Memo::new(move |_| called.with(|called| matches!(called, Some(ChatName::Group(_)))));
    let name =
        move || called.with(|called| called.as_ref().map_or_else(|| chats::SECTION.to_owned(), chats::name));
    let is_here = Signal::derive(move || here.with(|here| !here.is_empty()));
    let state = move || match called.get() {
        Some(ChatName::Group(_)) => here.with(|here| chats::here(here)),
        Some(ChatName::Colleague(_) | ChatName::Former) | None => {
            if is_here.get() { chats::HERE } else { chats::NOT_HERE }.to_owned()
        }
    };
    view! {
        <header class="thread-header">
            <a class="icon-button thread-header__back" href=back aria-label=thread::BACK aria-keyshortcuts="u Escape">
                <Icon shape=Shape::Back />
            </a>
            {move || match called.get() {
                Some(ChatName::Colleague(profile)) => view! {
                    <Avatar letters=initials(&profile.name) tint=0 online=is_here picture=face(profile.id) />
                }.into_any(),
                _ => view! { <Avatar letters=initials(&name()) tint=0 /> }.into_any(),
            }}
            <div class="thread-header__who">
                <h2 class="thread-header__name" id=HEADING tabindex="-1"><bdi>{name}</bdi></h2>
                <p class="thread-header__state">
                    <span><bdi>{state}</bdi></span>
                    <span class="thread-header__private"><Icon shape=Shape::Lock /><span>{chats::PRIVATE_SHORT}</span></span>
                </p>
            </div>
            <Show when=move || is_group.get()>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=chats::SHOW_MEMBERS
                    title=chats::SHOW_MEMBERS
                    on:click=move |_| members_shown.set(true)
                >
                    <Icon shape=Shape::Person />
                </button>
                <Members id chat shown=members_shown />
            </Show>
        </header>
    }
}
