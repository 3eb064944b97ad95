//! Tickets and tokens that open nothing any longer, in the database of whichever object accepts them: tickets that were
//! used (SPEC AC3), tickets that were given before an agent's right ended (SPEC AC7), and visitors' tokens whose site is
//! gone or whose proof is worth nothing any longer (SPEC SI5, ID10).
//!
//! Each table is made when there is a first row for it, so that the many objects in which there never is have none.

use protocol::call::{Dismissal, Ended};
use protocol::{AgentTicket, Nonce, Timestamp, VisitorClaims, VisitorId, VoucherId, limits};

use crate::database::{Database, StorageError};
use crate::row::Row;

/// Rights that ended: of an agent (perhaps of one session only), or of the visitors of a site (perhaps of those only for
/// whom one secret has vouched).
const DISMISSAL: &str = "CREATE TABLE dismissal (
        whose BLOB NOT NULL,
        part BLOB NOT NULL,
        at INTEGER NOT NULL,
        kept_until INTEGER NOT NULL,
        PRIMARY KEY (whose, part)
    ) STRICT, WITHOUT ROWID";

/// Tickets that were used.
const SPENT_TICKET: &str = "CREATE TABLE IF NOT EXISTS spent_ticket (
        nonce BLOB PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID";

/// Milliseconds by which two clocks may differ.
const SLACK_MS: u64 = 10 * 60_000;

/// Milliseconds for which a visitor is kept out who was blocked: until they are let in again.
const FOR_GOOD_MS: u64 = 1 << 52;

/// Stands for all sessions of an agent, for all visitors of a site, and for a visitor by whatever token.
const WHOLE: &[u8] = &[];

/// Which of the tables there are.
#[derive(Default)]
struct Tables {
    dismissal: bool,
    spent_ticket: bool,
}

/// The void tickets of one object.
#[derive(Debug)]
pub struct VoidTickets<D> {
    database: D,
}

impl<D: Database> VoidTickets<D> {
    /// Takes them up in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Notes that a right ended at a moment, for as long as what was given before could be shown. Forgets what no longer
    /// could.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn dismiss(&self, ended: &Ended, at: Timestamp, now: Timestamp) -> Result<(), StorageError> {
        if self.tables()?.dismissal {
            self.database.execute("DELETE FROM dismissal WHERE kept_until <= ?1", vec![now.0.into()])?;
        } else {
            self.database.execute(DISMISSAL, Vec::new())?;
        }
        let (whose, part, lifetime): (&[u8; 16], &[u8], u64) = match ended {
            Ended::Agent(Dismissal { agent, session, .. }) => {
                let session = session.as_ref().map_or(WHOLE, |session| session.as_bytes());
                (agent.as_bytes(), session, limits::TICKET_MS)
            }
            Ended::Site(site) => (site.as_bytes(), WHOLE, limits::VISITOR_TOKEN_MS),
            Ended::Voucher(site, voucher) => {
                (site.as_bytes(), voucher.as_bytes(), limits::IDENTIFIED_TOKEN_MS)
            }
            Ended::Visitor(visitor) => (visitor.as_bytes(), WHOLE, FOR_GOOD_MS),
        };
        let kept_until = at.plus(lifetime).plus(SLACK_MS);
        self.database.execute(
            "INSERT INTO dismissal (whose, part, at, kept_until) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (whose, part) DO UPDATE SET at = MAX(at, excluded.at), \
             kept_until = MAX(kept_until, excluded.kept_until)",
            vec![whose.into(), part.into(), at.0.into(), kept_until.0.into()],
        )
    }

    /// Notes that a ticket was used, until it expires. Forgets those that have.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn spend(&self, nonce: Nonce, expires_at: Timestamp, now: Timestamp) -> Result<(), StorageError> {
        self.database.execute(SPENT_TICKET, Vec::new())?;
        self.database.execute("DELETE FROM spent_ticket WHERE expires_at <= ?1", vec![now.0.into()])?;
        self.database.execute(
            "INSERT INTO spent_ticket (nonce, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            vec![nonce.as_bytes().into(), expires_at.0.into()],
        )
    }

    /// Whether a ticket is void.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn contain(&self, ticket: &AgentTicket) -> Result<bool, StorageError> {
        let tables = self.tables()?;
        Ok((tables.spent_ticket && self.is_spent(ticket)?)
            || (tables.dismissal && self.is_dismissed(ticket)?))
    }

    /// Takes it back that a visitor's right ended.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn readmit(&self, visitor: VisitorId) -> Result<(), StorageError> {
        if !self.tables()?.dismissal {
            return Ok(());
        }
        self.database.execute("DELETE FROM dismissal WHERE whose = ?1", vec![visitor.as_bytes().into()])
    }

    /// By what a visitor's token is void, if it is. Neither a site nor a secret that is gone ever comes back.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ended_for(&self, claims: &VisitorClaims) -> Result<Option<Ended>, StorageError> {
        if !self.tables()?.dismissal {
            return Ok(None);
        }
        let voucher = claims.voucher.as_ref().map_or(WHOLE, |voucher| voucher.as_bytes());
        let (site, visitor) = (claims.site.as_bytes(), claims.visitor.as_bytes());
        // What can never be taken back comes first.
        let found = self.database.run(
            "SELECT whose, part FROM dismissal WHERE (whose = ?1 AND part IN (?2, ?3)) OR (whose = ?4 AND part = ?3) \
             ORDER BY whose = ?4, part LIMIT 1",
            vec![site.into(), voucher.into(), WHOLE.into(), visitor.into()],
        )?;
        let Some(columns) = found.into_iter().next() else { return Ok(None) };
        let mut row = Row::new(columns);
        let (whose, part) = (row.bytes()?, row.blob()?);
        Ok(Some(match part.try_into().ok().map(VoucherId::from_bytes) {
            Some(voucher) => Ended::Voucher(claims.site, voucher),
            None if &whose == visitor => Ended::Visitor(claims.visitor),
            None => Ended::Site(claims.site),
        }))
    }

    fn is_spent(&self, ticket: &AgentTicket) -> Result<bool, StorageError> {
        let nonce = vec![ticket.nonce.as_bytes().into()];
        Ok(!self.database.run("SELECT 1 FROM spent_ticket WHERE nonce = ?1", nonce)?.is_empty())
    }

    fn is_dismissed(&self, ticket: &AgentTicket) -> Result<bool, StorageError> {
        let found = self.database.run(
            "SELECT 1 FROM dismissal WHERE whose = ?1 AND part IN (?2, ?3) AND at >= ?4 LIMIT 1",
            vec![
                ticket.agent.id.as_bytes().into(),
                ticket.session.as_bytes().into(),
                WHOLE.into(),
                ticket.given_at().0.into(),
            ],
        )?;
        Ok(!found.is_empty())
    }

    fn tables(&self) -> Result<Tables, StorageError> {
        let found = self.database.run(
            "SELECT name = 'dismissal' FROM sqlite_master WHERE name IN ('dismissal', 'spent_ticket')",
            Vec::new(),
        )?;
        let mut tables = Tables::default();
        for columns in found {
            if Row::new(columns).integer()? == 1 {
                tables.dismissal = true;
            } else {
                tables.spent_ticket = true;
            }
        }
        Ok(tables)
    }
}
