//! Tickets that open nothing any longer, in the database of whichever object accepts them: those that were used (SPEC
//! AC3), and those that were given before a right ended (SPEC AC7).
//!
//! The tables are made when there is a first one, so that the many objects in which there never is have none.

use protocol::call::Dismissal;
use protocol::{AgentTicket, Nonce, Timestamp, limits};

use crate::database::{Database, StorageError};

/// Rights that ended.
const DISMISSAL: &str = "CREATE TABLE IF NOT EXISTS dismissal (
        agent BLOB NOT NULL,
        session BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (agent, session)
    ) STRICT, WITHOUT ROWID";

/// Tickets that were used.
const SPENT_TICKET: &str = "CREATE TABLE IF NOT EXISTS spent_ticket (
        nonce BLOB PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID";

/// Milliseconds for which an ended right is kept: as long as a ticket is good, and as far as two clocks may differ.
const DISMISSAL_KEPT_MS: u64 = limits::TICKET_MS + 10 * 60_000;

/// Stands for all sessions.
const EVERY_SESSION: &[u8] = &[];

/// The void tickets of one object.
#[derive(Debug)]
pub struct VoidTickets<D> {
    database: D,
}

impl<D: Database> VoidTickets<D> {
    /// Takes them up in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Notes that a right ended at a moment: the tickets that were given until then are void. Forgets the rights that no
    /// ticket can be older than.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn dismiss(&self, dismissal: &Dismissal, at: Timestamp, now: Timestamp) -> Result<(), StorageError> {
        self.make_tables()?;
        let oldest = now.0.saturating_sub_unsigned(DISMISSAL_KEPT_MS);
        self.database.execute("DELETE FROM dismissal WHERE at <= ?1", vec![oldest.into()])?;
        let session = dismissal.session.as_ref().map_or(EVERY_SESSION, |session| session.as_bytes());
        self.database.execute(
            "INSERT INTO dismissal (agent, session, at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (agent, session) DO UPDATE SET at = MAX(at, excluded.at)",
            vec![dismissal.agent.as_bytes().into(), session.into(), at.0.into()],
        )
    }

    /// Notes that a ticket was used, until it expires. Forgets those that have.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn spend(&self, nonce: Nonce, expires_at: Timestamp, now: Timestamp) -> Result<(), StorageError> {
        self.make_tables()?;
        self.database.execute("DELETE FROM spent_ticket WHERE expires_at <= ?1", vec![now.0.into()])?;
        self.database.execute(
            "INSERT INTO spent_ticket (nonce, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            vec![nonce.as_bytes().into(), expires_at.0.into()],
        )
    }

    /// Whether a ticket is void.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn contain(&self, ticket: &AgentTicket) -> Result<bool, StorageError> {
        let made =
            self.database.run("SELECT 1 FROM sqlite_master WHERE name = 'spent_ticket'", Vec::new())?;
        if made.is_empty() {
            return Ok(false);
        }
        let found = self.database.run(
            "SELECT 1 FROM dismissal WHERE agent = ?1 AND session IN (?2, ?3) AND at >= ?4 \
             UNION ALL SELECT 1 FROM spent_ticket WHERE nonce = ?5 LIMIT 1",
            vec![
                ticket.agent.id.as_bytes().into(),
                ticket.session.as_bytes().into(),
                EVERY_SESSION.into(),
                ticket.given_at().0.into(),
                ticket.nonce.as_bytes().into(),
            ],
        )?;
        Ok(!found.is_empty())
    }

    fn make_tables(&self) -> Result<(), StorageError> {
        self.database.execute(DISMISSAL, Vec::new())?;
        self.database.execute(SPENT_TICKET, Vec::new())
    }
}
