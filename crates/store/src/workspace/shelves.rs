//! Where conversations lie with the team: the views of the agents' list, and how many there are of each.
//!
//! The index by activity holds what a view asks of an entry, so that a page reads no entry that it does not show. The counts
//! are kept by triggers, in the statement that changes an entry: they are right whatever fails, and a message writes none.

use domain::workspace::Tally;
use protocol::{
    AgentId, ConversationId, IndexEntry, IndexPosition, ListView, Placement, Shelf, SiteId, Status, TeamId,
    codec,
};

use super::WorkspaceStore;
use super::index::{place, read_status, status_value};
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

/// The index by activity of the first version is a part of this one.
pub(super) const VERSION: &[&str] = &[
    "ALTER TABLE entry ADD COLUMN assignee BLOB",
    "ALTER TABLE entry ADD COLUMN placement TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX IF NOT EXISTS entry_by_place ON entry (active_at DESC, conversation DESC, status, assignee, site)",
    "DROP INDEX IF EXISTS entry_by_activity",
    "CREATE TABLE IF NOT EXISTS tally (
        site BLOB NOT NULL,
        status INTEGER NOT NULL,
        assignee BLOB NOT NULL,
        entries INTEGER NOT NULL,
        PRIMARY KEY (site, status, assignee)
    ) STRICT, WITHOUT ROWID",
    "INSERT OR REPLACE INTO tally (site, status, assignee, entries) \
     SELECT site, status, IFNULL(assignee, x''), COUNT(*) FROM entry GROUP BY 1, 2, 3",
    "CREATE TRIGGER IF NOT EXISTS entry_came AFTER INSERT ON entry BEGIN \
     INSERT INTO tally (site, status, assignee, entries) \
     VALUES (new.site, new.status, IFNULL(new.assignee, x''), 1) \
     ON CONFLICT DO UPDATE SET entries = entries + 1; END",
    "CREATE TRIGGER IF NOT EXISTS entry_went AFTER DELETE ON entry BEGIN \
     UPDATE tally SET entries = entries - 1 \
     WHERE site = old.site AND status = old.status AND assignee = IFNULL(old.assignee, x''); END",
    "CREATE TRIGGER IF NOT EXISTS entry_moved AFTER UPDATE OF status, assignee ON entry \
     WHEN old.status <> new.status OR old.assignee IS NOT new.assignee BEGIN \
     UPDATE tally SET entries = entries - 1 \
     WHERE site = old.site AND status = old.status AND assignee = IFNULL(old.assignee, x''); \
     INSERT INTO tally (site, status, assignee, entries) \
     VALUES (new.site, new.status, IFNULL(new.assignee, x''), 1) \
     ON CONFLICT DO UPDATE SET entries = entries + 1; END",
];

/// A page of a view: `?4` is a status, `?5` a site or null.
macro_rules! page_of_view {
    ($whose:literal) => {
        concat!(
            "SELECT conversation FROM entry INDEXED BY entry_by_placement WHERE (active_at, conversation) < (?1, ?2) \
             AND status = ?4 AND (?5 IS NULL OR site = ?5) AND ",
            $whose,
            " ORDER BY active_at DESC, conversation DESC LIMIT ?3"
        )
    };
}
const ANYBODYS: &str = page_of_view!("?6 IS NULL");
const NOBODYS: &str = page_of_view!("assignee IS NULL AND ?6 IS NULL");
const SOMEBODYS: &str = page_of_view!("assignee = ?6");
const A_TEAMS: &str = page_of_view!("team = ?6");

