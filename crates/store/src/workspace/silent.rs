//! Conversations in which a visitor is and nothing was said yet: no index knows them, and they are to be told all the same
//! when what the visitor's token rests on ends. A row for each, from the visitor's coming until the first message or until
//! they leave.

use protocol::call::Ended;
use protocol::{ConversationId, SiteId, Timestamp, VisitorId, VoucherId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

const OF_SITE: &str = "SELECT conversation, voucher FROM silent WHERE site = ?2 LIMIT ?1";
const OF_VOUCHER: &str = "SELECT conversation, voucher FROM silent WHERE site = ?2 AND voucher = ?3 LIMIT ?1";
const OF_VISITOR: &str = "SELECT conversation, voucher FROM silent WHERE visitor = ?2 LIMIT ?1";

/// Stands for no secret.
const NONE: &[u8] = &[];

/// On what a visitor's token rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounds {
    /// The site that there is.
    pub site: SiteId,
    /// The visitor whom nobody has blocked.
    pub visitor: VisitorId,
    /// The secret that proved who they are, if one did.
    pub voucher: Option<VoucherId>,
}

impl<D: Database> WorkspaceStore<D> {
    /// Notes that a visitor is in a conversation, and on what their token rests.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_silent(
        &self,
        conversation: ConversationId,
        grounds: Grounds,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let Grounds { site, visitor, voucher } = grounds;
        let voucher = voucher.as_ref().map_or(NONE, |voucher| voucher.as_bytes());
        self.database.execute(
            "INSERT INTO silent (conversation, voucher, site, at, visitor) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (conversation, voucher) DO UPDATE SET at = MAX(at, excluded.at), visitor = excluded.visitor",
            vec![
                conversation.as_bytes().into(),
                voucher.into(),
                site.as_bytes().into(),
                at.0.into(),
                visitor.as_bytes().into(),
            ],
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
        let (sql, values) = match ended {
            Ended::Agent(_) => return Ok(Vec::new()),
            Ended::Site(site) => (OF_SITE, vec![site.as_bytes().into()]),
            Ended::Voucher(site, voucher) => {
                (OF_VOUCHER, vec![site.as_bytes().into(), voucher.as_bytes().into()])
            }
            Ended::Visitor(visitor) => (OF_VISITOR, vec![visitor.as_bytes().into()]),
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.database.run(sql, [vec![limit.into()], values].concat())?;
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
