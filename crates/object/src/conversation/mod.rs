//! A conversation's object: the only sequencer of its log.

mod amending;
mod answers;
mod asked;
mod calls;
mod deliver;
mod files;
mod gathering;
mod giving;
mod glance;
mod hello;
mod inquiry;
mod live;
mod reaching;
mod snoozing;
mod tell;
mod transcript;

use domain::conversation::{Context, Request as Asked, Send};
use mutant::mutant;
use protocol::codec::Codec;
use protocol::{
    AgentFrame, AgentRequest, ClientFrame, ClientMessageId, CloseCode, Code, Refusal, Reject, ServerFrame,
    VisitorFrame, VisitorRequest,
};
use store::conversation::ConversationStore;

pub use self::inquiry::{Inquiry, Parting};
pub use self::live::{Live, recall_kept};
pub use self::tell::{News, Told, heard};
use crate::attachment::{Attachment, Seated, Side};
use crate::message::Message;
use crate::platform::ConversationPlatform;
use crate::sockets::{Socket, Sockets, answer_close};

/// What the object of one conversation has in memory. All of it can be lost between two turns.
#[derive(Debug)]
pub struct ConversationObject<Store, Handle> {
    /// `None` until it is needed, and again after storage failed: memory never runs ahead of what is stored.
    live: Option<Live<Store>>,
    /// `None` until they are needed.
    sockets: Option<Sockets<Handle>>,
    /// How many questions to the workspace are not answered yet.
    asking: u32,
    /// Seats that are given a turn late: a mutant.
    #[cfg(mutants)]
    late: Vec<(Handle, crate::Seated)>,
}

