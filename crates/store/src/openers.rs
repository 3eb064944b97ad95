//! What agents have said to visitors of a site who have not written.
//!
//! The table is made with the first of them, so that the object of a site where nothing is said stores nothing at all.

use protocol::call::Opener;
use protocol::{AgentId, AgentProfile, OpenerId, Timestamp, VisitId};

use crate::database::{Database, StorageError};
use crate::migrations::has_table;
use crate::row::Row;

const OPENER: &str = "CREATE TABLE IF NOT EXISTS opener (
        visit BLOB PRIMARY KEY,
        id BLOB NOT NULL,
        text TEXT NOT NULL,
        agent BLOB NOT NULL,
        name TEXT NOT NULL,
        is_shown INTEGER NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID";

/// A row: to whom, what, whether it was shown, and when it is forgotten.
pub type OpenerRow = (VisitId, Opener, bool, Timestamp);

/// Keeps them in a database of its own.
#[derive(Debug)]
pub struct OpenersStore<D> {
    database: D,
}

impl<D: Database> OpenersStore<D> {
    /// Takes them up in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// All that are kept.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn all(&self) -> Result<Vec<OpenerRow>, StorageError> {
        if !has_table(&self.database, "opener")? {
            return Ok(Vec::new());
        }
        let rows = self
            .database
            .run("SELECT visit, id, text, agent, name, is_shown, until FROM opener", Vec::new())?;
        rows.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// Keeps one in place of what was said to the same visitor before.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep(&self, (visit, opener, is_shown, until): &OpenerRow) -> Result<(), StorageError> {
        self.database.execute(OPENER, Vec::new())?;
        let Opener { id, text, by } = opener;
        self.database.execute(
            "INSERT OR REPLACE INTO opener (visit, id, text, agent, name, is_shown, until)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            vec![
                visit.as_bytes().into(),
                id.as_bytes().into(),
                text.as_str().into(),
                by.id.as_bytes().into(),
                by.name.as_str().into(),
                i64::from(*is_shown).into(),
                until.0.into(),
            ],
        )
    }

    /// Forgets those whose time is over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&self, now: Timestamp) -> Result<(), StorageError> {
        if has_table(&self.database, "opener")? {
            self.database.execute("DELETE FROM opener WHERE until <= ?1", vec![now.0.into()])?;
        }
        Ok(())
    }
}

fn read(mut row: Row) -> Result<OpenerRow, StorageError> {
    let visit = VisitId::from_bytes(row.bytes()?);
    let id = OpenerId::from_bytes(row.bytes()?);
    let text = row.text()?;
    let by = AgentProfile { id: AgentId::from_bytes(row.bytes()?), name: row.text()? };
    let is_shown = row.integer()? != 0;
    let until = Timestamp(row.integer()?);
    Ok((visit, Opener { id, text, by }, is_shown, until))
}
