//! How events stand in columns. A number never changes its meaning.

use domain::conversation::{Fingerprint, Line, LineKind, Person, Standing, StoredEvent};
use protocol::{
    AgentId, AgentKind, AgentProfile, Author, ClientMessageId, Handling, MessageName, MessageText, OutboxId,
    Placement, PrivateKind, PublicKind, Seq, Status, Timestamp, Writer, codec,
};

use crate::database::{StorageError, Value};
use crate::files::read_file;
use crate::row::Row;

const MESSAGE: i64 = 1;
const RESOLVED: i64 = 2;
const REOPENED: i64 = 3;
const EDITED: i64 = 4;
const DELETED: i64 = 5;
/// The text of such an event says what the file is ([`protocol::codec::to_text`]).
const FILE: i64 = 6;
/// The text of such an event is the rating, in the same way.
const RATED: i64 = 7;
const NOTE: i64 = 101;
const NOTE_EDITED: i64 = 102;
const NOTE_DELETED: i64 = 103;
const NOTE_FILE: i64 = 104;
/// The text of such an event is the step, and where the conversation lies after it, in the same way.
const HANDLED: i64 = 105;
/// The same of a step that assigns; stores of before have the number above.
const ASSIGNED: i64 = 106;
/// The text of such an event says among whom the chat is, in the same way.
const GATHERED: i64 = 107;

const OPEN_STATUS: i64 = 1;
const RESOLVED_STATUS: i64 = 2;
const PENDING_STATUS: i64 = 3;
const SNOOZED_STATUS: i64 = 4;

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
    // What changes a message says nothing itself: its text is that of the message, which there is once.
    let text = match &event.kind {
        AgentKind::Public(PublicKind::File(file)) | AgentKind::Private(PrivateKind::File(file)) => {
            codec::to_text(file)
        }
        AgentKind::Public(PublicKind::Rated(rating)) => codec::to_text(rating),
        AgentKind::Private(PrivateKind::Handled(step)) => codec::to_text(&(step, &event.placement)),
        AgentKind::Private(PrivateKind::Gathered(gathering)) => codec::to_text(gathering),
        AgentKind::Public(_) | AgentKind::Private(_) => {
            event.kind.text().filter(|_| !event.amends()).map_or("", MessageText::as_str).to_owned()
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
        kind(LineKind::of(&event.kind)).into(),
        event.target.0.into(),
        status(event.standing.status).into(),
        event.standing.visitor_messages.into(),
        event.standing.newest_message.0.into(),
        event.standing.placed.0.into(),
        name.into(),
        text.as_str().into(),
        name_bytes(event.kind.reply_to()).as_slice().into(),
    ]
}

/// The number of a kind.
pub(super) const fn kind(kind: LineKind) -> i64 {
    match kind {
        LineKind::Message => MESSAGE,
        LineKind::Resolved => RESOLVED,
        LineKind::Reopened => REOPENED,
        LineKind::Note => NOTE,
        LineKind::Edited => EDITED,
        LineKind::Deleted => DELETED,
        LineKind::NoteEdited => NOTE_EDITED,
        LineKind::NoteDeleted => NOTE_DELETED,
        LineKind::File => FILE,
        LineKind::NoteFile => NOTE_FILE,
        LineKind::Rated => RATED,
        LineKind::Handled => HANDLED,
        LineKind::Assigned => ASSIGNED,
        LineKind::Gathered => GATHERED,
    }
}

const fn status(status: Status) -> i64 {
    match status {
        Status::Open => OPEN_STATUS,
        Status::Resolved => RESOLVED_STATUS,
        Status::Pending => PENDING_STATUS,
        Status::Snoozed => SNOOZED_STATUS,
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
            EDITED => LineKind::Edited,
            DELETED => LineKind::Deleted,
            NOTE_EDITED => LineKind::NoteEdited,
            NOTE_DELETED => LineKind::NoteDeleted,
            FILE => LineKind::File,
            NOTE_FILE => LineKind::NoteFile,
            RATED => LineKind::Rated,
            HANDLED => LineKind::Handled,
            ASSIGNED => LineKind::Assigned,
            GATHERED => LineKind::Gathered,
            _ => return Err(StorageError("unknown kind of event".to_owned())),
        },
        target: Seq(row.unsigned()?),
        standing: Standing {
            status: match row.integer()? {
                OPEN_STATUS => Status::Open,
                RESOLVED_STATUS => Status::Resolved,
                PENDING_STATUS => Status::Pending,
                SNOOZED_STATUS => Status::Snoozed,
                _ => return Err(StorageError("unknown status".to_owned())),
            },
            visitor_messages: row.unsigned()?,
            newest_message: Seq(row.unsigned()?),
            placed: Seq(row.unsigned()?),
        },
    })
}

