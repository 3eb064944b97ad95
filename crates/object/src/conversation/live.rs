//! A conversation in memory, with what keeps it.

use domain::Conversation;
use domain::conversation::{Outcome, Pace, Send, Write};
use mutant::mutant;
use protocol::{Code, Epoch, Seq, Timestamp};
use store::StorageError;
use store::conversation::ConversationStore;

use crate::attachment::Kept;
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;

/// What an awake conversation holds.
#[derive(Debug)]
pub struct Live<Store> {
    /// Where it is kept.
    pub store: Store,
    /// What is known of it.
    pub conversation: Conversation,
    pub(super) pace: Pace,
    /// The epoch that the log gets with its first message.
    pub(super) next_epoch: Epoch,
    /// How often telling the workspace has failed in a row.
    pub(super) failed_tellings: u32,
    /// Up to where the workspace knows what was said, as it has answered; `None` if it was not asked since waking.
    pub(super) words_known: Option<Seq>,
    /// The head of the log that was loaded from storage alone: whoever had it in memory before may have told the workspace
    /// more of it.
    pub(super) in_doubt: Seq,
    /// For when an alarm is set that has not gone off; each setting writes a row.
    pub(super) armed_for: Option<Timestamp>,
}

impl<Store: ConversationStore> Live<Store> {
    /// Reads what is stored, and what is kept with sockets.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the conversation was erased, [`Code::Storage`].
    pub(super) fn load<P>(platform: &mut P, sockets: &Sockets<P::Socket>) -> Result<Self, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let is_begun = sockets.iter().any(|socket| socket.attachment.kept.is_some());
        let loaded =
            platform.open(is_begun).and_then(|store| store.load().map(|conversation| (store, conversation)));
        let (store, mut conversation) = loaded.map_err(|error| storage(platform, &error))?;
        if conversation.identity().is_none()
            && mutant!(53, store.is_erased().map_err(|error| storage(platform, &error))?, false)
        {
            return Err(Code::NotFound);
        }
        let in_doubt = recall_kept(
            &mut conversation,
            sockets.iter().filter_map(|socket| socket.attachment.kept.clone()),
        );
        store.recall_marked(&mut conversation).map_err(|error| storage(platform, &error))?;
        Ok(Self {
            store,
            conversation,
            pace: Pace::default(),
            next_epoch: Epoch::beginning_at(platform.now(), platform.random()?),
            failed_tellings: 0,
            words_known: None,
            in_doubt,
            armed_for: None,
        })
    }

    /// Stores an outcome, takes it up, and sees to it that the workspace will hear of it; returns what is to be sent.
    pub(super) fn take<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        origin: Option<&P::Socket>,
        outcome: Outcome,
    ) -> Result<Vec<Send>, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        self.write(platform, &outcome.writes)?;
        if let Some(marks) = &outcome.marks {
            self.conversation.keep_marks(marks.clone());
            self.keep_with(platform, sockets, origin)?;
        }
        self.arm_if_news(platform, sockets, Some(&outcome));
        if outcome.deletes() {
            self.arm_at(platform, platform.now());
        }
        let Outcome { pace, sends, .. } = outcome;
        self.pace = pace;
        Ok(sends)
    }

    /// Keeps what is not stored with a socket, or with any; stores it where there is none.
    pub(super) fn keep_with<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        handle: Option<&P::Socket>,
    ) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let Some(identity) = self.conversation.identity() else { return Ok(()) };
        let kept = Kept {
            epoch: identity.epoch,
            sides: self.conversation.marks_for_agents(),
            each: self.conversation.marks().each.iter().map(|(agent, mark)| (*agent, *mark)).collect(),
            told: self.conversation.told(),
            in_doubt: self.in_doubt,
        };
        let mut seated = sockets.iter_mut().filter(|socket| socket.attachment.seated.is_some());
        match seated.find(|socket| handle.is_none_or(|handle| socket.handle == *handle)) {
            Some(socket) => {
                socket.attachment.kept = Some(kept);
                socket.keep(platform);
                Ok(())
            }
            None => self.settle(platform),
        }
    }

    /// Stores what is kept with sockets only.
    pub(super) fn settle<P: Platform>(&mut self, platform: &P) -> Result<(), Code> {
        match self.conversation.settle() {
            Some(write) => self.write(platform, &[write]),
            None => Ok(()),
        }
    }

    /// Stores what has to be before the workspace is told.
    pub(super) fn vouch<P: Platform>(&mut self, platform: &P) -> Result<(), Code> {
        let is_in_doubt = self.in_doubt == self.conversation.head();
        if let Some(write) = mutant!(24, self.conversation.vouch(is_in_doubt), None) {
            self.write(platform, &[write])?;
            self.in_doubt = Seq::START;
        }
        Ok(())
    }

    /// Reads the lines that were left out on waking.
    pub(super) fn complete<P: Platform>(&mut self, platform: &P) -> Result<(), Code> {
        self.store.complete(&mut self.conversation).map_err(|error| storage(platform, &error))
    }

    /// The epoch of the log, or the one it will have.
    pub(super) fn epoch(&self) -> Epoch {
        self.conversation.identity().map_or(self.next_epoch, |identity| identity.epoch)
    }

    pub(super) fn write<P: Platform>(&mut self, platform: &P, writes: &[Write]) -> Result<(), Code> {
        let appended = writes.iter().filter_map(|write| match write {
            Write::Append(event) => Some(event),
            Write::Begin { .. } | Write::Page(_) | Write::Introduce(_) | Write::Settle { .. } => None,
        });
        Self::claim_files(platform, appended)?;
        self.store.store(writes).map_err(|error| storage(platform, &error))?;
        writes.iter().for_each(|write| self.conversation.apply(write));
        Ok(())
    }
}

/// Takes up what is kept with the sockets of a conversation that was loaded; returns the head of the log if it is in doubt
/// what the workspace was told of it.
pub fn recall_kept(conversation: &mut Conversation, kept: impl Iterator<Item = Kept>) -> Seq {
    let epoch = conversation.identity().map(|identity| identity.epoch);
    let mut in_doubt = conversation.head();
    for kept in kept.filter(|kept| Some(kept.epoch) == epoch) {
        conversation.keep_marks(kept.marks());
        conversation.keep_told(kept.told);
        in_doubt = in_doubt.min(kept.in_doubt);
    }
    in_doubt
}

pub(super) fn storage<P: Platform>(platform: &P, error: &StorageError) -> Code {
    platform.storage_failed(error);
    Code::Storage
}
