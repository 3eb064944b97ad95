//! What the object of one part of the network keeps: when it tried something.

use protocol::call::Budget;
use protocol::{Timestamp, limits};

use crate::database::{Database, StorageError};
use crate::migrations::Schema;
use crate::row::Row;

const SCHEMA: Schema = Schema { last_of_first: "attempt", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[&["CREATE TABLE IF NOT EXISTS attempt (
        id INTEGER PRIMARY KEY,
        budget INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT"]];

const SIGN_IN: i64 = 1;
const MAIL: i64 = 2;
const NEW_VISITOR: i64 = 3;

/// Keeps attempts in a database of its own.
#[derive(Debug)]
pub struct RateStore<D> {
    database: D,
}

impl<D: Database> RateStore<D> {
    /// Opens the store and makes what it needs.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn open(database: D) -> Result<Self, StorageError> {
        SCHEMA.migrate(&database)?;
        Ok(Self { database })
    }

    /// When attempts of a kind were made, as far back as the limit looks.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn attempts(&self, budget: Budget) -> Result<Vec<Timestamp>, StorageError> {
        let values = vec![number(budget).into()];
        let rows = self.database.run("SELECT at FROM attempt WHERE budget = ?1 ORDER BY at", values)?;
        rows.into_iter().map(|columns| Row::new(columns).integer().map(Timestamp)).collect()
    }

    /// Notes an attempt.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note(&self, budget: Budget, now: Timestamp) -> Result<(), StorageError> {
        let values = vec![number(budget).into(), now.0.into()];
        self.database.execute("INSERT INTO attempt (budget, at) VALUES (?1, ?2)", values)
    }

    /// Takes the last attempt of a kind back.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_back(&self, budget: Budget) -> Result<(), StorageError> {
        let last = "DELETE FROM attempt WHERE id = (SELECT MAX(id) FROM attempt WHERE budget = ?1)";
        self.database.execute(last, vec![number(budget).into()])
    }

    /// Forgets what no longer counts; returns when the next will be forgotten, or `None` if nothing is left.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&self, now: Timestamp) -> Result<Option<Timestamp>, StorageError> {
        let oldest = now.0.saturating_sub_unsigned(limits::SIGN_IN_WINDOW_MS);
        self.database.execute("DELETE FROM attempt WHERE at <= ?1", vec![oldest.into()])?;
        let left = self.database.run("SELECT at FROM attempt ORDER BY at LIMIT 1", Vec::new())?;
        let next = left.into_iter().next().map(|columns| Row::new(columns).integer().map(Timestamp));
        Ok(next.transpose()?.map(|at| at.plus(limits::SIGN_IN_WINDOW_MS)))
    }
}

const fn number(budget: Budget) -> i64 {
    match budget {
        Budget::SignIn => SIGN_IN,
        Budget::Mail => MAIL,
        Budget::NewVisitor => NEW_VISITOR,
    }
}
