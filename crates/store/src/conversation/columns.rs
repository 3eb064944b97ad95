//! How events stand in columns. A number never changes its meaning.

use domain::conversation::{Fingerprint, Line, LineKind, Person, Standing, StoredEvent};
use protocol::{
    AgentId, AgentKind, AgentProfile, Author, ClientMessageId, MessageText, OutboxId, PrivateKind,
    PublicKind, Seq, Status, Timestamp, codec,
};

use crate::database::{StorageError, Value};
use crate::files::read_file;
use crate::row::Row;

const MESSAGE: i64 = 1;
const RESOLVED: i64 = 2;
const REOPENED: i64 = 3;
const NOTE: i64 = 101;
/// The text of such an event says what the file is ([`protocol::codec::to_text`]).
const FILE: i64 = 4;
const NOTE_FILE: i64 = 102;

const OPEN_STATUS: i64 = 1;
const RESOLVED_STATUS: i64 = 2;

const SYSTEM: i64 = 0;
const VISITOR: i64 = 1;
const AGENT: i64 = 2;

/// The parameters of an event's row, in the order of its columns.
pub(super) fn event_values(event: &StoredEvent) -> Vec<Value> {
    let (person, agent, name) = match &event.author {
        Author::System => (SYSTEM, Value::Null, ""),
        Author::Visitor => (VISITOR, Value::Null, ""),
        Author::Agent(profile) => (AGENT, profile.id.as_bytes().into(), profile.name.as_str()),
    };
    let described;
    let (kind, text) = match &event.kind {
        AgentKind::Public(PublicKind::Message { text }) => (MESSAGE, text.as_str()),
        AgentKind::Public(PublicKind::Resolved) => (RESOLVED, ""),
        AgentKind::Public(PublicKind::Reopened) => (REOPENED, ""),
        AgentKind::Private(PrivateKind::Note { text }) => (NOTE, text.as_str()),
        AgentKind::Public(PublicKind::File(file)) => {
            described = codec::to_text(file);
            (FILE, described.as_str())
        }
        AgentKind::Private(PrivateKind::File(file)) => {
            described = codec::to_text(file);
            (NOTE_FILE, described.as_str())
        }
    };
    vec![
        event.seq.0.into(),
        event.public_seq.0.into(),
        event.at.0.into(),
        person.into(),
        agent,
        event.client_message_id.as_bytes().into(),
        event.outbox.as_bytes().into(),
        event.number.into(),
        (&event.fingerprint.0).into(),
        kind.into(),
        status(event.standing.status).into(),
        event.standing.visitor_messages.into(),
        event.standing.newest_message.0.into(),
        name.into(),
        text.into(),
    ]
}

const fn status(status: Status) -> i64 {
    match status {
        Status::Open => OPEN_STATUS,
        Status::Resolved => RESOLVED_STATUS,
    }
}

/// Reads the columns of a line.
pub(super) fn read_line(row: &mut Row) -> Result<Line, StorageError> {
    Ok(Line {
        seq: Seq(row.unsigned()?),
        public_seq: Seq(row.unsigned()?),
        at: Timestamp(row.integer()?),
        person: match (row.integer()?, row.optional_bytes()?) {
            (SYSTEM, None) => Person::System,
            (VISITOR, None) => Person::Visitor,
            (AGENT, Some(id)) => Person::Agent(AgentId::from_bytes(id)),
            (_, _) => return Err(StorageError("unknown person".to_owned())),
        },
        client_message_id: ClientMessageId::from_bytes(row.bytes()?),
        outbox: OutboxId::from_bytes(row.bytes()?),
        number: row.unsigned()?,
        fingerprint: Fingerprint(row.bytes()?),
        kind: match row.integer()? {
            MESSAGE => LineKind::Message,
            RESOLVED => LineKind::Resolved,
            REOPENED => LineKind::Reopened,
            NOTE => LineKind::Note,
            FILE => LineKind::File,
            NOTE_FILE => LineKind::NoteFile,
            _ => return Err(StorageError("unknown kind of event".to_owned())),
        },
        standing: Standing {
            status: match row.integer()? {
                OPEN_STATUS => Status::Open,
                RESOLVED_STATUS => Status::Resolved,
                _ => return Err(StorageError("unknown status".to_owned())),
            },
            visitor_messages: row.unsigned()?,
            newest_message: Seq(row.unsigned()?),
        },
    })
}

/// Reads the columns of a line, and those of its text after them.
pub(super) fn read_event(mut row: Row) -> Result<StoredEvent, StorageError> {
    let line = read_line(&mut row)?;
    let name = row.text()?;
    let text = row.text()?;
    let file = || read_file(&text)?.ok_or_else(|| StorageError("no file".to_owned()));
    let text = || MessageText::parse(&text).map_err(|_| StorageError("illegal text".to_owned()));
    Ok(StoredEvent {
        seq: line.seq,
        public_seq: line.public_seq,
        at: line.at,
        author: match line.person {
            Person::System => Author::System,
            Person::Visitor => Author::Visitor,
            Person::Agent(id) => Author::Agent(AgentProfile { id, name }),
        },
        client_message_id: line.client_message_id,
        outbox: line.outbox,
        number: line.number,
        fingerprint: line.fingerprint,
        kind: match line.kind {
            LineKind::Message => AgentKind::Public(PublicKind::Message { text: text()? }),
            LineKind::Resolved => AgentKind::Public(PublicKind::Resolved),
            LineKind::Reopened => AgentKind::Public(PublicKind::Reopened),
            LineKind::Note => AgentKind::Private(PrivateKind::Note { text: text()? }),
            LineKind::File => AgentKind::Public(PublicKind::File(file()?)),
            LineKind::NoteFile => AgentKind::Private(PrivateKind::File(file()?)),
        },
        standing: line.standing,
    })
}
