//! Invitations that were sent and not accepted yet.

use domain::workspace::{INVITATION_MAIL_WINDOW_MS, OpenInvitation};
use protocol::{AgentId, InvitationId, RoleId, Timestamp};

use super::WorkspaceStore;
use super::columns::{read_role, role_values};
use crate::database::{Database, StorageError};
use crate::row::Row;

const BY_ID: &str =
    "SELECT id, email, role, custom_role, invited_by, expires_at FROM invitation WHERE id = ?1";
const BY_DIGEST: &str =
    "SELECT id, email, role, custom_role, invited_by, expires_at FROM invitation WHERE digest = ?1";
const ALL: &str =
    "SELECT id, email, role, custom_role, invited_by, expires_at FROM invitation ORDER BY email";

impl<D: Database> WorkspaceStore<D> {
    /// Keeps an invitation with the digest of its secret, in place of an earlier one to the same address, and forgets
    /// those that nobody can accept any longer.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_invitation(
        &self,
        invitation: &OpenInvitation,
        digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let email = invitation.email.as_str();
        self.database.execute(
            "DELETE FROM invitation WHERE email = ?1 OR expires_at <= ?2",
            vec![email.into(), now.0.into()],
        )?;
        let [role, custom_role] = role_values(invitation.role);
        self.database.execute(
            "INSERT INTO invitation (id, email, digest, role, custom_role, invited_by, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            vec![
                invitation.id.as_bytes().into(),
                email.into(),
                digest.into(),
                role,
                custom_role,
                invitation.invited_by.as_bytes().into(),
                invitation.expires_at.0.into(),
            ],
        )
    }

    /// Looks an invitation up.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn invitation(&self, id: InvitationId) -> Result<Option<OpenInvitation>, StorageError> {
        self.first(BY_ID, vec![id.as_bytes().into()])?.map(read).transpose()
    }

    /// Looks an invitation up by the digest of its secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn invitation_of(&self, digest: &[u8; 32]) -> Result<Option<OpenInvitation>, StorageError> {
        self.first(BY_DIGEST, vec![digest.into()])?.map(read).transpose()
    }

    /// All of them, by address.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn invitations(&self) -> Result<Vec<OpenInvitation>, StorageError> {
        let rows = self.database.run(ALL, Vec::new())?;
        rows.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// Forgets an invitation.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_invitation(&self, id: InvitationId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM invitation WHERE id = ?1", vec![id.as_bytes().into()])
    }

    /// Whether an invitation is to a custom role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_role_promised(&self, role: RoleId, now: Timestamp) -> Result<bool, StorageError> {
        let values = vec![role.as_bytes().into(), now.0.into()];
        let sql = "SELECT 1 FROM invitation WHERE custom_role = ?1 AND expires_at > ?2 LIMIT 1";
        Ok(self.first(sql, values)?.is_some())
    }

    /// When invitations were mailed within the window that counts, each with whether to this address, oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn invitations_sent(
        &self,
        email: &str,
        now: Timestamp,
    ) -> Result<Vec<(Timestamp, bool)>, StorageError> {
        let rows = self.database.run(
            "SELECT at, email = ?1 FROM invitation_sent WHERE at > ?2 ORDER BY at",
            vec![email.into(), oldest_that_counts(now).into()],
        )?;
        let read = |columns| {
            let mut row = Row::new(columns);
            Ok((Timestamp(row.integer()?), row.integer()? == 1))
        };
        rows.into_iter().map(read).collect()
    }

    /// Notes that an invitation is mailed, and forgets what no longer counts.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_invitation_sent(&self, email: &str, now: Timestamp) -> Result<(), StorageError> {
        self.database
            .execute("DELETE FROM invitation_sent WHERE at <= ?1", vec![oldest_that_counts(now).into()])?;
        self.database.execute(
            "INSERT INTO invitation_sent (at, email) VALUES (?1, ?2)",
            vec![now.0.into(), email.into()],
        )
    }
}

const fn oldest_that_counts(now: Timestamp) -> i64 {
    now.0.saturating_sub_unsigned(INVITATION_MAIL_WINDOW_MS)
}

fn read(mut row: Row) -> Result<OpenInvitation, StorageError> {
    Ok(OpenInvitation {
        id: InvitationId::from_bytes(row.bytes()?),
        email: row.text()?,
        role: read_role(&mut row)?,
        invited_by: AgentId::from_bytes(row.bytes()?),
        expires_at: Timestamp(row.integer()?),
    })
}
