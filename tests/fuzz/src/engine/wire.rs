//! What comes over the wire: pieces of an honest log in any order, or anything at all.

use std::collections::BTreeMap;

use protocol::codec::from_bytes;
use protocol::{
    ClientMessageId, Code, Epoch, Event, Failure, ReadMarks, Refusal, Resume, Seq, ServerFrame, Status,
    Timestamp, Welcome,
};

use super::side::{Side, author};
use crate::reader::Reader;

/// The lives of the log. What stands at a position is decided when it is first told, and never again.
#[derive(Debug)]
pub(super) struct Wire<S: Side> {
    lives: BTreeMap<u8, BTreeMap<Seq, Event<S::Kind>>>,
    life: u8,
    /// Whether nothing was told that no server tells.
    pub(super) is_honest: bool,
}

impl<S: Side> Wire<S> {
    pub(super) fn new() -> Self {
        Self { lives: BTreeMap::new(), life: 0, is_honest: true }
    }

    /// Reads a frame out of bytes. `waiting` are the messages of this person that may have been stored; `is_greeting` says
    /// whether the client waits for a welcome.
    pub(super) fn frame(
        &mut self,
        reader: &mut Reader<'_>,
        waiting: &[Waiting<S>],
        now: Timestamp,
        is_greeting: bool,
    ) -> Option<ServerFrame<S::Kind, S::Presence>> {
        Some(match reader.below(12)? {
            0 | 1 => ServerFrame::Welcome(self.welcome(reader, now, is_greeting)?),
            2..=4 => ServerFrame::Events { events: self.run(reader, waiting)? },
            5 => ServerFrame::Older { events: self.run(reader, waiting)? },
            6 => self.accepted(reader, waiting)?,
            7 => ServerFrame::Refused(Refusal {
                code: code(reader)?,
                client_message_id: pick(reader, waiting)?.map(|waiting| waiting.id),
                retry_after: if reader.flag()? { Some(u32::try_from(reader.span()?).ok()?) } else { None },
            }),
            8 => ServerFrame::Marks(marks(reader)?),
            9 => ServerFrame::Typing { author: author(reader.byte()?), on: reader.flag()? },
            10 => ServerFrame::Presence(S::presence(reader.byte()?)),
            _ if reader.flag()? => {
                ServerFrame::Bye { code: code(reader)?, after: u32::try_from(reader.span()?).ok()? }
            }
            _ => {
                let frame = from_bytes(reader.bytes()?).ok();
                self.is_honest &= frame.is_none();
                frame.unwrap_or_else(|| ServerFrame::Presence(S::Presence::default()))
            }
        })
    }

    /// Opens a connection, perhaps to another life of the log; later in the connection it is the same.
    fn welcome(
        &mut self,
        reader: &mut Reader<'_>,
        now: Timestamp,
        is_greeting: bool,
    ) -> Option<Welcome<S::Presence>> {
        let resume = [Resume::Resumed, Resume::Fresh, Resume::EpochChanged, Resume::Rewound, Resume::TooFar];
        let resume = resume[usize::from(reader.below(5)?)];
        let life = reader.below(3)?;
        if is_greeting {
            self.life = life;
        }
        Some(Welcome {
            epoch: Epoch::from_bytes([self.life; 16]),
            resume,
            from: Seq(reader.position()?),
            head: Seq(reader.position()?),
            me: S::me(),
            status: if reader.flag()? { Status::Open } else { Status::Resolved },
            marks: marks(reader)?,
            presence: S::presence(reader.byte()?),
            now,
        })
    }

    /// Some events in a row.
    fn run(&mut self, reader: &mut Reader<'_>, waiting: &[Waiting<S>]) -> Option<Vec<Event<S::Kind>>> {
        let (first, count) = (reader.position()?, reader.below(6)?);
        let mut events = Vec::new();
        for seq in (0..count).filter_map(|offset| first.checked_add(u64::from(offset))) {
            events.push(self.event(Seq(seq), pick(reader, waiting)?));
        }
        Some(events)
    }

    fn accepted(
        &mut self,
        reader: &mut Reader<'_>,
        waiting: &[Waiting<S>],
    ) -> Option<ServerFrame<S::Kind, S::Presence>> {
        let (waiting, seq) = (pick(reader, waiting)?, Seq(reader.position()?));
        let event = self.event(seq, waiting);
        let duplicate = reader.flag()?;
        Some(match waiting {
            Some(waiting) if event.client_message_id == waiting.id => ServerFrame::Accepted {
                client_message_id: waiting.id,
                seq: event.seq,
                at: event.at,
                duplicate,
            },
            Some(_) | None => ServerFrame::Events { events: vec![event] },
        })
    }

    /// What stands at a position: what was said to, or now this message, or what somebody else wrote.
    fn event(&mut self, seq: Seq, waiting: Option<&Waiting<S>>) -> Event<S::Kind> {
        let log = self.lives.entry(self.life).or_default();
        if let Some(waiting) = waiting
            && let Some(stored) = log.values().find(|event| event.client_message_id == waiting.id)
        {
            return stored.clone();
        }
        let event = log.entry(seq).or_insert_with(|| match waiting {
            Some(waiting) => Event {
                seq,
                at: Timestamp(0).plus(seq.0),
                author: S::me(),
                client_message_id: waiting.id,
                kind: waiting.kind.clone(),
            },
            None => {
                let position = seq.0.to_be_bytes();
                let mut id = [self.life; 16];
                id[..8].copy_from_slice(&position);
                Event {
                    seq,
                    at: Timestamp(0).plus(seq.0),
                    author: author(position[7]),
                    client_message_id: ClientMessageId::from_bytes(id),
                    kind: S::kind(seq.0),
                }
            }
        });
        event.clone()
    }
}

/// A message that is not known to be stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Waiting<S: Side> {
    pub(super) id: ClientMessageId,
    pub(super) kind: S::Kind,
    pub(super) failed: Option<Failure>,
}

/// One of those that wait, or none.
pub(super) fn pick<'a, T>(reader: &mut Reader<'_>, waiting: &'a [T]) -> Option<Option<&'a T>> {
    let index = usize::from(reader.byte()?);
    Some(waiting.get(index % 8))
}

/// Any code of the closed list.
pub(crate) fn code(reader: &mut Reader<'_>) -> Option<Code> {
    const CODES: [Code; 20] = [
        Code::BadFrame,
        Code::TooLarge,
        Code::Unauthenticated,
        Code::NotFound,
        Code::Forbidden,
        Code::Empty,
        Code::TooLong,
        Code::BadText,
        Code::OutOfOrder,
        Code::IdempotencyConflict,
        Code::RateLimited,
        Code::UpgradeRequired,
        Code::TooManySockets,
        Code::UnknownSite,
        Code::OriginNotAllowed,
        Code::WrongSignIn,
        Code::AlreadySetUp,
        Code::Storage,
        Code::Unavailable,
        Code::Internal,
    ];
    Some(CODES[usize::from(reader.below(20)?)])
}

fn marks(reader: &mut Reader<'_>) -> Option<ReadMarks> {
    Some(ReadMarks { visitor: Seq(reader.position()?), agents: Seq(reader.position()?) })
}
