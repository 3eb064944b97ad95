//! What a conversation's object keeps.

mod columns;
mod memory;
mod private_chat;
mod sql;

use domain::Conversation;
use domain::conversation::{StoredEvent, Write};
use protocol::Seq;

pub use memory::MemoryConversationStore;
pub use sql::SqlConversationStore;

use crate::database::StorageError;

/// Keeps the writes of one conversation. Every implementation passes the same contract (`tests/conversation_contract.rs`).
pub trait ConversationStore {
    /// Stores writes in order. The caller runs this in one synchronous turn and after it nothing that can fail.
    ///
    /// # Errors
    /// [`StorageError`]; some writes may have been stored, and the caller must load again.
    fn store(&mut self, writes: &[Write]) -> Result<(), StorageError>;

    /// Folds what was stored, of long logs as far as opening them takes: see [`Conversation::needs_whole_log`].
    ///
    /// # Errors
    /// [`StorageError`].
    fn load(&self) -> Result<Conversation, StorageError>;

    /// Reads the lines on which read marks stand that were taken up since [`Self::load`], as far as it left them out.
    ///
    /// # Errors
    /// [`StorageError`].
    fn recall_marked(&self, conversation: &mut Conversation) -> Result<(), StorageError>;

    /// Reads the lines that [`Self::load`] left out.
    ///
    /// # Errors
    /// [`StorageError`].
    fn complete(&self, conversation: &mut Conversation) -> Result<(), StorageError>;

    /// Deletes the conversation for good: from then on it is erased, and nothing can be stored in it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn erase(&mut self) -> Result<(), StorageError>;

    /// Deletes all of the conversation; it can begin again.
    ///
    /// # Errors
    /// [`StorageError`].
    fn empty(&mut self) -> Result<(), StorageError>;

    /// Whether it was erased. Asked only of a conversation that has not begun.
    ///
    /// # Errors
    /// [`StorageError`].
    fn is_erased(&self) -> Result<bool, StorageError>;

    /// Reads events after `after` up to and including `upto`, in the agents' sequence, oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn events(&self, after: Seq, upto: Seq) -> Result<Vec<StoredEvent>, StorageError>;
}
