//! Who the person is and where they belong.

use domain::account::{Email, PasswordHash};
use protocol::call::Membership;
use protocol::http::account::{Profile, WorkspaceName};
use protocol::{AgentId, Timestamp, WorkspaceId};

use super::AccountStore;
use crate::database::{Database, StorageError};
use crate::language::{language_value, read_language};

/// A person, without where they belong.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// E-mail address, in its one spelling.
    pub email: String,
    /// What others see.
    pub profile: Profile,
    /// The hash of the password, if there is one.
    pub password: Option<PasswordHash>,
    /// The digest of the link by which the account came here from another address.
    pub moved_in_by: Option<[u8; 32]>,
}

impl<D: Database> AccountStore<D> {
    /// The account; `None` if there is none.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn account(&self) -> Result<Option<Account>, StorageError> {
        let sql = "SELECT email, name, language, time_zone, password, moved_in_by FROM account";
        let Some(mut row) = self.first(sql, Vec::new())? else { return Ok(None) };
        let email = row.text()?;
        let name = row.text()?;
        let language = read_language(&mut row)?;
        let profile = Profile { name, language, time_zone: row.text()? };
        let password = Some(row.text()?).filter(|hash| !hash.is_empty()).map(PasswordHash::from_stored);
        Ok(Some(Account { email, profile, password, moved_in_by: row.optional_bytes()? }))
    }

    /// Creates the account; `false` if there is one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn create(
        &self,
        email: &Email,
        profile: &Profile,
        password: Option<&PasswordHash>,
        moved_in_by: Option<&[u8; 32]>,
    ) -> Result<bool, StorageError> {
        if self.account()?.is_some() {
            return Ok(false);
        }
        self.add(
            "INSERT INTO account (only, email, name, language, time_zone, password, moved_in_by) \
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
            vec![
                email.as_str().into(),
                profile.name.as_str().into(),
                language_value(profile.language).into(),
                profile.time_zone.as_str().into(),
                password.map(PasswordHash::as_str).unwrap_or_default().into(),
                moved_in_by.into(),
            ],
        )?;
        Ok(true)
    }

    /// Changes what others see.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_profile(&self, profile: &Profile) -> Result<(), StorageError> {
        self.change(
            "UPDATE account SET name = ?1, language = ?2, time_zone = ?3",
            vec![
                profile.name.as_str().into(),
                language_value(profile.language).into(),
                profile.time_zone.as_str().into(),
            ],
        )
    }

    /// Changes the password.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_password(&self, password: &PasswordHash) -> Result<(), StorageError> {
        self.change("UPDATE account SET password = ?1", vec![password.as_str().into()])?;
        self.change("DELETE FROM first_password", Vec::new())
    }

    /// Notes that the password is one that the server has made, and until when it is good.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_first_password(&self, expires_at: Timestamp) -> Result<(), StorageError> {
        self.add("INSERT INTO first_password (only, expires_at) VALUES (1, ?1)", vec![expires_at.0.into()])
    }

    /// Until when the password is good, if it is one that the server has made.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn first_password_ends(&self) -> Result<Option<Timestamp>, StorageError> {
        let row = self.first("SELECT expires_at FROM first_password", Vec::new())?;
        row.map(|mut row| row.integer().map(Timestamp)).transpose()
    }

    /// Forgets a password that the server has made; another one stays.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_first_password(&self) -> Result<(), StorageError> {
        self.change(
            "UPDATE account SET password = '' WHERE EXISTS (SELECT 1 FROM first_password)",
            Vec::new(),
        )?;
        self.change("DELETE FROM first_password", Vec::new())
    }

    /// Notes that the person belongs to a workspace, or has come back as another agent, or that it has another name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn join(&self, membership: &Membership) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO membership (workspace, workspace_name, agent) VALUES (?1, ?2, ?3) ON CONFLICT (workspace) \
             DO UPDATE SET workspace_name = excluded.workspace_name, agent = excluded.agent",
            vec![
                membership.workspace.id.as_bytes().into(),
                membership.workspace.name.as_str().into(),
                membership.agent.as_bytes().into(),
            ],
        )
    }

    /// Notes that the person, as this agent, belongs to a workspace no more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn leave(&self, workspace: WorkspaceId, agent: AgentId) -> Result<(), StorageError> {
        self.change(
            "DELETE FROM membership WHERE workspace = ?1 AND agent = ?2",
            vec![workspace.as_bytes().into(), agent.as_bytes().into()],
        )
    }

    /// Where the person belongs, in the order in which they joined.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn memberships(&self) -> Result<Vec<Membership>, StorageError> {
        let rows =
            self.all("SELECT workspace, workspace_name, agent FROM membership ORDER BY place", Vec::new())?;
        let read = |mut row: crate::Row| {
            let id = WorkspaceId::from_bytes(row.bytes()?);
            let workspace = WorkspaceName { id, name: row.text()? };
            Ok(Membership { workspace, agent: AgentId::from_bytes(row.bytes()?) })
        };
        rows.into_iter().map(read).collect()
    }
}
