//! A hibernating socket with its attachment (`edge/src/objects/socket.rs`), and the credentials of a hello.

use std::collections::BTreeMap;

use domain::Principal;
use domain::conversation::{Person, Seat};
use domain::token::verify;
use protocol::codec::{self, Codec, Undecodable};
use protocol::{
    AgentTicket, CloseCode, Code, Nonce, Page, Refusal, SocketTarget, TabId, Timestamp, VisitorClaims, limits,
};
use serde::{Deserialize, Serialize};

use super::SECRET;
use super::host::Host;
use crate::network::{LinkId, Payload};

/// Which kind of socket an object was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Visitor,
    Agent,
}

/// What is kept with a socket.
#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub(crate) side: Side,
    pub(crate) codec: Codec,
    opened_at: Timestamp,
    bad_frames: u32,
    bad_since: Timestamp,
    pub(crate) seated: Option<Seated>,
}

/// Who a socket belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Seated {
    pub(crate) credential: Credential,
    pub(crate) tab: TabId,
    pub(crate) page: Option<Page>,
}

impl Seated {
    pub(crate) fn seat(&self) -> Seat {
        Seat { principal: self.credential.principal(), tab: self.tab, page: self.page.clone() }
    }
}

/// The server's end of a link.
#[derive(Debug, Clone)]
pub(crate) struct Socket {
    pub(crate) attachment: Attachment,
    /// The server has closed it, and the client has not answered yet.
    pub(crate) closing: bool,
    /// Bytes that the client has not taken.
    pub(crate) buffered: usize,
}

impl Socket {
    pub(crate) fn person(&self) -> Option<Person> {
        self.attachment.seated.as_ref().map(|seated| seated.seat().person())
    }
}

/// A credential that was good when the socket said hello.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    Visitor(VisitorClaims),
    Agent(AgentTicket),
}

impl Credential {
    pub(crate) fn of_visitor(text: &str, now: Timestamp) -> Option<Self> {
        verify::<VisitorClaims>(SECRET, text, now).map(Self::Visitor)
    }

    pub(crate) fn of_agent(text: &str, target: SocketTarget, now: Timestamp) -> Option<AgentTicket> {
        verify::<AgentTicket>(SECRET, text, now).filter(|ticket| ticket.target == target)
    }

    fn principal(&self) -> Principal {
        match self {
            Self::Visitor(claims) => Principal::Visitor(*claims),
            Self::Agent(ticket) => Principal::Agent {
                workspace: ticket.workspace,
                profile: ticket.agent.clone(),
                role: ticket.role,
            },
        }
    }
}

/// Tickets that were used and are not yet expired.
#[derive(Debug, Default)]
pub(crate) struct UsedTickets(BTreeMap<Nonce, Timestamp>);

impl UsedTickets {
    pub(crate) fn take(&mut self, ticket: &AgentTicket, now: Timestamp) -> bool {
        self.0.retain(|_, expires_at| *expires_at > now);
        self.0.insert(ticket.nonce, ticket.expires_at).is_none()
    }
}

impl Host {
    /// Accepts a socket, unless there are too many.
    pub(crate) fn accept(&mut self, link: LinkId, side: Side, codec: Codec) -> bool {
        let now = self.now;
        let speechless = |socket: &Socket| {
            socket.attachment.seated.is_none() && now.since(socket.attachment.opened_at) > limits::HELLO_MS
        };
        let silent: Vec<LinkId> =
            self.sockets.iter().filter(|(_, socket)| speechless(socket)).map(|(link, _)| *link).collect();
        let others = self.sockets.len() - silent.len();
        silent.iter().for_each(|link| self.close(*link, CloseCode::Unauthenticated));
        if others >= limits::SOCKETS_PER_OBJECT {
            return false;
        }
        let attachment =
            Attachment { side, codec, opened_at: now, bad_frames: 0, bad_since: Timestamp(0), seated: None };
        self.sockets.insert(link, Socket { attachment, closing: false, buffered: 0 });
        true
    }

    /// Reads a message; what is no frame is answered here.
    pub(crate) fn read<I, O>(
        &mut self,
        link: LinkId,
        payload: &Payload,
        refuse: fn(Refusal) -> O,
    ) -> Option<I>
    where
        I: for<'de> Deserialize<'de>,
        O: Serialize,
    {
        let socket = self.sockets.get_mut(&link)?;
        if payload.len() > limits::FRAME_BYTES {
            self.close(link, CloseCode::TooBig);
            return None;
        }
        let decoded = match (payload, socket.attachment.codec) {
            (Payload::Text(text), Codec::Json) => codec::from_text(text),
            (Payload::Binary(bytes), Codec::Postcard) => codec::from_bytes(bytes),
            (Payload::Text(_), Codec::Postcard) | (Payload::Binary(_), Codec::Json) => {
                self.close(link, CloseCode::WrongKind);
                return None;
            }
        };
        match decoded {
            Ok(frame) => return Some(frame),
            Err(Undecodable::Version) => self.close(link, CloseCode::UpgradeRequired),
            Err(Undecodable::Malformed) if socket.attachment.seated.is_none() => {
                self.close(link, CloseCode::Unauthenticated);
            }
            Err(Undecodable::Malformed) => {
                let attachment = &mut socket.attachment;
                if self.now.since(attachment.bad_since) >= limits::BAD_FRAME_WINDOW_MS {
                    attachment.bad_since = self.now;
                    attachment.bad_frames = 0;
                }
                attachment.bad_frames += 1;
                let too_many = attachment.bad_frames >= limits::BAD_FRAMES;
                self.send(link, &refuse(Refusal::new(Code::BadFrame.into(), None)));
                if too_many {
                    self.close(link, CloseCode::BadFrames);
                }
            }
        }
        None
    }
}
