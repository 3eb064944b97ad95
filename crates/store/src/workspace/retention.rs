//! For how long conversations are kept that are over, and which were put off the index for it.
//!
//! What was known of such a conversation is remembered for a while, so that news of it that was on its way brings no entry
//! back; a conversation that goes on tells something newer.

use protocol::{ConversationId, Epoch, Timestamp};

use super::WorkspaceStore;
use super::index::{Known, RESOLVED};
use crate::database::{Database, StorageError};
use crate::row::Row;

pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS retention (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        days INTEGER NOT NULL,
        look_at INTEGER NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS expired (
        conversation BLOB PRIMARY KEY,
        epoch BLOB NOT NULL,
        revision INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
];

/// Milliseconds for which it is remembered that a conversation was put off the index: longer than news of it is on its way.
const REMEMBERED_MS: u64 = 7 * 24 * 3_600_000;

/// A conversation as the index knew it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiring {
    /// Which.
    pub conversation: ConversationId,
    /// The life of its log.
    pub epoch: Epoch,
    /// The revision that was told last.
    pub revision: u64,
}

impl<D: Database> WorkspaceStore<D> {
    /// Says for how many days conversations are kept, and when that is looked after next; for ever without a number.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn set_retention(&self, days: Option<u16>, look_at: Timestamp) -> Result<(), StorageError> {
        let Some(days) = days else { return self.database.execute("DELETE FROM retention", Vec::new()) };
        self.database.execute(
            "INSERT INTO retention (only, days, look_at) VALUES (1, ?1, ?2) \
             ON CONFLICT (only) DO UPDATE SET days = excluded.days, look_at = excluded.look_at",
            vec![i64::from(days).into(), look_at.0.into()],
        )
    }

    /// For how many days conversations are kept, and when that is looked after next.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn retention(&self) -> Result<Option<(u16, Timestamp)>, StorageError> {
        let row = self.first("SELECT days, look_at FROM retention", Vec::new())?;
        let read = |mut row: Row| {
            let days = u16::try_from(row.unsigned()?).unwrap_or(u16::MAX);
            Ok((days, Timestamp(row.integer()?)))
        };
        row.map(read).transpose()
    }

    /// Resolved conversations in which nothing happened after a moment, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn resolved_until(&self, moment: Timestamp, limit: usize) -> Result<Vec<Expiring>, StorageError> {
        let sql = "SELECT conversation, epoch, revision FROM entry WHERE active_at <= ?1 AND status = ?2 \
            ORDER BY active_at, conversation LIMIT ?3";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.database.run(sql, vec![moment.0.into(), RESOLVED.into(), limit.into()])?;
        let read = |columns| {
            let mut row = Row::new(columns);
            Ok(Expiring {
                conversation: ConversationId::from_bytes(row.bytes()?),
                epoch: Epoch::from_bytes(row.bytes()?),
                revision: row.unsigned()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Puts a conversation off the index, with its words.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn expire(&self, expiring: &Expiring, now: Timestamp) -> Result<(), StorageError> {
        let Expiring { conversation, epoch, revision } = expiring;
        self.database.execute(
            "INSERT OR REPLACE INTO expired (conversation, epoch, revision, at) VALUES (?1, ?2, ?3, ?4)",
            vec![conversation.as_bytes().into(), epoch.as_bytes().into(), (*revision).into(), now.0.into()],
        )?;
        self.forget_conversation(*conversation)
    }

    /// Forgets which were put off the index long ago.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_expired(&self, now: Timestamp) -> Result<(), StorageError> {
        let before = now.0.saturating_sub_unsigned(REMEMBERED_MS);
        self.database.execute("DELETE FROM expired WHERE at <= ?1", vec![before.into()])
    }

    /// What was known of a conversation that was put off the index.
    pub(super) fn expired(&self, conversation: ConversationId) -> Result<Option<Known>, StorageError> {
        let sql = "SELECT epoch, revision FROM expired WHERE conversation = ?1";
        let row = self.first(sql, vec![conversation.as_bytes().into()])?;
        let read = |mut row: Row| Ok(Known::put_off(Epoch::from_bytes(row.bytes()?), row.unsigned()?));
        row.map(read).transpose()
    }

    /// A conversation that was put off the index goes on.
    pub(super) fn revive(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let sql = "DELETE FROM expired WHERE conversation = ?1";
        self.database.execute(sql, vec![conversation.as_bytes().into()])
    }
}
