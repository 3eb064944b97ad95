//! The sites of a workspace.

use domain::workspace::is_good;
use protocol::codec::{from_text, to_text};
use protocol::http::SiteConfig;
use protocol::http::look::Look;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::limits::IDENTIFIED_TOKEN_MS;
use protocol::{SiteId, SiteKeyId, Timestamp};

use super::{SCHEMA, WorkspaceStore};
use crate::database::{Database, StorageError};
use crate::row::Row;

/// The column of the look, of a version of its own: empty where nobody has chosen one.
pub(super) const VERSION: &[&str] = &["ALTER TABLE site ADD COLUMN look TEXT NOT NULL DEFAULT ''"];

const OFF: i64 = 0;
const OPTIONAL: i64 = 1;
const REQUIRED: i64 = 2;

/// A key of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptKey {
    /// Which.
    pub key: SiteKeyId,
    /// When it ends; `None` for the newest.
    pub ends_at: Option<Timestamp>,
}

/// A secret for identity verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSecret {
    /// Its name.
    pub key_id: String,
    /// The secret, sealed and as text.
    pub sealed: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; `None` for the newest.
    pub ends_at: Option<Timestamp>,
}

impl<D: Database> WorkspaceStore<D> {
    /// Makes a site with its first key. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn make_site(
        &self,
        site: SiteId,
        key: SiteKeyId,
        settings: &SiteSettings,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let SiteSettings { config, allow_localhost, identity, look, .. } = settings;
        self.database.execute(
            "INSERT INTO site (id, name, accent, greeting, allow_localhost, identity, look) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            vec![
                site.as_bytes().into(),
                config.name.as_str().into(),
                config.accent.as_str().into(),
                config.greeting.as_str().into(),
                i64::from(*allow_localhost).into(),
                mode_value(*identity).into(),
                written(look).as_str().into(),
            ],
        )?;
        self.add_origins(site, settings)?;
        self.add_site_key(site, key, now)
    }

    /// Changes a site's settings.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_site(&self, site: SiteId, settings: &SiteSettings) -> Result<(), StorageError> {
        let SiteSettings { config, allow_localhost, identity, look, .. } = settings;
        self.database.execute(
            "UPDATE site SET name = ?2, accent = ?3, greeting = ?4, allow_localhost = ?5, identity = ?6, look = ?7 \
             WHERE id = ?1",
            vec![
                site.as_bytes().into(),
                config.name.as_str().into(),
                config.accent.as_str().into(),
                config.greeting.as_str().into(),
                i64::from(*allow_localhost).into(),
                mode_value(*identity).into(),
                written(look).as_str().into(),
            ],
        )?;
        self.database.execute("DELETE FROM site_origin WHERE site = ?1", vec![site.as_bytes().into()])?;
        self.add_origins(site, settings)
    }

    /// Removes a site with its keys and secrets. What was said on it stays.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_site(&self, site: SiteId) -> Result<(), StorageError> {
        for sql in [
            "DELETE FROM site_key WHERE site = ?1",
            "DELETE FROM site_secret WHERE site = ?1",
            "DELETE FROM site_origin WHERE site = ?1",
            "DELETE FROM reception WHERE site = ?1",
            "DELETE FROM site WHERE id = ?1",
        ] {
            self.database.execute(sql, vec![site.as_bytes().into()])?;
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
            "SELECT name, accent, greeting, allow_localhost, identity, look FROM site WHERE id = ?1",
            vec![site.as_bytes().into()],
        )?;
        found.map(|row| self.settings(site, row)).transpose()
    }

    /// Reads every site, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn sites(&self) -> Result<Vec<(SiteId, SiteSettings)>, StorageError> {
        let rows = self.database.run(
            "SELECT id, name, accent, greeting, allow_localhost, identity, look FROM site \
             ORDER BY name COLLATE NOCASE, id",
            Vec::new(),
        )?;
        let sites = rows.into_iter().map(|columns| {
            let mut row = Row::new(columns);
            let site = SiteId::from_bytes(row.bytes()?);
            Ok((site, self.settings(site, row)?))
        });
        sites.collect()
    }

    /// The site of a key that is good.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn site_of_key(&self, key: SiteKeyId, now: Timestamp) -> Result<Option<SiteId>, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(None);
        }
        let found =
            self.first("SELECT site, ends_at FROM site_key WHERE id = ?1", vec![key.as_bytes().into()])?;
        let Some(mut row) = found else { return Ok(None) };
        let site = SiteId::from_bytes(row.bytes()?);
        Ok(is_good(row.optional_integer()?.map(Timestamp), now).then_some(site))
    }

    /// The keys of a site that are good, newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn site_keys(&self, site: SiteId, now: Timestamp) -> Result<Vec<KeptKey>, StorageError> {
        let rows = self.database.run(
            "SELECT id, ends_at FROM site_key WHERE site = ?1 AND (ends_at IS NULL OR ends_at > ?2) \
             ORDER BY ends_at IS NULL DESC, created_at DESC, id",
            vec![site.as_bytes().into(), now.0.into()],
        )?;
        let keys = rows.into_iter().map(|columns| {
            let mut row = Row::new(columns);
            Ok(KeptKey {
                key: SiteKeyId::from_bytes(row.bytes()?),
                ends_at: row.optional_integer()?.map(Timestamp),
            })
        });
        keys.collect()
    }

    /// Gives a site a key that does not end. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_site_key(&self, site: SiteId, key: SiteKeyId, now: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO site_key (id, site, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            vec![key.as_bytes().into(), site.as_bytes().into(), now.0.into()],
        )
    }

    /// Ends a key.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_site_key(&self, key: SiteKeyId, at: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE site_key SET ends_at = ?2 WHERE id = ?1",
            vec![key.as_bytes().into(), at.0.into()],
        )
    }

    /// The secrets of a site that are good, newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn identity_secrets(&self, site: SiteId, now: Timestamp) -> Result<Vec<KeptSecret>, StorageError> {
        let rows = self.database.run(
            "SELECT key_id, secret, created_at, ends_at FROM site_secret \
             WHERE site = ?1 AND (ends_at IS NULL OR ends_at > ?2) \
             ORDER BY ends_at IS NULL DESC, created_at DESC, key_id",
            vec![site.as_bytes().into(), now.0.into()],
        )?;
        let secrets = rows.into_iter().map(|columns| {
            let mut row = Row::new(columns);
            Ok(KeptSecret {
                key_id: row.text()?,
                sealed: row.text()?,
                created_at: Timestamp(row.integer()?),
                ends_at: row.optional_integer()?.map(Timestamp),
            })
        });
        secrets.collect()
    }

    /// Gives a site a secret that does not end, and forgets those for which nobody can be known any longer.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_identity_secret(
        &self,
        site: SiteId,
        key_id: &str,
        sealed: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "DELETE FROM site_secret WHERE site = ?1 AND ends_at <= ?2 AND is_told = 1",
            vec![site.as_bytes().into(), oldest_that_vouches(now).into()],
        )?;
        self.database.execute(
            "INSERT INTO site_secret (site, key_id, secret, created_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO NOTHING",
            vec![site.as_bytes().into(), key_id.into(), sealed.into(), now.0.into()],
        )
    }

    /// Keeps a secret under another seal.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn reseal_identity_secret(
        &self,
        site: SiteId,
        key_id: &str,
        sealed: &str,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE site_secret SET secret = ?3 WHERE site = ?1 AND key_id = ?2",
            vec![site.as_bytes().into(), key_id.into(), sealed.into()],
        )
    }

    /// Ends a secret.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn end_identity_secret(&self, site: SiteId, key_id: &str, at: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE site_secret SET ends_at = ?3 WHERE site = ?1 AND key_id = ?2",
            vec![site.as_bytes().into(), key_id.into(), at.0.into()],
        )
    }

    /// The names of secrets that have ended since conversations were last told of such, each with its site.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn secrets_to_tell(&self, now: Timestamp) -> Result<Vec<(SiteId, String)>, StorageError> {
        let rows = self.database.run(
            "SELECT site, key_id FROM site_secret WHERE ends_at <= ?1 AND is_told = 0 ORDER BY site, key_id",
            vec![now.0.into()],
        )?;
        let read = |columns| {
            let mut row = Row::new(columns);
            Ok((SiteId::from_bytes(row.bytes()?), row.text()?))
        };
        rows.into_iter().map(read).collect()
    }

    /// Notes that conversations are told that a secret has ended.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn secret_is_told(&self, site: SiteId, key_id: &str) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE site_secret SET is_told = 1 WHERE site = ?1 AND key_id = ?2",
            vec![site.as_bytes().into(), key_id.into()],
        )
    }

    /// The names of secrets of a site that have ended so lately that somebody whom they proved may still be there.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ended_secrets(&self, site: SiteId, now: Timestamp) -> Result<Vec<String>, StorageError> {
        let rows = self.database.run(
            "SELECT key_id FROM site_secret WHERE site = ?1 AND ends_at <= ?2 AND ends_at > ?3 ORDER BY key_id",
            vec![site.as_bytes().into(), now.0.into(), oldest_that_vouches(now).into()],
        )?;
        rows.into_iter().map(|columns| Row::new(columns).text()).collect()
    }

    /// When the next secret ends.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_secret_end(&self) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT ends_at FROM site_secret WHERE is_told = 0 AND ends_at IS NOT NULL \
                   ORDER BY ends_at LIMIT 1";
        self.first(sql, Vec::new())?.map(|mut row| row.integer().map(Timestamp)).transpose()
    }

    fn add_origins(&self, site: SiteId, settings: &SiteSettings) -> Result<(), StorageError> {
        for origin in &settings.allowed_origins {
            self.database.execute(
                "INSERT INTO site_origin (site, origin) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                vec![site.as_bytes().into(), origin.as_str().into()],
            )?;
        }
        Ok(())
    }

    /// Reads the columns of a site's settings, and its origins.
    fn settings(&self, site: SiteId, mut row: Row) -> Result<SiteSettings, StorageError> {
        let config = SiteConfig { name: row.text()?, accent: row.text()?, greeting: row.text()? };
        let allow_localhost = row.integer()? == 1;
        let identity = match row.integer()? {
            OFF => IdentityMode::Off,
            OPTIONAL => IdentityMode::Optional,
            REQUIRED => IdentityMode::Required,
            _ => return Err(StorageError("unknown identity mode".to_owned())),
        };
        let look = read_look(&row.text()?)?;
        let origins = self.database.run(
            "SELECT origin FROM site_origin WHERE site = ?1 ORDER BY origin",
            vec![site.as_bytes().into()],
        )?;
        let allowed_origins =
            origins.into_iter().map(|columns| Row::new(columns).text()).collect::<Result<Vec<_>, _>>()?;
        Ok(SiteSettings { config, allowed_origins, allow_localhost, identity, look })
    }
}

/// The end of the oldest secret by which somebody may still be known.
const fn oldest_that_vouches(now: Timestamp) -> i64 {
    now.0.saturating_sub_unsigned(IDENTIFIED_TOKEN_MS)
}

const fn mode_value(mode: IdentityMode) -> i64 {
    match mode {
        IdentityMode::Off => OFF,
        IdentityMode::Optional => OPTIONAL,
        IdentityMode::Required => REQUIRED,
    }
}

fn written(look: &Look) -> String {
    if *look == Look::default() { String::new() } else { to_text(look) }
}

fn read_look(text: &str) -> Result<Look, StorageError> {
    if text.is_empty() {
        return Ok(Look::default());
    }
    from_text(text).map_err(|_| StorageError("illegal look".to_owned()))
}
