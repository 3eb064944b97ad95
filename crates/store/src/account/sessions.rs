//! Sessions, and the browsers that are known.

use domain::account::{Session, SessionToken};
use protocol::call::Proof;
use protocol::{DeviceId, SessionId, Timestamp, limits};

use super::AccountStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// Browsers that are remembered; the one that was not seen for longest goes first.
const DEVICES: u64 = 20;

const COLUMNS: &str = "SELECT digest, created_at, used_at, proven_at, device, \
    EXISTS (SELECT 1 FROM passkey_session WHERE session = session.digest) FROM session";

/// What the secret of a session is digested to: its first one names it, and only the newest opens it.
const BY_SECRET: &str =
    " WHERE COALESCE((SELECT digest FROM renewed_session WHERE session = session.digest), digest) = ?1";

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// Names it.
    pub id: SessionId,
    /// When it began, and was used.
    pub session: Session,
    /// Browser and system.
    pub device: String,
    /// Whether it was begun, or its person proved who they are, with a passkey.
    pub is_by_passkey: bool,
}

impl<D: Database> AccountStore<D> {
    /// Begins a session.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn begin_session(
        &self,
        secret: &[u8; 32],
        session: &Session,
        device: &str,
    ) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO session (digest, created_at, used_at, proven_at, device) VALUES (?1, ?2, ?3, ?4, ?5)",
            vec![
                (&SessionToken::digest(secret)).into(),
                session.created_at.0.into(),
                session.used_at.0.into(),
                session.proof.at.0.into(),
                device.into(),
            ],
        )
    }

    /// Looks up a session by its secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn session(&self, secret: &[u8; 32]) -> Result<Option<KeptSession>, StorageError> {
        let digest = SessionToken::digest(secret);
        let sql = format!("{COLUMNS}{BY_SECRET}");
        self.first(&sql, vec![(&digest).into()])?.map(read).transpose()
    }

    /// All sessions, the last used first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn sessions(&self) -> Result<Vec<KeptSession>, StorageError> {
        let sql = format!("{COLUMNS} ORDER BY used_at DESC, created_at DESC");
        self.all(&sql, Vec::new())?.into_iter().map(read).collect()
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn touch_session(&self, id: SessionId, now: Timestamp) -> Result<(), StorageError> {
        self.change(
            "UPDATE session SET used_at = ?2 WHERE substr(digest, 1, 16) = ?1",
            vec![id.as_bytes().into(), now.0.into()],
        )
    }

    /// Notes that the person of a session has proved who they are: it goes on under another secret, by the same name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn prove_session(&self, id: SessionId, proof: Proof, secret: &[u8; 32]) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO renewed_session (session, digest) \
             SELECT digest, ?2 FROM session WHERE substr(digest, 1, 16) = ?1 \
             ON CONFLICT (session) DO UPDATE SET digest = excluded.digest",
            vec![id.as_bytes().into(), (&SessionToken::digest(secret)).into()],
        )?;
        self.change(
            "UPDATE session SET proven_at = ?2 WHERE substr(digest, 1, 16) = ?1",
            vec![id.as_bytes().into(), proof.at.0.into()],
        )
    }

    /// Notes that a passkey was used in a session.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_passkey_session(&self, id: SessionId) -> Result<(), StorageError> {
        self.add(
            "INSERT INTO passkey_session (session) \
             SELECT digest FROM session WHERE substr(digest, 1, 16) = ?1 ON CONFLICT DO NOTHING",
            vec![id.as_bytes().into()],
        )
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_session(&self, id: SessionId) -> Result<(), StorageError> {
        let id = id.as_bytes().into();
        self.change("DELETE FROM session WHERE substr(digest, 1, 16) = ?1", vec![id])?;
        self.forget_renewals()
    }

    /// Ends every session but one, if one is to stay.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_sessions(&self, but: Option<SessionId>) -> Result<(), StorageError> {
        let but = but.as_ref().map(SessionId::as_bytes).into();
        self.change("DELETE FROM session WHERE substr(digest, 1, 16) IS NOT ?1", vec![but])?;
        self.forget_renewals()
    }

    /// Forgets what was noted of sessions that have ended.
    fn forget_renewals(&self) -> Result<(), StorageError> {
        for sql in [
            "DELETE FROM renewed_session WHERE session NOT IN (SELECT digest FROM session)",
            "DELETE FROM passkey_session WHERE session NOT IN (SELECT digest FROM session)",
        ] {
            self.change(sql, Vec::new())?;
        }
        Ok(())
    }

    /// Whether a browser was signed in with before.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn knows_device(&self, id: DeviceId) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM device WHERE id = ?1", vec![id.as_bytes().into()])?.is_some())
    }

    /// Notes that a browser was signed in with; tells whether it was known.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_device(&self, id: DeviceId, now: Timestamp) -> Result<bool, StorageError> {
        let was_known = self.knows_device(id)?;
        self.add(
            "INSERT INTO device (id, used_at) VALUES (?1, ?2) \
             ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at",
            vec![id.as_bytes().into(), now.0.into()],
        )?;
        self.change(
            "DELETE FROM device WHERE id NOT IN (SELECT id FROM device ORDER BY used_at DESC LIMIT ?1)",
            vec![DEVICES.into()],
        )?;
        Ok(was_known)
    }

    /// The browsers that are known.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn devices(&self) -> Result<Vec<DeviceId>, StorageError> {
        let rows = self.all("SELECT id FROM device ORDER BY used_at", Vec::new())?;
        rows.into_iter().map(|mut row| row.bytes().map(DeviceId::from_bytes)).collect()
    }

    /// When the next session ends by its age.
    pub(super) fn next_session_end(&self) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT MIN(created_at), MIN(used_at) FROM session HAVING COUNT(*) > 0";
        let Some(mut row) = self.first(sql, Vec::new())? else { return Ok(None) };
        let oldest = Timestamp(row.integer()?).plus(limits::SESSION_MS);
        let idlest = Timestamp(row.integer()?).plus(limits::SESSION_IDLE_MS);
        Ok(Some(oldest.min(idlest)))
    }
}

fn read(mut row: Row) -> Result<KeptSession, StorageError> {
    Ok(KeptSession {
        id: SessionToken::id_of_digest(&row.bytes()?),
        session: Session {
            created_at: Timestamp(row.integer()?),
            used_at: Timestamp(row.integer()?),
            proof: Proof { at: Timestamp(row.integer()?) },
        },
        device: row.text()?,
        is_by_passkey: row.integer()? != 0,
    })
}
