//! The audit log: who changed what, one line after the other; none is ever changed.

use protocol::http::workspace::{AuditChange, AuditLine};
use protocol::{AgentId, AgentProfile, Timestamp, codec};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// Who did something that the log tells of.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// One of the workspace's people.
    Person(&'a AgentProfile),
    /// A key of the REST API, by its name, in the name of who made it.
    Key(&'a AgentProfile, &'a str),
    /// The product itself.
    Product,
}

impl<'a> By<'a> {
    const fn agent(self) -> Option<&'a AgentProfile> {
        match self {
            Self::Person(agent) | Self::Key(agent, _) => Some(agent),
            Self::Product => None,
        }
    }

    const fn key(self) -> Option<&'a str> {
        match self {
            Self::Key(_, key) => Some(key),
            Self::Person(_) | Self::Product => None,
        }
    }
}

impl<D: Database> WorkspaceStore<D> {
    /// Adds a line.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note(&self, by: By<'_>, change: &AuditChange, now: Timestamp) -> Result<(), StorageError> {
        let change = codec::to_bytes(change);
        let agent = by.agent();
        self.database.execute(
            "INSERT INTO audit (at, actor, actor_name, key_name, change) VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                now.0.into(),
                agent.map(|agent| agent.id.as_bytes().as_slice()).into(),
                agent.map_or("", |agent| agent.name.as_str()).into(),
                by.key().into(),
                change.as_slice().into(),
            ],
        )
    }

    /// Reads lines before a number, or from the end of the log, newest first. A line that a newer version wrote, and this
    /// one cannot read, is left out.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn audit(&self, before: Option<u64>, limit: usize) -> Result<Vec<AuditLine>, StorageError> {
        let before = before.unwrap_or((1 << 53) - 1);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.database.run(
            "SELECT number, at, actor, actor_name, key_name, change FROM audit WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
            vec![before.into(), limit.into()],
        )?;
        let lines = rows.into_iter().filter_map(|columns| read(Row::new(columns)).transpose());
        lines.collect()
    }

    /// When a refused attempt of somebody was last noted.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn refusal_noted_at(&self, agent: AgentId, action: &str) -> Result<Option<Timestamp>, StorageError> {
        let values = vec![agent.as_bytes().into(), action.into()];
        let row = self.first("SELECT at FROM refusal WHERE agent = ?1 AND action = ?2", values)?;
        row.map(|mut row| row.integer().map(Timestamp)).transpose()
    }

    /// Adds the line of a refused attempt of somebody.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_refusal(
        &self,
        agent: AgentId,
        by: By<'_>,
        action: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO refusal (agent, action, at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (agent, action) DO UPDATE SET at = excluded.at",
            vec![agent.as_bytes().into(), action.into(), now.0.into()],
        )?;
        self.note(by, &AuditChange::Refused { action: action.to_owned() }, now)
    }
}

fn read(mut row: Row) -> Result<Option<AuditLine>, StorageError> {
    let number = row.unsigned()?;
    let at = Timestamp(row.integer()?);
    let actor = row.optional_bytes()?;
    let name = row.text()?;
    let actor = actor.map(|id| AgentProfile { id: AgentId::from_bytes(id), name });
    let key = row.optional_text()?;
    let change = codec::from_bytes(&row.blob()?).ok();
    Ok(change.map(|change| AuditLine { number, at, actor, key, change }))
}
