//! What an object owes to others: stored in the turn that causes it, done from its alarm, at least once (SPEC OB1).
//!
//! A table in the database of whichever object owes something. Jobs for one object are a lane and are done in the order
//! in which they were pushed; a mail is in no lane. An attempt first takes a lease, so that what dies with the object
//! during it is attempted again.

use domain::outbox::{lease, next_attempt};
use protocol::call::Job;
use protocol::{Timestamp, codec};

use crate::database::{Database, StorageError};
use crate::row::Row;

/// The statement that makes the table, for the schema of whoever has an outbox.
pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS job (
        id INTEGER PRIMARY KEY,
        payload BLOB NOT NULL,
        lane BLOB,
        made_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT";

/// The statement that makes its index, so that a lane is looked through without looking at the others.
pub const INDEX: &str = "CREATE INDEX IF NOT EXISTS job_by_lane ON job (lane, id)";

/// What keeps a lane in order: no job of it that is earlier and waits for later.
const DUE: &str = "SELECT id, payload, made_at, attempts FROM job WHERE due_at <= ?1 AND NOT EXISTS \
    (SELECT 1 FROM job AS earlier WHERE earlier.lane = job.lane AND earlier.id < job.id AND earlier.due_at > ?1) \
    ORDER BY lane IS NULL, id LIMIT ?2";
const NEXT_DUE: &str = "SELECT due_at FROM job WHERE NOT EXISTS \
    (SELECT 1 FROM job AS earlier WHERE earlier.lane = job.lane AND earlier.id < job.id) ORDER BY due_at LIMIT 1";

/// The outbox in an object's database, whose schema has [`TABLE`] and [`INDEX`].
#[derive(Debug)]
pub struct Outbox<D> {
    database: D,
}

/// A job that is to be attempted.
#[derive(Clone, PartialEq, Eq)]
pub struct Due {
    /// Names it in this outbox while it waits.
    pub id: JobId,
    /// What is to be done.
    pub job: Job,
    /// Whom it is for, if that is an object.
    pub lane: Option<Vec<u8>>,
}

/// Names a job in its outbox, also after it is gone: no other one gets the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId {
    row: u64,
    made_at: Timestamp,
}

impl core::fmt::Display for JobId {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{}-{}", self.made_at.0, self.row)
    }
}

/// What becomes of a job whose attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Postponed {
    /// It is attempted again then.
    Until(Timestamp),
    /// It is a day old and gone, after so many attempts.
    GivenUp {
        /// How many.
        attempts: u32,
    },
}

impl<D: Database> Outbox<D> {
    /// Takes up the outbox in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Owes a job from now on. Whoever pushes sets the alarm to [`Self::next_due`] in the same turn.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn push(&self, job: &Job, now: Timestamp) -> Result<(), StorageError> {
        let payload = codec::to_bytes(job);
        self.database.execute(
            "INSERT INTO job (payload, lane, made_at, due_at) VALUES (?1, ?2, ?3, ?3)",
            vec![payload.as_slice().into(), lane(job).as_deref().into(), now.0.into()],
        )
    }

    /// Takes up to `limit` jobs that are due, each with a lease. Jobs of one lane come in their order; when one of them
    /// fails, those that follow are to be left alone. Mails come last.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>, StorageError> {
        let rows = self.database.run(DUE, vec![now.0.into(), i64::from(limit).into()])?;
        let mut due = Vec::new();
        for columns in rows {
            let mut row = Row::new(columns);
            let number = row.unsigned()?;
            let payload = row.blob()?;
            let id = JobId { row: number, made_at: Timestamp(row.integer()?) };
            // One that a newer version left is not lost: that version may come back.
            let Ok(job) = codec::from_bytes(&payload) else {
                self.postpone(id, now)?;
                continue;
            };
            self.database.execute(
                "UPDATE job SET due_at = ?2 WHERE id = ?1",
                vec![number.into(), lease(now).0.into()],
            )?;
            due.push(Due { id, lane: lane(&job), job });
        }
        Ok(due)
    }

    /// A job was done, or can never be.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn done(&self, id: JobId) -> Result<(), StorageError> {
        self.database.execute(
            "DELETE FROM job WHERE id = ?1 AND made_at = ?2",
            vec![id.row.into(), id.made_at.0.into()],
        )
    }

    /// An attempt of a job failed. `None` if the job is gone.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn postpone(&self, id: JobId, now: Timestamp) -> Result<Option<Postponed>, StorageError> {
        let key = || vec![id.row.into(), id.made_at.0.into()];
        let found = self.database.run("SELECT attempts FROM job WHERE id = ?1 AND made_at = ?2", key())?;
        let Some(columns) = found.into_iter().next() else { return Ok(None) };
        let attempts = Row::new(columns).unsigned()?.saturating_add(1);
        let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
        let Some(due_at) = next_attempt(id.made_at, attempts, now) else {
            self.done(id)?;
            return Ok(Some(Postponed::GivenUp { attempts }));
        };
        self.database.execute(
            "UPDATE job SET attempts = ?2, due_at = ?3 WHERE id = ?1",
            vec![id.row.into(), u64::from(attempts).into(), due_at.0.into()],
        )?;
        Ok(Some(Postponed::Until(due_at)))
    }

    /// Leaves a job for the next turn, without having attempted it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn put_back(&self, id: JobId, now: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE job SET due_at = ?3 WHERE id = ?1 AND made_at = ?2",
            vec![id.row.into(), id.made_at.0.into(), now.0.into()],
        )
    }

    /// When the next job is to be attempted; `None` if nothing is owed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_due(&self) -> Result<Option<Timestamp>, StorageError> {
        let found = self.database.run(NEXT_DUE, Vec::new())?.into_iter().next();
        found.map(|columns| Row::new(columns).integer().map(Timestamp)).transpose()
    }
}

/// Names whom a job is for, if that is an object.
fn lane(job: &Job) -> Option<Vec<u8>> {
    let named = |kind: u8, id: &[u8]| Some([&[kind], id].concat());
    match job {
        Job::Mail(_) => None,
        Job::Workspace(id, _) => named(1, id.as_bytes()),
        Job::Account(id, _) => named(2, id.as_bytes()),
        Job::Conversation(id, _) => named(3, id.as_bytes()),
        Job::Face(id, _) => named(4, id.as_bytes()),
        Job::ForgetPicture(id) => named(5, id.as_bytes()),
        Job::TidyLogos(id, _) => named(6, id.as_bytes()),
    }
}
