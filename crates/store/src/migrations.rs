//! Schema versions. A Durable Object wakes with any old schema, and `PRAGMA user_version` is refused there.
//!
//! The first version is there once the last thing that it creates is: most objects never see another one, and a table
//! that only says so would be rows to write for each of them. Later versions are counted in a table.

use crate::database::{Database, StorageError};
use crate::row::Row;

/// The versions of a schema.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The name of the table or index that the first version creates last.
    pub(crate) last_of_first: &'static str,
    /// `versions[n]` leads from version n to n + 1.
    ///
    /// A failure takes nothing back, so that the next attempt meets the first half of a version: every statement must do
    /// no harm when it is run again.
    pub(crate) versions: &'static [&'static [&'static str]],
}

impl Schema {
    /// Whether nothing was ever stored here, or not all of the first version was made. Looking writes nothing, so that
    /// asking after a made-up id leaves no trace.
    pub(crate) fn is_new(&self, database: &impl Database) -> Result<bool, StorageError> {
        Ok(self.reached(database)? == 0)
    }

    /// Brings what is there to the newest version and leaves what is new alone; returns whether it is.
    pub(crate) fn open(&self, database: &impl Database) -> Result<bool, StorageError> {
        let reached = self.reached(database)?;
        if reached > 0 {
            self.migrate_from(database, reached)?;
        }
        Ok(reached == 0)
    }

    /// Brings what is there to the newest version, also if nothing is.
    pub(crate) fn migrate(&self, database: &impl Database) -> Result<(), StorageError> {
        let reached = self.reached(database)?;
        self.migrate_from(database, reached)
    }

    fn migrate_from(&self, database: &impl Database, reached: u64) -> Result<(), StorageError> {
        for (version, statements) in (1_u64..).zip(self.versions).filter(|(version, _)| *version > reached) {
            for statement in *statements {
                execute(database, statement)?;
            }
            if version > 1 {
                count(database, version)?;
            }
        }
        Ok(())
    }

    /// A table that counts is asked first: to look for it by name reads the name of everything that is there.
    fn reached(&self, database: &impl Database) -> Result<u64, StorageError> {
        if self.versions.len() > 1
            && let Ok(counted) = counted(database)
        {
            return Ok(counted);
        }
        match look_for(database, self.last_of_first)?.as_slice() {
            [0] => Ok(1),
            [0, 1] => counted(database),
            _ => Ok(0),
        }
    }
}

/// The newest version that is counted; an error if none ever was.
fn counted(database: &impl Database) -> Result<u64, StorageError> {
    let newest = database.run("SELECT COALESCE(MAX(version), 1) FROM migration", Vec::new())?;
    newest.into_iter().next().map_or(Ok(1), |row| Row::new(row).unsigned())
}

/// Whether there is a table or an index of a name, asked by the statement that every store has run before: one less to be
/// read and kept by the database.
pub(crate) fn has_table(database: &impl Database, name: &str) -> Result<bool, StorageError> {
    Ok(look_for(database, name)?.contains(&0))
}

/// Answers 0 if there is something of that name, and then 1 if later versions are counted.
fn look_for(database: &impl Database, name: &str) -> Result<Vec<i64>, StorageError> {
    let found = database.run(
        "SELECT name = 'migration' FROM sqlite_master WHERE name IN (?1, 'migration') ORDER BY 1",
        vec![name.into()],
    )?;
    found.into_iter().map(|row| Row::new(row).integer()).collect()
}

/// A column that an earlier attempt has added is there: the one statement that cannot say so itself.
fn execute(database: &impl Database, statement: &str) -> Result<(), StorageError> {
    let done = database.execute(statement, Vec::new());
    match done {
        Err(error) if statement.starts_with("ALTER TABLE") && error.0.contains("duplicate column name") => {
            Ok(())
        }
        Ok(()) | Err(_) => done,
    }
}

fn count(database: &impl Database, version: u64) -> Result<(), StorageError> {
    database
        .execute("CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY) STRICT", Vec::new())?;
    database.execute("INSERT OR IGNORE INTO migration (version) VALUES (?1)", vec![version.into()])
}

#[cfg(all(test, feature = "rusqlite"))]
mod tests {
    use super::*;
    use crate::{RusqliteDatabase, Value};

    const FIRST: Schema = Schema {
        last_of_first: "b",
        versions: &[&["CREATE TABLE IF NOT EXISTS a (x)", "CREATE TABLE IF NOT EXISTS b (x)"]],
    };
    const SECOND: Schema = Schema {
        last_of_first: "b",
        versions: &[
            &["CREATE TABLE IF NOT EXISTS a (x)", "CREATE TABLE IF NOT EXISTS b (x)"],
            &["CREATE TABLE IF NOT EXISTS c (x)"],
        ],
    };

    fn tables(database: &RusqliteDatabase) -> Vec<Vec<Value>> {
        database.run("SELECT name FROM sqlite_master ORDER BY name", Vec::new()).expect("read")
    }

    fn names(names: &[&str]) -> Vec<Vec<Value>> {
        names.iter().map(|name| vec![Value::from(*name)]).collect()
    }

    #[test]
    fn st9_a_first_version_leaves_nothing_but_its_tables() {
        let database = RusqliteDatabase::in_memory().expect("a database");
        assert_eq!(FIRST.is_new(&database), Ok(true));
        FIRST.migrate(&database).expect("made");
        assert_eq!(tables(&database), names(&["a", "b"]));
        assert_eq!(FIRST.is_new(&database), Ok(false));
    }

    #[test]
    fn st9_a_half_made_first_version_is_new_and_is_completed() {
        let database = RusqliteDatabase::in_memory().expect("a database");
        database.execute("CREATE TABLE a (x)", Vec::new()).expect("made");
        assert_eq!(SECOND.is_new(&database), Ok(true));
        SECOND.migrate(&database).expect("completed");
        assert_eq!(tables(&database), names(&["a", "b", "c", "migration"]));
    }

    #[test]
    fn st9_a_column_that_was_added_before_a_failure_is_there() {
        const WITH_COLUMN: Schema = Schema {
            last_of_first: "b",
            versions: &[
                &["CREATE TABLE IF NOT EXISTS a (x)", "CREATE TABLE IF NOT EXISTS b (x)"],
                &["ALTER TABLE a ADD COLUMN y", "CREATE TABLE IF NOT EXISTS c (x)"],
            ],
        };
        let database = RusqliteDatabase::in_memory().expect("a database");
        FIRST.migrate(&database).expect("made");
        database.execute("ALTER TABLE a ADD COLUMN y", Vec::new()).expect("added");
        WITH_COLUMN.migrate(&database).expect("completed");
        assert_eq!(tables(&database), names(&["a", "b", "c", "migration"]));
        database.execute("ALTER TABLE nowhere ADD COLUMN y", Vec::new()).expect_err("another failure is one");
    }

    #[test]
    fn st9_an_old_schema_is_brought_to_the_newest_version_once() {
        let database = RusqliteDatabase::in_memory().expect("a database");
        FIRST.migrate(&database).expect("made");
        SECOND.migrate(&database).expect("brought up to date");
        database.execute("DROP TABLE c", Vec::new()).expect("dropped");
        SECOND.migrate(&database).expect("nothing to do");
        assert_eq!(tables(&database), names(&["a", "b", "migration"]));
    }
}
