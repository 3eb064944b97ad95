//! The sockets of an object with what is kept with them, read once on waking.

use domain::conversation::{Attendance, Person, Seat, joining_allowed};
use mutant::mutant;
use protocol::call::{Dismissal, Ended};
use protocol::codec::Codec;
use protocol::{AgentId, AgentTicket, CloseCode, Code, Timestamp, VisitorClaims, limits};
use serde::Serialize;

use crate::attachment::{Attachment, Kept, Seated, Side};
use crate::credential::Credential;
use crate::message::Message;
use crate::platform::Platform;

/// All sockets, in the order of the platform.
#[derive(Debug)]
pub(crate) struct Sockets<S>(Vec<Socket<S>>);

/// A socket with its attachment; write changes back with [`Socket::keep`].
#[derive(Debug)]
pub(crate) struct Socket<S> {
    pub(crate) handle: S,
    pub(crate) attachment: Attachment,
    /// The seat of the attachment in the words of the rules.
    seat: Option<Seat>,
    /// Refusals since something was done. Forgotten in sleep, which nobody falls into who is refused all the time.
    refusals: u32,
    /// Whether it was told to who watches the log that something was refused on it which is not its side's to do.
    is_told_of: bool,
    /// Whether it was closed without ever having had a seat: what still comes on it is nobody's. Forgotten in sleep, which
    /// no socket outlives that the other side closes as well.
    is_turned_away: bool,
}

