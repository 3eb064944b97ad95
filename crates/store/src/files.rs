//! What a conversation's object keeps of files that were sent up: who sent them, what they are, and in which message. The
//! bytes are kept elsewhere, and what is to be removed there is remembered here until it is gone (SPEC FL10).
//!
//! The table is made with the first upload, so that the many conversations without files have none.

use domain::conversation::Person;
use domain::files::{Claim, Upload, Usage};
use protocol::{AgentId, File, FileId, Seq, Timestamp, UploadId, codec, limits};

use crate::database::{Database, StorageError, Value};
use crate::row::Row;

/// `over_at` is when an upload can bring nothing any more, `due_at` when the file is to be removed: a day after it was
/// begun, never once it is said, and once it is doomed, when it is over or at once.
const UPLOAD: &str = "CREATE TABLE IF NOT EXISTS upload (
        id BLOB PRIMARY KEY,
        upload BLOB NOT NULL,
        person INTEGER NOT NULL,
        agent BLOB NOT NULL,
        begun_at INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        file TEXT NOT NULL DEFAULT '',
        seq INTEGER NOT NULL DEFAULT 0,
        is_public INTEGER NOT NULL DEFAULT 0,
        is_doomed INTEGER NOT NULL DEFAULT 0,
        over_at INTEGER NOT NULL,
        due_at INTEGER
    ) STRICT, WITHOUT ROWID";

const VISITOR: i64 = 1;
const AGENT: i64 = 2;

/// Milliseconds after which an upload that was begun can bring nothing any more.
const OVER_MS: u64 = limits::UPLOAD_MS + 60_000;

/// Files that are removed at once, at most: as many as the platform removes in one call.
const AT_ONCE: i64 = 1_000;

/// The change that dooms files.
macro_rules! doomed {
    () => {
        "UPDATE upload SET is_doomed = 1, due_at = CASE WHEN file = '' THEN over_at ELSE 0 END"
    };
}

/// The files of one conversation.
#[derive(Debug)]
pub struct Files<D> {
    database: D,
}

