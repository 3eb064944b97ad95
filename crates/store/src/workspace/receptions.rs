//! How sites receive their visitors, of those that say so.

use protocol::SiteId;
use protocol::codec::{from_text, to_text};
use protocol::http::reception::Reception;

use super::{SCHEMA, WorkspaceStore};
use crate::database::{Database, StorageError};

/// The table, of a version of its own.
pub(super) const VERSION: &[&str] = &["CREATE TABLE IF NOT EXISTS reception (
    site BLOB PRIMARY KEY,
    said TEXT NOT NULL
) STRICT, WITHOUT ROWID"];

impl<D: Database> WorkspaceStore<D> {
    /// How a site receives its visitors.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn reception(&self, site: SiteId) -> Result<Reception, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(Reception::default());
        }
        let found = self.first("SELECT said FROM reception WHERE site = ?1", vec![site.as_bytes().into()])?;
        let Some(mut row) = found else { return Ok(Reception::default()) };
        from_text(&row.text()?).map_err(|_| StorageError("illegal reception".to_owned()))
    }

    /// Says how a site receives its visitors.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_reception(&self, site: SiteId, reception: &Reception) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO reception (site, said) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET said = excluded.said",
            vec![site.as_bytes().into(), to_text(reception).as_str().into()],
        )
    }
}
