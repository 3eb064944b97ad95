//! What was done with keys of the REST API under a name of the caller's, so that it is done once (SPEC RA7).

use protocol::http::site::SiteView;
use protocol::{ApiKeyId, Timestamp, codec, limits};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// What was done: all such things are done to a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneOnce {
    /// Tells the request from another one.
    pub fingerprint: [u8; 32],
    /// What was answered.
    pub site: SiteView,
}

impl<D: Database> WorkspaceStore<D> {
    /// What was done under a name, as long as that is remembered.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn done_once(
        &self,
        key: ApiKeyId,
        name: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<DoneOnce>, StorageError> {
        let row = self.first(
            "SELECT fingerprint, answer FROM done_once WHERE api_key = ?1 AND name = ?2 AND until > ?3",
            vec![key.as_bytes().into(), name.into(), now.0.into()],
        )?;
        let read = |mut row: Row| {
            let fingerprint = row.bytes()?;
            // An answer of another version of this program is none that can be given again.
            let site = codec::from_bytes(&row.blob()?).ok();
            Ok(site.map(|site| DoneOnce { fingerprint, site }))
        };
        row.map(read).transpose().map(Option::flatten)
    }

    /// Remembers for a day what was done under a name, and forgets what is older.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_done_once(
        &self,
        key: ApiKeyId,
        name: &[u8; 32],
        done: &DoneOnce,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM done_once WHERE until <= ?1", vec![now.0.into()])?;
        self.database.execute(
            "INSERT OR REPLACE INTO done_once (api_key, name, fingerprint, answer, until) VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                key.as_bytes().into(),
                name.into(),
                (&done.fingerprint).into(),
                codec::to_bytes(&done.site).as_slice().into(),
                now.plus(limits::IDEMPOTENCY_MS).0.into(),
            ],
        )
    }
}
