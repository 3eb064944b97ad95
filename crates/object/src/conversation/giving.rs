//! The workspace gives a conversation to somebody of its own accord (SPEC AS6).

use protocol::call::{CallResult, ConversationAnswer};
use protocol::{AgentId, Code, Epoch, WorkspaceId};
use store::conversation::ConversationStore;

use super::ConversationObject;
use crate::platform::ConversationPlatform;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Takes down whose it is from here on, unless it stands otherwise than the workspace knew: then that has news to come.
    pub(super) fn give<P>(
        &mut self,
        platform: &mut P,
        workspace: WorkspaceId,
        known: (Epoch, u64),
        to: Option<AgentId>,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.with_live(platform, |sockets, live, platform| {
            let identity = live.conversation.identity();
            if identity.is_some_and(|identity| identity.workspace != workspace) {
                return Err(Code::NotFound.into());
            }
            let outcome = live.conversation.give(&live.pace, known, to, platform.now());
            if let Some(outcome) = outcome {
                let sends = live.take(platform, sockets, None, outcome)?;
                live.deliver(platform, sockets, None, sends);
            }
            Ok(ConversationAnswer::Done)
        })
    }
}
