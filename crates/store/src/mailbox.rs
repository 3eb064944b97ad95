//! What the local mailbox keeps: the newest mails, each once.

use protocol::Timestamp;
use protocol::call::PostedMail;
use protocol::http::mailbox::{Mailbox, MailboxEntry};
use protocol::limits::MAILBOX_MAILS;
use protocol::mail::Language;

use crate::database::{Database, StorageError};
use crate::migrations::Schema;
use crate::row::Row;

const SCHEMA: Schema = Schema { last_of_first: "mail", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[&["CREATE TABLE IF NOT EXISTS mail (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        recipient TEXT NOT NULL,
        language INTEGER NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        html TEXT NOT NULL
    ) STRICT"]];

/// Keeps mails in a database of its own.
#[derive(Debug)]
pub struct MailboxStore<D> {
    database: D,
}

impl<D: Database> MailboxStore<D> {
    /// Opens the store; an existing schema is brought up to date, an empty database stays empty.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn open(database: D) -> Result<Self, StorageError> {
        SCHEMA.open(&database)?;
        Ok(Self { database })
    }

    /// Keeps a mail, unless one with its key is there, and forgets the oldest.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep(&self, mail: &PostedMail, at: Timestamp) -> Result<(), StorageError> {
        SCHEMA.migrate(&self.database)?;
        self.database.execute(
            "INSERT OR IGNORE INTO mail (key, at, recipient, language, subject, text, html) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            vec![
                mail.key.as_str().into(),
                at.0.into(),
                mail.to.as_str().into(),
                number_of(mail.language).into(),
                mail.subject.as_str().into(),
                mail.text.as_str().into(),
                mail.html.as_str().into(),
            ],
        )?;
        self.database.execute(
            "DELETE FROM mail WHERE number <= (SELECT MAX(number) FROM mail) - ?1",
            vec![MAILBOX_MAILS.into()],
        )
    }

    /// What is kept, newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn list(&self) -> Result<Mailbox, StorageError> {
        if SCHEMA.is_new(&self.database)? {
            return Ok(Mailbox { mails: Vec::new() });
        }
        let rows = self.database.run(
            "SELECT number, at, recipient, language, subject, text, html FROM mail ORDER BY number DESC",
            Vec::new(),
        )?;
        let mails = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Mailbox { mails })
    }
}

fn read(columns: Vec<crate::Value>) -> Result<MailboxEntry, StorageError> {
    let mut row = Row::new(columns);
    Ok(MailboxEntry {
        number: row.unsigned()?,
        at: Timestamp(row.integer()?),
        to: row.text()?,
        language: language_of(row.integer()?)?,
        subject: row.text()?,
        text: row.text()?,
        html: row.text()?,
    })
}

const fn number_of(language: Language) -> i64 {
    match language {
        Language::En => 1,
        Language::De => 2,
        Language::Fr => 3,
        Language::Es => 4,
        Language::Ar => 5,
    }
}

fn language_of(number: i64) -> Result<Language, StorageError> {
    match number {
        1 => Ok(Language::En),
        2 => Ok(Language::De),
        3 => Ok(Language::Fr),
        4 => Ok(Language::Es),
        5 => Ok(Language::Ar),
        _ => Err(StorageError("an unknown language".to_owned())),
    }
}

#[cfg(all(test, feature = "rusqlite"))]
mod tests {
    use super::*;
    use crate::RusqliteDatabase;

    fn mailbox() -> MailboxStore<RusqliteDatabase> {
        MailboxStore::open(RusqliteDatabase::in_memory().expect("a database")).expect("opened")
    }

    fn mail(key: u64, language: Language) -> PostedMail {
        PostedMail {
            key: format!("object/{key}"),
            to: "anna@example.com".to_owned(),
            language,
            subject: format!("Mail {key}"),
            text: "text".to_owned(),
            html: "<p>text</p>".to_owned(),
        }
    }

    #[test]
    fn ml8_a_mail_is_kept_once_and_whole() {
        let mailbox = mailbox();
        assert_eq!(mailbox.list(), Ok(Mailbox { mails: Vec::new() }));
        for (key, language) in
            (1..).zip([Language::En, Language::De, Language::Fr, Language::Es, Language::Ar])
        {
            mailbox.keep(&mail(key, language), Timestamp(7)).expect("kept");
            mailbox.keep(&mail(key, Language::En), Timestamp(8)).expect("known");
        }
        let mails = mailbox.list().expect("read").mails;
        let languages: Vec<_> = mails.iter().map(|mail| mail.language).collect();
        assert_eq!(languages, [Language::Ar, Language::Es, Language::Fr, Language::De, Language::En]);
        let expected = MailboxEntry {
            number: 1,
            at: Timestamp(7),
            to: "anna@example.com".to_owned(),
            language: Language::En,
            subject: "Mail 1".to_owned(),
            text: "text".to_owned(),
            html: "<p>text</p>".to_owned(),
        };
        assert_eq!(mails.last(), Some(&expected));
    }

    #[test]
    fn ml8_the_oldest_mails_are_forgotten() {
        let mailbox = mailbox();
        for key in 0..MAILBOX_MAILS + 5 {
            mailbox.keep(&mail(key, Language::En), Timestamp(0)).expect("kept");
        }
        let numbers: Vec<_> = mailbox.list().expect("read").mails.iter().map(|mail| mail.number).collect();
        assert_eq!(numbers.len() as u64, MAILBOX_MAILS);
        assert_eq!((numbers[0], numbers[numbers.len() - 1]), (MAILBOX_MAILS + 5, 6));
    }
}
