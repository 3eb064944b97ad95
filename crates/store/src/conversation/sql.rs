//! The store of a conversation's object.
//!
//! A message costs one row: the table of events has no index but its key. Waking reads the newest lines only; what
//! deduplication and order need of the others is read with the first message, once, without the text.

use std::collections::BTreeMap;

use domain::Conversation;
use domain::conversation::{Identity, Line, Marks, Party, StoredEvent, Write};
use mutant::mutant;
use protocol::{
    ChatForm, Circle, Epoch, Page, ReadMarks, Seq, SiteId, Timestamp, VisitorId, VisitorIdentity, WorkspaceId,
};

use super::columns::{amending_values, event_values, read_event, read_line};
use super::{ConversationStore, private_chat};
use crate::database::{Database, StorageError, Value};
use crate::migrations::{Schema, has_table};
use crate::row::Row;
use crate::who::{read_who, who_values};

const SCHEMA: Schema = Schema { last_of_first: "event", versions: VERSIONS };

const VERSIONS: &[&[&str]] = &[&[
    "CREATE TABLE IF NOT EXISTS conversation (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        workspace BLOB NOT NULL,
        site BLOB NOT NULL,
        visitor BLOB NOT NULL,
        epoch BLOB NOT NULL,
        began_at INTEGER NOT NULL,
        read_by_visitor INTEGER NOT NULL DEFAULT 0,
        read_by_agents INTEGER NOT NULL DEFAULT 0,
        told INTEGER NOT NULL DEFAULT 0,
        page_known INTEGER NOT NULL DEFAULT 0,
        page_url TEXT NOT NULL DEFAULT '',
        page_title TEXT NOT NULL DEFAULT '',
        page_referrer TEXT NOT NULL DEFAULT '',
        who_user TEXT NOT NULL DEFAULT '',
        who_name TEXT NOT NULL DEFAULT '',
        who_name_verified INTEGER NOT NULL DEFAULT 0,
        who_email TEXT NOT NULL DEFAULT '',
        who_email_verified INTEGER NOT NULL DEFAULT 0
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS event (
        seq INTEGER PRIMARY KEY,
        public_seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        person INTEGER NOT NULL,
        agent BLOB,
        client_message_id BLOB NOT NULL,
        outbox BLOB NOT NULL,
        number INTEGER NOT NULL,
        fingerprint BLOB NOT NULL,
        kind INTEGER NOT NULL,
        target INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL,
        visitor_messages INTEGER NOT NULL,
        newest_message INTEGER NOT NULL,
        placed INTEGER NOT NULL DEFAULT 0,
        author_name TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        reply_to BLOB NOT NULL DEFAULT x''
    ) STRICT",
]];

/// Says that the conversation is erased. It is made only then, so that no other conversation has such a table.
const ERASED: &str = "CREATE TABLE IF NOT EXISTS erased (only INTEGER PRIMARY KEY) STRICT";

/// Lines that are read on waking: more than a page of what visitors see has, with the notes between.
const NEWEST_LINES: i64 = 64;

/// The columns of a line, in the order in which they are read.
macro_rules! line_columns {
    () => {
        "seq, public_seq, at, person, agent, client_message_id, outbox, number, fingerprint, kind, target, \
         status, visitor_messages, newest_message, placed"
    };
}

const APPEND: &str = concat!(
    "INSERT INTO event (",
    line_columns!(),
    ", author_name, text, reply_to) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
);
/// The same with two rows, so that both are stored or none (SPEC ST10).
const APPEND_TWO: &str = concat!(
    "INSERT INTO event (",
    line_columns!(),
    ", author_name, text, reply_to) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18), \
     (?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36)"
);
/// Adds the change of a message, and takes the earlier text out of whatever held it, in one statement, so that both are
/// stored or none: the row of the message (?1) is the only one with its text (?4); a kind (?2) is what a deletion leaves.
const AMEND: &str = concat!(
    "INSERT INTO event (",
    line_columns!(),
    ", author_name, text, reply_to) SELECT seq, public_seq, at, person, agent, client_message_id, outbox, number, ?3, \
     IFNULL(?2, kind), ?1, status, visitor_messages, newest_message, placed, author_name, \
     CASE WHEN seq = ?1 THEN ?4 ELSE '' END, reply_to FROM event WHERE seq = ?1 OR (seq > ?1 AND target = ?1) \
     UNION ALL SELECT ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22 WHERE TRUE \
     ON CONFLICT (seq) DO UPDATE SET fingerprint = excluded.fingerprint, kind = excluded.kind, \
     target = excluded.target, text = excluded.text"
);
const NEWEST: &str = concat!(
    "SELECT ",
    line_columns!(),
    " FROM event WHERE seq > (SELECT MAX(seq) FROM event) - ?1 ORDER BY seq"
);
const SINGLE: &str = concat!("SELECT ", line_columns!(), " FROM event WHERE seq IN (?1, ?2) AND seq <= ?3");
const EARLIER: &str = concat!("SELECT ", line_columns!(), " FROM event WHERE seq <= ?1 ORDER BY seq");
const EVENTS: &str = concat!(
    "SELECT ",
    line_columns!(),
    ", author_name, \
     CASE WHEN target IN (0, seq) THEN text ELSE (SELECT text FROM event AS said WHERE said.seq = event.target) END, reply_to, \
     (SELECT client_message_id FROM event AS said WHERE said.seq = event.target) \
     FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq"
);
const BEGIN: &str = "INSERT INTO conversation (only, workspace, site, visitor, epoch, began_at, page_known, page_url, \
    page_title, page_referrer, who_user, who_name, who_name_verified, who_email, who_email_verified) \
    VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const PAGE: &str =
    "UPDATE conversation SET page_known = 1, page_url = ?1, page_title = ?2, page_referrer = ?3";