impl<Store, Handle> Default for ConversationObject<Store, Handle> {
    fn default() -> Self {
        Self {
            live: None,
            sockets: None,
            asking: 0,
            #[cfg(mutants)]
            late: Vec::new(),
        }
    }
}

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// What is in memory of the conversation.
    #[must_use]
    pub const fn live(&self) -> Option<&Live<Store>> {
        self.live.as_ref()
    }

    /// Whether somebody said hello on a socket and still has their seat.
    #[must_use]
    pub fn is_seated(&self, handle: &Handle) -> bool {
        let socket = self.sockets.as_ref().and_then(|sockets| sockets.get(handle));
        socket.is_some_and(|socket| socket.attachment.seated.is_some())
    }

    /// A socket is asked for; returns what is to be kept with it, or why there will be none.
    ///
    /// # Errors
    /// [`Code::TooManySockets`].
    pub fn may_accept<P>(&mut self, platform: &mut P, side: Side, codec: Codec) -> Result<Attachment, Code>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        // An alarm can be lost, the news cannot.
        let _ = self.with_live(platform, |sockets, live, platform| {
            live.arm_if_news(platform, sockets, None);
            Ok(())
        });
        self.sockets(platform).place_for(platform, side, codec).ok_or(Code::TooManySockets)
    }

    /// The socket that was asked for is there.
    pub fn accepted<P>(&mut self, platform: &mut P, handle: Handle, attachment: Attachment)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.sockets(platform).add(platform, handle, attachment);
    }

    /// A message of a client. Returns what the workspace is to be asked, if anything is.
    pub fn receive<P>(&mut self, platform: &mut P, handle: &Handle, message: &Message) -> Option<Inquiry>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        #[cfg(mutants)]
        let due = std::mem::take(&mut self.late);
        let socket = self.sockets(platform).get_mut(handle)?;
        let inquiry = match socket.attachment.side {
            Side::Visitor => {
                let frame =
                    socket.read::<P, VisitorRequest, VisitorFrame>(platform, message, ServerFrame::Refused);
                frame.and_then(|frame| self.frame(platform, handle, frame, Asked::Visitor))
            }
            Side::Agent => {
                let frame =
                    socket.read::<P, AgentRequest, AgentFrame>(platform, message, ServerFrame::Refused);
                frame.and_then(|frame| self.frame(platform, handle, frame, Asked::Agent))
            }
        };
        #[cfg(mutants)]
        for (handle, seated) in due {
            if let Some(socket) = self.sockets(platform).get_mut(&handle) {
                socket.take_seat(platform, Some(seated));
            }
        }
        inquiry
    }

    /// The client's close, or the news that the connection is gone: the others are told if that changes who is here, and
    /// what was kept with the socket is stored. Returns what the workspace is to be told, if anything is.
    pub fn closed<P>(&mut self, platform: &mut P, handle: &Handle, code: u16) -> Option<Parting>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        answer_close(platform, handle, code);
        self.sockets(platform).store_spent(platform, handle);
        let sockets = self.sockets(platform);
        let is_seatless = sockets.get(handle).is_some_and(|socket| socket.attachment.seated.is_none());
        // Nobody is to be told, and nothing to be stored.
        if is_seatless && sockets.iter().all(|socket| socket.attachment.kept.is_none()) {
            sockets.remove(handle);
            return None;
        }
        let visitor = self.sockets(platform).get(handle).and_then(Socket::token);
        let workspace = visitor.map(|claims| claims.workspace);
        // Not before the conversation is loaded, which takes up what is kept with the socket.
        let left = self.with_live(platform, |sockets, live, platform| {
            let was_seated = sockets.remove(handle).is_some_and(|gone| gone.attachment.seated.is_some());
            if was_seated {
                live.deliver(platform, sockets, None, vec![Send::Attendance]);
            }
            let settled = mutant!(22, live.settle(platform), Ok(()));
            if settled.is_err() {
                live.keep_with(platform, sockets, None)?;
            }
            settled?;
            Ok(live.conversation.identity().is_none())
        });
        match left {
            Ok(true) => self.parting(platform, workspace?),
            Ok(false) => None,
            Err(_) => {
                // What could not be stored is not loaded anew to look whether anything was said.
                let sockets = self.sockets(platform);
                if let Some(kept) = sockets.remove(handle).and_then(|gone| gone.attachment.kept) {
                    sockets.inherit(platform, kept);
                }
                None
            }
        }
    }

    /// One frame of either side: hello first and once, then whatever the rules say.
    fn frame<P, C>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        frame: ClientFrame<C>,
        asked: fn(ClientFrame<C>) -> Asked,
    ) -> Option<Inquiry>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let socket = self.sockets(platform).get_mut(handle)?;
        match (frame, &socket.attachment.seated) {
            (ClientFrame::Hello(hello), None) => return self.hello(platform, handle, hello),
            (ClientFrame::Hello(_), Some(_)) => socket.close(platform, CloseCode::Forbidden),
            (_, None) => socket.turn_away(platform, CloseCode::Unauthenticated),
            (frame, Some(seated)) => {
                if let (ClientFrame::Page(page), Side::Visitor) = (&frame, socket.attachment.side) {
                    let moved = Seated { page: Some(page.clone().tidied()), ..seated.clone() };
                    socket.take_seat(platform, Some(moved));
                }
                let submission = submission_of(&frame);
                let performed = self.perform(platform, handle, asked(frame));
                let may_stay = self.sockets(platform).get_mut(handle).is_none_or(|socket| {
                    if let Err(reject) = &performed {
                        socket.tell_of(platform, reject.code);
                    }
                    socket.note(performed.is_ok())
                });
                match performed {
                    Ok(()) => {}
                    Err(reject) if may_stay => {
                        self.refuse(platform, handle, Refusal::new(reject, submission));
                    }
                    Err(_) => {
                        platform.not_taken("nothing but what is refused");
                        if let Some(socket) = self.sockets(platform).get(handle) {
                            socket.close(platform, CloseCode::TooMany);
                        }
                    }
                }
            }
        }
        None
    }

    /// Judges a request, stores what follows, applies it and sends, all in this turn.
    fn perform<P>(&mut self, platform: &mut P, handle: &Handle, asked: Asked) -> Result<(), Reject>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        if let Some(code) = platform.refuses(&asked) {
            return Err(code.into());
        }
        let conversation = platform.conversation_id()?;
        let now = platform.now();
        self.with_live(platform, |sockets, live, platform| {
            let seat = sockets.get(handle).and_then(Socket::seat).ok_or(Code::Unauthenticated)?;
            if live.conversation.needs_whole_log(seat.person(), &asked) {
                live.complete(platform)?;
            }
            let upload = live.upload_of(platform, &asked)?;
            let upload = upload.as_ref();
            let chosen_team = live.chosen_team(platform, &asked)?;
            let context = Context {
                now,
                conversation,
                seat,
                pace: &live.pace,
                epoch: live.next_epoch,
                upload,
                chosen_team,
            };
            let outcome = live.conversation.handle(context, asked)?;
            let sends = live.take(platform, sockets, Some(handle), outcome)?;
            live.deliver(platform, sockets, Some(handle), sends);
            Ok(())
        })
    }

    fn refuse<P>(&mut self, platform: &mut P, handle: &Handle, refusal: Refusal)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        if let Some(socket) = self.sockets(platform).get(handle) {
            match socket.attachment.side {
                Side::Visitor => socket.send(platform, &VisitorFrame::Refused(refusal)),
                Side::Agent => socket.send(platform, &AgentFrame::Refused(refusal)),
            };
        }
    }

    /// Lends the conversation, loaded if need be. After a failure of storage it is loaded anew the next time.
    fn with_live<P, R>(
        &mut self,
        platform: &mut P,
        act: impl FnOnce(&mut Sockets<Handle>, &mut Live<Store>, &mut P) -> Result<R, Reject>,
    ) -> Result<R, Reject>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let mut sockets = self.take_sockets(platform);
        let loaded = match self.live.take() {
            Some(live) => Ok(live),
            None => Live::load(platform, &sockets),
        };
        let result = match loaded {
            Ok(mut live) => {
                let result = act(&mut sockets, &mut live, platform);
                let failed = matches!(result, Err(Reject { code: Code::Storage, .. }));
                let is_sound = mutant!(12, !failed, true);
                self.live = is_sound.then_some(live);
                result
            }
            Err(code) => Err(code.into()),
        };
        self.sockets = Some(sockets);
        result
    }

    fn take_sockets<P>(&mut self, platform: &P) -> Sockets<Handle>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.sockets.take().unwrap_or_else(|| Sockets::read(platform))
    }

    fn sockets<P>(&mut self, platform: &P) -> &mut Sockets<Handle>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.sockets.get_or_insert_with(|| Sockets::read(platform))
    }
}

fn submission_of<C>(frame: &ClientFrame<C>) -> Option<ClientMessageId> {
    match frame {
        ClientFrame::Submit(submission) => Some(submission.client_message_id),
        ClientFrame::Hello(_)
        | ClientFrame::Read { .. }
        | ClientFrame::Typing { .. }
        | ClientFrame::Noting { .. }
        | ClientFrame::Older { .. }
        | ClientFrame::Newer { .. }
        | ClientFrame::Page(_) => None,
    }
}

/// Says something to a socket in the frames of its side.
fn say<P>(
    platform: &mut P,
    socket: &Socket<P::Socket>,
    for_visitor: impl FnOnce() -> VisitorFrame,
    for_agent: impl FnOnce() -> AgentFrame,
) -> bool
where
    P: ConversationPlatform,
{
    match socket.attachment.side {
        Side::Visitor => socket.send(platform, &for_visitor()),
        Side::Agent => socket.send(platform, &for_agent()),
    }
}
