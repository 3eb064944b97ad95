//! Teams, and what lies with each.
//!
//! How many open conversations a team has is kept by triggers, as the other numbers of views are, in rows that only
//! conversations of a team have.

use protocol::{AgentId, Assignment, SiteId, Team, TeamCount, TeamId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// The tables, of a version of their own, and the index by activity with what a team's view asks. `1` is an open
/// conversation's status.
pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS team (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS team_member (
        team BLOB NOT NULL,
        agent BLOB NOT NULL,
        PRIMARY KEY (team, agent)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS availability (
        agent BLOB PRIMARY KEY,
        choice INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "ALTER TABLE entry ADD COLUMN team BLOB",
    "CREATE INDEX IF NOT EXISTS entry_by_placement \
     ON entry (active_at DESC, conversation DESC, status, assignee, site, team)",
    "DROP INDEX IF EXISTS entry_by_place",
    "CREATE TABLE IF NOT EXISTS team_tally (
        team BLOB NOT NULL,
        site BLOB NOT NULL,
        entries INTEGER NOT NULL,
        PRIMARY KEY (team, site)
    ) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER IF NOT EXISTS entry_came_to_team AFTER INSERT ON entry \
     WHEN new.status = 1 AND new.team IS NOT NULL BEGIN \
     INSERT INTO team_tally (team, site, entries) VALUES (new.team, new.site, 1) \
     ON CONFLICT DO UPDATE SET entries = entries + 1; END",
    "CREATE TRIGGER IF NOT EXISTS entry_went_of_team AFTER DELETE ON entry \
     WHEN old.status = 1 AND old.team IS NOT NULL BEGIN \
     UPDATE team_tally SET entries = entries - 1 WHERE team = old.team AND site = old.site; END",
    "CREATE TRIGGER IF NOT EXISTS entry_left_team AFTER UPDATE OF status, team ON entry \
     WHEN old.status = 1 AND old.team IS NOT NULL AND (new.status <> 1 OR new.team IS NOT old.team) BEGIN \
     UPDATE team_tally SET entries = entries - 1 WHERE team = old.team AND site = old.site; END",
    "CREATE TRIGGER IF NOT EXISTS entry_joined_team AFTER UPDATE OF status, team ON entry \
     WHEN new.status = 1 AND new.team IS NOT NULL AND (old.status <> 1 OR old.team IS NOT new.team) BEGIN \
     INSERT INTO team_tally (team, site, entries) VALUES (new.team, new.site, 1) \
     ON CONFLICT DO UPDATE SET entries = entries + 1; END",
];

impl<D: Database> WorkspaceStore<D> {
    /// Every team with who is in it, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn teams(&self) -> Result<Vec<Team>, StorageError> {
        let sql = "SELECT id, name, agent FROM team LEFT JOIN team_member ON team = id \
            ORDER BY name COLLATE NOCASE, id, agent";
        let mut teams: Vec<Team> = Vec::new();
        for columns in self.database.run(sql, Vec::new())? {
            let mut row = Row::new(columns);
            let id = TeamId::from_bytes(row.bytes()?);
            let name = row.text()?;
            let member = row.optional_bytes()?.map(AgentId::from_bytes);
            match teams.last_mut().filter(|team| team.id == id) {
                Some(team) => team.members.extend(member),
                None => teams.push(Team { id, name, members: member.into_iter().collect() }),
            }
        }
        Ok(teams)
    }

    /// How many open conversations there are of each team and site.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn team_tallies(&self) -> Result<Vec<(TeamId, TeamCount)>, StorageError> {
        let sql = "SELECT team, site, entries FROM team_tally WHERE entries > 0 ORDER BY team, site";
        let read = |columns| {
            let mut row = Row::new(columns);
            let team = TeamId::from_bytes(row.bytes()?);
            let site = SiteId::from_bytes(row.bytes()?);
            let open = u32::try_from(row.unsigned()?).unwrap_or(u32::MAX);
            Ok((team, TeamCount { site, open }))
        };
        self.database.run(sql, Vec::new())?.into_iter().map(read).collect()
    }

    /// Keeps a team as it is; one that is there is changed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_team(&self, team: &Team) -> Result<(), StorageError> {
        let id = || team.id.as_bytes().into();
        self.database.execute("DELETE FROM team_member WHERE team = ?1", vec![id()])?;
        for member in &team.members {
            self.database.execute(
                "INSERT OR IGNORE INTO team_member (team, agent) VALUES (?1, ?2)",
                vec![id(), member.as_bytes().into()],
            )?;
        }
        self.database.execute(
            "INSERT INTO team (id, name) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET name = excluded.name",
            vec![id(), team.name.as_str().into()],
        )
    }

    /// Removes a team, and takes it from its conversations.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_team(&self, team: TeamId) -> Result<(), StorageError> {
        let id = || team.as_bytes().into();
        self.database.execute("UPDATE entry SET team = NULL WHERE team = ?1", vec![id()])?;
        self.database.execute("DELETE FROM team_tally WHERE team = ?1", vec![id()])?;
        self.database.execute("DELETE FROM team_member WHERE team = ?1", vec![id()])?;
        self.keep_assignment(Some(team), &Assignment::default())?;
        self.database.execute("DELETE FROM team WHERE id = ?1", vec![id()])
    }

    /// Takes a person who leaves out of every team.
    pub(super) fn leave_teams(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM team_member WHERE agent = ?1", vec![agent.as_bytes().into()])
    }
}
