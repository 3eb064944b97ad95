//! The keys of the REST API. Of a key's secret only a digest is kept.

use domain::workspace::ApiKey;
use protocol::{AgentId, ApiKeyId, Scopes, Timestamp};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> WorkspaceStore<D> {
    /// Keeps a new key, with the digest of its secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_api_key(&self, key: &ApiKey, digest: &[u8; 32]) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO api_key (id, digest, name, scopes, made_by, made_at, expires_at, hint) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            vec![
                key.id.as_bytes().into(),
                digest.into(),
                key.name.as_str().into(),
                i64::from(key.scopes.bits()).into(),
                key.made_by.as_bytes().into(),
                key.made_at.0.into(),
                key.expires_at.map(|at| at.0).into(),
                key.hint.as_str().into(),
            ],
        )
    }

    /// All of them, newest first, also those that have expired.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn api_keys(&self) -> Result<Vec<ApiKey>, StorageError> {
        let rows = self.database.run(
            "SELECT id, name, scopes, made_by, made_at, expires_at, used_at, spent_until, hint FROM api_key \
             ORDER BY made_at DESC, id",
            Vec::new(),
        )?;
        rows.into_iter().map(|columns| read(&mut Row::new(columns))).collect()
    }

    /// Looks a key up, with the digest of its secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn api_key(&self, id: ApiKeyId) -> Result<Option<(ApiKey, [u8; 32])>, StorageError> {
        let row = self.first(
            "SELECT id, name, scopes, made_by, made_at, expires_at, used_at, spent_until, hint, digest \
             FROM api_key WHERE id = ?1",
            vec![id.as_bytes().into()],
        )?;
        row.map(|mut row| Ok((read(&mut row)?, row.bytes()?))).transpose()
    }

    /// Notes the day on which a key was last used.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_use_of_api_key(&self, id: ApiKeyId, day: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE api_key SET used_at = ?2 WHERE id = ?1",
            vec![id.as_bytes().into(), day.0.into()],
        )
    }

    /// Notes up to when a key's quota is spent.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_spending_of_api_key(&self, id: ApiKeyId, until: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE api_key SET spent_until = ?2 WHERE id = ?1",
            vec![id.as_bytes().into(), until.0.into()],
        )
    }

    /// Ends a key.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_api_key(&self, id: ApiKeyId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM api_key WHERE id = ?1", vec![id.as_bytes().into()])
    }
}

fn read(row: &mut Row) -> Result<ApiKey, StorageError> {
    let id = ApiKeyId::from_bytes(row.bytes()?);
    let name = row.text()?;
    let scopes =
        u32::try_from(row.unsigned()?).map_err(|_| StorageError("scopes out of range".to_owned()))?;
    Ok(ApiKey {
        id,
        name,
        scopes: Scopes::from_bits(scopes),
        made_by: AgentId::from_bytes(row.bytes()?),
        made_at: Timestamp(row.integer()?),
        expires_at: row.optional_integer()?.map(Timestamp),
        used_at: row.optional_integer()?.map(Timestamp),
        spent_until: Timestamp(row.integer()?),
        hint: row.text()?,
    })
}
