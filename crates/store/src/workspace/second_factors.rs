//! Whether a workspace asks for a second factor, and who has one, as far as it has heard.

use std::collections::BTreeSet;

use protocol::AgentId;

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> WorkspaceStore<D> {
    /// Asks for a second factor of everybody, or no longer.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn require_second_factor(&self, is_required: bool) -> Result<(), StorageError> {
        let sql = if is_required {
            "INSERT INTO house_rule (name) VALUES ('second_factor') ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM house_rule WHERE name = 'second_factor'"
        };
        self.database.execute(sql, Vec::new())
    }

    /// Notes whether somebody has one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_second_factor(&self, agent: AgentId, is_on: bool) -> Result<(), StorageError> {
        let sql = if is_on {
            "INSERT INTO second_factor (agent) VALUES (?1) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM second_factor WHERE agent = ?1"
        };
        self.database.execute(sql, vec![agent.as_bytes().into()])
    }

    /// Notes that somebody was here in a session in which they did not use the one that they have.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_unused_second_factor(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO unused_second_factor (agent) VALUES (?1) ON CONFLICT DO NOTHING",
            vec![agent.as_bytes().into()],
        )
    }

    /// Who was.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unused_second_factors(&self) -> Result<BTreeSet<AgentId>, StorageError> {
        let rows = self.database.run("SELECT agent FROM unused_second_factor", Vec::new())?;
        rows.into_iter().map(|columns| Row::new(columns).bytes().map(AgentId::from_bytes)).collect()
    }

    /// Forgets that somebody was.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_unused_second_factor(&self, agent: AgentId) -> Result<(), StorageError> {
        let sql = "DELETE FROM unused_second_factor WHERE agent = ?1";
        self.database.execute(sql, vec![agent.as_bytes().into()])
    }

    /// How many of the people have none.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn without_second_factor(&self) -> Result<u32, StorageError> {
        let sql = "SELECT COUNT(*) FROM agent WHERE id NOT IN (SELECT agent FROM second_factor)";
        let rows = self.database.run(sql, Vec::new())?;
        let count = rows.into_iter().next().map_or(Ok(0), |columns| Row::new(columns).unsigned())?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}
