//! The frames of both sides in one form.

use protocol::{
    AgentCommand, AgentFrame, AgentKind, Audience, ClientFrame, ClientMessageId, Code, Cursor, Event,
    ForAgents, ForVisitors, Knowledge, OutboxId, ReadMarks, Refusal, Seq, ServerFrame, TabId, Timestamp,
    VisitorCommand, VisitorFrame, Welcome,
};

use super::comparing::Regard;
use crate::browser::decode;
use crate::network::Payload;
use crate::object::Side;

/// What a client asked for.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Hello {
        tab: TabId,
        cursor: Option<Cursor>,
    },
    Submit {
        id: ClientMessageId,
        outbox: OutboxId,
        number: u64,
        kind: Option<AgentKind>,
        /// What a reply was written in sight of.
        regard: Option<Regard>,
    },
    Read {
        upto: Seq,
    },
    Older {
        before: Seq,
    },
    Newer {
        after: Seq,
    },
    /// Nothing that could be stored or answered with events.
    Else,
}

/// What a server told.
#[derive(Debug, Clone)]
pub(crate) enum Told {
    Welcome(Box<Welcome<()>>),
    Events(Vec<Event<AgentKind>>),
    Older(Vec<Event<AgentKind>>),
    Accepted {
        id: ClientMessageId,
        seq: Seq,
        at: Timestamp,
        duplicate: bool,
    },
    Refused(Refusal),
    Marks(ReadMarks),
    Bye,
    /// Typing, presence.
    Fleeting,
}

pub(crate) fn asked(side: Side, payload: &Payload) -> Asked {
    match side {
        Side::Visitor => decode::<ClientFrame<VisitorCommand>>(payload)
            .map_or(Asked::Else, |frame| narrow::<ForVisitors>(frame, AgentKind::Public, |_| None)),
        Side::Agent => decode::<ClientFrame<AgentCommand>>(payload)
            .map_or(Asked::Else, |frame| narrow::<ForAgents>(frame, |kind| kind, regard)),
    }
}

fn regard(command: &AgentCommand) -> Option<Regard> {
    if let AgentCommand::Say { seen, .. } = command { Some(Regard(*seen)) } else { None }
}

fn narrow<A: Audience>(
    frame: ClientFrame<A::Command>,
    widen: fn(A::Kind) -> AgentKind,
    regard: fn(&A::Command) -> Option<Regard>,
) -> Asked {
    match frame {
        ClientFrame::Hello(hello) => Asked::Hello { tab: hello.tab, cursor: hello.cursor },
        ClientFrame::Submit(submission) => Asked::Submit {
            id: submission.client_message_id,
            outbox: submission.outbox,
            number: submission.number,
            kind: A::echo(&submission.command).map(widen),
            regard: regard(&submission.command),
        },
        ClientFrame::Read { upto } => Asked::Read { upto },
        ClientFrame::Older { before } => Asked::Older { before },
        ClientFrame::Newer { after } => Asked::Newer { after },
        ClientFrame::Typing { .. } | ClientFrame::Noting { .. } | ClientFrame::Page(_) => Asked::Else,
    }
}

pub(crate) fn told(side: Side, payload: &Payload) -> Option<Told> {
    match side {
        Side::Visitor => decode::<VisitorFrame>(payload).ok().map(|frame| widen(frame, AgentKind::Public)),
        Side::Agent => decode::<AgentFrame>(payload).ok().map(|frame| widen(frame, |kind| kind)),
    }
}

/// With which code a frame refuses something.
pub(crate) fn refused_as(side: Side, payload: &Payload) -> Option<Code> {
    match told(side, payload) {
        Some(Told::Refused(refusal)) => Some(refusal.code),
        Some(_) | None => None,
    }
}

fn widen<K, P: Knowledge>(frame: ServerFrame<K, P>, kind: fn(K) -> AgentKind) -> Told {
    let events = |events: Vec<Event<K>>| events.into_iter().map(|event| wide(event, kind)).collect();
    match frame {
        ServerFrame::Welcome(welcome) => Told::Welcome(Box::new(Welcome {
            presence: (),
            epoch: welcome.epoch,
            resume: welcome.resume,
            from: welcome.from,
            head: welcome.head,
            me: welcome.me,
            status: welcome.status,
            marks: welcome.marks,
            now: welcome.now,
        })),
        ServerFrame::Events { events: told } => Told::Events(events(told)),
        ServerFrame::Older { events: told } => Told::Older(events(told)),
        ServerFrame::Accepted { client_message_id, seq, at, duplicate } => {
            Told::Accepted { id: client_message_id, seq, at, duplicate }
        }
        ServerFrame::Refused(refusal) => Told::Refused(refusal),
        ServerFrame::Marks(marks) => Told::Marks(marks),
        ServerFrame::Typing { .. } | ServerFrame::Presence(_) | ServerFrame::Aside(_) => Told::Fleeting,
        ServerFrame::Bye { .. } => Told::Bye,
    }
}

fn wide<K>(event: Event<K>, kind: fn(K) -> AgentKind) -> Event<AgentKind> {
    Event {
        seq: event.seq,
        at: event.at,
        author: event.author,
        client_message_id: event.client_message_id,
        kind: kind(event.kind),
    }
}

/// Codes with which a submission may be refused for a while although nothing is wrong with it.
pub(crate) const fn is_of_the_moment(code: Code) -> bool {
    matches!(code, Code::RateLimited | Code::Storage)
}