const INTRODUCE: &str = "UPDATE conversation SET who_user = ?1, who_name = ?2, who_name_verified = ?3, who_email = ?4, \
    who_email_verified = ?5";
const SETTLE: &str = "UPDATE conversation SET read_by_visitor = ?1, read_by_agents = ?2, told = ?3";
const CONVERSATION: &str = "SELECT workspace, site, visitor, epoch, began_at, read_by_visitor, read_by_agents, told, \
    page_known, page_url, page_title, page_referrer, who_user, who_name, who_name_verified, who_email, \
    who_email_verified FROM conversation";

/// Keeps a conversation in a database of its own.
#[derive(Debug)]
pub struct SqlConversationStore<D> {
    database: D,
    is_new: bool,
}

impl<D: Database> SqlConversationStore<D> {
    /// Opens the store and brings an existing schema up to date. An empty database stays empty until the first write.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open(database: D) -> Result<Self, StorageError> {
        let is_new = SCHEMA.open(&database)?;
        Ok(Self { database, is_new })
    }

    /// Opens the store of a conversation that was begun by this build, so that all its tables are there.
    pub const fn open_begun(database: D) -> Self {
        Self { database, is_new: false }
    }

    fn store_one(&self, write: &Write) -> Result<(), StorageError> {
        let (sql, values) = match write {
            Write::Begin { identity, page, who } => {
                if identity.party.visitor().is_none() {
                    private_chat::make(&self.database)?;
                }
                (BEGIN, begin_values(identity, page.as_ref(), who.as_ref()))
            }
            Write::Append(event) if mutant!(31, event.amends(), false) => {
                let mut values = amending_values(event);
                values.extend(event_values(event));
                (AMEND, values)
            }
            Write::Append(event) => (APPEND, event_values(event)),
            Write::Page(page) => (PAGE, page_values(page)),
            Write::Introduce(who) => (INTRODUCE, who_values(Some(who))),
            Write::Settle { marks, told } => {
                if !marks.each.is_empty() {
                    private_chat::keep_marks(&self.database, &marks.each)?;
                }
                let ReadMarks { visitor, agents } = marks.sides;
                (SETTLE, vec![visitor.0.into(), agents.0.into(), (*told).into()])
            }
        };
        self.database.execute(sql, values)
    }

    fn append_two(&self, event: &StoredEvent, next: &StoredEvent) -> Result<(), StorageError> {
        let mut values = event_values(event);
        values.extend(event_values(next));
        self.database.execute(APPEND_TWO, values)
    }

    fn lines(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Line>, StorageError> {
        let rows = self.database.run(sql, values)?;
        rows.into_iter().map(|columns| read_line(&mut Row::new(columns))).collect()
    }

    fn load_begun(&self, conversation: &mut Conversation) -> Result<(), StorageError> {
        let Some(columns) = self.database.run(CONVERSATION, Vec::new())?.into_iter().next() else {
            return Ok(());
        };
        let mut row = Row::new(columns);
        let identity = Identity {
            workspace: WorkspaceId::from_bytes(row.bytes()?),
            party: read_party(&mut row)?,
            epoch: Epoch::from_bytes(row.bytes()?),
            began_at: Timestamp(row.integer()?),
        };
        let sides = ReadMarks { visitor: Seq(row.unsigned()?), agents: Seq(row.unsigned()?) };
        let told = row.unsigned()?;
        let page_known = row.integer()? == 1;
        let page = Page { url: row.text()?, title: row.text()?, referrer: row.text()? };
        let who = read_who(&mut row)?;
        let each = match &identity.party {
            Party::Visitor { .. } => BTreeMap::new(),
            Party::Colleagues(_) => private_chat::marks(&self.database)?,
        };
        let marks = Marks { sides, each };
        conversation.apply(&Write::Begin { identity, page: page_known.then_some(page), who });
        conversation.apply(&Write::Settle { marks, told });
        Ok(())
    }
}

