//! What a visitor has answered before their first message.
//!
//! The table is made with the first answers, so that the many conversations without any have none.

use protocol::call::KeptAnswers;
use protocol::codec::{from_text, to_text};

use crate::database::{Database, StorageError};
use crate::migrations::has_table;
use crate::row::Row;

const ANSWERED: &str = "CREATE TABLE IF NOT EXISTS answered (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        answers TEXT NOT NULL
    ) STRICT";

/// The answers in one conversation.
#[derive(Debug)]
pub struct AnswersStore<D> {
    database: D,
}

impl<D: Database> AnswersStore<D> {
    /// Takes them up in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// What was answered; nothing if nobody did.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn read(&self) -> Result<Option<KeptAnswers>, StorageError> {
        if !has_table(&self.database, "answered")? {
            return Ok(None);
        }
        let rows = self.database.run("SELECT answers FROM answered", Vec::new())?;
        let Some(columns) = rows.into_iter().next() else { return Ok(None) };
        let read = from_text(&Row::new(columns).text()?);
        read.map(Some).map_err(|_| StorageError("illegal answers".to_owned()))
    }

    /// Keeps answers in place of earlier ones.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep(&self, answers: &KeptAnswers) -> Result<(), StorageError> {
        self.database.execute(ANSWERED, Vec::new())?;
        self.database.execute(
            "INSERT INTO answered (only, answers) VALUES (1, ?1) ON CONFLICT DO UPDATE SET answers = excluded.answers",
            vec![to_text(answers).as_str().into()],
        )
    }

    /// Forgets them for good.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&self) -> Result<(), StorageError> {
        if has_table(&self.database, "answered")? {
            self.database.execute("DELETE FROM answered", Vec::new())?;
        }
        Ok(())
    }
}
