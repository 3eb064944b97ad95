//! What a conversation is kept in: the real store on SQLite, or the one in memory, over the same simulated disk.

use std::cell::RefCell;
use std::rc::Rc;

use domain::Conversation;
use domain::conversation::{StoredEvent, Write};
use protocol::Seq;
use store::StorageError;
use store::conversation::{ConversationStore, MemoryConversationStore, SqlConversationStore};

use crate::database::SimDatabase;

/// The disk of the store in memory: what was written, and what of it was committed.
#[derive(Debug, Default)]
pub(crate) struct MemoryDisk {
    written: MemoryConversationStore,
    committed: MemoryConversationStore,
}

impl MemoryDisk {
    pub(super) fn commit(&mut self) {
        self.committed = self.written.clone();
    }

    pub(super) fn roll_back(&mut self) {
        self.written = self.committed.clone();
    }
}

/// An open store.
#[derive(Debug)]
pub(crate) enum Kept {
    Sql(SqlConversationStore<SimDatabase>),
    Memory(Rc<RefCell<MemoryDisk>>, SimDatabase),
}

impl ConversationStore for Kept {
    fn store(&mut self, writes: &[Write]) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.store(writes),
            Self::Memory(disk, database) => {
                if !writes.is_empty() {
                    database.step()?;
                    database.write();
                }
                disk.borrow_mut().written.store(writes)
            }
        }
    }

    fn load(&self) -> Result<Conversation, StorageError> {
        match self {
            Self::Sql(store) => store.load(),
            Self::Memory(disk, _) => disk.borrow().written.load(),
        }
    }

    fn recall_marked(&self, conversation: &mut Conversation) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.recall_marked(conversation),
            Self::Memory(disk, _) => disk.borrow().written.recall_marked(conversation),
        }
    }

    fn complete(&self, conversation: &mut Conversation) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.complete(conversation),
            Self::Memory(disk, _) => disk.borrow().written.complete(conversation),
        }
    }

    fn erase(&mut self) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.erase(),
            Self::Memory(disk, database) => {
                database.step()?;
                database.write();
                disk.borrow_mut().written.erase()
            }
        }
    }

    fn empty(&mut self) -> Result<(), StorageError> {
        match self {
            Self::Sql(store) => store.empty(),
            Self::Memory(disk, database) => {
                database.step()?;
                database.write();
                disk.borrow_mut().written.empty()
            }
        }
    }

    fn is_erased(&self) -> Result<bool, StorageError> {
        match self {
            Self::Sql(store) => store.is_erased(),
            Self::Memory(disk, _) => disk.borrow().written.is_erased(),
        }
    }

    fn events(&self, after: Seq, upto: Seq) -> Result<Vec<StoredEvent>, StorageError> {
        match self {
            Self::Sql(store) => store.events(after, upto),
            Self::Memory(disk, _) => disk.borrow().written.events(after, upto),
        }
    }
}