impl<S: Clone + PartialEq> Sockets<S> {
    /// Reads them from the platform; one without an attachment is none of ours.
    pub(crate) fn read<P: Platform<Socket = S>>(platform: &P) -> Self {
        let with_attachment = |handle: S| {
            let attachment = platform.attachment(&handle)?;
            Some(Socket::new(handle, attachment))
        };
        Self(platform.sockets().into_iter().filter_map(with_attachment).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Socket<S>> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Socket<S>> {
        self.0.iter_mut()
    }

    pub(crate) fn get(&self, handle: &S) -> Option<&Socket<S>> {
        self.0.iter().find(|socket| socket.handle == *handle)
    }

    pub(crate) fn get_mut(&mut self, handle: &S) -> Option<&mut Socket<S>> {
        self.0.iter_mut().find(|socket| socket.handle == *handle)
    }

    /// Whether somebody of the team has said hello and has not left.
    pub(crate) fn has_agents(&self) -> bool {
        self.iter().any(|socket| {
            let attachment = &socket.attachment;
            attachment.side == Side::Agent && attachment.seated.is_some()
        })
    }

    /// Whether a certain one of them has.
    pub(crate) fn has_agent(&self, agent: AgentId) -> bool {
        self.iter().any(|socket| socket.attachment.person() == Some(Person::Agent(agent)))
    }

    /// Whether a visitor has.
    pub(crate) fn has_visitors(&self) -> bool {
        self.iter().any(|socket| socket.token().is_some())
    }

    /// Everybody who has said hello and has not left.
    pub(crate) fn attendance(&self) -> Attendance {
        Attendance::of(self.iter().filter_map(Socket::seat))
    }

    /// Closes the sockets that the one of a newcomer replaces, and decides whether there is room beside the others.
    ///
    /// # Errors
    /// [`CloseCode::TooMany`].
    pub(crate) fn make_room<P: Platform<Socket = S>>(
        &mut self,
        platform: &mut P,
        newcomer: &S,
        seat: &Seat,
    ) -> Result<(), CloseCode> {
        let mut staying = Vec::new();
        for other in self.0.iter_mut().filter(|other| other.handle != *newcomer) {
            match other.seat().map(|taken| taken.is_replaced_by(seat)) {
                Some(true) => {
                    other.take_seat(platform, None);
                    other.close(platform, CloseCode::Replaced);
                }
                Some(false) => staying.extend(other.seat()),
                None => {}
            }
        }
        joining_allowed(seat.person(), staying.into_iter()).map_err(|_| CloseCode::TooMany)
    }

    /// Says what is to be kept with a socket that is asked for; `None` if there are too many. Those that never said hello
    /// make room.
    pub(crate) fn place_for<P: Platform<Socket = S>>(
        &mut self,
        platform: &mut P,
        side: Side,
        codec: Codec,
    ) -> Option<Attachment> {
        let now = platform.now();
        let is_speechless = |socket: &Socket<S>| {
            let attachment = &socket.attachment;
            attachment.seated.is_none() && now.since(attachment.opened_at) > limits::HELLO_MS
        };
        let (speechless, others): (Vec<_>, Vec<_>) = self.0.iter().partition(|socket| is_speechless(socket));
        speechless.iter().for_each(|socket| socket.close(platform, CloseCode::Unauthenticated));
        (others.len() < limits::SOCKETS_PER_OBJECT).then(|| Attachment::new(side, codec, now))
    }

    /// Takes up a socket that was accepted, unless the platform has named it already.
    pub(crate) fn add<P: Platform<Socket = S>>(
        &mut self,
        platform: &mut P,
        handle: S,
        attachment: Attachment,
    ) {
        if self.get(&handle).is_some() {
            return;
        }
        let socket = Socket::new(handle, attachment);
        socket.keep(platform);
        self.0.push(socket);
    }

    /// Closes the sockets of those whose right has ended and takes their seats; of an agent, those that were opened with
    /// a ticket of before. Tells whether there were any (SPEC AC7, SI5, ID10).
    pub(crate) fn dismiss<P: Platform<Socket = S>>(
        &mut self,
        platform: &mut P,
        ended: &Ended,
        at: Timestamp,
    ) -> bool {
        let mut any = false;
        for socket in self.0.iter_mut().filter(|socket| mutant!(28, socket.is_ended_by(ended, at), false)) {
            socket.take_seat(platform, None);
            socket.close(platform, closing(ended));
            any = true;
        }
        any
    }

    /// Forgets a socket that is gone.
    pub(crate) fn remove(&mut self, handle: &S) -> Option<Socket<S>> {
        let index = self.0.iter().position(|socket| socket.handle == *handle)?;
        Some(self.0.remove(index))
    }

    /// Keeps with another socket what was kept with one that is gone.
    pub(crate) fn inherit<P: Platform<Socket = S>>(&mut self, platform: &mut P, kept: Kept) {
        let seated = self.0.iter_mut().filter(|socket| socket.attachment.seated.is_some());
        let mut heirs = seated.filter_map(|socket| {
            let both = match socket.attachment.kept.clone() {
                Some(own) => own.and(kept.clone())?,
                None => kept.clone(),
            };
            Some((socket, both))
        });
        if let Some((heir, both)) = heirs.next() {
            heir.attachment.kept = Some(both);
            heir.keep(platform);
        }
    }
}

impl<S: Clone + PartialEq> Socket<S> {
    fn new(handle: S, attachment: Attachment) -> Self {
        let seat = attachment.seated.as_ref().map(Seated::seat);
        Self { handle, attachment, seat, refusals: 0, is_told_of: false, is_turned_away: false }
    }

    /// Who sits there; `None` before their hello, and after another socket took their place.
    pub(crate) const fn seat(&self) -> Option<&Seat> {
        self.seat.as_ref()
    }

    /// The ticket that an agent's socket was opened with.
    fn ticket(&self) -> Option<&AgentTicket> {
        match &self.attachment.seated.as_ref()?.credential {
            Credential::Agent(ticket) => Some(ticket),
            Credential::Visitor(_) => None,
        }
    }

    /// The token that a visitor's socket was opened with.
    pub(crate) fn token(&self) -> Option<&VisitorClaims> {
        match &self.attachment.seated.as_ref()?.credential {
            Credential::Agent(_) => None,
            Credential::Visitor(claims) => Some(claims),
        }
    }

    fn is_ended_by(&self, ended: &Ended, at: Timestamp) -> bool {
        match ended {
            Ended::Agent(Dismissal { agent, session, .. }) => self.ticket().is_some_and(|ticket| {
                ticket.agent.id == *agent
                    && ticket.given_at() <= at
                    && session.is_none_or(|session| session == ticket.session)
            }),
            Ended::Site(site) => self.token().is_some_and(|claims| claims.site == *site),
            Ended::Voucher(site, voucher) => self
                .token()
                .is_some_and(|claims| claims.site == *site && claims.voucher.as_ref() == Some(voucher)),
            Ended::Visitor(visitor) => self.token().is_some_and(|claims| claims.visitor == *visitor),
        }
    }

    /// Whether it has been open for as long as any of its kind may be: an agent's (SPEC AC8), and that of a visitor who
    /// has proven who they are (SPEC ID6).
    pub(crate) fn is_worn_out(&self, now: Timestamp) -> bool {
        let Attachment { side, opened_at, .. } = &self.attachment;
        match side {
            Side::Agent => now.since(*opened_at) >= limits::AGENT_SOCKET_MS,
            Side::Visitor => self.token().is_some_and(|claims| claims.is_known() && claims.expires_at <= now),
        }
    }

    /// Gives the socket a seat, or takes it away.
    pub(crate) fn take_seat<P: Platform<Socket = S>>(&mut self, platform: &mut P, seated: Option<Seated>) {
        self.seat = seated.as_ref().map(Seated::seat);
        self.attachment.seated = seated;
        self.keep(platform);
    }

    /// Writes the attachment back.
    pub(crate) fn keep<P: Platform<Socket = S>>(&self, platform: &mut P) {
        platform.keep(&self.handle, &self.attachment);
    }

    /// Sends a frame; returns whether the socket took it.
    pub(crate) fn send<P: Platform<Socket = S>, F: Serialize>(&self, platform: &mut P, frame: &F) -> bool {
        self.pass(platform, &Message::of(frame, self.attachment.codec))
    }

    /// Sends a message in the socket's codec. A reader that lets too much pile up is closed, and a socket that has been
    /// open for too long.
    pub(crate) fn pass<P: Platform<Socket = S>>(&self, platform: &mut P, message: &Message) -> bool {
        if self.is_worn_out(platform.now()) {
            self.close(platform, CloseCode::Unauthenticated);
            return false;
        }
        let waiting = platform.buffered_bytes(&self.handle);
        if mutant!(49, waiting > limits::BUFFERED_BYTES, false) {
            self.close(platform, CloseCode::SlowReader);
            return false;
        }
        platform.send(&self.handle, message)
    }

    /// Takes note of whether a frame was done; returns whether the socket may stay (SPEC CV11).
    pub(crate) const fn note(&mut self, was_done: bool) -> bool {
        self.refusals = if was_done { 0 } else { self.refusals.saturating_add(1) };
        self.refusals < limits::REFUSALS
    }

    /// Takes note of what it may not do, once as long as the object is awake: whoever repeats it fills no log.
    pub(crate) fn tell_of<P: Platform<Socket = S>>(&mut self, platform: &P, code: Code) {
        if code == Code::Forbidden && !self.is_told_of {
            self.is_told_of = true;
            platform.not_taken("what its side may not do");
        }
    }

    /// Closes a socket. Without a seat it gets none any more, whatever is still on its way; what comes on one that has its
    /// seat is from somebody who may say it.
    pub(crate) fn turn_away<P: Platform<Socket = S>>(&mut self, platform: &mut P, code: CloseCode) {
        self.is_turned_away = self.seat.is_none();
        self.close(platform, code);
    }

    /// Whether that was done.
    pub(crate) const fn is_turned_away(&self) -> bool {
        self.is_turned_away
    }

    /// Closes the socket with a code of ours.
    pub(crate) fn close<P: Platform<Socket = S>>(&self, platform: &mut P, code: CloseCode) {
        platform.close(&self.handle, code.number());
    }
}

/// How the sockets are closed of those whose right has ended: whether they may come back with a new ticket or a new
/// proof, or not.
pub(crate) const fn closing(ended: &Ended) -> CloseCode {
    match ended {
        Ended::Agent(Dismissal { may_return: true, .. }) | Ended::Voucher(..) => CloseCode::Unauthenticated,
        Ended::Agent(Dismissal { may_return: false, .. }) | Ended::Visitor(_) => CloseCode::Forbidden,
        Ended::Site(_) => CloseCode::NotFound,
    }
}

/// Answers the close of a client, which the runtime leaves to us; odd codes are answered as a normal close.
pub(crate) fn answer_close<P: Platform>(platform: &mut P, socket: &P::Socket, code: u16) {
    let is_ours = code == 1000 || (3000..5000).contains(&code);
    platform.close(socket, if is_ours { code } else { 1000 });
}
