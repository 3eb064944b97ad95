//! What can happen to a conversation, read out of bytes.

use domain::conversation::{Person, Request};
use protocol::codec::from_bytes;
use protocol::{
    AgentCommand, AgentId, ClientFrame, ClientMessageId, Epoch, Handling, Hello, Label, MessageName,
    OutboxId, Page, Priority, Saying, Seq, Stars, Submission, TabId, Timestamp, VisitorCommand, Writer,
};
use serde::de::DeserializeOwned;

use super::ledger::Ledger;
use super::{EPOCH, SECRET};
use crate::reader::Reader;

/// One thing that happens.
#[derive(Debug)]
pub(super) enum Happening {
    /// Somebody asks for something.
    Asks(Request),
    /// Milliseconds pass.
    Passes(u64),
    /// The server's clock is set back by milliseconds.
    SetBack(u64),
    /// The object is evicted and loads the conversation anew.
    Wakes,
    /// The workspace takes the digest.
    Told,
    /// Somebody comes back with a cursor.
    Resumes(Option<protocol::Cursor>),
    /// Bytes came that are no frame.
    Nothing,
}

impl Happening {
    /// Reads what the next bytes say that this person does, or what happens around them.
    pub(super) fn read(reader: &mut Reader<'_>, person: Person, ledger: &Ledger) -> Option<Self> {
        Some(match reader.below(16)? {
            0..=8 => own_kind(reader, person, ledger)?,
            9 => other_kind(reader, person, ledger)?,
            10 => raw(reader.bytes()?, person),
            11 | 12 => Self::Passes(reader.span()?),
            13 => Self::Wakes,
            14 => Self::Told,
            _ => match reader.below(4)? {
                0 => Self::SetBack(reader.span()?),
                1 => Self::Resumes(None),
                2 => Self::Resumes(Some(cursor(EPOCH, reader, ledger)?)),
                _ => Self::Resumes(Some(cursor(Epoch::from_bytes([4; 16]), reader, ledger)?)),
            },
        })
    }
}

/// A cursor in the agents' sequence, mostly of the event that is there.
fn cursor(epoch: Epoch, reader: &mut Reader<'_>, ledger: &Ledger) -> Option<protocol::Cursor> {
    let seq = Seq(reader.position()?);
    let at = ledger.stored_at(seq).unwrap_or_default();
    Some(protocol::Cursor { epoch, seq, at: Timestamp(at.0 + i64::from(seq.0 % 7 == 6)) })
}

fn own_kind(reader: &mut Reader<'_>, person: Person, ledger: &Ledger) -> Option<Happening> {
    Some(Happening::Asks(match person {
        Person::Visitor => Request::Visitor(frame(reader, person, ledger, visitor_command)?),
        Person::Agent(_) | Person::System => Request::Agent(frame(reader, person, ledger, agent_command)?),
    }))
}

/// A frame of the other side, which the shell never passes on.
fn other_kind(reader: &mut Reader<'_>, person: Person, ledger: &Ledger) -> Option<Happening> {
    Some(Happening::Asks(match person {
        Person::Visitor => Request::Agent(frame(reader, person, ledger, agent_command)?),
        Person::Agent(_) | Person::System => {
            Request::Visitor(frame(reader, person, ledger, visitor_command)?)
        }
    }))
}

fn raw(bytes: &[u8], person: Person) -> Happening {
    fn read<C: DeserializeOwned>(
        bytes: &[u8],
        request: fn(ClientFrame<C>) -> Request,
    ) -> Result<Happening, protocol::Undecodable> {
        Ok(Happening::Asks(request(from_bytes(bytes)?)))
    }
    let happening = match person {
        Person::Visitor => read(bytes, Request::Visitor),
        Person::Agent(_) | Person::System => read(bytes, Request::Agent),
    };
    happening.unwrap_or(Happening::Nothing)
}

