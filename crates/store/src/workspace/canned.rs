//! Canned responses and macros, those of everybody and those of each person.

use protocol::codec::{from_text, to_text};
use protocol::http::canned::{Canned, CannedText};
use protocol::{AgentId, CannedId, MacroStep};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// The table, of a version of its own. Who owns none is everybody.
pub(super) const VERSION: &[&str] = &["CREATE TABLE IF NOT EXISTS canned (
    id BLOB PRIMARY KEY,
    owner BLOB,
    shortcode TEXT NOT NULL,
    said TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID"];

/// What macros do, which responses do not.
pub(super) const MACROS_VERSION: &[&str] = &["ALTER TABLE canned ADD COLUMN steps TEXT NOT NULL DEFAULT ''"];

const OF_ONE: &str = "SELECT id, owner IS NULL, shortcode, said, used, steps FROM canned \
    WHERE owner IS NULL OR owner = ?1 ORDER BY shortcode, id";

impl<D: Database> WorkspaceStore<D> {
    /// The shared ones and those of a person, by their codes.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn canned(&self, of: AgentId) -> Result<Vec<Canned>, StorageError> {
        let rows = self.database.run(OF_ONE, vec![of.as_bytes().into()])?;
        rows.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// Keeps one, of a person or of everybody.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn make_canned(
        &self,
        id: CannedId,
        owner: Option<AgentId>,
        text: &CannedText,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO canned (id, owner, shortcode, said, steps) VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                id.as_bytes().into(),
                owner.as_ref().map(|owner| owner.as_bytes().as_slice()).into(),
                text.shortcode.as_str().into(),
                text.text.as_str().into(),
                steps_value(&text.steps).as_str().into(),
            ],
        )
    }

    /// Changes what one says and does.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn change_canned(&self, id: CannedId, text: &CannedText) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE canned SET shortcode = ?2, said = ?3, steps = ?4 WHERE id = ?1",
            vec![
                id.as_bytes().into(),
                text.shortcode.as_str().into(),
                text.text.as_str().into(),
                steps_value(&text.steps).as_str().into(),
            ],
        )
    }

    /// Removes one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_canned(&self, id: CannedId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM canned WHERE id = ?1", vec![id.as_bytes().into()])
    }

    /// Removes those of a person who leaves.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_canned_of(&self, owner: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM canned WHERE owner = ?1", vec![owner.as_bytes().into()])
    }

    /// Counts that one was used.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn count_canned(&self, id: CannedId) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE canned SET used = MIN(used + 1, 4294967295) WHERE id = ?1",
            vec![id.as_bytes().into()],
        )
    }
}

fn read(mut row: Row) -> Result<Canned, StorageError> {
    let id = CannedId::from_bytes(row.bytes()?);
    let is_shared = row.integer()? != 0;
    let (shortcode, text) = (row.text()?, row.text()?);
    let used = u32::try_from(row.unsigned()?).unwrap_or(u32::MAX);
    let steps = read_steps(&row.text()?)?;
    Ok(Canned { id, shortcode, text, is_shared, used, steps })
}

/// Of a response nothing at all.
fn steps_value(steps: &[MacroStep]) -> String {
    if steps.is_empty() { String::new() } else { to_text(&steps) }
}

fn read_steps(kept: &str) -> Result<Vec<MacroStep>, StorageError> {
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    from_text(kept).map_err(|_| StorageError("illegal macro".to_owned()))
}
