//! Visitors who are blocked, and by whom.

use protocol::http::blocking::{Block, BlockedVisitor};
use protocol::limits::BLOCKED_VISITORS;
use protocol::{AgentId, AgentProfile, Timestamp, VisitorId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// A row for each, which stays when the last of their conversations is forgotten.
pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS blocked (
        visitor BLOB PRIMARY KEY,
        by_agent BLOB NOT NULL,
        by_name TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    // With a visitor each. Whoever was there before has lost their socket to the new version, and asks anew.
    "DROP TABLE IF EXISTS silent",
    "CREATE TABLE silent (
        conversation BLOB NOT NULL,
        voucher BLOB NOT NULL,
        site BLOB NOT NULL,
        at INTEGER NOT NULL,
        visitor BLOB NOT NULL,
        PRIMARY KEY (conversation, voucher)
    ) STRICT, WITHOUT ROWID",
];

impl<D: Database> WorkspaceStore<D> {
    /// Blocks a visitor; one who is stays blocked by whoever did it first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn block(&self, visitor: VisitorId, block: &Block) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO blocked (visitor, by_agent, by_name, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            vec![
                visitor.as_bytes().into(),
                block.by.id.as_bytes().into(),
                block.by.name.as_str().into(),
                block.at.0.into(),
            ],
        )
    }

    /// Lets a visitor in again.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unblock(&self, visitor: VisitorId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM blocked WHERE visitor = ?1", vec![visitor.as_bytes().into()])
    }

    /// By whom a visitor was blocked, if they are.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn block_of(&self, visitor: VisitorId) -> Result<Option<Block>, StorageError> {
        let sql = "SELECT by_agent, by_name, at FROM blocked WHERE visitor = ?1";
        self.first(sql, vec![visitor.as_bytes().into()])?.map(|mut row| read_block(&mut row)).transpose()
    }

    /// How many are blocked.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn blocked_count(&self) -> Result<usize, StorageError> {
        let count = self.first("SELECT COUNT(*) FROM blocked", Vec::new())?;
        let count = count.map_or(Ok(0), |mut row| row.unsigned())?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Those who are blocked, the last first, with what the index knows of them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn blocked(&self) -> Result<Vec<BlockedVisitor>, StorageError> {
        let sql = "SELECT visitor, by_agent, by_name, at FROM blocked ORDER BY at DESC, visitor LIMIT ?1";
        let limit = i64::try_from(BLOCKED_VISITORS).unwrap_or(i64::MAX);
        let mut blocked = Vec::new();
        for columns in self.database.run(sql, vec![limit.into()])? {
            let mut row = Row::new(columns);
            let visitor = VisitorId::from_bytes(row.bytes()?);
            let block = read_block(&mut row)?;
            let identity = self.contact(visitor)?.and_then(|contact| contact.identity);
            blocked.push(BlockedVisitor { visitor, identity, block });
        }
        Ok(blocked)
    }
}

fn read_block(row: &mut Row) -> Result<Block, StorageError> {
    let by = AgentProfile { id: AgentId::from_bytes(row.bytes()?), name: row.text()? };
    Ok(Block { by, at: Timestamp(row.integer()?) })
}
