//! The words of conversations, so that agents find them.
//!
//! What a conversation tells waits in its entry, in the statement that takes its digest, and is taken up for many
//! conversations at once, or when somebody looks for something: so a message costs no row for it. Each passage is a row, and
//! triggers keep the engine's index (FTS5) in the same statement.

use domain::search::{KeptLine, KeptPassage, expression, merge, spaced, take_up};
use protocol::{ConversationId, IndexEntry, Passage, PassageLine, SearchQuery, Seq, SiteId, codec};

use super::index::status_value;
use super::{WorkspaceStore, reports};
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

pub(super) const VERSION: &[&str] = &[
    "ALTER TABLE entry ADD COLUMN words_upto INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE entry ADD COLUMN words_waiting TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE IF NOT EXISTS waiting (conversation BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS passage (
        id INTEGER PRIMARY KEY,
        conversation BLOB NOT NULL,
        last_seq INTEGER NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        lines TEXT NOT NULL,
        said TEXT NOT NULL,
        noted TEXT NOT NULL,
        contact TEXT NOT NULL
    ) STRICT",
    "CREATE INDEX IF NOT EXISTS passage_by_conversation ON passage (conversation, last_seq)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5 (said, noted, contact, content = 'passage', content_rowid = 'id', \
     tokenize = 'unicode61 remove_diacritics 2', prefix = '3 4')",
    "CREATE TRIGGER IF NOT EXISTS passage_came AFTER INSERT ON passage BEGIN \
     INSERT INTO word (rowid, said, noted, contact) VALUES (new.id, new.said, new.noted, new.contact); END",
    "CREATE TRIGGER IF NOT EXISTS passage_went AFTER DELETE ON passage BEGIN \
     INSERT INTO word (word, rowid, said, noted, contact) \
     VALUES ('delete', old.id, old.said, old.noted, old.contact); END",
    "CREATE TRIGGER IF NOT EXISTS passage_changed AFTER UPDATE OF said, noted, contact ON passage BEGIN \
     INSERT INTO word (word, rowid, said, noted, contact) \
     VALUES ('delete', old.id, old.said, old.noted, old.contact); \
     INSERT INTO word (rowid, said, noted, contact) VALUES (new.id, new.said, new.noted, new.contact); END",
];

/// Conversations of which something waits at most; one more, and all of it is taken up.
const MOST_WAITING: i64 = 100;

/// Bytes of what waits of one conversation at most.
const MOST_WAITING_BYTES: usize = 8 * 1024;

const FIND: &str = "SELECT passage.id, passage.conversation, lines, highlight(word, 0, char(1), char(2)), \
    highlight(word, 1, char(1), char(2)), highlight(word, 2, char(1), char(2)) \
    FROM word JOIN passage ON passage.id = word.rowid JOIN entry ON entry.conversation = passage.conversation \
    WHERE word MATCH ?1 AND word.rowid < CAST(?2 AS INTEGER) AND (?3 IS NULL OR site = ?3) \
    AND (?4 IS NULL OR status = ?4) AND (?5 IS NULL OR last_at >= ?5) AND (?6 IS NULL OR first_at < ?6) \
    ORDER BY word.rowid DESC LIMIT ?7";

/// A passage in which something was found, with hits marked as [`domain::search::found_lines`] takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPassage {
    /// Grows with every passage.
    pub id: u64,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Its lines.
    pub lines: Vec<KeptLine>,
    /// Their words, of messages.
    pub said: String,
    /// The same of notes.
    pub noted: String,
    /// Who the conversation is with.
    pub contact: String,
}

/// What is known of a conversation's words with its entry, and of how it went.
#[derive(Debug, Default)]
pub(super) struct KnownWords {
    pub(super) upto: Seq,
    pub(super) waiting: String,
    /// As [`super::reports`] keeps it.
    pub(super) metrics: String,
}

impl KnownWords {
    /// What is known once a passage was told; `None` if that is nothing new, or if something before it is missing.
    pub(super) fn after(&self, passage: Passage) -> Result<Option<Self>, StorageError> {
        let Passage { after, upto, lines, milestones } = passage;
        if after > self.upto || upto <= self.upto {
            return Ok(None);
        }
        let waiting = merge(read_waiting(&self.waiting)?, lines);
        let waiting = if waiting.is_empty() { String::new() } else { codec::to_text(&waiting) };
        let metrics = reports::metrics_after(&self.metrics, self.upto, &milestones)?;
        Ok(Some(Self { upto, waiting, metrics }))
    }

