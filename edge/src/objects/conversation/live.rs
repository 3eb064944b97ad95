//! A conversation in memory, with what keeps it.

use domain::Conversation;
use domain::conversation::{Outcome, Pace};
use protocol::{Code, Epoch};
use store::StorageError;
use store::conversation::{ConversationStore, SqlConversationStore};
use worker::{State, console_error};

use crate::durable_database::DurableDatabase;
use crate::surroundings::{now, random};

/// What an awake conversation holds.
pub(super) struct Live {
    pub(super) store: SqlConversationStore<DurableDatabase>,
    pub(super) conversation: Conversation,
    pub(super) pace: Pace,
    /// The epoch that the log gets with its first message.
    pub(super) next_epoch: Epoch,
    /// How often telling the workspace has failed in a row.
    pub(super) failed_tellings: u32,
    /// Whether an alarm is set that has not gone off; each setting writes a row, and would put off the one before.
    pub(super) is_armed: bool,
}

impl Live {
    /// Reads everything from storage.
    pub(super) fn load(state: &State) -> Result<Self, Code> {
        let store = SqlConversationStore::open(DurableDatabase(state.storage().sql())).map_err(storage)?;
        let conversation = store.load().map_err(storage)?;
        let next_epoch = Epoch::beginning_at(now(), random()?);
        Ok(Self {
            store,
            conversation,
            pace: Pace::default(),
            next_epoch,
            failed_tellings: 0,
            is_armed: false,
        })
    }

    /// Stores an outcome and then takes it up.
    pub(super) fn take(&mut self, outcome: &Outcome) -> Result<(), Code> {
        self.store.store(&outcome.writes).map_err(storage)?;
        outcome.writes.iter().for_each(|write| self.conversation.apply(write));
        self.pace.clone_from(&outcome.pace);
        Ok(())
    }

    /// The epoch of the log, or the one it will have.
    pub(super) fn epoch(&self) -> Epoch {
        self.conversation.identity().map_or(self.next_epoch, |identity| identity.epoch)
    }
}

pub(super) fn storage(error: StorageError) -> Code {
    console_error!("conversation: {}", error.to_string());
    Code::Storage
}
