//! What a workspace's object keeps: its people and what they did, its sites, the index of conversations.

mod api_keys;
mod assignments;
mod audit;
mod availability;
mod blocking;
mod canned;
mod columns;
mod contacts;
mod deletion;
mod done_once;
mod farewells;
mod filters;
mod index;
mod install_checks;
mod invitations;
mod labels;
mod line;
mod mentions;
mod people;
mod private_chats;
mod receptions;
mod reports;
mod retention;
mod roles;
mod search;
mod second_factors;
mod shelves;
mod silent;
mod sites;
mod teams;
mod tickets;

pub use assignments::{Absence, Queued};
pub use audit::By;
pub use done_once::DoneOnce;
pub use farewells::Farewell;
pub use filters::KeptFilter;
pub use retention::Expiring;
pub use search::FoundPassage;
pub use silent::Grounds;
pub use sites::{KeptKey, KeptSecret};

use domain::workspace::Standing;
use protocol::call::{AccountCall, Founding, Job, Membership};
use protocol::http::account::WorkspaceName;
use protocol::http::workspace::AuditChange;
use protocol::{Role, Timestamp, WorkspaceId};

use crate::database::{Database, StorageError, Value};
use crate::migrations::Schema;
use crate::outbox::{self, Outbox};
use crate::row::Row;
use crate::void_tickets::VoidTickets;