    /// Whether something waits to be taken up.
    pub(super) const fn are_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether too much does.
    pub(super) const fn are_too_many(&self) -> bool {
        self.waiting.len() > MOST_WAITING_BYTES
    }
}

impl<D: Database> WorkspaceStore<D> {
    /// Looks for what somebody asks for; the latest passages first, before one if that is given. Takes up what waits.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn search(&self, query: &SearchQuery, limit: usize) -> Result<Vec<FoundPassage>, StorageError> {
        let Some(expression) = expression(&query.text, query.within) else { return Ok(Vec::new()) };
        self.take_up_all()?;
        let before = query.after.map_or(Value::Integer(MOST_ROWS), |position| position.0.into());
        let values = vec![
            expression.as_str().into(),
            before,
            query.site.as_ref().map(SiteId::as_bytes).into(),
            query.status.map(status_value).into(),
            query.since.map(|since| since.0).into(),
            query.until.map(|until| until.0).into(),
            i64::try_from(limit).unwrap_or(i64::MAX).into(),
        ];
        let rows = self.database.run(FIND, values)?;
        rows.into_iter().map(|columns| read_found(Row::new(columns))).collect()
    }

    /// Takes up what waits of every conversation.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_up_all(&self) -> Result<(), StorageError> {
        for columns in self.database.run("SELECT conversation FROM waiting", Vec::new())? {
            self.take_up_words(ConversationId::from_bytes(Row::new(columns).bytes()?))?;
        }
        Ok(())
    }

    /// Forgets the words of a conversation, as its log has begun anew or it is erased. With the last passage the engine's
    /// files are emptied, which keep words of what is deleted until they are merged.
    pub(super) fn forget_words(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let of_it = || vec![conversation.as_bytes().into()];
        let had_any = self.first("SELECT 1 FROM passage LIMIT 1", Vec::new())?.is_some();
        self.database.execute("DELETE FROM passage WHERE conversation = ?1", of_it())?;
        if had_any && self.first("SELECT 1 FROM passage LIMIT 1", Vec::new())?.is_none() {
            self.database.execute("INSERT INTO word (word) VALUES ('delete-all')", Vec::new())?;
        }
        self.forget_mentions_in(conversation)?;
        self.database.execute("DELETE FROM waiting WHERE conversation = ?1", of_it())
    }

    /// Notes that something of a conversation waits, before its entry holds it.
    pub(super) fn note_waiting(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let sql = "INSERT OR IGNORE INTO waiting (conversation) VALUES (?1)";
        self.database.execute(sql, vec![conversation.as_bytes().into()])
    }

    /// Stores what is known of a conversation's words, where nothing else of its entry changes.
    pub(super) fn keep_words(
        &self,
        conversation: ConversationId,
        words: &KnownWords,
    ) -> Result<(), StorageError> {
        let values = vec![
            conversation.as_bytes().into(),
            words.upto.0.into(),
            words.waiting.as_str().into(),
            words.metrics.as_str().into(),
        ];
        let sql =
            "UPDATE entry SET words_upto = ?2, words_waiting = ?3, metrics = ?4 WHERE conversation = ?1";
        self.database.execute(sql, values)
    }

    /// Takes up what waits, if it is of too many conversations.
    pub(super) fn take_up_if_many(&self) -> Result<(), StorageError> {
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM waiting LIMIT ?1)";
        let limit = vec![Value::Integer(MOST_WAITING.saturating_add(1))];
        let waiting = self.first(sql, limit)?.map_or(Ok(0), |mut row| row.integer())?;
        if waiting > MOST_WAITING { self.take_up_all() } else { Ok(()) }
    }

    /// Takes up what waits of a conversation. Whatever fails on the way, it waits on and can be taken up again.
    pub(super) fn take_up_words(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let of_it = || vec![Value::from(conversation.as_bytes())];
        let sql = "SELECT words_waiting, who_name, who_email FROM entry WHERE conversation = ?1";
        if let Some(mut row) = self.first(sql, of_it())? {
            let lines = read_waiting(&row.text()?)?;
            let contact = [row.text()?, row.text()?];
            self.keep_contact(conversation, &contact)?;
            if let Some(first) = lines.first().map(|line| line.seq) {
                for (key, passage) in take_up(self.passages_from(conversation, first)?, lines) {
                    self.keep_passage(conversation, key, &passage)?;
                }
                let sql = "UPDATE entry SET words_waiting = '' WHERE conversation = ?1";
                self.database.execute(sql, of_it())?;
            }
        }
        self.database.execute("DELETE FROM waiting WHERE conversation = ?1", of_it())
    }

    /// The passages that reach a position, and the last one.
    fn passages_from(
        &self,
        conversation: ConversationId,
        from: Seq,
    ) -> Result<Vec<(u64, KeptPassage)>, StorageError> {
        let sql = "SELECT id, lines, said, noted FROM passage WHERE conversation = ?1 AND last_seq > 0 AND (last_seq >= ?2 \
            OR last_seq = (SELECT MAX(last_seq) FROM passage WHERE conversation = ?1)) ORDER BY last_seq";
        let rows = self.database.run(sql, vec![conversation.as_bytes().into(), from.0.into()])?;
        let read = |columns| {
            let mut row = Row::new(columns);
            let id = row.unsigned()?;
            let lines = read_lines(&row.text()?)?;
            Ok((id, KeptPassage { lines, said: row.text()?, noted: row.text()? }))
        };
        rows.into_iter().map(read).collect()
    }

    fn keep_passage(
        &self,
        conversation: ConversationId,
        key: Option<u64>,
        passage: &KeptPassage,
    ) -> Result<(), StorageError> {
        let (Some(first), Some(last)) = (passage.lines.first(), passage.lines.last()) else {
            let Some(key) = key else { return Ok(()) };
            return self.database.execute("DELETE FROM passage WHERE id = ?1", vec![key.into()]);
        };
        let lines = codec::to_text(&passage.lines);
        let values = vec![
            key.map_or_else(|| Value::from(conversation.as_bytes()), Value::from),
            last.seq.0.into(),
            first.at.0.into(),
            last.at.0.into(),
            lines.as_str().into(),
            passage.said.as_str().into(),
            passage.noted.as_str().into(),
        ];
        let sql = match key {
            Some(_) => {
                "UPDATE passage SET last_seq = ?2, first_at = ?3, last_at = ?4, lines = ?5, said = ?6, noted = ?7 \
                 WHERE id = ?1"
            }
            None => {
                "INSERT INTO passage (conversation, last_seq, first_at, last_at, lines, said, noted, contact) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '')"
            }
        };
        self.database.execute(sql, values)
    }

    /// Keeps who a conversation is with, unless that is known.
    fn keep_contact(&self, conversation: ConversationId, contact: &[String; 2]) -> Result<(), StorageError> {
        let contact = spaced(contact.join("\n").trim());
        let sql = "SELECT contact FROM passage WHERE conversation = ?1 AND last_seq = 0";
        let of_it = || vec![Value::from(conversation.as_bytes())];
        let known = self.first(sql, of_it())?.map(|mut row| row.text()).transpose()?;
        if known.as_deref().unwrap_or_default() == contact {
            return Ok(());
        }
        let with_contact = || vec![conversation.as_bytes().into(), contact.as_str().into()];
        match known {
            Some(_) if contact.is_empty() => self
                .database
                .execute("DELETE FROM passage WHERE conversation = ?1 AND last_seq = 0", of_it()),
            Some(_) => self.database.execute(
                "UPDATE passage SET contact = ?2 WHERE conversation = ?1 AND last_seq = 0",
                with_contact(),
            ),
            None => self.database.execute(
                "INSERT INTO passage (conversation, last_seq, first_at, last_at, lines, said, noted, contact) \
                 VALUES (?1, 0, 0, 0, '', '', '', ?2)",
                with_contact(),
            ),
        }
    }
}

