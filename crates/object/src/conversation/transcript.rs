//! What was said in a conversation, for a mail to its visitor.

use domain::Action;
use domain::conversation::{StoredEvent, Transcribing};
use protocol::call::{CallResult, ConversationAnswer};
use protocol::{Seq, TranscriptWanted};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::files::seat_by;
use super::live::storage;
use crate::platform::ConversationPlatform;

/// Events that are read at once.
const READ_AT_ONCE: u64 = 200;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Tells the visitor what they may see of it, and nothing of what only agents do. It writes nothing.
    ///
    /// # Errors
    /// [`protocol::Code::Unauthenticated`], [`protocol::Code::NotFound`] if it is somebody else's conversation, and
    /// [`protocol::Code::Empty`].
    pub(super) fn transcribe<P>(
        &mut self,
        platform: &mut P,
        wanted: &TranscriptWanted,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let seat = seat_by(platform, &wanted.credential)?;
        self.with_live(platform, |_, live, platform| {
            live.may(platform, &seat, Action::Watch)?;
            let mut transcribing = Transcribing::default();
            let mut upto = live.conversation.head();
            let mut has_room = true;
            while has_room && upto > Seq::START {
                let after = Seq(upto.0.saturating_sub(READ_AT_ONCE));
                let read = live.store.events(after, upto).map_err(|error| storage(platform, &error))?;
                let public = read.iter().rev().filter_map(StoredEvent::for_visitor);
                for event in public {
                    has_room = has_room && transcribing.take(event);
                }
                upto = after;
            }
            let (lines, is_cut) = transcribing.finish()?;
            Ok(ConversationAnswer::Transcript { lines, is_cut })
        })
    }
}
