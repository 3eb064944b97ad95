//! Whether a workspace asks for a second factor, and who has one, as far as it has heard.

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
