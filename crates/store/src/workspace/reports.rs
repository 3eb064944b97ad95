//! How conversations went, for reports.
//!
//! It is kept in the entry of each conversation, in the statement that takes its digest and its words, so that a message costs
//! no row for it. A report reads every entry once, in pieces: it is asked for seldom, and an index would be written always.

use domain::workspace::{Measured, Metrics, Reporting};
use protocol::{ConversationId, Milestone, Report, ReportQuery, Seq, SiteId, TeamId, Timestamp, codec};

use super::WorkspaceStore;
use super::shelves::read_placement;
use crate::database::{Database, StorageError};
use crate::row::Row;

pub(super) const VERSION: &[&str] = &["ALTER TABLE entry ADD COLUMN metrics TEXT NOT NULL DEFAULT ''"];

/// Entries that are read at once.
const PIECE: usize = 2_000;

const MEASURED: &str = "SELECT conversation, site, assignee, placement, team, began_at, metrics FROM entry \
    WHERE conversation > ?1 AND began_at >= ?2 AND began_at < ?3 AND (?4 IS NULL OR site = ?4) \
    AND (?5 IS NULL OR team = ?5) ORDER BY conversation LIMIT ?6";

/// How the conversations of a site went that were active last: of so many at most, among so many of all sites.
const LATELY: &str = "SELECT metrics FROM (SELECT site, metrics FROM entry WHERE active_at >= ?1 \
    ORDER BY active_at DESC, conversation DESC LIMIT 1000) WHERE site = ?2 AND metrics <> '' LIMIT 200";

/// What is kept of how a conversation went, once a stretch of milestones is told of which everything up to `known` was told
/// before. Nothing stays nothing where the beginning is not known.
pub(super) fn metrics_after(
    kept: &str,
    known: Seq,
    milestones: &[Milestone],
) -> Result<String, StorageError> {
    let metrics = match read_metrics(kept)? {
        Some(metrics) => metrics,
        None if known == Seq::START => Metrics::default(),
        None => return Ok(String::new()),
    };
    Ok(codec::to_text(&metrics.after(known, milestones)))
}

impl<D: Database> WorkspaceStore<D> {
    /// How the conversations of a site went that were active last, not before a moment.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn metrics_of_late(&self, site: SiteId, since: Timestamp) -> Result<Vec<Metrics>, StorageError> {
        let rows = self.database.run(LATELY, vec![since.0.into(), site.as_bytes().into()])?;
        let read = |columns| read_metrics(&Row::new(columns).text()?);
        rows.into_iter().filter_map(|columns| read(columns).transpose()).collect()
    }

    /// Counts the conversations that a checked query asks for.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn report(&self, query: &ReportQuery) -> Result<Report, StorageError> {
        let mut reporting = Reporting::of(query);
        let mut last = Vec::new();
        loop {
            let values = vec![
                last.as_slice().into(),
                query.since.0.into(),
                query.until.0.into(),
                query.site.as_ref().map(SiteId::as_bytes).into(),
                query.team.as_ref().map(TeamId::as_bytes).into(),
                i64::try_from(PIECE).unwrap_or(i64::MAX).into(),
            ];
            let rows = self.database.run(MEASURED, values)?;
            let is_last = rows.len() < PIECE;
            for columns in rows {
                let mut row = Row::new(columns);
                last = row.bytes::<{ ConversationId::LENGTH }>()?.to_vec();
                reporting.count(&read_measured(&mut row)?);
            }
            if is_last {
                break;
            }
        }
        let sites = self.names("SELECT id, name FROM site")?;
        let agents = self.names("SELECT id, name FROM agent")?;
        let teams = self.names("SELECT id, name FROM team")?;
        Ok(reporting.report(
            |id| name_in(&sites, id.as_bytes()),
            |id| name_in(&agents, id.as_bytes()),
            |id| name_in(&teams, id.as_bytes()),
        ))
    }

    fn names(&self, sql: &str) -> Result<Vec<Name>, StorageError> {
        let read = |columns| {
            let mut row = Row::new(columns);
            Ok((row.bytes()?, row.text()?))
        };
        self.database.run(sql, Vec::new())?.into_iter().map(read).collect()
    }
}

/// What an id is called.
type Name = ([u8; SiteId::LENGTH], String);

fn name_in(names: &[Name], id: &[u8; SiteId::LENGTH]) -> String {
    names.iter().find(|(other, _)| other == id).map(|(_, name)| name.clone()).unwrap_or_default()
}

fn read_measured(row: &mut Row) -> Result<Measured, StorageError> {
    let site = SiteId::from_bytes(row.bytes()?);
    let placement = read_placement(row)?;
    let began_at = Timestamp(row.integer()?);
    let metrics = read_metrics(&row.text()?)?;
    Ok(Measured { site, placement, began_at, metrics })
}

pub(super) fn read_metrics(kept: &str) -> Result<Option<Metrics>, StorageError> {
    let read = || codec::from_text(kept).map_err(|_| StorageError("illegal metrics".to_owned()));
    (!kept.is_empty()).then(read).transpose()
}
