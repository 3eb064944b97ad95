//! A socket introduces itself, is told what it missed, and is told of by the others.

use domain::conversation::{Request as Asked, Seat, Send, joining_allowed, resume};
use domain::{Action, Resource, authorize};
use protocol::{
    AgentFrame, Author, ClientFrame, CloseCode, Cursor, Hello, Seq, ServerFrame, SocketTarget, VisitorFrame,
    Welcome,
};

use super::ConversationObject;
use super::deliver::attendance;
use super::live::Live;
use crate::config::token_secret;
use crate::objects::credential::Credential;
use crate::objects::socket::{Seated, Side, Socket, all};
use crate::surroundings::now;

impl ConversationObject {
    /// Seats a socket or closes it, with a code and no other word.
    pub(super) fn hello(&self, socket: &mut Socket, hello: Hello) {
        if let Err(close) = self.seat(socket, hello) {
            let code = close.into();
            match socket.attachment.side {
                Side::Visitor => socket.send(&VisitorFrame::Bye { code, after: 0 }),
                Side::Agent => socket.send(&AgentFrame::Bye { code, after: 0 }),
            }
            socket.close(close);
        }
    }

    fn seat(&self, socket: &mut Socket, hello: Hello) -> Result<(), CloseCode> {
        let conversation = self.id().map_err(|_| CloseCode::Zombie)?;
        let credential = self.credential(socket.attachment.side, &hello.credential)?;
        let page = match credential {
            Credential::Visitor(_) => hello.page.map(protocol::Page::tidied),
            Credential::Agent(_) => None,
        };
        let seated = Seated { credential, tab: hello.tab, page };
        let seat = seated.seat();
        let joined = self.with_live(|object, live| {
            let resource =
                Resource::Conversation { id: conversation, identity: live.conversation.identity() };
            if authorize(&seat.principal, Action::Watch, resource).is_err() {
                return Ok(Err(CloseCode::NotFound));
            }
            if let Err(close) = object.make_room(socket, &seat) {
                return Ok(Err(close));
            }
            socket.attachment.seated = Some(seated.clone());
            socket.keep();
            object.welcome(live, socket, hello.cursor);
            Ok(Ok(()))
        });
        joined.map_err(|_| CloseCode::Zombie)??;
        let told = match seated.page {
            Some(page) => self.perform(socket, &seat, Asked::Visitor(ClientFrame::Page(page))),
            None => self.with_live(|object, live| {
                object.deliver(live, socket, vec![Send::Attendance]);
                Ok(())
            }),
        };
        told.map_err(|_| CloseCode::Zombie)
    }

    fn credential(&self, side: Side, text: &str) -> Result<Credential, CloseCode> {
        let secret = token_secret(&self.env).map_err(|_| CloseCode::Zombie)?;
        let id = self.id().map_err(|_| CloseCode::Zombie)?;
        match side {
            Side::Visitor => Credential::of_visitor(&secret, text, now()).ok_or(CloseCode::Unauthenticated),
            Side::Agent => {
                let ticket = Credential::of_agent(&secret, text, SocketTarget::Conversation(id), now());
                let ticket = ticket.ok_or(CloseCode::Unauthenticated)?;
                if self.used_tickets.borrow_mut().take(&ticket, now()) {
                    Ok(Credential::Agent(ticket))
                } else {
                    Err(CloseCode::Unauthenticated)
                }
            }
        }
    }

    /// Closes the socket that this one replaces, and counts the others.
    fn make_room(&self, socket: &Socket, seat: &Seat) -> Result<(), CloseCode> {
        let mut staying = Vec::new();
        for mut other in all(&self.state).into_iter().filter(|other| !other.is(socket)) {
            let Some(taken) = other.attachment.seated.as_ref().map(Seated::seat) else {
                continue;
            };
            if taken.is_replaced_by(seat) {
                other.attachment.seated = None;
                other.keep();
                other.close(CloseCode::Replaced);
            } else {
                staying.push(taken);
            }
        }
        joining_allowed(seat.person(), staying.iter()).map_err(|_| CloseCode::TooMany)
    }

    /// Greets a socket and gives it what it misses, in the same turn in which it was seated: no gap and no overlap.
    fn welcome(&self, live: &Live, socket: &Socket, cursor: Option<Cursor>) {
        let attendance = attendance(&all(&self.state));
        let conversation = &live.conversation;
        match socket.attachment.side {
            Side::Visitor => {
                let head = conversation.public_head();
                let backlog = resume(cursor, live.epoch(), head);
                socket.send(&VisitorFrame::Welcome(Welcome {
                    epoch: live.epoch(),
                    resume: backlog.resume,
                    from: backlog.from,
                    head,
                    me: Author::Visitor,
                    status: conversation.status(),
                    marks: conversation.marks_for_visitor(),
                    presence: attendance.for_visitor(),
                    now: now(),
                }));
                let (after, upto) = conversation.range_of_public(backlog.from, head);
                self.send_stored(live, socket, after, upto, false);
            }
            Side::Agent => {
                let head = conversation.head();
                let backlog = resume(cursor, live.epoch(), head);
                let me = match socket.attachment.seated.as_ref().map(|seated| &seated.credential) {
                    Some(Credential::Agent(ticket)) => Author::Agent(ticket.agent.clone()),
                    Some(Credential::Visitor(_)) | None => Author::System,
                };
                socket.send(&AgentFrame::Welcome(Welcome {
                    epoch: live.epoch(),
                    resume: backlog.resume,
                    from: backlog.from,
                    head,
                    me,
                    status: conversation.status(),
                    marks: conversation.marks_for_agents(),
                    presence: attendance.for_agents(conversation),
                    now: now(),
                }));
                self.send_stored(live, socket, backlog.from, head, false);
            }
        }
    }

    /// A socket is gone: the others are told if that changes who is here.
    pub(super) fn left(&self, socket: &Socket) {
        let mut gone = Socket::clone(socket);
        if gone.attachment.seated.take().is_none() {
            return;
        }
        gone.keep();
        let _ = self.with_live(|object, live| {
            object.deliver(live, &gone, vec![Send::Attendance]);
            Ok(())
        });
    }

    /// Sends stored events in frames of a bounded size.
    pub(super) fn send_stored(&self, live: &Live, socket: &Socket, after: Seq, upto: Seq, older: bool) {
        use store::conversation::ConversationStore as _;
        let Ok(stored) = live.store.events(after, upto).map_err(super::live::storage) else {
            socket.close(CloseCode::Zombie);
            return;
        };
        let side = socket.attachment.side;
        let mut chunks = stored.chunks(protocol::limits::EVENTS_PER_FRAME).peekable();
        if older && chunks.peek().is_none() {
            match side {
                Side::Visitor => socket.send(&VisitorFrame::Older { events: Vec::new() }),
                Side::Agent => socket.send(&AgentFrame::Older { events: Vec::new() }),
            }
        }
        for chunk in chunks {
            match side {
                Side::Visitor => {
                    let events =
                        chunk.iter().filter_map(domain::conversation::StoredEvent::for_visitor).collect();
                    socket.send(&stored_frame::<_, protocol::TeamPresence>(events, older));
                }
                Side::Agent => {
                    let events = chunk.iter().map(domain::conversation::StoredEvent::for_agents).collect();
                    socket.send(&stored_frame::<_, protocol::VisitorPresence>(events, older));
                }
            }
        }
    }
}

fn stored_frame<K, P>(events: Vec<protocol::Event<K>>, older: bool) -> ServerFrame<K, P> {
    if older { ServerFrame::Older { events } } else { ServerFrame::Events { events } }
}
