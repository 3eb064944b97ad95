//! Which conversations an agent may have sockets in: those that a ticket was given for.

use protocol::{AgentId, ConversationId, SessionId, Timestamp, limits};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

/// Milliseconds in which a further ticket for the same conversation is not noted anew.
const NOTED_FOR_MS: u64 = 24 * 3_600_000;

/// Milliseconds after which no socket of a ticket can be open any longer (SPEC AC8), with the slack of the note.
const FORGOTTEN_AFTER_MS: u64 = limits::AGENT_SOCKET_MS + limits::TICKET_MS + NOTED_FOR_MS;

impl<D: Database> WorkspaceStore<D> {
    /// Notes that a ticket is given.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_ticket(
        &self,
        agent: AgentId,
        session: SessionId,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let fresh = now.0.saturating_sub_unsigned(NOTED_FOR_MS);
        self.database.execute(
            "INSERT INTO ticket (agent, session, conversation, at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (agent, session, conversation) DO UPDATE SET at = excluded.at WHERE ticket.at <= ?5",
            vec![
                agent.as_bytes().into(),
                session.as_bytes().into(),
                conversation.as_bytes().into(),
                now.0.into(),
                fresh.into(),
            ],
        )
    }

    /// Forgets the tickets of an agent whose sockets cannot be open any longer.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_old_tickets(&self, agent: AgentId, now: Timestamp) -> Result<(), StorageError> {
        let oldest = now.0.saturating_sub_unsigned(FORGOTTEN_AFTER_MS);
        self.database.execute(
            "DELETE FROM ticket WHERE agent = ?1 AND at <= ?2",
            vec![agent.as_bytes().into(), oldest.into()],
        )
    }

    /// The conversations for which an agent was given tickets, perhaps in one session only, newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ticketed(
        &self,
        agent: AgentId,
        session: Option<SessionId>,
    ) -> Result<Vec<ConversationId>, StorageError> {
        let rows = self.database.run(
            "SELECT conversation FROM ticket WHERE agent = ?1 AND (?2 IS NULL OR session = ?2) \
             GROUP BY conversation ORDER BY MAX(at) DESC, conversation",
            of(agent, session),
        )?;
        rows.into_iter().map(|columns| Row::new(columns).bytes().map(ConversationId::from_bytes)).collect()
    }

    /// Forgets tickets of an agent, perhaps those of one session only.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_tickets(&self, agent: AgentId, session: Option<SessionId>) -> Result<(), StorageError> {
        self.database.execute(
            "DELETE FROM ticket WHERE agent = ?1 AND (?2 IS NULL OR session = ?2)",
            of(agent, session),
        )
    }
}

fn of(agent: AgentId, session: Option<SessionId>) -> Vec<Value> {
    let session = session.as_ref().map(|session| session.as_bytes().as_slice());
    vec![agent.as_bytes().into(), session.into()]
}