fn frame<C>(
    reader: &mut Reader<'_>,
    person: Person,
    ledger: &Ledger,
    command: fn(&mut Reader<'_>, &Ledger) -> Option<C>,
) -> Option<ClientFrame<C>> {
    Some(match reader.below(15)? {
        0..=3 => {
            let outbox = OutboxId::from_bytes([reader.below(3)?; 16]);
            ClientFrame::Submit(Submission {
                client_message_id: ledger.fresh_id(),
                outbox,
                number: ledger.next_number(person, outbox),
                command: command(reader, ledger)?,
            })
        }
        4 | 5 => ClientFrame::Submit(Submission {
            client_message_id: any_id(reader.byte()?),
            outbox: OutboxId::from_bytes([reader.below(3)?; 16]),
            number: reader.position()?,
            command: command(reader, ledger)?,
        }),
        6 | 7 => ClientFrame::Read { upto: Seq(reader.position()?) },
        8 if reader.flag()? => ClientFrame::Noting { on: reader.flag()? },
        8 => ClientFrame::Typing { on: reader.flag()? },
        9 => ClientFrame::Older { before: Seq(reader.position()?) },
        10 => ClientFrame::Newer { after: Seq(reader.position()?) },
        _ if reader.flag()? => ClientFrame::Page(Page { url: reader.typed()?, ..Page::default() }),
        _ => ClientFrame::Hello(Hello {
            credential: String::new(),
            tab: TabId::from_bytes([1; 8]),
            cursor: None,
            page: None,
        }),
    })
}

/// An id that is taken, will be, or is one that the server gives itself.
fn any_id(byte: u8) -> ClientMessageId {
    match byte {
        0..=7 => ClientMessageId::of_server(u64::from(byte)),
        8..=255 => Ledger::id(u64::from(byte - 8)),
    }
}

/// The name of what might have been said.
fn any_name(reader: &mut Reader<'_>) -> Option<MessageName> {
    let by = match reader.below(3)? {
        0 => Writer::Visitor,
        number => Writer::Agent(AgentId::from_bytes([number; 16])),
    };
    Some(MessageName { by, id: any_id(reader.byte()?) })
}

fn visitor_command(reader: &mut Reader<'_>, _: &Ledger) -> Option<VisitorCommand> {
    Some(match reader.below(7)? {
        5 => VisitorCommand::End,
        6 => VisitorCommand::Rate {
            stars: Stars::ALL[usize::from(reader.below(5)?)],
            comment: reader.typed()?,
        },
        4 => VisitorCommand::Reply { to: any_name(reader)?, text: reader.typed()? },
        0 | 1 => VisitorCommand::Message { text: reader.typed()? },
        2 => VisitorCommand::Edit { of: any_id(reader.byte()?), text: reader.typed()? },
        _ => VisitorCommand::Delete { of: any_id(reader.byte()?) },
    })
}

fn agent_command(reader: &mut Reader<'_>, ledger: &Ledger) -> Option<AgentCommand> {
    Some(match reader.below(17)? {
        10 => AgentCommand::Reply { to: any_name(reader)?, text: reader.typed()? },
        11 => {
            let to = any_name(reader)?;
            AgentCommand::ReplyByNote { to, text: format!("{SECRET}{}", reader.typed()?) }
        }
        12..=14 => AgentCommand::Handle(step(reader)?),
        15 | 16 => {
            let text = reader.typed()?;
            let what = match reader.below(3)? {
                0 => Saying::Reply { to: any_name(reader)?, text },
                _ => Saying::Message { text },
            };
            let seen = match reader.below(8)? {
                0 => None,
                1 => Some(cursor(Epoch::from_bytes([4; 16]), reader, ledger)?),
                _ => Some(cursor(EPOCH, reader, ledger)?),
            };
            AgentCommand::Say { what, seen }
        }
        0 | 1 => AgentCommand::Message { text: reader.typed()? },
        2 | 3 => AgentCommand::Note { text: format!("{SECRET}{}", reader.typed()?) },
        4 => AgentCommand::Resolve,
        5 => AgentCommand::Reopen,
        6 => AgentCommand::Edit { of: any_id(reader.byte()?), text: reader.typed()? },
        7 => AgentCommand::Delete { of: any_id(reader.byte()?) },
        8 => AgentCommand::EditNote {
            of: any_id(reader.byte()?),
            text: format!("{SECRET}{}", reader.typed()?),
        },
        _ => AgentCommand::DeleteNote { of: any_id(reader.byte()?) },
    })
}

fn step(reader: &mut Reader<'_>) -> Option<Handling> {
    let label = |byte| Label::parse(&format!("{SECRET}{byte}")).ok();
    Some(match reader.below(8)? {
        0 => Handling::Assign { to: Some(AgentId::from_bytes([reader.below(3)?; 16])) },
        1 => Handling::Assign { to: None },
        2 => Handling::Wait,
        3 => Handling::Snooze { until: super::BEGIN.plus(reader.span()?) },
        4 => Handling::Open,
        5 => Handling::Prioritize(Priority::ALL[usize::from(reader.below(5)?)]),
        6 => Handling::Label(label(reader.below(30)?)?),
        _ => Handling::Unlabel(label(reader.below(30)?)?),
    })
}
