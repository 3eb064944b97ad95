//! What each agent has chosen to be.

use protocol::{AgentId, AvailabilityChoice};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

const ONLINE: i64 = 1;
const AWAY: i64 = 2;
const INVISIBLE: i64 = 3;

impl<D: Database> WorkspaceStore<D> {
    /// What somebody has chosen to be.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn choice_of(&self, agent: AgentId) -> Result<AvailabilityChoice, StorageError> {
        let sql = "SELECT choice FROM availability WHERE agent = ?1";
        match self.first(sql, vec![agent.as_bytes().into()])? {
            Some(row) => read(row),
            None => Ok(AvailabilityChoice::default()),
        }
    }

    /// Keeps what somebody has chosen; of what is usual there is no row.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_choice(&self, agent: AgentId, choice: AvailabilityChoice) -> Result<(), StorageError> {
        if choice == AvailabilityChoice::default() {
            return self.forget_choice(agent);
        }
        self.database.execute(
            "INSERT INTO availability (agent, choice) VALUES (?1, ?2) \
             ON CONFLICT DO UPDATE SET choice = excluded.choice",
            vec![agent.as_bytes().into(), value(choice).into()],
        )
    }

    /// Forgets it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_choice(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM availability WHERE agent = ?1", vec![agent.as_bytes().into()])
    }
}

const fn value(choice: AvailabilityChoice) -> i64 {
    match choice {
        AvailabilityChoice::Online => ONLINE,
        AvailabilityChoice::Away => AWAY,
        AvailabilityChoice::Invisible => INVISIBLE,
    }
}

fn read(mut row: Row) -> Result<AvailabilityChoice, StorageError> {
    match row.integer()? {
        ONLINE => Ok(AvailabilityChoice::Online),
        AWAY => Ok(AvailabilityChoice::Away),
        INVISIBLE => Ok(AvailabilityChoice::Invisible),
        _ => Err(StorageError("unknown availability".to_owned())),
    }
}
