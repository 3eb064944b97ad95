//! What a conversation is kept in: the real store on SQLite, or the one in memory, over the same simulated disk.

use domain::Conversation;
use domain::conversation::{StoredEvent, Write};
use protocol::Seq;
use store::StorageError;
use store::conversation::{ConversationStore, MemoryConversationStore, SqlConversationStore};

use crate::database::SimDatabase;

/// The disk of the store in memory: what was written, and what of it was committed.
#[derive(Debug, Default)]
pub(crate) struct MemoryDisk {
    pub(crate) written: MemoryConversationStore,
    committed: MemoryConversationStore,
}

impl MemoryDisk {
    pub(crate) fn commit(&mut self) {
        self.committed = self.written.clone();
    }

    pub(crate) fn roll_back(&mut self) {
        self.written = self.committed.clone();
    }
}

/// An open store.
#[derive(Debug)]
pub(crate) enum Kept {
    Sql(SqlConversationStore<SimDatabase>),
    Memory(MemoryConversationStore, SimDatabase),
}

impl ConversationStore for Kept {
    fn store(&mut self, writes: &[Write]) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.store(writes),
            Self::Memory(store, disk) => {
                if !writes.is_empty() {
                    disk.step()?;
                    disk.write();
                }
                store.store(writes)
            }
        }
    }

    fn load(&self) -> Result<Conversation, StorageError> {
        match self {
            Self::Sql(store) => store.load(),
            Self::Memory(store, _) => store.load(),
        }
    }

    fn events(&self, after: Seq, upto: Seq) -> Result<Vec<StoredEvent>, StorageError> {
        match self {
            Self::Sql(store) => store.events(after, upto),
            Self::Memory(store, _) => store.events(after, upto),
        }
    }
}
