//! A socket introduces itself, as in `edge/src/objects/conversation/hello.rs`.

use domain::conversation::{Attendance, Request as Asked, Seat, Send, StoredEvent, joining_allowed, resume};
use domain::{Action, Resource, authorize};
use mutant::mutant;
use protocol::{
    AgentFrame, Author, ClientFrame, CloseCode, Cursor, Event, Hello, Seq, ServerFrame, SocketTarget,
    VisitorFrame, Welcome,
};
use store::conversation::ConversationStore as _;

use super::conversation::{ConversationObject, Live};
use super::socket::{Credential, Seated, Side};
use crate::network::LinkId;

impl ConversationObject {
    /// Seats a socket or closes it, with a code and no other word.
    pub(super) fn hello(&mut self, link: LinkId, hello: Hello) {
        let Err(close) = self.seat(link, hello) else { return };
        let code = close.into();
        match self.host.sockets.get(&link).map(|socket| socket.attachment.side) {
            Some(Side::Visitor) => drop(self.host.send(link, &VisitorFrame::Bye { code, after: 0 })),
            Some(Side::Agent) => drop(self.host.send(link, &AgentFrame::Bye { code, after: 0 })),
            None => {}
        }
        self.host.close(link, close);
    }

    fn seat(&mut self, link: LinkId, hello: Hello) -> Result<(), CloseCode> {
        let side = self.host.sockets.get(&link).ok_or(CloseCode::Zombie)?.attachment.side;
        let credential = self.credential(side, &hello.credential)?;
        let page = match credential {
            Credential::Visitor(_) => hello.page.map(protocol::Page::tidied),
            Credential::Agent(_) => None,
        };
        let seated = Seated { credential, tab: hello.tab, page };
        let seat = seated.seat();
        let conversation = self.id;
        let joined = self.with_live(|object, live| {
            let resource =
                Resource::Conversation { id: conversation, identity: live.conversation.identity() };
            if authorize(&seat.principal, Action::Watch, resource).is_err() {
                return Ok(Err(CloseCode::NotFound));
            }
            if let Err(close) = object.make_room(link, &seat) {
                return Ok(Err(close));
            }
            mutant!(
                4,
                object.keep_seat(link, Some(seated.clone())),
                object.keep_seat_later(link, seated.clone())
            );
            object.welcome(live, link, &seated, hello.cursor);
            Ok(Ok(()))
        });
        joined.map_err(|_| CloseCode::Zombie)??;
        let told = match seated.page {
            Some(page) => self.perform(link, &seat, Asked::Visitor(ClientFrame::Page(page))),
            None => self.with_live(|object, live| {
                object.deliver(live, link, vec![Send::Attendance]);
                Ok(())
            }),
        };
        told.map_err(|_| CloseCode::Zombie)
    }

    fn credential(&mut self, side: Side, text: &str) -> Result<Credential, CloseCode> {
        let now = self.host.now;
        match side {
            Side::Visitor => Credential::of_visitor(text, now).ok_or(CloseCode::Unauthenticated),
            Side::Agent => {
                let ticket = Credential::of_agent(text, SocketTarget::Conversation(self.id), now)
                    .ok_or(CloseCode::Unauthenticated)?;
                if self.used_tickets.take(&ticket, now) {
                    Ok(Credential::Agent(ticket))
                } else {
                    Err(CloseCode::Unauthenticated)
                }
            }
        }
    }

    /// Closes the socket that this one replaces, and counts the others.
    fn make_room(&mut self, link: LinkId, seat: &Seat) -> Result<(), CloseCode> {
        let mut staying = Vec::new();
        let others: Vec<LinkId> = self.host.sockets.keys().copied().filter(|other| *other != link).collect();
        for other in others {
            let Some(taken) = self.seated(other).map(|seated| seated.seat()) else {
                continue;
            };
            if taken.is_replaced_by(seat) {
                self.keep_seat(other, None);
                self.host.close(other, CloseCode::Replaced);
            } else {
                staying.push(taken);
            }
        }
        joining_allowed(seat.person(), staying.iter()).map_err(|_| CloseCode::TooMany)
    }

