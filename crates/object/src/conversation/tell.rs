//! The workspace is told of a conversation by a cursor on the log, from an alarm: nothing is lost if it is away.

use domain::conversation::{Outcome, wait_before_telling};
use mutant::mutant;
use protocol::{Code, ConversationDigest, Timestamp, WorkspaceId};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::live::Live;
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;

/// What a workspace is to be told.
#[derive(Debug)]
pub struct News {
    /// Whom to tell.
    pub workspace: WorkspaceId,
    /// The present state.
    pub digest: ConversationDigest,
}

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// The alarm has gone off: returns the present state, once for all that happened since the last time, if there is
    /// something to tell. The caller tells the workspace, once all that was written is durable, and then calls
    /// [`Self::has_told`].
    pub fn rang<P>(&mut self, platform: &mut P) -> Option<News>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let id = platform.conversation_id().ok()?;
        let news = self.with_live(platform, |sockets, live, platform| {
            live.armed_for = None;
            live.come_up(platform, sockets)?;
            if !live.conversation.has_news() {
                return Ok(None);
            }
            live.vouch(platform)?;
            let workspace = live.conversation.identity().map(|identity| identity.workspace);
            Ok(workspace.zip(live.conversation.digest(id)))
        });
        if news.as_ref().is_err_and(|reject| reject.code != Code::NotFound) {
            // Whether there is news could not be read or vouched for; the alarm is spent.
            platform.wake_at(platform.now().plus(wait_before_telling(false, None, u32::MAX)));
        }
        let (workspace, digest) = news.ok().flatten()?;
        Some(News { workspace, digest })
    }

    /// The workspace has answered to a digest of a revision, or could not be reached.
    pub fn has_told<P>(&mut self, platform: &mut P, revision: u64, succeeded: bool)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let noted = self.with_live(platform, |sockets, live, platform| {
            if succeeded {
                live.failed_tellings = 0;
                live.conversation.keep_told(revision);
                live.keep_with(platform, sockets, None)?;
            } else {
                live.failed_tellings = live.failed_tellings.saturating_add(1);
                mutant!(8, {}, return Ok(()));
            }
            live.arm_if_news(platform, sockets, None);
            Ok(())
        });
        if noted.is_err() {
            // Whether there is more could not be read; the alarm is spent.
            platform.wake_at(platform.now().plus(wait_before_telling(false, None, u32::MAX)));
        }
    }
}

impl<Store: ConversationStore> Live<Store> {
    /// Sets the alarm if there is something to tell, or something to be done at a later time.
    pub(super) fn arm_if_news<P>(
        &mut self,
        platform: &mut P,
        sockets: &Sockets<P::Socket>,
        outcome: Option<&Outcome>,
    ) where
        P: ConversationPlatform<Store = Store>,
    {
        if self.conversation.has_news() {
            let wait = wait_before_telling(sockets.has_agents(), outcome, self.failed_tellings);
            let at = platform.now().plus(wait);
            self.arm_at(platform, at);
        }
        self.arm_if_snoozed(platform);
    }

    /// Sets the alarm, unless one is set that is early enough. Not awaited, so that it is stored with the writes of this
    /// turn.
    pub(super) fn arm_at<P: Platform>(&mut self, platform: &mut P, at: Timestamp) {
        let is_armed = self.armed_for.is_some_and(|armed_for| armed_for <= at);
        if !is_armed && platform.wake_at(at) {
            self.armed_for = Some(at);
        }
    }
}
