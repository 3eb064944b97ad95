//! How much a visitor has not seen of a conversation of theirs that they do not have open.

use domain::{Action, Principal};
use protocol::Code;
use protocol::call::{CallResult, ConversationAnswer, Glance};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::files::seat_of;
use crate::credential::Credential;
use crate::platform::ConversationPlatform;
use crate::ticket::stands;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Counts for a visitor, whose token may be of another conversation of theirs. It writes nothing.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`], and [`Code::NotFound`] if it is somebody else's conversation.
    pub(super) fn glance<P>(&mut self, platform: &mut P, glance: &Glance) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let secret = platform.token_secret()?;
        let claims = Credential::of_visitor(&secret, &glance.credential, platform.now());
        let claims = claims.ok_or(Code::Unauthenticated)?;
        stands(platform, &claims).map_err(Code::from)?;
        let seat = seat_of(Principal::Visitor(claims));
        self.with_live(platform, |_, live, platform| {
            live.may(platform, &seat, Action::Watch)?;
            Ok(ConversationAnswer::Unread(live.conversation.unread_by_visitor()))
        })
    }
}
