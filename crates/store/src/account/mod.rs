//! What a person's account object keeps.
//!
//! The object of an address without an account may hold links, letters' times, failed guesses and an outbox: what
//! strangers can make it hold is forgotten by [`AccountStore::forget`] within the hour.

mod guesses;
mod links;
mod moves;
mod passkeys;
mod person;
mod pictures;
mod second_factor;
mod sessions;

use protocol::Timestamp;

pub use self::links::Link;
pub use self::passkeys::KeptPasskey;
pub use self::person::Account;
pub use self::second_factor::SecondFactor;
pub use self::sessions::KeptSession;
use crate::database::{Database, StorageError, Value};
use crate::migrations::Schema;
use crate::outbox::{self, Outbox};
use crate::row::Row;

const SCHEMA: Schema = Schema { last_of_first: "sign_in_failure", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH];

const FIRST: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS account (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        language INTEGER NOT NULL DEFAULT 0,
        time_zone TEXT NOT NULL DEFAULT '',
        password TEXT NOT NULL DEFAULT '',
        moved_in_by BLOB
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS membership (
        place INTEGER PRIMARY KEY,
        workspace BLOB NOT NULL UNIQUE,
        workspace_name TEXT NOT NULL,
        agent BLOB NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS session (
        digest BLOB PRIMARY KEY,
        created_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        proven_at INTEGER NOT NULL,
        device TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS device (
        id BLOB PRIMARY KEY,
        used_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS link (
        digest BLOB PRIMARY KEY,
        purpose INTEGER NOT NULL,
        email TEXT NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS letter (
        kind INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS second_factor (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        secret BLOB NOT NULL,
        last_used INTEGER NOT NULL DEFAULT 0
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS new_second_factor (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        secret BLOB NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS recovery_code (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS moved_out (
        link BLOB PRIMARY KEY,
        account BLOB NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    outbox::TABLE,
    outbox::INDEX,
    "CREATE TABLE IF NOT EXISTS sign_in_failure (
        guess INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT",
];

const SECOND: &[&str] = &["CREATE TABLE IF NOT EXISTS renewed_session (
        session BLOB PRIMARY KEY,
        digest BLOB NOT NULL
    ) STRICT, WITHOUT ROWID"];

const THIRD: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS passkey (
        place INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        credential BLOB NOT NULL,
        key BLOB NOT NULL,
        counter INTEGER NOT NULL,
        may_be_synced INTEGER NOT NULL,
        is_synced INTEGER NOT NULL,
        name TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS moved_passkey (
        id BLOB PRIMARY KEY,
        account BLOB NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS answered_challenge (
        nonce BLOB PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS passkey_session (session BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
];

const FOURTH: &[&str] = &["CREATE TABLE IF NOT EXISTS picture (
        id BLOB PRIMARY KEY,
        due_at INTEGER
    ) STRICT, WITHOUT ROWID"];

const FIFTH: &[&str] = &["CREATE TABLE IF NOT EXISTS first_password (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        expires_at INTEGER NOT NULL
    ) STRICT"];

const SIXTH: &[&str] = &["CREATE TABLE IF NOT EXISTS deleted_account (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        at INTEGER NOT NULL
    ) STRICT"];

/// Keeps an account in a database of its own.
#[derive(Debug)]
pub struct AccountStore<D> {
    database: D,
    /// Whether nothing was ever stored here.
    is_new: core::cell::Cell<bool>,
}

impl<D: Database> AccountStore<D> {
    /// Opens the store; an existing schema is brought up to date, an empty database stays empty until something is to be
    /// kept.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn open(database: D) -> Result<Self, StorageError> {
        let is_new = SCHEMA.open(&database)?;
        Ok(Self { database, is_new: is_new.into() })
    }

    /// What is owed to others; `None` if nothing was ever stored here.
    #[must_use]
    pub fn outbox(&self) -> Option<Outbox<&D>> {
        (!self.is_new.get()).then(|| Outbox::new(&self.database))
    }

    /// The same, for owing something.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn make_outbox(&self) -> Result<Outbox<&D>, StorageError> {
        self.make()?;
        Ok(Outbox::new(&self.database))
    }

    /// When there is something to do or to forget next, in the outbox or elsewhere.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn wakes_at(&self) -> Result<Option<Timestamp>, StorageError> {
        let Some(outbox) = self.outbox() else { return Ok(None) };
        let times = [outbox.next_due()?, self.next_session_end()?, self.next_forgotten()?];
        Ok(times.into_iter().flatten().min())
    }

    /// Whether nothing is kept here that is worth keeping.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_empty(&self) -> Result<bool, StorageError> {
        if self.is_new.get() {
            return Ok(false);
        }
        // A Durable Object takes at most five terms in a compound SELECT.
        let kept = "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM link) \
            OR EXISTS (SELECT 1 FROM letter) OR EXISTS (SELECT 1 FROM sign_in_failure) \
            OR EXISTS (SELECT 1 FROM job) OR EXISTS (SELECT 1 FROM moved_out) \
            OR EXISTS (SELECT 1 FROM moved_passkey) OR EXISTS (SELECT 1 FROM deleted_account)";
        let row = self.first(kept, Vec::new())?;
        Ok(row.map(|mut row| row.integer()).transpose()? == Some(0))
    }

    /// Makes the tables, unless they are there.
    fn make(&self) -> Result<(), StorageError> {
        if self.is_new.get() {
            SCHEMA.migrate(&self.database)?;
            self.is_new.set(false);
        }
        Ok(())
    }

    fn first(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StorageError> {
        Ok(self.all(sql, values)?.into_iter().next())
    }

    /// Reads rows; there are none where nothing was ever stored.
    fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StorageError> {
        if self.is_new.get() {
            return Ok(Vec::new());
        }
        Ok(self.database.run(sql, values)?.into_iter().map(Row::new).collect())
    }

    /// Changes what is there; nothing is where nothing was ever stored.
    fn change(&self, sql: &str, values: Vec<Value>) -> Result<(), StorageError> {
        if self.is_new.get() {
            return Ok(());
        }
        self.database.execute(sql, values)
    }

    /// Adds a row, in tables that are made if they are not there.
    fn add(&self, sql: &str, values: Vec<Value>) -> Result<(), StorageError> {
        self.make()?;
        self.database.execute(sql, values)
    }
}
