//! The conversations that wait for a first answer, as the index knows them.

use domain::workspace::InLine;
use protocol::{ConversationId, IndexEntry, SiteId, Status, TeamId, Timestamp};

use super::WorkspaceStore;
use super::reports::read_metrics;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// Open conversations of a site that are nobody's, of so many at most, among so many of all sites that were active last; `1` is
/// an open one's status. All but their metrics stands in the index by placement.
const LINE: &str = "SELECT conversation, team, metrics FROM entry WHERE metrics <> '' AND conversation IN (\
    SELECT conversation FROM (SELECT conversation, status, assignee, site FROM entry INDEXED BY entry_by_placement \
    WHERE active_at >= ?1 ORDER BY active_at DESC, conversation DESC LIMIT 5000) \
    WHERE status = 1 AND assignee IS NULL AND site = ?2 LIMIT 500)";

impl<D: Database> WorkspaceStore<D> {
    /// The conversations of a site that may be in the line, and were active not before a moment.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn line(&self, site: SiteId, since: Timestamp) -> Result<Vec<InLine>, StorageError> {
        let rows = self.database.run(LINE, vec![since.0.into(), site.as_bytes().into()])?;
        let read = |columns| {
            let mut row = Row::new(columns);
            let conversation = ConversationId::from_bytes(row.bytes()?);
            let team = row.optional_bytes()?.map(TeamId::from_bytes);
            let metrics = read_metrics(&row.text()?)?.unwrap_or_default();
            Ok(InLine { conversation, status: Status::Open, assignee: None, team, metrics })
        };
        rows.into_iter().map(read).collect()
    }

    /// One conversation of the index as it would stand in the line.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn in_line(&self, entry: &IndexEntry) -> Result<InLine, StorageError> {
        let conversation = entry.conversation;
        let sql = "SELECT metrics FROM entry WHERE conversation = ?1";
        let row = self.first(sql, vec![conversation.as_bytes().into()])?;
        let metrics = row.map_or(Ok(None), |mut row| read_metrics(&row.text()?))?.unwrap_or_default();
        let (assignee, team) = (entry.placement.assignee, entry.placement.team);
        Ok(InLine { conversation, status: entry.status, assignee, team, metrics })
    }
}
