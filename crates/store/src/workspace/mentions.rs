//! Who was named in the notes of which conversation, and has not seen it since.

use std::collections::BTreeMap;

use protocol::{AgentId, ConversationId, MentionEntry, Seq, Timestamp};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// A row for each agent and conversation, which goes with its entry.
pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS mention (
        conversation BLOB NOT NULL,
        agent BLOB NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        is_unread INTEGER NOT NULL,
        PRIMARY KEY (conversation, agent)
    ) STRICT, WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS mention_by_agent ON mention (agent, at)",
    "CREATE TRIGGER IF NOT EXISTS entry_went_with_mentions AFTER DELETE ON entry BEGIN \
     DELETE FROM mention WHERE conversation = old.conversation; END",
];

impl<D: Database> WorkspaceStore<D> {
    /// Notes who was named in a conversation of the index, where and when; returns to whom that is news. Telling it twice, or
    /// an older one, changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_mentions(
        &self,
        conversation: ConversationId,
        named: &BTreeMap<AgentId, (Seq, Timestamp)>,
    ) -> Result<Vec<AgentId>, StorageError> {
        let mut news = Vec::new();
        if named.is_empty() || !self.is_listed(conversation)? {
            return Ok(news);
        }
        for (agent, (seq, at)) in named {
            let key = [conversation.as_bytes().into(), agent.as_bytes().into()];
            let sql = "SELECT seq FROM mention WHERE conversation = ?1 AND agent = ?2";
            let known = self.first(sql, key.to_vec())?.map(|mut row| row.unsigned()).transpose()?;
            if known.is_some_and(|known| known >= seq.0) {
                continue;
            }
            let [conversation, agent_value] = key;
            self.database.execute(
                "INSERT OR REPLACE INTO mention (conversation, agent, seq, at, is_unread) VALUES (?1, ?2, ?3, ?4, 1)",
                vec![conversation, agent_value, seq.0.into(), at.0.into()],
            )?;
            news.push(*agent);
        }
        Ok(news)
    }

    /// The conversations in which somebody was named, the newest mention first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn mentions_of(&self, agent: AgentId, limit: usize) -> Result<Vec<MentionEntry>, StorageError> {
        let sql = "SELECT conversation, at, is_unread FROM mention WHERE agent = ?1 ORDER BY at DESC, conversation DESC \
            LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut mentions = Vec::new();
        for columns in self.database.run(sql, vec![agent.as_bytes().into(), limit.into()])? {
            let mut row = Row::new(columns);
            let entry = self.entry(ConversationId::from_bytes(row.bytes()?))?;
            let (at, is_unread) = (Timestamp(row.integer()?), row.integer()? != 0);
            mentions.extend(entry.map(|entry| MentionEntry { entry, at, is_unread }));
        }
        Ok(mentions)
    }

    /// Notes that somebody has seen a conversation; says whether they had been named there since.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn see_mention(&self, agent: AgentId, conversation: ConversationId) -> Result<bool, StorageError> {
        let key = || vec![conversation.as_bytes().into(), agent.as_bytes().into()];
        let sql = "SELECT 1 FROM mention WHERE conversation = ?1 AND agent = ?2 AND is_unread = 1";
        let is_unread = self.first(sql, key())?.is_some();
        if is_unread {
            let sql = "UPDATE mention SET is_unread = 0 WHERE conversation = ?1 AND agent = ?2";
            self.database.execute(sql, key())?;
        }
        Ok(is_unread)
    }

    /// Forgets where somebody was named who does not belong to the workspace any more.
    pub(super) fn forget_mentions_of(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM mention WHERE agent = ?1", vec![agent.as_bytes().into()])
    }

    /// Forgets who was named in a conversation whose log has begun anew or is erased.
    pub(super) fn forget_mentions_in(&self, conversation: ConversationId) -> Result<(), StorageError> {
        self.database
            .execute("DELETE FROM mention WHERE conversation = ?1", vec![conversation.as_bytes().into()])
    }
}
