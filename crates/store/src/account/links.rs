//! Links that were mailed.

use domain::account::{LinkPurpose, MailedToken};
use protocol::Timestamp;

use super::AccountStore;
use crate::database::{Database, StorageError};

/// A link that was mailed and not used. Only the digest of its secret is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// The address that it proves.
    pub email: String,
    /// When it stops being good.
    pub expires_at: Timestamp,
}

impl<D: Database> AccountStore<D> {
    /// Keeps a link that is about to be mailed.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn add_link(&self, purpose: LinkPurpose, secret: &[u8; 32], link: &Link) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO link (digest, purpose, email, expires_at) VALUES (?1, ?2, ?3, ?4)",
            vec![
                (&MailedToken::digest(secret)).into(),
                i64::from(purpose.number()).into(),
                link.email.as_str().into(),
                link.expires_at.0.into(),
            ],
        )
    }

    /// Looks up a link that is good for this purpose.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn link(
        &self,
        purpose: LinkPurpose,
        secret: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Link>, StorageError> {
        let found = self.first(
            "SELECT email, expires_at FROM link WHERE digest = ?1 AND purpose = ?2 AND expires_at > ?3",
            vec![(&MailedToken::digest(secret)).into(), i64::from(purpose.number()).into(), now.0.into()],
        )?;
        found
            .map(|mut row| Ok(Link { email: row.text()?, expires_at: Timestamp(row.integer()?) }))
            .transpose()
    }

    /// Whether a link of this digest waits to be used.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn has_link(&self, digest: &[u8; 32]) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM link WHERE digest = ?1", vec![digest.into()])?.is_some())
    }

    /// Makes every link of a purpose worthless.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_links(&self, purpose: LinkPurpose) -> Result<(), StorageError> {
        self.change("DELETE FROM link WHERE purpose = ?1", vec![i64::from(purpose.number()).into()])
    }
}
