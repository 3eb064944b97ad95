//! The index of private chats: what each has told last, and who is in which.
//!
//! No word of what is said in one is here but the preview, so that no search of others can find it.

use domain::workspace::supersedes_privately;
use protocol::codec::{from_text, to_text};
use protocol::{AgentId, ConversationId, Epoch, PrivateChatDigest};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// The tables, of a version of their own, and the right that every role has had before there were any roles without it.
pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS private_chat (
        conversation BLOB PRIMARY KEY,
        epoch BLOB NOT NULL,
        revision INTEGER NOT NULL,
        active_at INTEGER NOT NULL,
        told TEXT NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS private_chat_member (
        agent BLOB NOT NULL,
        conversation BLOB NOT NULL,
        PRIMARY KEY (agent, conversation)
    ) STRICT, WITHOUT ROWID",
    "UPDATE custom_role SET permissions = permissions | 2048",
];

const OF_ONE: &str = "SELECT told FROM private_chat_member JOIN private_chat USING (conversation) \
    WHERE agent = ?1 ORDER BY active_at DESC, conversation LIMIT ?2";

/// The limit that is none.
const ALL: i64 = -1;

impl<D: Database> WorkspaceStore<D> {
    /// Takes a private chat's digest into the index; returns what was known before, if that was anything, unless the digest
    /// is old.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hear_privately(
        &self,
        digest: &PrivateChatDigest,
    ) -> Result<Option<Option<PrivateChatDigest>>, StorageError> {
        let conversation = digest.conversation;
        let known = self.first(
            "SELECT epoch, revision, told FROM private_chat WHERE conversation = ?1",
            vec![conversation.as_bytes().into()],
        )?;
        let read = |mut row: Row| {
            let version = (Epoch::from_bytes(row.bytes()?), row.unsigned()?);
            Ok::<_, StorageError>((version, read_digest(&mut row)?))
        };
        let known = known.map(read).transpose()?;
        if !supersedes_privately(digest, known.as_ref().map(|(version, _)| *version)) {
            return Ok(None);
        }
        let before = known.map(|(_, before)| before);
        let was_in = |agent| before.as_ref().is_some_and(|before| before.circle.has(agent));
        for member in digest.circle.members.iter().filter(|member| !was_in(member.id)) {
            self.set_member(member.id, conversation, true)?;
        }
        for member in before.iter().flat_map(|before| &before.circle.members) {
            if !digest.circle.has(member.id) {
                self.set_member(member.id, conversation, false)?;
            }
        }
        self.database.execute(
            "INSERT OR REPLACE INTO private_chat (conversation, epoch, revision, active_at, told) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                conversation.as_bytes().into(),
                digest.epoch.as_bytes().into(),
                digest.revision.into(),
                digest.active_at.0.into(),
                to_text(digest).as_str().into(),
            ],
        )?;
        Ok(Some(before))
    }

    /// The private chats of somebody, most recently active first; all of them without a limit.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn private_chats_of(
        &self,
        agent: AgentId,
        limit: Option<usize>,
    ) -> Result<Vec<PrivateChatDigest>, StorageError> {
        let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(ALL);
        let rows = self.database.run(OF_ONE, vec![agent.as_bytes().into(), limit.into()])?;
        rows.into_iter().map(|columns| read_digest(&mut Row::new(columns))).collect()
    }

    fn set_member(
        &self,
        agent: AgentId,
        conversation: ConversationId,
        is_in: bool,
    ) -> Result<(), StorageError> {
        let sql = if is_in {
            "INSERT OR IGNORE INTO private_chat_member (agent, conversation) VALUES (?1, ?2)"
        } else {
            "DELETE FROM private_chat_member WHERE agent = ?1 AND conversation = ?2"
        };
        self.database.execute(sql, vec![agent.as_bytes().into(), conversation.as_bytes().into()])
    }

    /// Forgets a private chat.
    pub(super) fn forget_private_chat(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let values = || vec![conversation.as_bytes().into()];
        self.database.execute("DELETE FROM private_chat_member WHERE conversation = ?1", values())?;
        self.database.execute("DELETE FROM private_chat WHERE conversation = ?1", values())
    }
}

fn read_digest(row: &mut Row) -> Result<PrivateChatDigest, StorageError> {
    from_text(&row.text()?).map_err(|_| StorageError("illegal private chat".to_owned()))
}
