//! A database whose writes are lost in a crash until they were committed, and which fails when it is told to.

use core::cell::Cell;
use std::rc::Rc;

use store::{Database, RusqliteDatabase, StorageError, Value};

/// One object's storage; clones share it.
///
/// As in a Durable Object, everything that was written since the last commit is one transaction, whatever turns it came
/// from; and a failed statement takes nothing back.
#[derive(Debug, Clone)]
pub(crate) struct SimDatabase(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    sqlite: RusqliteDatabase,
    in_transaction: Cell<bool>,
    /// How many statements succeed before one fails.
    fail_after: Cell<Option<u32>>,
    failed: Cell<bool>,
    /// Writes since the plan to fail was made.
    written: Cell<u32>,
}

impl SimDatabase {
    pub(crate) fn new() -> Self {
        let sqlite = RusqliteDatabase::in_memory().expect("SQLite opens in memory");
        Self(Rc::new(Inner {
            sqlite,
            in_transaction: Cell::new(false),
            fail_after: Cell::new(None),
            failed: Cell::new(false),
            written: Cell::new(0),
        }))
    }

    /// Lets one of the next statements fail.
    pub(crate) fn fail_after(&self, statements: u32) {
        self.0.fail_after.set(Some(statements));
        self.0.written.set(0);
    }

    /// Forgets the plan to fail; tells whether a statement failed, and how many writes were stored before it.
    pub(crate) fn calm(&self) -> Option<u32> {
        self.0.fail_after.set(None);
        self.0.failed.take().then(|| self.0.written.get())
    }

    /// Counts as a statement, for storage that is not SQL.
    pub(crate) fn step(&self) -> Result<(), StorageError> {
        match self.0.fail_after.get() {
            Some(0) => {
                self.0.fail_after.set(None);
                self.0.failed.set(true);
                Err(StorageError("the disk is full".to_owned()))
            }
            Some(left) => {
                self.0.fail_after.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Marks that something is to be committed, for storage that is not SQL.
    pub(crate) fn write(&self) {
        self.0.written.set(self.0.written.get() + 1);
        if !self.0.in_transaction.replace(true) {
            self.0.sqlite.run("BEGIN", Vec::new()).expect("a transaction begins");
        }
    }

    pub(crate) fn is_dirty(&self) -> bool {
        self.0.in_transaction.get()
    }

    pub(crate) fn commit(&self) {
        if self.0.in_transaction.take() {
            self.0.sqlite.run("COMMIT", Vec::new()).expect("a transaction is committed");
        }
    }

    pub(crate) fn roll_back(&self) {
        if self.0.in_transaction.take() {
            self.0.sqlite.run("ROLLBACK", Vec::new()).expect("a transaction is rolled back");
        }
    }
}

impl Database for SimDatabase {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        self.step()?;
        if !sql.starts_with("SELECT") {
            self.write();
        }
        self.0.sqlite.run(sql, parameters)
    }
}
