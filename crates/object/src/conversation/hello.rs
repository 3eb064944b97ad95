//! A socket introduces itself, is told what it missed, and is told of by the others.

use domain::conversation::{Backlog, Person, Request as Asked, Send, resume};
use domain::{Action, Conversation, Resource, authorize};
use mutant::mutant;
use protocol::{
    AgentFrame, Author, ClientFrame, CloseCode, Code, Cursor, Epoch, Hello, Page, ReadMarks, Seq,
    SocketTarget, Timestamp, VisitorFrame, Welcome,
};
use store::conversation::ConversationStore;

use super::inquiry::{Doubt, Inquiry};
use super::live::Live;
use super::{ConversationObject, say};
use crate::attachment::{Seated, Side};
use crate::credential::Credential;
use crate::platform::ConversationPlatform;
use crate::sockets::Sockets;
use crate::ticket::stands;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Seats a socket or closes it, with a code and no other word; and returns what has to be asked, if anything has.
    pub(super) fn hello<P>(&mut self, platform: &mut P, handle: &Handle, hello: Hello) -> Option<Inquiry>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let credential = match self.credential(platform, handle, &hello.credential) {
            Ok(credential) => credential,
            Err(close) => {
                self.turn_away(platform, handle, close);
                return None;
            }
        };
        let claims = match (self.doubt(platform, &credential), &credential) {
            (Doubt::First, Credential::Visitor(claims)) => {
                return Some(self.inquire(platform, claims, Some(hello)));
            }
            (Doubt::Later, Credential::Visitor(claims)) => Some(claims.clone()),
            (Doubt::None, Credential::Visitor(_)) | (_, Credential::Agent(_)) => None,
        };
        if let Err(close) = self.seat(platform, handle, hello, credential) {
            self.turn_away(platform, handle, close);
            return None;
        }
        claims.map(|claims| self.inquire(platform, &claims, None))
    }

    /// Closes a socket that is not let in.
    pub(super) fn turn_away<P>(&mut self, platform: &mut P, handle: &Handle, close: CloseCode)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let code = close.into();
        if let Some(socket) = self.sockets(platform).get_mut(handle) {
            say(
                platform,
                socket,
                || VisitorFrame::Bye { code, after: 0 },
                || AgentFrame::Bye { code, after: 0 },
            );
            socket.turn_away(platform, close);
        }
    }

    pub(super) fn seat<P>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        hello: Hello,
        credential: Credential,
    ) -> Result<(), CloseCode>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let page = match credential {
            Credential::Visitor(_) => hello.page.map(Page::tidied),
            Credential::Agent(_) => None,
        };
        let seated = Seated { credential, tab: hello.tab, page: page.clone() };
        let id = platform.conversation_id().map_err(|_| CloseCode::Zombie)?;
        #[cfg(mutants)]
        let late = &mut self.late;
        #[cfg(mutants)]
        let mut late_seats = std::mem::take(late);
        let joined = self.with_live(platform, |sockets, live, platform| {
            let resource = Resource::Conversation { id, identity: live.conversation.identity() };
            let seat = seated.seat();
            if authorize(&seat.principal, Action::Watch, resource).is_err() {
                platform.not_taken("a conversation of others");
                return Ok(Err(CloseCode::NotFound));
            }
            if let Err(close) = sockets.make_room(platform, handle, &seat) {
                return Ok(Err(close));
            }
            if let Some(socket) = sockets.get_mut(handle) {
                socket.take_seat(platform, Some(seated.clone()));
            }
            live.welcome(platform, sockets, handle, &seated, hello.cursor)?;
            #[cfg(mutants)]
            if mutant!(4, false, true)
                && let Some(socket) = sockets.get_mut(handle)
            {
                socket.take_seat(platform, None);
                late_seats.push((handle.clone(), seated.clone()));
            }
            Ok(Ok(()))
        });
        #[cfg(mutants)]
        {
            self.late = late_seats;
        }
        joined.map_err(|reject| {
            if reject.code == Code::NotFound { CloseCode::NotFound } else { CloseCode::Zombie }
        })??;
        let told = match page {
            Some(page) => self.perform(platform, handle, Asked::Visitor(ClientFrame::Page(page))),
            None => self.with_live(platform, |sockets, live, platform| {
                live.deliver(platform, sockets, Some(handle), vec![Send::Attendance]);
                Ok(())
            }),
        };
        mutant!(4, told.map_err(|_| CloseCode::Zombie), Ok(()))
    }

    /// Reads what a hello brings.
    pub(super) fn credential<P>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        text: &str,
    ) -> Result<Credential, CloseCode>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let side = self.sockets(platform).get(handle).ok_or(CloseCode::Zombie)?.attachment.side;
        let now = platform.now();
        let secret = platform.token_secret().map_err(|_| CloseCode::Zombie)?;
        let id = platform.conversation_id().map_err(|_| CloseCode::Zombie)?;
        match side {
            Side::Visitor => {
                let claims = Credential::of_visitor(&secret, text, now).ok_or(CloseCode::Unauthenticated)?;
                stands(platform, &claims)?;
                Ok(Credential::Visitor(claims))
            }
            Side::Agent => {
                let ticket = Credential::of_agent(&secret, text, SocketTarget::Conversation(id), now);
                let ticket = ticket.ok_or(CloseCode::Unauthenticated)?;
                self.sockets(platform).spend(platform, handle, &ticket)?;
                Ok(Credential::Agent(ticket))
            }
        }
    }
}

