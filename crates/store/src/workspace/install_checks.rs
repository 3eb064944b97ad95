//! When pages were looked at for their script tags.

use protocol::Timestamp;
use protocol::limits::INSTALL_CHECK_WINDOW_MS;

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> WorkspaceStore<D> {
    /// When pages were looked at within the window that counts.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn install_checks(&self, now: Timestamp) -> Result<Vec<Timestamp>, StorageError> {
        let rows = self
            .database
            .run("SELECT at FROM install_check WHERE at > ?1", vec![oldest_that_counts(now).into()])?;
        rows.into_iter().map(|columns| Row::new(columns).integer().map(Timestamp)).collect()
    }

    /// Notes that one is looked at, and forgets what no longer counts.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_install_check(&self, now: Timestamp) -> Result<(), StorageError> {
        self.database
            .execute("DELETE FROM install_check WHERE at <= ?1", vec![oldest_that_counts(now).into()])?;
        self.database.execute("INSERT INTO install_check (at) VALUES (?1)", vec![now.0.into()])
    }
}

const fn oldest_that_counts(now: Timestamp) -> i64 {
    now.0.saturating_sub_unsigned(INSTALL_CHECK_WINDOW_MS)
}
