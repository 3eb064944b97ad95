//! The roles that a workspace made itself.

use protocol::http::workspace::CustomRole;
use protocol::{Permissions, RoleId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> WorkspaceStore<D> {
    /// Keeps a role, new or drawn anew.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_role(&self, role: &CustomRole) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO custom_role (id, name, permissions) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, permissions = excluded.permissions",
            vec![
                role.id.as_bytes().into(),
                role.name.as_str().into(),
                i64::from(role.permissions.bits()).into(),
            ],
        )
    }

    /// All of them, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roles(&self) -> Result<Vec<CustomRole>, StorageError> {
        let rows = self
            .database
            .run("SELECT id, name, permissions FROM custom_role ORDER BY name, id", Vec::new())?;
        rows.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// Looks a role up.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn role(&self, id: RoleId) -> Result<Option<CustomRole>, StorageError> {
        let sql = "SELECT id, name, permissions FROM custom_role WHERE id = ?1";
        self.first(sql, vec![id.as_bytes().into()])?.map(read).transpose()
    }

    /// Whether somebody has a role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_role_held(&self, id: RoleId) -> Result<bool, StorageError> {
        let sql = "SELECT 1 FROM agent WHERE custom_role = ?1 LIMIT 1";
        Ok(self.first(sql, vec![id.as_bytes().into()])?.is_some())
    }

    /// Removes a role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_role(&self, id: RoleId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM custom_role WHERE id = ?1", vec![id.as_bytes().into()])
    }
}

fn read(mut row: Row) -> Result<CustomRole, StorageError> {
    let id = RoleId::from_bytes(row.bytes()?);
    let name = row.text()?;
    let bits =
        u32::try_from(row.unsigned()?).map_err(|_| StorageError("permissions out of range".to_owned()))?;
    Ok(CustomRole { id, name, permissions: Permissions::from_bits(bits) })
}
