//! A hello that has to wait for a word of the workspace.
//!
//! A conversation that has begun is told when its site is removed or a proof is worth nothing any longer. One in which
//! nothing was said yet is known to nobody, so that it has to ask, unless the token is so new that whoever gave it has just
//! asked (SPEC SI5, ID10).

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceCall};
use protocol::{CloseCode, Code, Hello, WorkspaceId, limits};
use store::conversation::ConversationStore;

use super::ConversationObject;
use crate::credential::Credential;
use crate::platform::ConversationPlatform;

/// What the caller asks the workspace before it comes back with [`ConversationObject::vouched`].
#[must_use]
#[derive(Clone)]
pub struct Inquiry {
    /// Whom to ask.
    pub workspace: WorkspaceId,
    /// What.
    pub call: WorkspaceCall,
    pub(super) hello: Hello,
}

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// What has to be asked before the holder of a credential is let in, if anything.
    pub(super) fn doubt<P>(
        &mut self,
        platform: &mut P,
        credential: &Credential,
    ) -> Option<(WorkspaceId, WorkspaceCall)>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let Credential::Visitor(claims) = credential else { return None };
        let is_new = platform.now().since(claims.given_at()) < limits::VOUCHED_MS;
        if is_new || platform.conversation_id() != Ok(claims.conversation) {
            return None;
        }
        let begun = self.with_live(platform, |_, live, _| Ok(live.conversation.identity().is_some()));
        let call = WorkspaceCall::Vouch { site: claims.site, voucher: claims.voucher };
        (begun == Ok(false)).then_some((claims.workspace, call))
    }

    /// The workspace has answered, or could not be reached.
    pub fn vouched<P>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        inquiry: Inquiry,
        answer: CallResult<WorkspaceAnswer>,
    ) where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        if self.is_seated(handle) {
            return self.turn_away(platform, handle, CloseCode::Forbidden);
        }
        let seated = match answer.map_err(|reject| reject.code) {
            Ok(_) => self
                .credential(platform, handle, &inquiry.hello.credential)
                .and_then(|credential| self.seat(platform, handle, inquiry.hello, credential)),
            Err(Code::UnknownSite) => Err(CloseCode::NotFound),
            Err(Code::BadIdentity) => Err(CloseCode::Unauthenticated),
            Err(_) => Err(CloseCode::Zombie),
        };
        if let Err(close) = seated {
            self.turn_away(platform, handle, close);
        }
    }
}