impl<D: Database> WorkspaceStore<D> {
    /// Reads a page of a view after a place in it, as an agent sees it, most recently active first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn listed(
        &self,
        view: &ListView,
        me: AgentId,
        after: Option<IndexPosition>,
        limit: usize,
    ) -> Result<Vec<IndexEntry>, StorageError> {
        let (sql, status, whose) = match view.shelf {
            // All of them are told at once.
            Shelf::Mentions => {
                let told = if after.is_none() { self.mentions_of(me, limit)? } else { Vec::new() };
                let of_site = |entry: &IndexEntry| view.site.is_none_or(|site| entry.site == site);
                return Ok(told.into_iter().map(|mention| mention.entry).filter(of_site).collect());
            }
            // What fits one is asked for with its rule ([`Self::filtered`]).
            Shelf::Filter(_) => return Ok(Vec::new()),
            Shelf::Mine => (SOMEBODYS, Status::Open, Some(*me.as_bytes())),
            Shelf::Unassigned => (NOBODYS, Status::Open, None),
            Shelf::Open => (ANYBODYS, Status::Open, None),
            Shelf::Pending => (ANYBODYS, Status::Pending, None),
            Shelf::Snoozed => (ANYBODYS, Status::Snoozed, None),
            Shelf::Resolved => (ANYBODYS, Status::Resolved, None),
            Shelf::Team(team) => (A_TEAMS, Status::Open, Some(*team.as_bytes())),
        };
        let mut values = place(after, limit);
        values.push(status_value(status).into());
        values.push(view.site.as_ref().map(SiteId::as_bytes).into());
        values.push(whose.as_ref().map(<[u8; 16]>::as_slice).into());
        let found = self.database.run(sql, values)?;
        let mut entries = Vec::new();
        for columns in found {
            entries.extend(self.entry(ConversationId::from_bytes(Row::new(columns).bytes()?))?);
        }
        Ok(entries)
    }

    /// How many conversations there are of each site, status and assignee.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn tallies(&self) -> Result<Vec<Tally>, StorageError> {
        let sql = "SELECT tally.site, IFNULL(site.name, ''), status, assignee, entries FROM tally \
            LEFT JOIN site ON site.id = tally.site WHERE entries > 0 ORDER BY tally.site, status, assignee";
        let rows = self.database.run(sql, Vec::new())?;
        rows.into_iter().map(|columns| read_tally(Row::new(columns))).collect()
    }

    /// What was somebody's is nobody's, since they do not belong to the workspace any more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unassign(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database
            .execute("UPDATE entry SET assignee = NULL WHERE assignee = ?1", vec![agent.as_bytes().into()])
    }

    /// An assignment as it counts: to nobody, if they do not belong to the workspace, and to no team that it does not have.
    pub(super) fn counted(&self, placement: &Placement) -> Result<Placement, StorageError> {
        let sql = "SELECT 1 FROM agent WHERE id = ?1";
        let assignee = match placement.assignee {
            Some(agent) if self.first(sql, vec![agent.as_bytes().into()])?.is_some() => Some(agent),
            Some(_) | None => None,
        };
        let sql = "SELECT 1 FROM team WHERE id = ?1";
        let team = match placement.team {
            Some(team) if self.first(sql, vec![team.as_bytes().into()])?.is_some() => Some(team),
            Some(_) | None => None,
        };
        Ok(Placement { assignee, team, ..placement.clone() })
    }
}

fn read_tally(mut row: Row) -> Result<Tally, StorageError> {
    let site = SiteId::from_bytes(row.bytes()?);
    let name = row.text()?;
    let status = read_status(&mut row)?;
    let assignee = match row.blob()?.as_slice() {
        [] => None,
        bytes => {
            let bytes = bytes.try_into().map_err(|_| StorageError("no agent's id".to_owned()))?;
            Some(AgentId::from_bytes(bytes))
        }
    };
    let entries = u32::try_from(row.unsigned()?).unwrap_or(u32::MAX);
    Ok(Tally { site, name, status, assignee, entries })
}

/// The columns of a placement: whose it is, all of it, and with which team.
pub(super) fn placement_values(placement: &Placement) -> [Value; 3] {
    let text = if *placement == Placement::default() { String::new() } else { codec::to_text(placement) };
    [
        placement.assignee.as_ref().map(AgentId::as_bytes).into(),
        text.as_str().into(),
        placement.team.as_ref().map(TeamId::as_bytes).into(),
    ]
}

pub(super) fn read_placement(row: &mut Row) -> Result<Placement, StorageError> {
    let assignee = row.optional_bytes()?.map(AgentId::from_bytes);
    let text = row.text()?;
    let team = row.optional_bytes()?.map(TeamId::from_bytes);
    let placement = if text.is_empty() {
        Placement::default()
    } else {
        codec::from_text(&text).map_err(|_| StorageError("illegal placement".to_owned()))?
    };
    Ok(Placement { assignee, team, ..placement })
}