impl<D: Database> ConversationStore for SqlConversationStore<D> {
    fn store(&mut self, writes: &[Write]) -> Result<(), StorageError> {
        if self.is_new && !writes.is_empty() {
            SCHEMA.migrate(&self.database)?;
            self.is_new = false;
        } else if let [Write::Begin { .. }, ..] = writes {
            // What is left of a deletion that failed half-way is none of the new log.
            self.database.execute("DELETE FROM event", Vec::new())?;
        }
        let mut rest = writes;
        while let Some((write, others)) = rest.split_first() {
            rest = match (write, others) {
                (Write::Append(event), [Write::Append(next), others @ ..])
                    if mutant!(18, !next.amends(), false) =>
                {
                    self.append_two(event, next)?;
                    others
                }
                _ => {
                    self.store_one(write)?;
                    others
                }
            };
        }
        Ok(())
    }

    fn load(&self) -> Result<Conversation, StorageError> {
        let mut conversation = Conversation::default();
        if self.is_new {
            return Ok(conversation);
        }
        self.load_begun(&mut conversation)?;
        if conversation.identity().is_none() {
            // What is left of a deletion that failed half-way is nobody's.
            return Ok(conversation);
        }
        for line in self.lines(NEWEST, vec![NEWEST_LINES.into()])? {
            conversation.recall(line);
        }
        self.recall_marked(&mut conversation)?;
        if let Some(newest) = mutant!(17, conversation.newest_message(), None) {
            let before = Seq(newest.0.saturating_sub(1));
            for event in self.events(before, newest)? {
                conversation.remember_preview(&event);
            }
        }
        if let Some(newest) = mutant!(37, conversation.newest_placing(), None) {
            let before = Seq(newest.0.saturating_sub(1));
            for event in self.events(before, newest)? {
                conversation.remember_placement(&event);
            }
        }
        Ok(conversation)
    }

    fn recall_marked(&self, conversation: &mut Conversation) -> Result<(), StorageError> {
        if conversation.lacks_marked_lines() {
            let ReadMarks { visitor, agents } = conversation.marks_for_agents();
            let before = conversation.recalled_after();
            for line in self.lines(SINGLE, vec![visitor.0.into(), agents.0.into(), before.0.into()])? {
                conversation.recall_single(line);
            }
        }
        Ok(())
    }

    fn complete(&self, conversation: &mut Conversation) -> Result<(), StorageError> {
        let before = conversation.recalled_after();
        if before > Seq::START {
            conversation.recall_earlier(self.lines(EARLIER, vec![before.0.into()])?);
        }
        Ok(())
    }

    fn erase(&mut self) -> Result<(), StorageError> {
        SCHEMA.migrate(&self.database)?;
        self.is_new = false;
        self.database.execute(ERASED, Vec::new())?;
        self.empty()
    }

    fn empty(&mut self) -> Result<(), StorageError> {
        if self.is_new {
            return Ok(());
        }
        private_chat::erase(&self.database)?;
        // First what makes the events a log: should storage fail between the two, there is no conversation any more, and not
        // one in the same life whose positions begin again.
        self.database.execute("DELETE FROM conversation", Vec::new())?;
        mutant!(51, self.database.execute("DELETE FROM event", Vec::new()), Ok(()))
    }

    fn is_erased(&self) -> Result<bool, StorageError> {
        if self.is_new {
            return Ok(false);
        }
        has_table(&self.database, "erased")
    }

    fn events(&self, after: Seq, upto: Seq) -> Result<Vec<StoredEvent>, StorageError> {
        if self.is_new || after >= upto {
            return Ok(Vec::new());
        }
        let rows = self.database.run(EVENTS, vec![after.0.into(), upto.0.into()])?;
        rows.into_iter().map(|columns| read_event(Row::new(columns))).collect()
    }
}

fn begin_values(identity: &Identity, page: Option<&Page>, who: Option<&VisitorIdentity>) -> Vec<Value> {
    let [site, visitor] = party_values(&identity.party);
    let mut values: Vec<Value> = vec![
        identity.workspace.as_bytes().into(),
        site,
        visitor,
        identity.epoch.as_bytes().into(),
        identity.began_at.0.into(),
        i64::from(page.is_some()).into(),
    ];
    values.extend(page_values(page.unwrap_or(&Page::default())));
    values.extend(who_values(who));
    values
}

fn page_values(page: &Page) -> Vec<Value> {
    vec![page.url.as_str().into(), page.title.as_str().into(), page.referrer.as_str().into()]
}

/// A private chat is of no site and with no visitor; among whom it is, its log says.
const NOBODY: &[u8] = &[];

fn party_values(party: &Party) -> [Value; 2] {
    match party {
        Party::Visitor { site, visitor } => [site.as_bytes().into(), visitor.as_bytes().into()],
        Party::Colleagues(_) => [NOBODY.into(), NOBODY.into()],
    }
}

fn read_party(row: &mut Row) -> Result<Party, StorageError> {
    let (site, visitor) = (row.blob()?, row.blob()?);
    if site == NOBODY && visitor == NOBODY {
        return Ok(Party::Colleagues(Circle { form: ChatForm::Pair, members: Vec::new() }));
    }
    let unknown = |_| StorageError("neither a visitor nor colleagues".to_owned());
    let site = SiteId::from_bytes(site.try_into().map_err(unknown)?);
    let visitor = VisitorId::from_bytes(visitor.try_into().map_err(unknown)?);
    Ok(Party::Visitor { site, visitor })
}
