//! Visitors whose right has ended, and how far their conversations have been told: the most recently active first, some
//! at a time, however many there are.

use protocol::call::Ended;
use protocol::{ConversationId, IndexPosition, SiteId, Timestamp, codec};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

const PAGE: &str = "SELECT active_at, conversation FROM entry \
    WHERE (active_at, conversation) < (?1, ?2) AND site = ?3 AND (?4 = 0 OR who_user <> '') \
    ORDER BY active_at DESC, conversation DESC LIMIT ?5";

/// An ended right of which conversations are being told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Farewell {
    number: u64,
    /// Whose.
    pub ended: Ended,
    /// When it ended.
    pub at: Timestamp,
    /// The last conversation that was told.
    told: IndexPosition,
}

impl Farewell {
    /// Whether it concerns the visitor of a conversation of a site, who is known or not.
    #[must_use]
    pub fn concerns(&self, site: SiteId, is_known: bool) -> bool {
        match whom(&self.ended) {
            Some((theirs, only_known)) => theirs == site && (is_known || !only_known),
            None => false,
        }
    }
}

impl<D: Database> WorkspaceStore<D> {
    /// Begins to tell conversations of an ended right of visitors.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn begin_farewell(&self, ended: &Ended, at: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO farewell (ended, at, active_at, conversation) VALUES (?1, ?2, ?3, ?4)",
            vec![
                codec::to_bytes(ended).as_slice().into(),
                at.0.into(),
                Timestamp((1 << 53) - 1).0.into(),
                (&[0xff_u8; 32]).into(),
            ],
        )
    }

    /// The oldest that is not over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn farewell(&self) -> Result<Option<Farewell>, StorageError> {
        let sql = "SELECT number, ended, at, active_at, conversation FROM farewell ORDER BY number LIMIT 1";
        self.first(sql, Vec::new())?.map(read).transpose()
    }

    /// All that are not over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn farewells(&self) -> Result<Vec<Farewell>, StorageError> {
        let sql = "SELECT number, ended, at, active_at, conversation FROM farewell ORDER BY number";
        let rows = self.database.run(sql, Vec::new())?;
        rows.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// The next conversations that are to be told, which from then on count as told; the farewell is over when there are
    /// none left.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn go_on_with(&self, farewell: &Farewell, limit: usize) -> Result<Vec<ConversationId>, StorageError> {
        let IndexPosition { active_at, conversation } = farewell.told;
        let mut page = Vec::new();
        if let Some((site, only_known)) = whom(&farewell.ended) {
            let values = vec![
                active_at.0.into(),
                conversation.as_bytes().into(),
                site.as_bytes().into(),
                i64::from(only_known).into(),
                i64::try_from(limit).unwrap_or(i64::MAX).into(),
            ];
            page = self.database.run(PAGE, values)?;
        }
        let page = page.into_iter().map(|columns| {
            let mut row = Row::new(columns);
            let active_at = Timestamp(row.integer()?);
            Ok(IndexPosition { active_at, conversation: ConversationId::from_bytes(row.bytes()?) })
        });
        let page = page.collect::<Result<Vec<_>, StorageError>>()?;
        let number = Value::from(farewell.number);
        match page.last().filter(|_| page.len() >= limit) {
            Some(last) => self.database.execute(
                "UPDATE farewell SET active_at = ?2, conversation = ?3 WHERE number = ?1",
                vec![number, last.active_at.0.into(), last.conversation.as_bytes().into()],
            )?,
            None => self.database.execute("DELETE FROM farewell WHERE number = ?1", vec![number])?,
        }
        Ok(page.into_iter().map(|place| place.conversation).collect())
    }
}

/// Of which site, and whether only those who are known.
const fn whom(ended: &Ended) -> Option<(SiteId, bool)> {
    match ended {
        // Their conversations are few, and are told at once.
        Ended::Agent(_) | Ended::Visitor(_) => None,
        Ended::Site(site) => Some((*site, false)),
        Ended::Voucher(site, _) => Some((*site, true)),
    }
}

fn read(mut row: Row) -> Result<Farewell, StorageError> {
    let number = row.unsigned()?;
    let ended = codec::from_bytes(&row.blob()?).map_err(|_| StorageError("an unknown right".to_owned()))?;
    let at = Timestamp(row.integer()?);
    let active_at = Timestamp(row.integer()?);
    let conversation = ConversationId::from_bytes(row.bytes()?);
    Ok(Farewell { number, ended, at, told: IndexPosition { active_at, conversation } })
}