/// How far everybody has read, as somebody of the team is told.
pub(super) fn marks_of(conversation: &Conversation, person: Person) -> ReadMarks {
    match person {
        Person::Agent(agent) => conversation.marks_for(agent),
        Person::Visitor | Person::System => conversation.marks_for_agents(),
    }
}

/// What both sides' welcomes have in common.
struct Greeting {
    epoch: Epoch,
    backlog: Backlog,
    head: Seq,
    me: Author,
    status: protocol::Status,
    marks: ReadMarks,
    now: Timestamp,
}

impl Greeting {
    fn welcome<Presence>(self, presence: Presence) -> Welcome<Presence> {
        let Self { epoch, backlog, head, me, status, marks, now } = self;
        Welcome { epoch, resume: backlog.resume, from: backlog.from, head, me, status, marks, presence, now }
    }
}

impl<Store: ConversationStore> Live<Store> {
    /// Greets a socket and gives it what it misses, in the same turn in which it was seated: no gap and no overlap.
    fn welcome<P>(
        &mut self,
        platform: &mut P,
        sockets: &Sockets<P::Socket>,
        handle: &P::Socket,
        seated: &Seated,
        cursor: Option<Cursor>,
    ) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let Some(socket) = sockets.get(handle) else { return Ok(()) };
        let side = socket.attachment.side;
        let person = seated.credential.person();
        let head = self.conversation.head_for(person);
        let backlog = resume(cursor, self.epoch(), head, |seq| {
            if !self.conversation.knows(person, seq) {
                self.complete(platform)?;
            }
            Ok::<_, Code>(self.conversation.stored_at(person, seq))
        })?;
        if side == Side::Visitor && !self.conversation.knows_public(backlog.from) {
            self.complete(platform)?;
        }
        let conversation = &self.conversation;
        let greeting = Greeting {
            epoch: self.epoch(),
            backlog,
            head,
            me: seated.credential.author(),
            status: match side {
                Side::Visitor => conversation.status().for_visitor(),
                Side::Agent => conversation.status(),
            },
            marks: match side {
                Side::Visitor => conversation.marks_for_visitor(),
                Side::Agent => marks_of(conversation, person),
            },
            now: platform.now(),
        };
        let attendance = sockets.attendance();
        match side {
            Side::Visitor => {
                let presence = attendance.for_visitor();
                socket.send(platform, &VisitorFrame::Welcome(greeting.welcome(presence)));
                let (after, upto) = conversation.range_of_public(backlog.from, head);
                self.send_stored(platform, socket, after, upto, false);
            }
            Side::Agent => {
                let presence = attendance.for_agents(conversation);
                socket.send(platform, &AgentFrame::Welcome(greeting.welcome(presence)));
                self.send_stored(platform, socket, backlog.from, head, false);
            }
        }
        Ok(())
    }
}
