//! Times that limits look at: failed guesses, and letters that were sent.

use domain::account::{Guess, LETTERS_COUNT_MS, LetterKind};
use protocol::{Timestamp, limits};

use super::AccountStore;
use super::moves::REMEMBERED_MS;
use crate::database::{Database, StorageError};
use crate::row::Row;

impl<D: Database> AccountStore<D> {
    /// When guesses of a kind failed, as far back as the limit looks.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn failures(&self, guess: Guess) -> Result<Vec<Timestamp>, StorageError> {
        let guess = i64::from(guess.number()).into();
        times(self.all("SELECT at FROM sign_in_failure WHERE guess = ?1 ORDER BY at", vec![guess])?)
    }

    /// Notes a failed guess.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_failure(&self, guess: Guess, now: Timestamp) -> Result<(), StorageError> {
        let guess = i64::from(guess.number()).into();
        self.add("INSERT INTO sign_in_failure (guess, at) VALUES (?1, ?2)", vec![guess, now.0.into()])
    }

    /// When letters of a kind were sent to this address, as far back as the limit looks.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn letters(&self, kind: LetterKind) -> Result<Vec<Timestamp>, StorageError> {
        let kind = i64::from(kind.number()).into();
        times(self.all("SELECT at FROM letter WHERE kind = ?1 ORDER BY at", vec![kind])?)
    }

    /// Notes a letter.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_letter(&self, kind: LetterKind, now: Timestamp) -> Result<(), StorageError> {
        let kind = i64::from(kind.number()).into();
        self.add("INSERT INTO letter (kind, at) VALUES (?1, ?2)", vec![kind, now.0.into()])
    }

    /// Forgets failures and letters that no longer count, and links, challenges and moves that are too old.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&self, now: Timestamp) -> Result<(), StorageError> {
        let before = |milliseconds: u64| now.0.saturating_sub_unsigned(milliseconds).into();
        self.change("DELETE FROM sign_in_failure WHERE at <= ?1", vec![before(limits::SIGN_IN_WINDOW_MS)])?;
        self.change("DELETE FROM letter WHERE at <= ?1", vec![before(LETTERS_COUNT_MS)])?;
        self.change("DELETE FROM moved_out WHERE at <= ?1", vec![before(REMEMBERED_MS)])?;
        self.change("DELETE FROM deleted_account WHERE at <= ?1", vec![before(REMEMBERED_MS)])?;
        self.change("DELETE FROM answered_challenge WHERE expires_at <= ?1", vec![now.0.into()])?;
        if self.first_password_ends()?.is_some_and(|ends| ends <= now) {
            self.forget_first_password()?;
        }
        self.change("DELETE FROM link WHERE expires_at <= ?1", vec![now.0.into()])
    }

    /// When the next of them is to be forgotten.
    pub(super) fn next_forgotten(&self) -> Result<Option<Timestamp>, StorageError> {
        let mut next = None;
        for (sql, milliseconds) in [
            ("SELECT MIN(at) FROM sign_in_failure HAVING COUNT(*) > 0", limits::SIGN_IN_WINDOW_MS),
            ("SELECT MIN(at) FROM letter HAVING COUNT(*) > 0", LETTERS_COUNT_MS),
            ("SELECT MIN(at) FROM moved_out HAVING COUNT(*) > 0", REMEMBERED_MS),
            ("SELECT at FROM deleted_account", REMEMBERED_MS),
            ("SELECT MIN(expires_at) FROM link HAVING COUNT(*) > 0", 0),
            ("SELECT MIN(expires_at) FROM answered_challenge HAVING COUNT(*) > 0", 0),
            ("SELECT MIN(due_at) FROM picture HAVING COUNT(due_at) > 0", 0),
            ("SELECT expires_at FROM first_password", 0),
        ] {
            if let Some(mut row) = self.first(sql, Vec::new())? {
                let at = Timestamp(row.integer()?).plus(milliseconds);
                next = Some(next.map_or(at, |next: Timestamp| next.min(at)));
            }
        }
        Ok(next)
    }
}

fn times(rows: Vec<Row>) -> Result<Vec<Timestamp>, StorageError> {
    rows.into_iter().map(|mut row| row.integer().map(Timestamp)).collect()
}
