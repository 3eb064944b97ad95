//! The visitors who have begun conversations, as far as the index knows them.
//!
//! There is no table of them: a contact is what the entries of one visitor say together, so that a message costs no row
//! for it, and who has no conversation left is forgotten with the last one.

use protocol::call::ContactsWanted;
use protocol::{Contact, ContactPosition, SiteId, Timestamp, VisitorId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;
use crate::who::read_who;

/// The columns of a contact, read off the entry of its most recently active conversation.
macro_rules! contact_columns {
    () => {
        "visitor, site, active_at, who_user, who_name, who_name_verified, who_email, who_email_verified, \
         (SELECT MIN(began_at) FROM entry AS one WHERE one.visitor = entry.visitor), \
         (SELECT COUNT(*) FROM entry AS one WHERE one.visitor = entry.visitor)"
    };
}

const ONE: &str = concat!(
    "SELECT ",
    contact_columns!(),
    " FROM entry WHERE visitor = ?1 ORDER BY active_at DESC, conversation DESC LIMIT 1"
);
/// A page: each visitor where their newest entry stands.
macro_rules! page_of_contacts {
    ($side:literal, $direction:literal) => {
        concat!(
            "SELECT ",
            contact_columns!(),
            " FROM entry WHERE (active_at, visitor) ",
            $side,
            " (?1, ?2) AND NOT EXISTS (SELECT 1 FROM entry AS newer WHERE newer.visitor = entry.visitor \
             AND (newer.active_at, newer.conversation) > (entry.active_at, entry.conversation)) \
             ORDER BY active_at ",
            $direction,
            ", visitor ",
            $direction,
            " LIMIT ?3"
        )
    };
}
const NEWEST_FIRST: &str = page_of_contacts!("<", "DESC");
const OLDEST_FIRST: &str = page_of_contacts!(">", "ASC");

impl<D: Database> WorkspaceStore<D> {
    /// Looks a visitor up; `None` if no conversation of theirs is known.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn contact(&self, visitor: VisitorId) -> Result<Option<Contact>, StorageError> {
        self.first(ONE, vec![visitor.as_bytes().into()])?.map(read).transpose()
    }

    /// Reads a page of the contacts after a place in it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn contacts(&self, wanted: &ContactsWanted) -> Result<Vec<Contact>, StorageError> {
        let (sql, beginning) =
            if wanted.newest_first { (NEWEST_FIRST, END) } else { (OLDEST_FIRST, BEGINNING) };
        let after = wanted.after.unwrap_or(beginning);
        let limit = i64::from(wanted.limit);
        let values = vec![after.last_seen_at.0.into(), after.visitor.as_bytes().into(), limit.into()];
        self.database.run(sql, values)?.into_iter().map(|columns| read(Row::new(columns))).collect()
    }
}

/// Before every contact that is seen in our time.
const BEGINNING: ContactPosition = ContactPosition {
    last_seen_at: Timestamp(1 - (1 << 53)),
    visitor: VisitorId::from_bytes([0; VisitorId::LENGTH]),
};

/// After every one.
const END: ContactPosition = ContactPosition {
    last_seen_at: Timestamp((1 << 53) - 1),
    visitor: VisitorId::from_bytes([0xff; VisitorId::LENGTH]),
};

fn read(mut row: Row) -> Result<Contact, StorageError> {
    Ok(Contact {
        visitor: VisitorId::from_bytes(row.bytes()?),
        site: SiteId::from_bytes(row.bytes()?),
        last_seen_at: Timestamp(row.integer()?),
        identity: read_who(&mut row)?,
        first_seen_at: Timestamp(row.integer()?),
        conversations: u32::try_from(row.unsigned()?).unwrap_or(u32::MAX),
    })
}
