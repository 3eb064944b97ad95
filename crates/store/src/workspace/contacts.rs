//! The visitors who have begun conversations, as far as the index knows them.
//!
//! There is no table of them: a contact is what the entries of one visitor say together, so that a message costs no row
//! for it, and who has no conversation left is forgotten with the last one.

use domain::search::expression;
use protocol::call::ContactsWanted;
use protocol::http::contact::{Acquaintance, ContactFilter};
use protocol::{Contact, ContactPosition, SearchField, SiteId, Timestamp, VisitorId};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
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
/// Whether an entry is its visitor's newest, which says who they are.
macro_rules! newest {
    () => {
        "NOT EXISTS (SELECT 1 FROM entry AS newer WHERE newer.visitor = entry.visitor \
         AND (newer.active_at, newer.conversation) > (entry.active_at, entry.conversation))"
    };
}

/// A page: each visitor where their newest entry stands.
macro_rules! page_of_contacts {
    ($side:literal, $direction:literal) => {
        concat!(
            "SELECT ",
            contact_columns!(),
            " FROM entry WHERE (active_at, visitor) ",
            $side,
            " (?1, ?2) AND ",
            newest!(),
            " ORDER BY active_at ",
            $direction,
            ", visitor ",
            $direction,
            " LIMIT ?3"
        )
    };
}
const NEWEST_FIRST: &str = page_of_contacts!("<", "DESC");
const OLDEST_FIRST: &str = page_of_contacts!(">", "ASC");

/// What of a filter an entry says itself: its site, and as `domain::workspace::acquaintance` has it, how sure it is who it is.
macro_rules! fitting {
    () => {
        "(?1 IS NULL OR site = ?1) AND (?2 IS NULL OR ?2 = CASE \
         WHEN who_user <> '' OR who_name_verified = 1 OR who_email_verified = 1 THEN 2 \
         WHEN who_name <> '' OR who_email <> '' THEN 1 ELSE 0 END) AND "
    };
}

/// In the conversations in which words of the name and the address are found.
macro_rules! named {
    () => {
        " IN (SELECT passage.conversation FROM word JOIN passage ON passage.id = word.rowid WHERE word MATCH ?3) AND "
    };
}

/// A statement about contacts who fit, in three ways: whoever they are; out of the few whose names have the words; by asking
/// of one after the other whether they are among the many, most of whom would be read for nothing otherwise. The sign keeps
/// SQLite from doing that.
macro_rules! ways {
    ($before:expr, $after:literal) => {
        [
            concat!($before, fitting!(), "?3 IS NULL AND ", newest!(), $after),
            concat!($before, fitting!(), "conversation", named!(), newest!(), $after),
            concat!($before, fitting!(), "+conversation", named!(), newest!(), $after),
        ]
    };
}

const FITTING_NEWEST_FIRST: [&str; 3] = ways!(
    concat!("SELECT ", contact_columns!(), " FROM entry WHERE "),
    " AND (active_at, visitor) < (?4, ?5) ORDER BY active_at DESC, visitor DESC LIMIT ?6"
);
const FITTING_BY_ID: [&str; 3] = ways!(
    concat!("SELECT ", contact_columns!(), " FROM entry WHERE "),
    " AND visitor > ?4 ORDER BY visitor LIMIT ?5"
);
const FITTING_COUNT: [&str; 3] = ways!("SELECT COUNT(*) FROM entry WHERE ", "");

/// Conversations that are still few.
const FEW: i64 = 2_000;

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

/// A filter as statements take it.
struct Fitting {
    /// Which of the three ways they go.
    way: fn([&'static str; 3]) -> &'static str,
    /// Their first parameters.
    values: Vec<Value>,
}

impl<D: Database> WorkspaceStore<D> {
    /// Reads a page of the contacts who fit after a place, the most recently seen first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn fitting_contacts(
        &self,
        filter: &ContactFilter,
        after: Option<ContactPosition>,
        limit: usize,
    ) -> Result<Vec<Contact>, StorageError> {
        let after = after.unwrap_or(END);
        let place = [after.last_seen_at.0.into(), after.visitor.as_bytes().into(), most(limit)];
        self.read_fitting(filter, FITTING_NEWEST_FIRST, place)
    }

    /// Reads some of the contacts who fit, by their ids: those that come after one. So each is read once, whatever happens
    /// between two pages.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn fitting_contacts_by_id(
        &self,
        filter: &ContactFilter,
        after: Option<VisitorId>,
        limit: usize,
    ) -> Result<Vec<Contact>, StorageError> {
        let after = after.as_ref().map_or(&[][..], |visitor| visitor.as_bytes().as_slice());
        self.read_fitting(filter, FITTING_BY_ID, [after.into(), most(limit)])
    }

    /// Counts the contacts who fit.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn count_fitting_contacts(&self, filter: &ContactFilter) -> Result<u32, StorageError> {
        let Some(Fitting { way, values }) = self.fitting(filter)? else { return Ok(0) };
        let count = self.first(way(FITTING_COUNT), values)?.map_or(Ok(0), |mut row| row.unsigned())?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn read_fitting<const N: usize>(
        &self,
        filter: &ContactFilter,
        statement: [&'static str; 3],
        further: [Value; N],
    ) -> Result<Vec<Contact>, StorageError> {
        let Some(Fitting { way, mut values }) = self.fitting(filter)? else { return Ok(Vec::new()) };
        values.extend(further);
        self.database
            .run(way(statement), values)?
            .into_iter()
            .map(|columns| read(Row::new(columns)))
            .collect()
    }

    /// Takes up what waits of names, where words are asked for; `None` if nothing that was typed is a word.
    fn fitting(&self, filter: &ContactFilter) -> Result<Option<Fitting>, StorageError> {
        let ContactFilter { text, site, acquaintance } = filter;
        let values = |words: Value| {
            let site = site.as_ref().map(SiteId::as_bytes).into();
            vec![site, acquaintance.map(acquaintance_value).into(), words]
        };
        if text.trim().is_empty() {
            return Ok(Some(Fitting { way: |[all, _, _]| all, values: values(Value::Null) }));
        }
        let Some(words) = expression(text, Some(SearchField::Contacts)) else { return Ok(None) };
        self.take_up_all()?;
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM word WHERE word MATCH ?1 LIMIT ?2)";
        let asked = vec![words.as_str().into(), FEW.saturating_add(1).into()];
        let hits: i64 = self.first(sql, asked)?.map_or(Ok(0), |mut row| row.integer())?;
        let way: fn([&'static str; 3]) -> &'static str =
            if hits > FEW { |[_, _, many]| many } else { |[_, few, _]| few };
        Ok(Some(Fitting { way, values: values(words.as_str().into()) }))
    }
}

const fn acquaintance_value(acquaintance: Acquaintance) -> i64 {
    match acquaintance {
        Acquaintance::Anonymous => 0,
        Acquaintance::Claimed => 1,
        Acquaintance::Verified => 2,
    }
}

fn most(limit: usize) -> Value {
    i64::try_from(limit).unwrap_or(i64::MAX).into()
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