const SCHEMA: Schema = Schema { last_of_first: "entry_by_visitor", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[
    FIRST,
    SECOND,
    THIRD,
    shelves::VERSION,
    receptions::VERSION,
    search::VERSION,
    sites::VERSION,
    canned::VERSION,
    retention::VERSION,
    private_chats::VERSION,
    reports::VERSION,
    teams::VERSION,
    assignments::VERSION,
    mentions::VERSION,
    canned::MACROS_VERSION,
    blocking::VERSION,
    filters::VERSION,
    labels::VERSION,
];

const FIRST: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS workspace (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id BLOB NOT NULL,
        name TEXT NOT NULL,
        deleted_at INTEGER NOT NULL DEFAULT 0,
        is_gone INTEGER NOT NULL DEFAULT 0
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS agent (
        id BLOB PRIMARY KEY,
        account BLOB NOT NULL,
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        language INTEGER NOT NULL,
        role INTEGER NOT NULL,
        custom_role BLOB,
        joined_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS custom_role (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        permissions INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS invitation (
        id BLOB PRIMARY KEY,
        email TEXT NOT NULL,
        digest BLOB NOT NULL,
        role INTEGER NOT NULL,
        custom_role BLOB,
        invited_by BLOB NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS invitation_sent (at INTEGER NOT NULL, email TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS audit (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor BLOB,
        actor_name TEXT NOT NULL,
        key_name TEXT,
        change BLOB NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS refusal (
        agent BLOB NOT NULL,
        action TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (agent, action)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS ticket (
        agent BLOB NOT NULL,
        session BLOB NOT NULL,
        conversation BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (agent, session, conversation)
    ) STRICT, WITHOUT ROWID",
    outbox::TABLE,
    outbox::INDEX,
    "CREATE TABLE IF NOT EXISTS site (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        accent TEXT NOT NULL,
        greeting TEXT NOT NULL,
        allow_localhost INTEGER NOT NULL DEFAULT 0,
        identity INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS site_origin (
        site BLOB NOT NULL,
        origin TEXT NOT NULL,
        PRIMARY KEY (site, origin)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS site_key (
        id BLOB PRIMARY KEY,
        site BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        ends_at INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS site_secret (
        site BLOB NOT NULL,
        key_id TEXT NOT NULL,
        secret TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        ends_at INTEGER,
        is_told INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (site, key_id)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS api_key (
        id BLOB PRIMARY KEY,
        digest BLOB NOT NULL,
        name TEXT NOT NULL,
        scopes INTEGER NOT NULL,
        made_by BLOB NOT NULL,
        made_at INTEGER NOT NULL,
        expires_at INTEGER,
        used_at INTEGER,
        spent_until INTEGER NOT NULL DEFAULT 0,
        hint TEXT NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS done_once (
        api_key BLOB NOT NULL,
        name BLOB NOT NULL,
        fingerprint BLOB NOT NULL,
        answer BLOB NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (api_key, name)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS farewell (
        number INTEGER PRIMARY KEY,
        ended BLOB NOT NULL,
        at INTEGER NOT NULL,
        active_at INTEGER NOT NULL,
        conversation BLOB NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS install_check (at INTEGER NOT NULL) STRICT",
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
        preview_text TEXT NOT NULL DEFAULT '',
        began_at INTEGER NOT NULL,
        who_user TEXT NOT NULL DEFAULT '',
        who_name TEXT NOT NULL DEFAULT '',
        who_name_verified INTEGER NOT NULL DEFAULT 0,
        who_email TEXT NOT NULL DEFAULT '',
        who_email_verified INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS entry_by_visitor ON entry (visitor)",
    "CREATE INDEX IF NOT EXISTS entry_by_activity ON entry (active_at DESC, conversation DESC)",
];

const SECOND: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS silent (
        conversation BLOB NOT NULL,
        voucher BLOB NOT NULL,
        site BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (conversation, voucher)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS second_factor (agent BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS house_rule (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
];

const THIRD: &[&str] =
    &["CREATE TABLE IF NOT EXISTS unused_second_factor (agent BLOB PRIMARY KEY) STRICT, WITHOUT ROWID"];

/// Keeps a workspace in a database of its own.
///
/// Where something takes several statements, the decisive one comes last: if storage fails on the way, the same request
/// can be made again.
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

    /// The workspace as it stands; `None` if it was never founded, or is deleted.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn standing(&self) -> Result<Option<Standing>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let sql = "SELECT id, name, deleted_at, EXISTS (SELECT 1 FROM house_rule WHERE name = 'second_factor'), \
            (SELECT days FROM retention) FROM workspace WHERE is_gone = 0";
        let row = self.first(sql, Vec::new())?;
        let read = |mut row: Row| {
            let id = WorkspaceId::from_bytes(row.bytes()?);
            let name = row.text()?;
            let deleted_at = Some(Timestamp(row.integer()?)).filter(|at| *at != Timestamp(0));
            let requires_second_factor = row.integer()? != 0;
            let days = row.optional_integer()?;
            let retention_days = days.map(|days| u16::try_from(days).unwrap_or(u16::MAX));
            Ok(Standing { id, name, deleted_at, requires_second_factor, retention_days })
        };
        row.map(read).transpose()
    }

    /// Founds the workspace, and owes its owner's account the news. Doing it again changes nothing, also after it was
    /// deleted.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn found(&self, founding: &Founding, now: Timestamp) -> Result<(), StorageError> {
        SCHEMA.migrate(&self.database)?;
        if self.first("SELECT 1 FROM workspace", Vec::new())?.is_some() {
            return Ok(());
        }
        let owner = &founding.owner;
        self.add_member(owner, Role::Owner, now)?;
        if let Some(site) = &founding.site {
            self.make_site(site.id, site.key, &site.settings, now)?;
        }
        let workspace = WorkspaceName { id: founding.workspace, name: founding.name.clone() };
        let joined = AccountCall::Joined(Membership { workspace, agent: owner.agent.id });
        self.outbox().push(&Job::Account(owner.account, Box::new(joined)), now)?;
        self.note(By::Person(&owner.agent), &AuditChange::Founded, now)?;
        self.database.execute(
            "INSERT INTO workspace (only, id, name) VALUES (1, ?1, ?2)",
            vec![founding.workspace.as_bytes().into(), founding.name.as_str().into()],
        )
    }

    /// Gives the workspace another name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_name(&self, name: &str) -> Result<(), StorageError> {
        self.database.execute("UPDATE workspace SET name = ?1", vec![name.into()])
    }

    /// What the workspace owes to others.
    pub const fn outbox(&self) -> Outbox<&D> {
        Outbox::new(&self.database)
    }

    /// Tickets for the workspace's own sockets that are void.
    pub const fn void_tickets(&self) -> VoidTickets<&D> {
        VoidTickets::new(&self.database)
    }

    fn first(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StorageError> {
        Ok(self.database.run(sql, values)?.into_iter().next().map(Row::new))
    }
}
