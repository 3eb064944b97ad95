//! What is kept of a private chat beside its log: how far each member has read.
//!
//! The table is made with the chat, so that the many conversations with visitors have none.

use std::collections::BTreeMap;

use protocol::codec::{from_text, to_text};
use protocol::{AgentId, Seq};

use crate::database::{Database, StorageError};
use crate::migrations::has_table;
use crate::row::Row;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS private_chat (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        marks TEXT NOT NULL
    ) STRICT";

/// Makes the table.
pub(super) fn make(database: &impl Database) -> Result<(), StorageError> {
    database.execute(TABLE, Vec::new())
}

/// Keeps how far each member has read.
pub(super) fn keep_marks(
    database: &impl Database,
    marks: &BTreeMap<AgentId, Seq>,
) -> Result<(), StorageError> {
    let marks: Vec<_> = marks.iter().collect();
    database.execute(
        "INSERT OR REPLACE INTO private_chat (only, marks) VALUES (1, ?1)",
        vec![to_text(&marks).as_str().into()],
    )
}

/// Reads how far each member has read.
pub(super) fn marks(database: &impl Database) -> Result<BTreeMap<AgentId, Seq>, StorageError> {
    let found = database.run("SELECT marks FROM private_chat", Vec::new())?;
    let Some(columns) = found.into_iter().next() else { return Ok(BTreeMap::new()) };
    let marks: Vec<(AgentId, Seq)> =
        from_text(&Row::new(columns).text()?).map_err(|_| StorageError("illegal marks".to_owned()))?;
    Ok(marks.into_iter().collect())
}

/// Forgets it all.
pub(super) fn erase(database: &impl Database) -> Result<(), StorageError> {
    if has_table(database, "private_chat")? {
        database.execute("DELETE FROM private_chat", Vec::new())?;
    }
    Ok(())
}
