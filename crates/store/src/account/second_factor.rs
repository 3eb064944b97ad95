//! The second factor and its recovery codes.

use super::AccountStore;
use crate::database::{Database, StorageError};

/// A second factor that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// What is shared with the person's app, sealed.
    pub sealed: Vec<u8>,
    /// The last step of which a code was used.
    pub last_used: u64,
}

impl<D: Database> AccountStore<D> {
    /// The second factor, if it is on.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn second_factor(&self) -> Result<Option<SecondFactor>, StorageError> {
        let row = self.first("SELECT secret, last_used FROM second_factor", Vec::new())?;
        row.map(|mut row| {
            let sealed = row.blob()?;
            Ok(SecondFactor { sealed, last_used: row.unsigned()? })
        })
        .transpose()
    }

    /// Switches the second factor on, or notes that a code was used.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_second_factor(&self, factor: &SecondFactor) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO second_factor (only, secret, last_used) VALUES (1, ?1, ?2) \
             ON CONFLICT (only) DO UPDATE SET secret = excluded.secret, last_used = excluded.last_used",
            vec![factor.sealed.as_slice().into(), factor.last_used.into()],
        )
    }

    /// Switches the second factor off, with its recovery codes and one that was about to be switched on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_second_factor(&self) -> Result<(), StorageError> {
        for statement in
            ["DELETE FROM second_factor", "DELETE FROM new_second_factor", "DELETE FROM recovery_code"]
        {
            self.change(statement, Vec::new())?;
        }
        Ok(())
    }

    /// The sealed secret of a second factor that waits for its first code.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn new_second_factor(&self) -> Result<Option<Vec<u8>>, StorageError> {
        let row = self.first("SELECT secret FROM new_second_factor", Vec::new())?;
        row.map(|mut row| row.blob()).transpose()
    }

    /// Keeps such a secret, or forgets it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_new_second_factor(&self, sealed: Option<&[u8]>) -> Result<(), StorageError> {
        match sealed {
            Some(sealed) => self.add(
                "INSERT INTO new_second_factor (only, secret) VALUES (1, ?1) \
                 ON CONFLICT (only) DO UPDATE SET secret = excluded.secret",
                vec![sealed.into()],
            ),
            None => self.change("DELETE FROM new_second_factor", Vec::new()),
        }
    }

    /// Digests of the recovery codes that are left.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn recovery_codes(&self) -> Result<Vec<[u8; 32]>, StorageError> {
        let rows = self.all("SELECT digest FROM recovery_code ORDER BY digest", Vec::new())?;
        rows.into_iter().map(|mut row| row.bytes()).collect()
    }

    /// Replaces the recovery codes.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_recovery_codes(&self, digests: &[[u8; 32]]) -> Result<(), StorageError> {
        self.change("DELETE FROM recovery_code", Vec::new())?;
        for digest in digests {
            self.add("INSERT INTO recovery_code (digest) VALUES (?1)", vec![digest.into()])?;
        }
        Ok(())
    }

    /// Uses a recovery code up; `false` if there is none of this digest.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn use_recovery_code(&self, digest: &[u8; 32]) -> Result<bool, StorageError> {
        let used =
            self.all("DELETE FROM recovery_code WHERE digest = ?1 RETURNING 1", vec![digest.into()])?;
        Ok(!used.is_empty())
    }
}
