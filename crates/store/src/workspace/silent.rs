//! Conversations in which a visitor is and nothing was said yet: no index knows them, and they are to be told all the same
//! when what the visitor's token rests on ends. A row for each, from the visitor's coming until the first message or until
//! they leave.

use protocol::call::Ended;
use protocol::{ConversationId, SiteId, Timestamp, VoucherId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

/// Stands for no secret, and for all of a site.
const NONE: &[u8] = &[];

impl<D: Database> WorkspaceStore<D> {
    /// Notes that a visitor is in a conversation, and by which secret they are known, if by one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_silent(
        &self,
        conversation: ConversationId,
        (site, voucher): (SiteId, Option<VoucherId>),
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let voucher = voucher.as_ref().map_or(NONE, |voucher| voucher.as_bytes());
        self.database.execute(
            "INSERT INTO silent (conversation, voucher, site, at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (conversation, voucher) DO UPDATE SET at = MAX(at, excluded.at)",
            vec![conversation.as_bytes().into(), voucher.into(), site.as_bytes().into(), at.0.into()],
        )
    }

    /// Forgets a conversation, as far as it was noted before a moment; altogether without one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_silent(
        &self,
        conversation: ConversationId,
        before: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "DELETE FROM silent WHERE conversation = ?1 AND (?2 IS NULL OR at < ?2)",
            vec![conversation.as_bytes().into(), before.map_or(Value::Null, |before| before.0.into())],
        )
    }

    /// Takes out some of those whom an ended right of visitors concerns: they are to be told.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_silent(&self, ended: &Ended, limit: usize) -> Result<Vec<ConversationId>, StorageError> {
        let (site, voucher) = match ended {
            Ended::Agent(_) => return Ok(Vec::new()),
            Ended::Site(site) => (site, NONE),
            Ended::Voucher(site, voucher) => (site, voucher.as_bytes().as_slice()),
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.database.run(
            "SELECT conversation, voucher FROM silent WHERE site = ?1 AND (?2 = x'' OR voucher = ?2) LIMIT ?3",
            vec![site.as_bytes().into(), voucher.into(), limit.into()],
        )?;
        let mut taken = Vec::new();
        for columns in rows {
            let mut row = Row::new(columns);
            let (conversation, voucher) = (row.bytes()?, row.blob()?);
            self.database.execute(
                "DELETE FROM silent WHERE conversation = ?1 AND voucher = ?2",
                vec![conversation.as_slice().into(), voucher.as_slice().into()],
            )?;
            taken.push(ConversationId::from_bytes(conversation));
        }
        Ok(taken)
    }
}