impl<D: Database> Files<D> {
    /// Takes them up in a database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Counts what somebody has sent up lately.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn usage(&self, person: Person, now: Timestamp) -> Result<Usage, StorageError> {
        if !self.has_table()? {
            return Ok(Usage::default());
        }
        let since = |window: u64| now.0.saturating_sub_unsigned(window);
        let [kind, agent] = person_values(person);
        let rows = self.database.run(
            "SELECT COUNT(*) FILTER (WHERE begun_at > ?3), COALESCE(MIN(begun_at) FILTER (WHERE begun_at > ?3), 0), \
             COALESCE(SUM(bytes), 0), COALESCE(MIN(begun_at), 0) \
             FROM upload WHERE person = ?1 AND agent = ?2 AND begun_at > ?4",
            vec![kind, agent, since(limits::UPLOAD_WINDOW_MS).into(), since(limits::UPLOAD_DAY_MS).into()],
        )?;
        let Some(columns) = rows.into_iter().next() else { return Ok(Usage::default()) };
        let mut row = Row::new(columns);
        Ok(Usage {
            begun: row.unsigned()?,
            first_begun: Timestamp(row.integer()?),
            bytes: row.unsigned()?,
            first_of_day: Timestamp(row.integer()?),
        })
    }

    /// Notes that somebody begins to send up a file of so many bytes.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn begin(
        &self,
        id: FileId,
        upload: UploadId,
        person: Person,
        bytes: u32,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.database.execute(UPLOAD, Vec::new())?;
        let [kind, agent] = person_values(person);
        self.database.execute(
            "INSERT INTO upload (id, upload, person, agent, begun_at, bytes, over_at, due_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            vec![
                id.as_bytes().into(),
                upload.as_bytes().into(),
                kind,
                agent,
                now.0.into(),
                u64::from(bytes).into(),
                now.plus(OVER_MS).0.into(),
                now.plus(limits::UNSAID_FILE_MS).0.into(),
            ],
        )
    }

    /// Notes that a file has come whole.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn finish(&self, file: &File) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE upload SET bytes = ?2, file = ?3 WHERE id = ?1",
            vec![
                file.id.as_bytes().into(),
                u64::from(file.bytes).into(),
                codec::to_text(file).as_str().into(),
            ],
        )
    }

    /// What came whole under the id that its sender gave it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn finished(&self, person: Person, upload: UploadId) -> Result<Option<File>, StorageError> {
        if !self.has_table()? {
            return Ok(None);
        }
        let [kind, agent] = person_values(person);
        let rows = self.database.run(
            "SELECT file FROM upload \
             WHERE person = ?1 AND agent = ?2 AND upload = ?3 AND file <> '' AND is_doomed = 0 LIMIT 1",
            vec![kind, agent, upload.as_bytes().into()],
        )?;
        rows.into_iter()
            .next()
            .map(|columns| read_file(&Row::new(columns).text()?))
            .transpose()
            .map(Option::flatten)
    }

    /// What is kept of a file, unless it is to be removed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn get(&self, id: FileId) -> Result<Option<Upload>, StorageError> {
        if !self.has_table()? {
            return Ok(None);
        }
        let rows = self.database.run(
            "SELECT person, agent, file, seq, is_public FROM upload WHERE id = ?1 AND is_doomed = 0",
            vec![id.as_bytes().into()],
        )?;
        let Some(columns) = rows.into_iter().next() else { return Ok(None) };
        let mut row = Row::new(columns);
        let person = match row.integer()? {
            VISITOR => {
                row.blob()?;
                Person::Visitor
            }
            AGENT => Person::Agent(AgentId::from_bytes(row.bytes()?)),
            _ => return Err(StorageError("unknown person".to_owned())),
        };
        let file = read_file(&row.text()?)?;
        let (seq, is_public) = (Seq(row.unsigned()?), row.integer()? == 1);
        let claim = (seq > Seq::START).then_some(Claim { seq, is_public });
        Ok(Some(Upload { person, file, claim }))
    }

    /// Notes in which message a file is. Before the message itself: a file must not vanish from one that is stored.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn claim(&self, id: FileId, claim: Claim) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE upload SET seq = ?2, is_public = ?3, due_at = NULL WHERE id = ?1",
            vec![id.as_bytes().into(), claim.seq.0.into(), i64::from(claim.is_public).into()],
        )
    }

    /// Notes that the file which was said at a position, if one was, is to be removed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn doom_said_at(&self, seq: Seq) -> Result<(), StorageError> {
        if !self.has_table()? {
            return Ok(());
        }
        self.database.execute(concat!(doomed!(), " WHERE seq = ?1"), vec![seq.0.into()])
    }

    /// Notes that every file is to be removed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn doom_all(&self) -> Result<(), StorageError> {
        if !self.has_table()? {
            return Ok(());
        }
        self.database.execute(doomed!(), Vec::new())
    }

    /// The files that are to be removed by now, some at a time.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn due(&self, now: Timestamp) -> Result<Vec<FileId>, StorageError> {
        if !self.has_table()? {
            return Ok(Vec::new());
        }
        let rows = self.database.run(
            "SELECT id FROM upload WHERE due_at <= ?1 ORDER BY id LIMIT ?2",
            vec![now.0.into(), AT_ONCE.into()],
        )?;
        rows.into_iter().map(|columns| Row::new(columns).bytes().map(FileId::from_bytes)).collect()
    }

    /// Forgets a file that is gone.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&self, id: FileId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM upload WHERE id = ?1", vec![id.as_bytes().into()])
    }

    /// When there is next something to be removed, if there is anything.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_due(&self) -> Result<Option<Timestamp>, StorageError> {
        if !self.has_table()? {
            return Ok(None);
        }
        let rows = self.database.run("SELECT MIN(due_at) FROM upload", Vec::new())?;
        let Some(columns) = rows.into_iter().next() else { return Ok(None) };
        Ok(Row::new(columns).optional_integer()?.map(Timestamp))
    }

    fn has_table(&self) -> Result<bool, StorageError> {
        let made = self.database.run("SELECT 1 FROM sqlite_master WHERE name = 'upload'", Vec::new())?;
        Ok(!made.is_empty())
    }
}

/// How somebody stands in the columns `person` and `agent`.
fn person_values(person: Person) -> [Value; 2] {
    match person {
        Person::Visitor | Person::System => [VISITOR.into(), Value::Blob(Vec::new())],
        Person::Agent(id) => [AGENT.into(), id.as_bytes().into()],
    }
}

/// Reads the column `file`: nothing, or what the file is.
pub(crate) fn read_file(text: &str) -> Result<Option<File>, StorageError> {
    if text.is_empty() {
        return Ok(None);
    }
    codec::from_text(text).map(Some).map_err(|_| StorageError("illegal file".to_owned()))
}
