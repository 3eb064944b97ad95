//! What a person's account object keeps.

use domain::account::{Email, PasswordHash, Session, SessionToken};
use protocol::call::Membership;
use protocol::{AgentId, AgentProfile, Role, Timestamp, WorkspaceId, limits};

use crate::database::{Database, StorageError, Value};
use crate::migrations::Schema;
use crate::row::Row;

const SCHEMA: Schema = Schema { last_of_first: "sign_in_failure", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[&[
    "CREATE TABLE IF NOT EXISTS account (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        email TEXT NOT NULL,
        password TEXT NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS membership (
        workspace BLOB PRIMARY KEY,
        workspace_name TEXT NOT NULL,
        agent BLOB NOT NULL,
        name TEXT NOT NULL,
        role INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS session (
        digest BLOB PRIMARY KEY,
        created_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS sign_in_failure (at INTEGER NOT NULL) STRICT",
]];

const OWNER: i64 = 1;
const AGENT: i64 = 2;

/// Keeps an account in a database of its own.
#[derive(Debug)]
pub struct AccountStore<D> {
    database: D,
}

impl<D: Database> AccountStore<D> {
    /// Opens the store; an existing schema is brought up to date, an empty database stays empty.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn open(database: D) -> Result<Self, StorageError> {
        SCHEMA.open(&database)?;
        Ok(Self { database })
    }

    /// Creates the account; `false` if there is one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn create(
        &self,
        email: &Email,
        password: &PasswordHash,
        member: &Membership,
    ) -> Result<bool, StorageError> {
        if self.password()?.is_some() {
            return Ok(false);
        }
        SCHEMA.migrate(&self.database)?;
        self.database.run(
            "INSERT INTO account (only, email, password) VALUES (1, ?1, ?2)",
            vec![email.as_str().into(), password.as_str().into()],
        )?;
        let role = match member.role {
            Role::Owner => OWNER,
            Role::Agent => AGENT,
        };
        self.database.run(
            "INSERT INTO membership (workspace, workspace_name, agent, name, role) VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                member.workspace.as_bytes().into(),
                member.workspace_name.as_str().into(),
                member.agent.id.as_bytes().into(),
                member.agent.name.as_str().into(),
                role.into(),
            ],
        )?;
        Ok(true)
    }

    /// The hash of the password; `None` if there is no account.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn password(&self) -> Result<Option<PasswordHash>, StorageError> {
        if self.is_absent()? {
            return Ok(None);
        }
        let row = self.first("SELECT password FROM account", Vec::new())?;
        row.map(|mut row| row.text().map(PasswordHash::from_stored)).transpose()
    }

    /// Where the person belongs.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn membership(&self) -> Result<Option<Membership>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let found = self.first(
            "SELECT workspace, workspace_name, agent, name, role FROM membership LIMIT 1",
            Vec::new(),
        )?;
        let Some(mut row) = found else { return Ok(None) };
        Ok(Some(Membership {
            workspace: WorkspaceId::from_bytes(row.bytes()?),
            workspace_name: row.text()?,
            agent: AgentProfile { id: AgentId::from_bytes(row.bytes()?), name: row.text()? },
            role: match row.integer()? {
                OWNER => Role::Owner,
                AGENT => Role::Agent,
                _ => return Err(StorageError("unknown role".to_owned())),
            },
        }))
    }

    /// When sign-ins failed, as far back as the limit looks.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn failures(&self) -> Result<Vec<Timestamp>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(Vec::new());
        }
        let rows = self.database.run("SELECT at FROM sign_in_failure ORDER BY at", Vec::new())?;
        rows.into_iter().map(|columns| Row::new(columns).integer().map(Timestamp)).collect()
    }

    /// Notes a failed sign-in and forgets those that no longer count.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_failure(&self, now: Timestamp) -> Result<(), StorageError> {
        SCHEMA.migrate(&self.database)?;
        self.forget_failures(now)?;
        self.database.run("INSERT INTO sign_in_failure (at) VALUES (?1)", vec![now.0.into()])?;
        Ok(())
    }

    /// Begins a session and forgets the sessions that are over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn begin_session(&self, secret: &[u8; 32], now: Timestamp) -> Result<(), StorageError> {
        let digest = SessionToken::digest(secret);
        let oldest = now.0.saturating_sub_unsigned(limits::SESSION_MS);
        self.database.run("DELETE FROM session WHERE created_at <= ?1", vec![oldest.into()])?;
        self.forget_failures(now)?;
        self.database.run(
            "INSERT INTO session (digest, created_at, used_at) VALUES (?1, ?2, ?2)",
            vec![(&digest).into(), now.0.into()],
        )?;
        Ok(())
    }

    /// Looks up a session by its secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn session(&self, secret: &[u8; 32]) -> Result<Option<Session>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let digest = SessionToken::digest(secret);
        let found =
            self.first("SELECT created_at, used_at FROM session WHERE digest = ?1", vec![(&digest).into()])?;
        let Some(mut row) = found else { return Ok(None) };
        Ok(Some(Session { created_at: Timestamp(row.integer()?), used_at: Timestamp(row.integer()?) }))
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn touch_session(&self, secret: &[u8; 32], now: Timestamp) -> Result<(), StorageError> {
        let digest = SessionToken::digest(secret);
        self.database
            .run("UPDATE session SET used_at = ?2 WHERE digest = ?1", vec![(&digest).into(), now.0.into()])?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_session(&self, secret: &[u8; 32]) -> Result<(), StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(());
        }
        let digest = SessionToken::digest(secret);
        self.database.run("DELETE FROM session WHERE digest = ?1", vec![(&digest).into()])?;
        Ok(())
    }

    /// Guesses at an address without an account leave failures behind, and nothing else.
    fn is_absent(&self) -> Result<bool, StorageError> {
        Ok(SCHEMA.is_new(&self.database)? || self.first("SELECT 1 FROM account", Vec::new())?.is_none())
    }

    fn forget_failures(&self, now: Timestamp) -> Result<(), StorageError> {
        let oldest = now.0.saturating_sub_unsigned(limits::SIGN_IN_WINDOW_MS);
        self.database.run("DELETE FROM sign_in_failure WHERE at <= ?1", vec![oldest.into()])?;
        Ok(())
    }

    fn first(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StorageError> {
        Ok(self.database.run(sql, values)?.into_iter().next().map(Row::new))
    }
}
