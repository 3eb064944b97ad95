//! The index of conversations, as agents list it.

use domain::workspace::supersedes;
use mutant::mutant;
use protocol::call::ConversationsWanted;
use protocol::{
    AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, IndexPosition,
    Label, Passage, Preview, Seq, SiteId, Status, Timestamp, VisitorId,
};

use super::WorkspaceStore;
use super::search::{KnownWords, contact_of};
use super::shelves::{placement_values, read_placement};
use crate::database::{Database, StorageError, Value};
use crate::row::Row;
use crate::who::{read_who, who_values};

/// The columns of an entry, in the order in which they are read.
macro_rules! entry_columns {
    () => {
        "conversation, site, visitor, status, active_at, unread, preview_seq, preview_person, preview_agent, \
         preview_name, preview_text, began_at, who_user, who_name, who_name_verified, who_email, who_email_verified, \
         assignee, placement, team"
    };
}

/// A conversation's site and visitor never change, and naming them would write their index anew with every digest.
const UPSERT: &str = concat!(
    "INSERT INTO entry (epoch, revision, ",
    entry_columns!(),
    ", words_upto, words_waiting, metrics) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
     ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25) ON CONFLICT (conversation) DO UPDATE SET epoch = excluded.epoch, revision = excluded.revision, \
     status = excluded.status, active_at = excluded.active_at, unread = excluded.unread, \
     preview_seq = excluded.preview_seq, preview_person = excluded.preview_person, \
     preview_agent = excluded.preview_agent, preview_name = excluded.preview_name, \
     preview_text = excluded.preview_text, began_at = excluded.began_at, who_user = excluded.who_user, \
     who_name = excluded.who_name, who_name_verified = excluded.who_name_verified, \
     who_email = excluded.who_email, who_email_verified = excluded.who_email_verified, \
     assignee = excluded.assignee, placement = excluded.placement, team = excluded.team, words_upto = excluded.words_upto, \
     words_waiting = excluded.words_waiting, metrics = excluded.metrics"
);
const PAGE: &str = concat!(
    "SELECT ",
    entry_columns!(),
    " FROM entry WHERE (active_at, conversation) < (?1, ?2) ORDER BY active_at DESC, conversation DESC LIMIT ?3"
);
const OF_VISITOR: &str = concat!(
    "SELECT ",
    entry_columns!(),
    " FROM entry WHERE visitor = ?4 AND (active_at, conversation) < (?1, ?2) \
     ORDER BY active_at DESC, conversation DESC LIMIT ?3"
);

const ONE: &str = concat!("SELECT ", entry_columns!(), " FROM entry WHERE conversation = ?1");

const OPEN: i64 = 1;
pub(super) const RESOLVED: i64 = 2;
const PENDING: i64 = 3;
const SNOOZED: i64 = 4;

const NO_ONE: i64 = 0;
const VISITOR: i64 = 1;
const AGENT: i64 = 2;

/// A page of a list by filters. A visitor's few entries are found by their own index.
macro_rules! listing {
    ($side:literal, $direction:literal, $visitor:literal) => {
        concat!(
            "SELECT ",
            entry_columns!(),
            " FROM entry WHERE (active_at, conversation) ",
            $side,
            " (?1, ?2) AND ",
            $visitor,
            " AND (?4 IS NULL OR status = ?4) AND (?5 IS NULL OR site = ?5) ORDER BY active_at ",
            $direction,
            ", conversation ",
            $direction,
            " LIMIT ?6"
        )
    };
}

/// What the index has of a conversation that tells its state.
pub(super) struct Known {
    epoch: Epoch,
    revision: u64,
    words: KnownWords,
    /// The name and the address of whom it is with.
    contact: [String; 2],
    labels: Vec<Label>,
    /// Whether it was put off the index, so that only something newer brings it back.
    is_put_off: bool,
}

impl Known {
    /// What is known of a conversation that was put off the index.
    pub(super) fn put_off(epoch: Epoch, revision: u64) -> Self {
        Self {
            epoch,
            revision,
            words: KnownWords::default(),
            contact: Default::default(),
            labels: Vec::new(),
            is_put_off: true,
        }
    }
}

/// What is answered to old news of a conversation that was put off the index.
const NOTHING_IS_MISSING: Seq = Seq(u64::MAX);

