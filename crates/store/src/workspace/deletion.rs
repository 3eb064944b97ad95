//! The end of a workspace.

use protocol::{ConversationId, Timestamp};

use super::{SCHEMA, WorkspaceStore};
use crate::database::{Database, StorageError};
use crate::row::Row;

/// Empties everything but what the workspace still owes: its outbox, and the conversations that are to be erased, those of
/// the index with their words, private chats and those in which nothing was said.
const EMPTY: &[&str] = &[
    "DELETE FROM agent",
    "DELETE FROM custom_role",
    "DELETE FROM canned",
    "DELETE FROM filter",
    "DELETE FROM invitation",
    "DELETE FROM invitation_sent",
    "DELETE FROM audit",
    "DELETE FROM refusal",
    "DELETE FROM ticket",
    "DELETE FROM site",
    "DELETE FROM site_origin",
    "DELETE FROM reception",
    "DELETE FROM site_key",
    "DELETE FROM site_secret",
    "DELETE FROM api_key",
    "DELETE FROM done_once",
    "DELETE FROM farewell",
    "DELETE FROM install_check",
    "DELETE FROM second_factor",
    "DELETE FROM unused_second_factor",
    "DELETE FROM house_rule",
    "DELETE FROM tally",
    "DELETE FROM waiting",
    "DELETE FROM retention",
    "DELETE FROM expired",
    "DELETE FROM team",
    "DELETE FROM team_member",
    "DELETE FROM team_tally",
    "DELETE FROM availability",
    "DELETE FROM assignment",
    "DELETE FROM queue",
    "DELETE FROM absence",
    "DELETE FROM turn",
    "DELETE FROM mention",
    "DELETE FROM blocked",
];

impl<D: Database> WorkspaceStore<D> {
    /// Notes when the workspace will be deleted, or that it will not.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_deletion(&self, at: Option<Timestamp>) -> Result<(), StorageError> {
        let at = at.unwrap_or(Timestamp(0));
        self.database.execute("UPDATE workspace SET deleted_at = ?1", vec![at.0.into()])
    }

    /// Deletes the workspace for good: nothing is left but the fact, the outbox, and the conversations until
    /// [`Self::forget_conversation`] was told of each.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end(&self) -> Result<(), StorageError> {
        for statement in EMPTY {
            self.database.execute(statement, Vec::new())?;
        }
        self.database.execute("UPDATE workspace SET name = '', deleted_at = 0, is_gone = 1", Vec::new())
    }

    /// Conversations of a workspace that was deleted, and which are to be erased; none of one that stands.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn conversations_left(&self, limit: usize) -> Result<Vec<ConversationId>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.database.run(
            "SELECT conversation FROM entry WHERE (SELECT is_gone FROM workspace) = 1 \
             UNION SELECT conversation FROM silent WHERE (SELECT is_gone FROM workspace) = 1 \
             UNION SELECT conversation FROM private_chat WHERE (SELECT is_gone FROM workspace) = 1 LIMIT ?1",
            vec![limit.into()],
        )?;
        rows.into_iter().map(|columns| Row::new(columns).bytes().map(ConversationId::from_bytes)).collect()
    }

    /// Forgets a conversation.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_conversation(&self, conversation: ConversationId) -> Result<(), StorageError> {
        self.forget_silent(conversation, None)?;
        self.forget_words(conversation)?;
        self.forget_private_chat(conversation)?;
        self.dequeue(conversation)?;
        if let Some(entry) = self.entry(conversation)? {
            self.relabel(conversation, &entry.placement.labels, &[])?;
        }
        self.database
            .execute("DELETE FROM entry WHERE conversation = ?1", vec![conversation.as_bytes().into()])
    }

    /// When the workspace has something to do of its own accord: jobs of its outbox, its deletion, what is left after it,
    /// secrets that end, and whom that concerns, conversations whose time is over, and those that are to be given to others.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let job = self.outbox().next_due()?;
        let end = self.standing()?.and_then(|standing| standing.deleted_at);
        let left = self.conversations_left(1)?.first().map(|_| now);
        let farewell = self.farewell()?.map(|_| now);
        let secret = self.next_secret_end()?;
        let retention = self.retention()?.map(|(_, look_at)| look_at);
        let assignment = self.next_assignment_due()?;
        Ok([job, end, left, farewell, secret, retention, assignment].into_iter().flatten().min())
    }

    /// The workspace's id, also after its deletion; `None` if it was never founded.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn id(&self) -> Result<Option<protocol::WorkspaceId>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let row = self.first("SELECT id FROM workspace", Vec::new())?;
        row.map(|mut row| row.bytes().map(protocol::WorkspaceId::from_bytes)).transpose()
    }
}
