//! How much a visitor has not seen of a conversation of theirs that they do not have open.

use domain::Action;
use protocol::call::{CallResult, ConversationAnswer, Glance};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::files::seat_by;
use crate::platform::ConversationPlatform;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Counts for a visitor, whose token may be of another conversation of theirs. It writes nothing.
    ///
    /// # Errors
    /// [`protocol::Code::Unauthenticated`], and [`protocol::Code::NotFound`] if it is somebody else's conversation.
    pub(super) fn glance<P>(&mut self, platform: &mut P, glance: &Glance) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let seat = seat_by(platform, &glance.credential)?;
        self.with_live(platform, |_, live, platform| {
            live.may(platform, &seat, Action::Watch)?;
            Ok(ConversationAnswer::Unread(live.conversation.unread_by_visitor()))
        })
    }
}