impl<D: Database> WorkspaceStore<D> {
    /// Takes a conversation's digest into the index; returns the entry as it stands there if it was news.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_digest(&self, digest: &ConversationDigest) -> Result<Option<IndexEntry>, StorageError> {
        self.hear(digest, None).map(|(entry, _)| entry)
    }

    /// The same with what was said in the conversation, as far as it is told; returns also up to where that is known.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hear(
        &self,
        digest: &ConversationDigest,
        passage: Option<Passage>,
    ) -> Result<(Option<IndexEntry>, Seq), StorageError> {
        let conversation = digest.entry.conversation;
        let known = match self.known(conversation)? {
            Some(known) => Some(known),
            None => mutant!(50, self.expired(conversation)?, None),
        };
        let is_news = supersedes(digest, known.as_ref().map(|known| (known.epoch, known.revision)));
        if known.as_ref().is_some_and(|known| known.is_put_off) {
            if !is_news {
                return Ok((None, NOTHING_IS_MISSING));
            }
            self.revive(conversation)?;
        }
        let labels = known.as_ref().map_or_else(Vec::new, |known| known.labels.clone());
        let (words, contact) = match known {
            Some(known) if known.epoch == digest.epoch => (known.words, known.contact),
            Some(known) if !is_news => return Ok((None, known.words.upto)),
            Some(_) => {
                self.forget_words(conversation)?;
                Default::default()
            }
            None => Default::default(),
        };
        let more = passage.map_or(Ok(None), |passage| words.after(passage))?;
        if more.is_none() && !is_news {
            return Ok((None, words.upto));
        }
        let has_words = more.as_ref().is_some_and(KnownWords::are_waiting);
        let is_first = !words.are_waiting() && (has_words || contact != contact_of(&digest.entry));
        if is_first {
            self.note_waiting(conversation)?;
        }
        let words = more.unwrap_or(words);
        let entry = if is_news {
            Some(self.upsert(digest, &words, &labels)?)
        } else {
            self.keep_words(conversation, &words)?;
            None
        };
        if words.are_too_many() {
            self.take_up_words(conversation)?;
        } else if is_first {
            self.take_up_if_many()?;
        }
        Ok((entry, words.upto))
    }

    /// The labels come first: news whose entry is not stored are told again.
    fn upsert(
        &self,
        digest: &ConversationDigest,
        words: &KnownWords,
        labels: &[Label],
    ) -> Result<IndexEntry, StorageError> {
        let entry = &digest.entry;
        self.relabel(entry.conversation, labels, &entry.placement.labels)?;
        let mut values: Vec<Value> = vec![
            digest.epoch.as_bytes().into(),
            digest.revision.into(),
            entry.conversation.as_bytes().into(),
            entry.site.as_bytes().into(),
            entry.visitor.as_bytes().into(),
            status_value(entry.status).into(),
            entry.active_at.0.into(),
            i64::from(entry.unread).into(),
        ];
        values.extend(preview_values(entry.preview.as_ref()));
        values.push(entry.began_at.0.into());
        values.extend(who_values(entry.identity.as_ref()));
        let placement = self.counted(&entry.placement)?;
        values.extend(placement_values(&placement));
        values.push(words.upto.0.into());
        values.push(words.waiting.as_str().into());
        values.push(words.metrics.as_str().into());
        self.database.execute(UPSERT, values)?;
        Ok(IndexEntry { placement, ..entry.clone() })
    }

    fn known(&self, conversation: ConversationId) -> Result<Option<Known>, StorageError> {
        let sql = "SELECT epoch, revision, words_upto, words_waiting, metrics, who_name, who_email, \
            assignee, placement, team FROM entry WHERE conversation = ?1";
        let row = self.first(sql, vec![conversation.as_bytes().into()])?;
        let read = |mut row: Row| {
            Ok(Known {
                epoch: Epoch::from_bytes(row.bytes()?),
                revision: row.unsigned()?,
                words: KnownWords { upto: Seq(row.unsigned()?), waiting: row.text()?, metrics: row.text()? },
                contact: [row.text()?, row.text()?],
                labels: read_placement(&mut row)?.labels,
                is_put_off: false,
            })
        };
        row.map(read).transpose()
    }

    /// Reads the entry of a conversation.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn entry(&self, conversation: ConversationId) -> Result<Option<IndexEntry>, StorageError> {
        self.first(ONE, vec![conversation.as_bytes().into()])?.map(read_entry).transpose()
    }

    /// Whether a conversation is in the index.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_listed(&self, conversation: ConversationId) -> Result<bool, StorageError> {
        let sql = "SELECT 1 FROM entry WHERE conversation = ?1";
        Ok(self.first(sql, vec![conversation.as_bytes().into()])?.is_some())
    }

    /// Reads a page of the index after a place in it, most recently active first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn page(&self, after: Option<IndexPosition>, limit: usize) -> Result<Vec<IndexEntry>, StorageError> {
        self.entries(PAGE, place(after, limit))
    }

    /// Reads some conversations of the index after a place in it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn conversations(&self, wanted: &ConversationsWanted) -> Result<Vec<IndexEntry>, StorageError> {
        let sql = match (wanted.newest_first, wanted.visitor.is_some()) {
            (true, false) => listing!("<", "DESC", "?3 IS NULL"),
            (true, true) => listing!("<", "DESC", "visitor = ?3"),
            (false, false) => listing!(">", "ASC", "?3 IS NULL"),
            (false, true) => listing!(">", "ASC", "visitor = ?3"),
        };
        let after = wanted.after.unwrap_or(if wanted.newest_first { END } else { BEGINNING });
        let values = vec![
            after.active_at.0.into(),
            after.conversation.as_bytes().into(),
            wanted.visitor.as_ref().map(VisitorId::as_bytes).into(),
            wanted.status.map(status_value).into(),
            wanted.site.as_ref().map(SiteId::as_bytes).into(),
            i64::from(wanted.limit).into(),
        ];
        self.entries(sql, values)
    }

    /// Reads a page of the conversations of a visitor, in the same order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn conversations_of(
        &self,
        visitor: VisitorId,
        after: Option<IndexPosition>,
        limit: usize,
    ) -> Result<Vec<IndexEntry>, StorageError> {
        let mut values = place(after, limit);
        values.push(visitor.as_bytes().into());
        self.entries(OF_VISITOR, values)
    }

    fn entries(&self, sql: &str, values: Vec<Value>) -> Result<Vec<IndexEntry>, StorageError> {
        self.database.run(sql, values)?.into_iter().map(|columns| read_entry(Row::new(columns))).collect()
    }
}

