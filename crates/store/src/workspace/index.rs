//! The index of conversations, as agents list it.

use domain::workspace::supersedes;
use protocol::call::ConversationsWanted;
use protocol::{
    AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, IndexPosition,
    Preview, Seq, SiteId, Status, Timestamp, VisitorId,
};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

const UPSERT: &str = "INSERT INTO entry (conversation, epoch, revision, site, visitor, status, active_at, unread, \
    preview_seq, preview_person, preview_agent, preview_name, preview_text) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
    ON CONFLICT (conversation) DO UPDATE SET epoch = excluded.epoch, revision = excluded.revision, \
    site = excluded.site, visitor = excluded.visitor, status = excluded.status, active_at = excluded.active_at, \
    unread = excluded.unread, preview_seq = excluded.preview_seq, preview_person = excluded.preview_person, \
    preview_agent = excluded.preview_agent, preview_name = excluded.preview_name, preview_text = excluded.preview_text";
const COLUMNS: &str = "SELECT conversation, site, visitor, status, active_at, unread, preview_seq, preview_person, \
    preview_agent, preview_name, preview_text FROM entry";

/// An empty filter lets all through.
const WANTED: &str =
    "(?3 IS NULL OR status = ?3) AND (?4 IS NULL OR site = ?4) AND (?5 IS NULL OR visitor = ?5)";

const OPEN: i64 = 1;
const RESOLVED: i64 = 2;

const NO_ONE: i64 = 0;
const VISITOR: i64 = 1;
const AGENT: i64 = 2;

impl<D: Database> WorkspaceStore<D> {
    /// Takes a conversation's digest into the index; tells whether it was news.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_digest(&self, digest: &ConversationDigest) -> Result<bool, StorageError> {
        let entry = &digest.entry;
        let known = self.first(
            "SELECT epoch, revision FROM entry WHERE conversation = ?1",
            vec![entry.conversation.as_bytes().into()],
        )?;
        let known =
            known.map(|mut row| Ok((Epoch::from_bytes(row.bytes()?), row.unsigned()?))).transpose()?;
        if !supersedes(digest, known) {
            return Ok(false);
        }
        let mut values: Vec<Value> = vec![
            entry.conversation.as_bytes().into(),
            digest.epoch.as_bytes().into(),
            digest.revision.into(),
            entry.site.as_bytes().into(),
            entry.visitor.as_bytes().into(),
            status_value(entry.status).into(),
            entry.active_at.0.into(),
            i64::from(entry.unread).into(),
        ];
        values.extend(preview_values(entry.preview.as_ref()));
        self.database.run(UPSERT, values)?;
        Ok(true)
    }

    /// Reads a page of the index after a place in it, most recently active first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn page(&self, after: Option<IndexPosition>, limit: usize) -> Result<Vec<IndexEntry>, StorageError> {
        let limit = u16::try_from(limit).unwrap_or(u16::MAX);
        self.conversations(&ConversationsWanted {
            after,
            newest_first: true,
            limit,
            status: None,
            site: None,
            visitor: None,
        })
    }

    /// Reads some conversations of the index after a place in it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn conversations(&self, wanted: &ConversationsWanted) -> Result<Vec<IndexEntry>, StorageError> {
        let after = wanted.after.unwrap_or(if wanted.newest_first { END } else { BEGINNING });
        let (side, direction) = if wanted.newest_first { ("<", "DESC") } else { (">", "ASC") };
        let sql = format!(
            "{COLUMNS} WHERE (active_at, conversation) {side} (?1, ?2) AND {WANTED} \
             ORDER BY active_at {direction}, conversation {direction} LIMIT ?6"
        );
        let values = vec![
            after.active_at.0.into(),
            after.conversation.as_bytes().into(),
            wanted.status.map(status_value).into(),
            wanted.site.as_ref().map(SiteId::as_bytes).into(),
            wanted.visitor.as_ref().map(VisitorId::as_bytes).into(),
            i64::from(wanted.limit).into(),
        ];
        self.database.run(&sql, values)?.into_iter().map(|columns| read_entry(Row::new(columns))).collect()
    }
}

/// Before every conversation that is active in our time.
const BEGINNING: IndexPosition = IndexPosition {
    active_at: Timestamp(1 - (1 << 53)),
    conversation: ConversationId::from_bytes([0; ConversationId::LENGTH]),
};

/// After every one.
const END: IndexPosition = IndexPosition {
    active_at: Timestamp((1 << 53) - 1),
    conversation: ConversationId::from_bytes([0xff; ConversationId::LENGTH]),
};

const fn status_value(status: Status) -> i64 {
    match status {
        Status::Open => OPEN,
        Status::Resolved => RESOLVED,
    }
}

fn preview_values(preview: Option<&Preview>) -> [Value; 5] {
    let Some(preview) = preview else {
        return [0_i64.into(), NO_ONE.into(), Value::Null, "".into(), "".into()];
    };
    let (person, agent, name) = match &preview.author {
        Author::System => (NO_ONE, Value::Null, ""),
        Author::Visitor => (VISITOR, Value::Null, ""),
        Author::Agent(profile) => (AGENT, profile.id.as_bytes().into(), profile.name.as_str()),
    };
    [preview.seq.0.into(), person.into(), agent, name.into(), preview.text.as_str().into()]
}

fn read_entry(mut row: Row) -> Result<IndexEntry, StorageError> {
    let conversation = ConversationId::from_bytes(row.bytes()?);
    let site = SiteId::from_bytes(row.bytes()?);
    let visitor = VisitorId::from_bytes(row.bytes()?);
    let status = match row.integer()? {
        OPEN => Status::Open,
        RESOLVED => Status::Resolved,
        _ => return Err(StorageError("unknown status".to_owned())),
    };
    let active_at = Timestamp(row.integer()?);
    let unread = u32::try_from(row.unsigned()?).unwrap_or(u32::MAX);
    let seq = Seq(row.unsigned()?);
    let person = row.integer()?;
    let agent = row.optional_bytes()?;
    let name = row.text()?;
    let text = row.text()?;
    let author = match (person, agent) {
        (VISITOR, None) => Author::Visitor,
        (AGENT, Some(id)) => Author::Agent(AgentProfile { id: AgentId::from_bytes(id), name }),
        (_, _) => Author::System,
    };
    let preview = (seq > Seq::START).then_some(Preview { author, seq, text });
    Ok(IndexEntry { conversation, site, visitor, status, active_at, preview, unread })
}
