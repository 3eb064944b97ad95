//! Passkeys, and the challenges that were answered with them.

use domain::account::passkey::{Passkey, PublicKey, Use, passkey_id};
use protocol::http::passkey::PasskeyView;
use protocol::{AccountId, Nonce, PasskeyId, Timestamp};

use super::AccountStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

const COLUMNS: &str =
    "SELECT credential, key, counter, may_be_synced, is_synced, name, made_at, used_at FROM passkey";

/// A passkey as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPasskey {
    /// What its uses are checked with.
    pub passkey: Passkey,
    /// How its person sees it.
    pub view: PasskeyView,
}

impl<D: Database> AccountStore<D> {
    /// Keeps a new passkey; `false` if there is one of its id.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn add_passkey(&self, kept: &KeptPasskey) -> Result<bool, StorageError> {
        let KeptPasskey { passkey, view } = kept;
        self.change("DELETE FROM moved_passkey WHERE id = ?1", vec![view.id.as_bytes().into()])?;
        if self.passkey(view.id)?.is_some() {
            return Ok(false);
        }
        self.add(
            "INSERT INTO passkey \
             (id, credential, key, counter, may_be_synced, is_synced, name, made_at, used_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            vec![
                view.id.as_bytes().into(),
                passkey.credential.as_slice().into(),
                passkey.key.as_cose().into(),
                u64::from(passkey.counter).into(),
                i64::from(passkey.may_be_synced).into(),
                i64::from(passkey.is_synced).into(),
                view.name.as_str().into(),
                view.made_at.0.into(),
                view.used_at.map(|at| at.0).into(),
            ],
        )?;
        Ok(true)
    }

    /// All passkeys, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn passkeys(&self) -> Result<Vec<KeptPasskey>, StorageError> {
        let sql = format!("{COLUMNS} ORDER BY place");
        self.all(&sql, Vec::new())?.into_iter().map(read).collect()
    }

    /// Whether there is any.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn has_passkeys(&self) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM passkey LIMIT 1", Vec::new())?.is_some())
    }

    /// Looks up a passkey.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn passkey(&self, id: PasskeyId) -> Result<Option<KeptPasskey>, StorageError> {
        let sql = format!("{COLUMNS} WHERE id = ?1");
        self.first(&sql, vec![id.as_bytes().into()])?.map(read).transpose()
    }

    /// Notes that a passkey was used.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn use_passkey(&self, id: PasskeyId, used: Use, now: Timestamp) -> Result<(), StorageError> {
        self.change(
            "UPDATE passkey SET counter = ?2, is_synced = ?3, used_at = ?4 WHERE id = ?1",
            vec![
                id.as_bytes().into(),
                u64::from(used.counter).into(),
                i64::from(used.is_synced).into(),
                now.0.into(),
            ],
        )
    }

    /// Gives a passkey another name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn rename_passkey(&self, id: PasskeyId, name: &str) -> Result<(), StorageError> {
        self.change("UPDATE passkey SET name = ?2 WHERE id = ?1", vec![id.as_bytes().into(), name.into()])
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_passkey(&self, id: PasskeyId) -> Result<(), StorageError> {
        self.change("DELETE FROM passkey WHERE id = ?1", vec![id.as_bytes().into()])
    }

    /// Where a passkey went that was here, with its account.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn passkey_moved_to(&self, id: PasskeyId) -> Result<Option<AccountId>, StorageError> {
        let values = vec![id.as_bytes().into()];
        let row = self.first("SELECT account FROM moved_passkey WHERE id = ?1", values)?;
        row.map(|mut row| row.bytes().map(AccountId::from_bytes)).transpose()
    }

    /// Whether a challenge was answered.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn was_answered(&self, nonce: Nonce) -> Result<bool, StorageError> {
        let values = vec![nonce.as_bytes().into()];
        Ok(self.first("SELECT 1 FROM answered_challenge WHERE nonce = ?1", values)?.is_some())
    }

    /// Notes that a challenge was answered, for as long as it would be good.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_answer(&self, nonce: Nonce, expires_at: Timestamp) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO answered_challenge (nonce, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            vec![nonce.as_bytes().into(), expires_at.0.into()],
        )
    }
}

fn read(mut row: Row) -> Result<KeptPasskey, StorageError> {
    let credential = row.blob()?;
    let key = row.blob()?;
    let key = PublicKey::parse(&key).ok_or_else(unreadable)?;
    let counter = u32::try_from(row.unsigned()?).map_err(|_| unreadable())?;
    let may_be_synced = row.integer()? != 0;
    let is_synced = row.integer()? != 0;
    let view = PasskeyView {
        id: passkey_id(&credential),
        name: row.text()?,
        made_at: Timestamp(row.integer()?),
        used_at: row.optional_integer()?.map(Timestamp),
        is_synced,
    };
    let passkey = Passkey { credential, key, counter, may_be_synced, is_synced };
    Ok(KeptPasskey { passkey, view })
}

fn unreadable() -> StorageError {
    StorageError("a passkey that is none".to_owned())
}
