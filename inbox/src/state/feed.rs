//! The list of conversations, live.

use std::rc::Rc;

use leptos::prelude::*;
use protocol::{Code, ConversationId, IndexEntry, WorkspaceId};
use sync::{ConnectionBadge, FeedInput, FeedView};
use sync_web::{FeedOptions, FeedSession};

use super::account::{Account, Standing};
use crate::api;

/// The feed of the signed-in agent's workspace.
#[derive(Clone, Copy)]
pub(crate) struct FeedState {
    view: RwSignal<Option<FeedView>>,
    session: StoredValue<FeedSession, LocalStorage>,
}

impl FeedState {
    /// Connects; stops when the owner is gone.
    pub(crate) fn start(workspace: WorkspaceId, account: Account) -> Self {
        let view = RwSignal::new(None);
        let session = FeedSession::start(FeedOptions {
            connect: Rc::new(move |_| {
                Box::pin(async move {
                    let endpoint = api::feed_endpoint(workspace).await;
                    endpoint.inspect_err(|failure| account.hear(*failure)).map_err(api::Failure::code)
                })
            }),
            on_change: Rc::new(move |next: FeedView| {
                if next.connection == ConnectionBadge::Refused(Code::Unauthenticated) {
                    account.forget(Standing::SignedOut);
                }
                view.try_set(Some(next));
            }),
        });
        let session = StoredValue::new_local(session);
        on_cleanup(move || session.with_value(FeedSession::stop));
        Self { view, session }
    }

    /// Reads the view, tracked; `None` before there is one.
    pub(crate) fn with<T>(self, read: impl FnOnce(Option<&FeedView>) -> T) -> T {
        self.view.with(|view| read(view.as_ref()))
    }

    /// Reads the entry of a conversation, tracked, if it is loaded.
    pub(crate) fn entry<T>(
        self,
        conversation: ConversationId,
        read: impl FnOnce(&IndexEntry) -> T,
    ) -> Option<T> {
        self.with(|view| view?.entries.iter().find(|entry| entry.conversation == conversation).map(read))
    }

    /// Hands an input to the engine.
    pub(crate) fn dispatch(self, input: FeedInput) {
        self.session.with_value(|session| session.dispatch(input));
    }
}
