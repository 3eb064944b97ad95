//! The store of tests that are about something else: a list of writes.

use domain::Conversation;
use domain::conversation::{StoredEvent, Write};
use protocol::Seq;

use super::ConversationStore;
use crate::database::StorageError;

/// Keeps writes in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryConversationStore {
    writes: Vec<Write>,
    is_erased: bool,
}

impl ConversationStore for MemoryConversationStore {
    fn store(&mut self, writes: &[Write]) -> Result<(), StorageError> {
        self.writes.extend_from_slice(writes);
        Ok(())
    }

    fn load(&self) -> Result<Conversation, StorageError> {
        let mut conversation = Conversation::default();
        for write in &self.writes {
            conversation.apply(write);
        }
        Ok(conversation)
    }

    fn recall_marked(&self, _: &mut Conversation) -> Result<(), StorageError> {
        Ok(())
    }

    fn complete(&self, _: &mut Conversation) -> Result<(), StorageError> {
        Ok(())
    }

    fn erase(&mut self) -> Result<(), StorageError> {
        *self = Self { writes: Vec::new(), is_erased: true };
        Ok(())
    }

    fn empty(&mut self) -> Result<(), StorageError> {
        self.writes.clear();
        Ok(())
    }

    fn is_erased(&self) -> Result<bool, StorageError> {
        Ok(self.is_erased)
    }

    fn events(&self, after: Seq, upto: Seq) -> Result<Vec<StoredEvent>, StorageError> {
        let mut events: Vec<StoredEvent> = Vec::new();
        for write in &self.writes {
            match write {
                Write::Append(event) => {
                    events.iter_mut().for_each(|earlier| earlier.amend(event));
                    events.push(event.clone());
                }
                Write::Begin { .. } | Write::Page(_) | Write::Introduce(_) | Write::Settle { .. } => {}
            }
        }
        events.retain(|event| event.seq > after && event.seq <= upto);
        Ok(events)
    }
}
