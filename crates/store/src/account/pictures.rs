//! The picture that a person shows of themselves, and those whose bytes may be left over.
//!
//! A picture is noted before its bytes are kept, so that none is forgotten: one that is not shown in time is due to be
//! removed.

use protocol::{PictureId, Timestamp};

use super::AccountStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> AccountStore<D> {
    /// The picture that is shown, if one is.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn picture(&self) -> Result<Option<PictureId>, StorageError> {
        let row = self.first("SELECT id FROM picture WHERE due_at IS NULL", Vec::new())?;
        row.map(|mut row| read(&mut row)).transpose()
    }

    /// Notes a picture that is about to be kept, and to be removed at a time unless it is shown by then.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn begin_picture(&self, id: PictureId, due_at: Timestamp) -> Result<(), StorageError> {
        let values = vec![id.as_bytes().into(), due_at.0.into()];
        self.add("INSERT INTO picture (id, due_at) VALUES (?1, ?2)", values)
    }

    /// The pictures that were begun and are not shown.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn begun_pictures(&self) -> Result<Vec<PictureId>, StorageError> {
        let rows = self.all("SELECT id FROM picture WHERE due_at IS NOT NULL ORDER BY id", Vec::new())?;
        rows.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// The pictures that are to be removed by now.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn due_pictures(&self, now: Timestamp) -> Result<Vec<PictureId>, StorageError> {
        let rows = self.all("SELECT id FROM picture WHERE due_at <= ?1 ORDER BY id", vec![now.0.into()])?;
        rows.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// Notes that a picture is shown, whether it was begun here or elsewhere.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn show_picture(&self, id: PictureId) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO picture (id) VALUES (?1) ON CONFLICT (id) DO UPDATE SET due_at = NULL",
            vec![id.as_bytes().into()],
        )
    }

    /// Forgets a picture. The caller owes its removal.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_picture(&self, id: PictureId) -> Result<(), StorageError> {
        self.change("DELETE FROM picture WHERE id = ?1", vec![id.as_bytes().into()])
    }
}

fn read(row: &mut Row) -> Result<PictureId, StorageError> {
    row.bytes().map(PictureId::from_bytes)
}
