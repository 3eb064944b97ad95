//! What a workspace's object keeps: its sites and the index of conversations.

use domain::workspace::supersedes;
use protocol::call::{Founding, SiteSettings};
use protocol::http::SiteConfig;
use protocol::{
    AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, IndexPosition,
    Preview, Seq, SiteId, Status, Timestamp, VisitorId, WorkspaceId,
};

use crate::database::{Database, StorageError, Value};
use crate::migrations::Schema;
use crate::row::Row;

const SCHEMA: Schema = Schema { last_of_first: "entry_by_activity", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[&[
    "CREATE TABLE IF NOT EXISTS workspace (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id BLOB NOT NULL,
        name TEXT NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS site (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        accent TEXT NOT NULL,
        greeting TEXT NOT NULL,
        allow_localhost INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS site_origin (
        site BLOB NOT NULL,
        origin TEXT NOT NULL,
        PRIMARY KEY (site, origin)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS entry (
        conversation BLOB PRIMARY KEY,
        epoch BLOB NOT NULL,
        revision INTEGER NOT NULL,
        site BLOB NOT NULL,
        visitor BLOB NOT NULL,
        status INTEGER NOT NULL,
        active_at INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        preview_seq INTEGER NOT NULL DEFAULT 0,
        preview_person INTEGER NOT NULL DEFAULT 0,
        preview_agent BLOB,
        preview_name TEXT NOT NULL DEFAULT '',
        preview_text TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS entry_by_activity ON entry (active_at DESC, conversation DESC)",
]];

const UPSERT: &str = "INSERT INTO entry (conversation, epoch, revision, site, visitor, status, active_at, unread, \
    preview_seq, preview_person, preview_agent, preview_name, preview_text) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
    ON CONFLICT (conversation) DO UPDATE SET epoch = excluded.epoch, revision = excluded.revision, \
    site = excluded.site, visitor = excluded.visitor, status = excluded.status, active_at = excluded.active_at, \
    unread = excluded.unread, preview_seq = excluded.preview_seq, preview_person = excluded.preview_person, \
    preview_agent = excluded.preview_agent, preview_name = excluded.preview_name, preview_text = excluded.preview_text";
const PAGE: &str = "SELECT conversation, site, visitor, status, active_at, unread, preview_seq, preview_person, \
    preview_agent, preview_name, preview_text FROM entry WHERE (active_at, conversation) < (?1, ?2) \
    ORDER BY active_at DESC, conversation DESC LIMIT ?3";

const OPEN: i64 = 1;
const RESOLVED: i64 = 2;

const NO_ONE: i64 = 0;
const VISITOR: i64 = 1;
const AGENT: i64 = 2;

/// Keeps a workspace in a database of its own.
#[derive(Debug)]
pub struct WorkspaceStore<D> {
    database: D,
}

impl<D: Database> WorkspaceStore<D> {
    /// Opens the store; an existing schema is brought up to date, an empty database stays empty until it is founded.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn open(database: D) -> Result<Self, StorageError> {
        SCHEMA.open(&database)?;
        Ok(Self { database })
    }

    /// The workspace's id; `None` if it was never founded.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn workspace(&self) -> Result<Option<WorkspaceId>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let row = self.first("SELECT id FROM workspace", Vec::new())?;
        row.map(|mut row| row.bytes().map(WorkspaceId::from_bytes)).transpose()
    }

    /// Founds the workspace. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn found(&self, founding: &Founding) -> Result<(), StorageError> {
        SCHEMA.migrate(&self.database)?;
        let SiteSettings { config, allowed_origins, allow_localhost } = &founding.settings;
        self.database.run(
            "INSERT INTO workspace (only, id, name) VALUES (1, ?1, ?2) ON CONFLICT DO NOTHING",
            vec![founding.workspace.as_bytes().into(), founding.name.as_str().into()],
        )?;
        self.database.run(
            "INSERT INTO site (id, name, accent, greeting, allow_localhost) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO NOTHING",
            vec![
                founding.site.as_bytes().into(),
                config.name.as_str().into(),
                config.accent.as_str().into(),
                config.greeting.as_str().into(),
                i64::from(*allow_localhost).into(),
            ],
        )?;
        for origin in allowed_origins {
            self.database.run(
                "INSERT INTO site_origin (site, origin) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                vec![founding.site.as_bytes().into(), origin.as_str().into()],
            )?;
        }
        Ok(())
    }

    /// Looks up a site.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn site(&self, site: SiteId) -> Result<Option<SiteSettings>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let found = self.first(
            "SELECT name, accent, greeting, allow_localhost FROM site WHERE id = ?1",
            vec![site.as_bytes().into()],
        )?;
        let Some(mut row) = found else { return Ok(None) };
        let config = SiteConfig { name: row.text()?, accent: row.text()?, greeting: row.text()? };
        let allow_localhost = row.integer()? == 1;
        let origins = self.database.run(
            "SELECT origin FROM site_origin WHERE site = ?1 ORDER BY origin",
            vec![site.as_bytes().into()],
        )?;
        let allowed_origins =
            origins.into_iter().map(|columns| Row::new(columns).text()).collect::<Result<Vec<_>, _>>()?;
        Ok(Some(SiteSettings { config, allowed_origins, allow_localhost }))
    }

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
            match entry.status {
                Status::Open => OPEN,
                Status::Resolved => RESOLVED,
            }
            .into(),
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
        let after = after.unwrap_or(IndexPosition {
            active_at: Timestamp((1 << 53) - 1),
            conversation: ConversationId::from_bytes([0xff; 32]),
        });
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = vec![after.active_at.0.into(), after.conversation.as_bytes().into(), limit.into()];
        self.database.run(PAGE, values)?.into_iter().map(|columns| read_entry(Row::new(columns))).collect()
    }

    fn first(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StorageError> {
        Ok(self.database.run(sql, values)?.into_iter().next().map(Row::new))
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