/// A message's name as bytes: its author's kind and id, and its own id; nothing for none.
fn name_bytes(name: Option<MessageName>) -> Vec<u8> {
    let Some(name) = name else { return Vec::new() };
    let (kind, agent) = match name.by {
        Writer::Visitor => (0, AgentId::from_bytes([0; AgentId::LENGTH])),
        Writer::Agent(id) => (1, id),
    };
    [&[kind], agent.as_bytes().as_slice(), name.id.as_bytes()].concat()
}

fn read_name(bytes: &[u8]) -> Result<Option<MessageName>, StorageError> {
    let Some((kind, ids)) = bytes.split_first() else { return Ok(None) };
    let unknown = || StorageError("no name of a message".to_owned());
    let (agent, id) = ids.split_first_chunk().ok_or_else(unknown)?;
    let by = if *kind == 0 { Writer::Visitor } else { Writer::Agent(AgentId::from_bytes(*agent)) };
    let id = ClientMessageId::from_bytes(id.try_into().map_err(|_| unknown())?);
    Ok(Some(MessageName { by, id }))
}

/// What a change does to the rows of a message and of its earlier changes, as the parameters before those of its own row.
pub(super) fn amending_values(event: &StoredEvent) -> Vec<Value> {
    let text = event.kind.text().map_or("", MessageText::as_str);
    vec![event.target.0.into(), event.leaves().map(kind).into(), (&Fingerprint::NONE.0).into(), text.into()]
}

/// Reads the columns of a line, and those of its text after them.
pub(super) fn read_event(mut row: Row) -> Result<StoredEvent, StorageError> {
    let line = read_line(&mut row)?;
    let name = row.text()?;
    let text = row.text()?;
    let reply_to = read_name(&row.blob()?)?;
    let of = row.optional_bytes()?.map(ClientMessageId::from_bytes);
    let of = || of.ok_or_else(|| StorageError("a change of nothing".to_owned()));
    let edited = line.target == line.seq;
    let rating = || codec::from_text(&text).map_err(|_| StorageError("illegal rating".to_owned()));
    let handled = || {
        let read = codec::from_text::<(Handling, Option<Box<Placement>>)>(&text);
        read.map_err(|_| StorageError("illegal handling".to_owned()))
    };
    let gathering = || codec::from_text(&text).map_err(|_| StorageError("illegal gathering".to_owned()));
    let is_handled = matches!(line.kind, LineKind::Handled | LineKind::Assigned);
    let placement = if is_handled { handled()?.1 } else { None };
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
            LineKind::Message => AgentKind::Public(PublicKind::Message { text: text()?, edited, reply_to }),
            LineKind::Resolved => AgentKind::Public(PublicKind::Resolved),
            LineKind::Reopened => AgentKind::Public(PublicKind::Reopened),
            LineKind::Note => AgentKind::Private(PrivateKind::Note { text: text()?, edited, reply_to }),
            LineKind::Edited => AgentKind::Public(PublicKind::Edited { of: of()?, text: text()? }),
            LineKind::Deleted => AgentKind::Public(PublicKind::Deleted { of: of()? }),
            LineKind::NoteEdited => AgentKind::Private(PrivateKind::NoteEdited { of: of()?, text: text()? }),
            LineKind::NoteDeleted => AgentKind::Private(PrivateKind::NoteDeleted { of: of()? }),
            LineKind::File => AgentKind::Public(PublicKind::File(file()?)),
            LineKind::NoteFile => AgentKind::Private(PrivateKind::File(file()?)),
            LineKind::Rated => AgentKind::Public(PublicKind::Rated(rating()?)),
            LineKind::Handled | LineKind::Assigned => AgentKind::Private(PrivateKind::Handled(handled()?.0)),
            LineKind::Gathered => AgentKind::Private(PrivateKind::Gathered(gathering()?)),
        },
        target: line.target,
        standing: line.standing,
        placement,
    })
}
