//! Schema versions. A Durable Object wakes with any old schema, and `PRAGMA user_version` is refused there.

use crate::database::{Database, StorageError};
use crate::row::Row;

/// Whether anything was ever stored here. Looking writes nothing, so that asking after a made-up id leaves no trace.
pub(crate) fn is_new(database: &impl Database) -> Result<bool, StorageError> {
    let rows = database
        .run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'", Vec::new())?;
    Ok(rows.is_empty())
}

/// Brings the schema to the newest version; `versions[n]` leads from version n to n + 1.
///
/// A failure takes nothing back, so that the next attempt meets the first half of a version: every statement must do no
/// harm when it is run again.
pub(crate) fn migrate(database: &impl Database, versions: &[&[&str]]) -> Result<(), StorageError> {
    database.run("CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY) STRICT", Vec::new())?;
    let rows = database.run("SELECT COALESCE(MAX(version), 0) FROM migration", Vec::new())?;
    let reached = match rows.into_iter().next() {
        Some(row) => Row::new(row).unsigned()?,
        None => 0,
    };
    for (version, statements) in (1_u64..).zip(versions).filter(|(version, _)| *version > reached) {
        for statement in *statements {
            database.run(statement, Vec::new())?;
        }
        database.run("INSERT INTO migration (version) VALUES (?1)", vec![version.into()])?;
    }
    Ok(())
}