/// Before every conversation that is active in our time.
const BEGINNING: IndexPosition = IndexPosition {
    active_at: Timestamp(1 - (1 << 53)),
    conversation: ConversationId::from_bytes([0; ConversationId::LENGTH]),
};

/// After every one.
const END: IndexPosition = IndexPosition {
    active_at: Timestamp((1 << 53) - 1),
    conversation: ConversationId::from_bytes([0xff; ConversationId::LENGTH]),
};

pub(super) const fn status_value(status: Status) -> i64 {
    match status {
        Status::Open => OPEN,
        Status::Resolved => RESOLVED,
        Status::Pending => PENDING,
        Status::Snoozed => SNOOZED,
    }
}

pub(super) fn read_status(row: &mut Row) -> Result<Status, StorageError> {
    match row.integer()? {
        OPEN => Ok(Status::Open),
        RESOLVED => Ok(Status::Resolved),
        PENDING => Ok(Status::Pending),
        SNOOZED => Ok(Status::Snoozed),
        _ => Err(StorageError("unknown status".to_owned())),
    }
}

/// The parameters of a page: after what, and of how many.
pub(super) fn place(after: Option<IndexPosition>, limit: usize) -> Vec<Value> {
    let after = after.unwrap_or(END);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    vec![after.active_at.0.into(), after.conversation.as_bytes().into(), limit.into()]
}

fn preview_values(preview: Option<&Preview>) -> [Value; 5] {
    let Some(preview) = preview else {
        return [0_i64.into(), NO_ONE.into(), Value::Null, "".into(), "".into()];
    };
    let (person, agent, name) = match &preview.author {
        Author::System => (NO_ONE, Value::Null, ""),
        Author::Visitor => (VISITOR, Value::Null, ""),
        Author::Agent(profile) => (AGENT, profile.id.as_bytes().into(), profile.name.as_str()),
    };
    [preview.seq.0.into(), person.into(), agent, name.into(), preview.text.as_str().into()]
}

fn read_entry(mut row: Row) -> Result<IndexEntry, StorageError> {
    let conversation = ConversationId::from_bytes(row.bytes()?);
    let site = SiteId::from_bytes(row.bytes()?);
    let visitor = VisitorId::from_bytes(row.bytes()?);
    let status = read_status(&mut row)?;
    let active_at = Timestamp(row.integer()?);
    let unread = u32::try_from(row.unsigned()?).unwrap_or(u32::MAX);
    let seq = Seq(row.unsigned()?);
    let person = row.integer()?;
    let agent = row.optional_bytes()?;
    let name = row.text()?;
    let text = row.text()?;
    let author = match (person, agent) {
        (VISITOR, None) => Author::Visitor,
        (AGENT, Some(id)) => Author::Agent(AgentProfile { id: AgentId::from_bytes(id), name }),
        (_, _) => Author::System,
    };
    let preview = (seq > Seq::START).then_some(Preview { author, seq, text });
    let began_at = Timestamp(row.integer()?);
    let identity = read_who(&mut row)?;
    let placement = read_placement(&mut row)?;
    Ok(IndexEntry {
        conversation,
        site,
        visitor,
        status,
        active_at,
        preview,
        unread,
        began_at,
        identity,
        placement,
    })
}