/// The name and the address of whom a conversation is with, as an entry keeps them.
pub(super) fn contact_of(entry: &IndexEntry) -> [String; 2] {
    let who = entry.identity.as_ref();
    let [name, email] = [who.and_then(|who| who.name.as_ref()), who.and_then(|who| who.email.as_ref())];
    [name, email].map(|stated| stated.map_or_else(String::new, |stated| stated.text.clone()))
}

/// More than there are passages.
const MOST_ROWS: i64 = (1 << 53) - 1;

fn read_waiting(text: &str) -> Result<Vec<PassageLine>, StorageError> {
    if text.is_empty() { Ok(Vec::new()) } else { codec::from_text(text).map_err(|_| illegal()) }
}

fn read_lines(text: &str) -> Result<Vec<KeptLine>, StorageError> {
    if text.is_empty() { Ok(Vec::new()) } else { codec::from_text(text).map_err(|_| illegal()) }
}

fn illegal() -> StorageError {
    StorageError("illegal words".to_owned())
}

fn read_found(mut row: Row) -> Result<FoundPassage, StorageError> {
    Ok(FoundPassage {
        id: row.unsigned()?,
        conversation: ConversationId::from_bytes(row.bytes()?),
        lines: read_lines(&row.text()?)?,
        said: row.text()?,
        noted: row.text()?,
        contact: row.text()?,
    })
}