    /// Greets a socket and gives it what it misses, in the same turn in which it was seated: no gap and no overlap.
    fn welcome(&mut self, live: &Live, link: LinkId, seated: &Seated, cursor: Option<Cursor>) {
        let attendance = self.attendance();
        let conversation = &live.conversation;
        let now = self.host.now;
        match &seated.credential {
            Credential::Visitor(_) => {
                let head = conversation.public_head();
                let backlog = resume(cursor, live.epoch(), head);
                self.host.send(
                    link,
                    &VisitorFrame::Welcome(Welcome {
                        epoch: live.epoch(),
                        resume: backlog.resume,
                        from: backlog.from,
                        head,
                        me: Author::Visitor,
                        status: conversation.status(),
                        marks: conversation.marks_for_visitor(),
                        presence: attendance.for_visitor(),
                        now,
                    }),
                );
                let (after, upto) = conversation.range_of_public(backlog.from, head);
                self.send_stored(live, link, after, upto, false);
            }
            Credential::Agent(ticket) => {
                let head = conversation.head();
                let backlog = resume(cursor, live.epoch(), head);
                self.host.send(
                    link,
                    &AgentFrame::Welcome(Welcome {
                        epoch: live.epoch(),
                        resume: backlog.resume,
                        from: backlog.from,
                        head,
                        me: Author::Agent(ticket.agent.clone()),
                        status: conversation.status(),
                        marks: conversation.marks_for_agents(),
                        presence: attendance.for_agents(conversation),
                        now,
                    }),
                );
                self.send_stored(live, link, backlog.from, head, false);
            }
        }
    }

    /// Everybody who has said hello and has not left.
    pub(super) fn attendance(&self) -> Attendance {
        let seats: Vec<Seat> = self
            .host
            .sockets
            .values()
            .filter_map(|socket| socket.attachment.seated.as_ref().map(Seated::seat))
            .collect();
        Attendance::of(seats.iter())
    }

    /// A socket is gone: the others are told if that changes who is here.
    pub(super) fn left(&mut self, link: LinkId) {
        if self.seated(link).is_none() {
            return;
        }
        self.keep_seat(link, None);
        let _ = self.with_live(|object, live| {
            object.deliver(live, link, vec![Send::Attendance]);
            Ok(())
        });
    }

    /// Sends stored events in frames of a bounded size.
    pub(super) fn send_stored(&mut self, live: &Live, link: LinkId, after: Seq, upto: Seq, older: bool) {
        let Ok(stored) = live.store.events(after, upto) else {
            self.host.close(link, CloseCode::Zombie);
            return;
        };
        let Some(side) = self.host.sockets.get(&link).map(|socket| socket.attachment.side) else { return };
        let mut chunks = stored.chunks(protocol::limits::EVENTS_PER_FRAME).peekable();
        if older && chunks.peek().is_none() {
            match side {
                Side::Visitor => drop(self.host.send(link, &VisitorFrame::Older { events: Vec::new() })),
                Side::Agent => drop(self.host.send(link, &AgentFrame::Older { events: Vec::new() })),
            }
        }
        for chunk in chunks {
            match side {
                Side::Visitor => {
                    let events = chunk.iter().filter_map(StoredEvent::for_visitor).collect();
                    self.host.send(link, &stored_frame::<_, protocol::TeamPresence>(events, older));
                }
                Side::Agent => {
                    let events = chunk.iter().map(StoredEvent::for_agents).collect();
                    self.host.send(link, &stored_frame::<_, protocol::VisitorPresence>(events, older));
                }
            }
        }
    }
}

fn stored_frame<K, P>(events: Vec<Event<K>>, older: bool) -> ServerFrame<K, P> {
    if older { ServerFrame::Older { events } } else { ServerFrame::Events { events } }
}
