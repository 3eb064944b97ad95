//! The list of conversations, live.

use core::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use protocol::{Code, ConversationId, IndexEntry, PrivateChatEntry};
use sync::{ConnectionBadge, FeedInput, FeedView};
use sync_web::{FeedOptions, FeedSession};

use super::account::{Account, Standing};
use super::workspace::Workspace;
use crate::api::{Failure, sockets};

/// The feed of the signed-in agent's workspace.
#[derive(Clone, Copy)]
pub(crate) struct FeedState {
    view: RwSignal<Option<FeedView>>,
    session: StoredValue<FeedSession, LocalStorage>,
}

impl FeedState {
    /// Connects; stops when the owner is gone. Who is turned away may have been removed, and who comes back may have been
    /// given another role: the workspace is asked.
    pub(crate) fn start(workspace: Workspace, account: Account) -> Self {
        let view = RwSignal::new(None);
        let id = workspace.id;
        let welcomes = Cell::new(0);
        let session = FeedSession::start(FeedOptions {
            connect: Rc::new(move |_| {
                Box::pin(async move { sockets::feed(id).await.map_err(Failure::code) })
            }),
            on_change: Rc::new(move |next: FeedView| {
                match next.connection {
                    ConnectionBadge::Refused(Code::Unauthenticated) => account.forget(Standing::SignedOut),
                    ConnectionBadge::Refused(
                        Code::Forbidden | Code::NotFound | Code::SecondFactorMissing,
                    ) => workspace.refresh(),
                    ConnectionBadge::Refused(_)
                    | ConnectionBadge::Connecting
                    | ConnectionBadge::Connected
                    | ConnectionBadge::Reconnecting => {}
                }
                if welcomes.replace(next.welcomes) != next.welcomes && next.welcomes > 1 {
                    workspace.refresh();
                }
                view.try_set(Some(next));
            }),
        });
        let session = StoredValue::new_local(session);
        on_cleanup(move || session.with_value(FeedSession::stop));
        Self { view, session }
    }

    /// The one of the room that the person is in. Where they lost the right to have one, the last may still be told of.
    pub(crate) fn here() -> Option<Self> {
        use_context::<Self>().filter(|feed| !feed.view.is_disposed())
    }

    /// Reads the view, tracked; `None` before there is one.
    pub(crate) fn with<T>(self, read: impl FnOnce(Option<&FeedView>) -> T) -> T {
        // What shows it is taken off the page after it has ended, and may ask once more.
        if self.view.is_disposed() {
            return read(None);
        }
        self.view.with(|view| read(view.as_ref()))
    }

    /// Reads the entry of a conversation, tracked, if it is loaded.
    pub(crate) fn entry<T>(
        self,
        conversation: ConversationId,
        read: impl FnOnce(&IndexEntry) -> T,
    ) -> Option<T> {
        self.with(|view| view?.known.get(&conversation).map(read))
    }

    /// Reads what is known of a private chat, tracked.
    pub(crate) fn private_chat(self, conversation: ConversationId) -> Option<PrivateChatEntry> {
        self.with(|view| view?.private_chats.iter().find(|chat| chat.conversation == conversation).cloned())
    }

    /// Hands an input to the engine.
    pub(crate) fn dispatch(self, input: FeedInput) {
        self.session.with_value(|session| session.dispatch(input));
    }
}
