//! The workspace is told of a conversation by a cursor on the log, from an alarm: nothing is lost if it is away.

use domain::conversation::{Outcome, is_all_heard, passage, targets_before, wait_before_telling};
use mutant::mutant;
use protocol::call::{WorkspaceAnswer, WorkspaceCall};
use protocol::{
    Code, ConversationDigest, ConversationId, Epoch, Passage, PrivateChatDigest, Reject, Seq, Timestamp,
    WorkspaceId,
};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::live::{Live, storage};
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;

/// What a workspace is to be told.
#[derive(Debug, Clone)]
pub struct News {
    /// Whom to tell.
    pub workspace: WorkspaceId,
    /// What.
    pub told: Told,
}

/// What a workspace is told.
#[derive(Debug, Clone)]
pub enum Told {
    /// Of a conversation with a visitor.
    Conversation {
        /// The present state.
        digest: Box<ConversationDigest>,
        /// The words that the workspace does not know.
        passage: Passage,
    },
    /// Of a private chat: the present state. Its words are nothing for an index that others search.
    PrivateChat(Box<PrivateChatDigest>),
}

impl News {
    /// The state that is told: a life of the log, and a revision of it.
    #[must_use]
    pub const fn state(&self) -> (Epoch, u64) {
        match &self.told {
            Told::Conversation { digest, .. } => (digest.epoch, digest.revision),
            Told::PrivateChat(digest) => (digest.epoch, digest.revision),
        }
    }

    /// The call that tells it.
    #[must_use]
    pub fn call(self) -> WorkspaceCall {
        match self.told {
            Told::Conversation { digest, passage } => WorkspaceCall::Tell { digest, passage },
            Told::PrivateChat(digest) => WorkspaceCall::TellPrivately(digest),
        }
    }
}

/// Up to where a workspace says that it knows the words, in its answer to [`News::call`].
///
/// # Errors
/// [`Code::Internal`] if it says something else.
pub fn heard(answer: WorkspaceAnswer) -> Result<Seq, Reject> {
    if let WorkspaceAnswer::Heard { upto } = answer { Ok(upto) } else { Err(Code::Internal.into()) }
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
            let told = live.to_tell(platform, id)?;
            Ok(workspace.zip(told).map(|(workspace, told)| News { workspace, told }))
        });
        if news.as_ref().is_err_and(|reject| reject.code != Code::NotFound) {
            // Whether there is news could not be read or vouched for; the alarm is spent.
            platform.wake_at(platform.now().plus(wait_before_telling(false, None, u32::MAX)));
        }
        news.ok().flatten()
    }

    /// The workspace has answered to news of a state ([`News::state`]) that it knows the words up to a position, or could not
    /// be reached. It is told as long as something is missing. An answer about a log that was deleted since says nothing of
    /// the one after it (SPEC WS40).
    pub fn has_told<P>(
        &mut self,
        platform: &mut P,
        (epoch, revision): (Epoch, u64),
        heard: Result<Seq, Reject>,
    ) where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let noted = self.with_live(platform, |sockets, live, platform| {
            let identity = live.conversation.identity();
            let is_of_another = mutant!(55, identity.is_none_or(|identity| identity.epoch != epoch), false);
            match heard {
                Ok(_) | Err(_) if is_of_another => {}
                Ok(upto) if mutant!(38, is_all_heard(revision, upto), true) => {
                    live.failed_tellings = 0;
                    live.words_known = Some(upto);
                    live.conversation.keep_told(revision);
                    live.keep_with(platform, sockets, None)?;
                }
                Ok(upto) if live.words_known.is_none_or(|known| known != upto) => {
                    live.failed_tellings = 0;
                    live.words_known = Some(upto);
                    // What is missing is nothing that an agent could see by watching: it is not gathered.
                    live.arm_at(platform, platform.now().plus(wait_before_telling(false, None, 0)));
                }
                Ok(_) | Err(_) => {
                    live.failed_tellings = live.failed_tellings.saturating_add(1);
                    mutant!(8, {}, return Ok(()));
                }
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
    /// The present state, and what goes with it; nothing before the conversation has begun.
    fn to_tell<P: Platform>(&self, platform: &P, id: ConversationId) -> Result<Option<Told>, Code> {
        if self.conversation.circle().is_some() {
            let (after, upto) = self.conversation.stretch_to_count();
            let newest = self.store.events(after, upto).map_err(|error| storage(platform, &error))?;
            let digest = self.conversation.private_digest(id, &newest);
            return Ok(digest.map(|digest| Told::PrivateChat(Box::new(digest))));
        }
        let Some(digest) = self.conversation.digest(id) else { return Ok(None) };
        let passage = self.passage_to_tell(platform)?;
        Ok(Some(Told::Conversation { digest: Box::new(digest), passage }))
    }

    /// What was said where the workspace knows nothing of it, with what was changed since.
    fn passage_to_tell<P: Platform>(&self, platform: &P) -> Result<Passage, Code> {
        let (after, upto) = self.conversation.stretch_to_tell(self.words_known);
        let read = |after, upto| {
            let events = self.store.events(after, upto);
            events.map_err(|error| storage(platform, &error))
        };
        let events = read(after, upto)?;
        let mut targets = Vec::new();
        for target in targets_before(after, &events) {
            targets.extend(read(Seq(target.0.saturating_sub(1)), target)?);
        }
        Ok(passage((after, upto), &events, &targets))
    }

    /// Has the workspace hear of the present state, which it does not know.
    pub(super) fn tell_anew<P>(&mut self, platform: &mut P, sockets: &Sockets<P::Socket>) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let announced = self.conversation.announce();
        self.write(platform, &[announced])?;
        self.words_known = None;
        self.arm_if_news(platform, sockets, None);
        Ok(())
    }

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
            let is_watched = match self.conversation.circle() {
                // Each member has news of their own.
                Some(circle) => circle.members.iter().all(|member| sockets.has_agent(member.id)),
                None => sockets.has_agents(),
            };
            let wait = wait_before_telling(is_watched, outcome, self.failed_tellings);
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
