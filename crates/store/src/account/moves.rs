//! What is left where an account was before its person had another address, or deleted it.

use protocol::{AccountId, Timestamp};

use super::AccountStore;
use crate::database::{Database, StorageError};

/// Milliseconds for which an object remembers where its account went: longer than what is owed to it can wait.
pub(super) const REMEMBERED_MS: u64 = 25 * 3_600_000;

/// Empties everything of an account. What passkeys and addresses led elsewhere before stays, and what is owed.
const EMPTY: [&str; 12] = [
    "DELETE FROM session",
    "DELETE FROM passkey_session",
    "DELETE FROM passkey",
    "DELETE FROM device",
    "DELETE FROM membership",
    "DELETE FROM recovery_code",
    "DELETE FROM second_factor",
    "DELETE FROM new_second_factor",
    "DELETE FROM link",
    "DELETE FROM picture",
    "DELETE FROM first_password",
    "DELETE FROM account",
];

impl<D: Database> AccountStore<D> {
    /// Where the last account went that was here within the last day.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn moved_to(&self) -> Result<Option<AccountId>, StorageError> {
        let row = self.first("SELECT account FROM moved_out ORDER BY at DESC LIMIT 1", Vec::new())?;
        row.map(|mut row| row.bytes().map(AccountId::from_bytes)).transpose()
    }

    /// Whether an account went away by this link.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn has_moved_out(&self, link: &[u8; 32]) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM moved_out WHERE link = ?1", vec![link.into()])?.is_some())
    }

    /// Removes everything of the account but what is owed, and notes where it went.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn move_out(&self, link: &[u8; 32], to: AccountId, now: Timestamp) -> Result<(), StorageError> {
        self.change(
            "INSERT INTO moved_passkey (id, account) SELECT id, ?1 FROM passkey WHERE true \
             ON CONFLICT (id) DO UPDATE SET account = excluded.account",
            vec![to.as_bytes().into()],
        )?;
        self.empty()?;
        self.add(
            "INSERT INTO moved_out (link, account, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            vec![link.into(), to.as_bytes().into(), now.0.into()],
        )
    }

    /// Removes everything of the account but what is owed, and notes that there was one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn delete(&self, now: Timestamp) -> Result<(), StorageError> {
        self.empty()?;
        self.add(
            "INSERT INTO deleted_account (only, at) VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET at = excluded.at",
            vec![now.0.into()],
        )
    }

    /// Whether an account was deleted here within the last day.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn was_deleted(&self) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM deleted_account", Vec::new())?.is_some())
    }

    fn empty(&self) -> Result<(), StorageError> {
        for statement in EMPTY {
            self.change(statement, Vec::new())?;
        }
        Ok(())
    }
}
