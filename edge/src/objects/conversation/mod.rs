//! The shell of a conversation: the only sequencer of its log.

mod deliver;
mod hello;
mod live;
mod tell;

use std::cell::RefCell;

use domain::conversation::{Context, Request as Asked, Seat};
use protocol::{
    AgentFrame, AgentRequest, ClientFrame, CloseCode, Code, ConversationId, Refusal, Reject, ServerFrame,
    VisitorFrame, VisitorRequest,
};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

use self::live::Live;
use super::credential::UsedTickets;
use super::socket::{Incoming, Side, Socket, accept, answer_pings, refuse};
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::surroundings::now;

/// One conversation, under an id that the platform generated.
#[durable_object]
pub struct ConversationObject {
    state: State,
    env: Env,
    /// `None` until it is needed, and again after storage failed: memory never runs ahead of what is stored.
    live: RefCell<Option<Live>>,
    used_tickets: RefCell<UsedTickets>,
}

impl DurableObject for ConversationObject {
    fn new(state: State, env: Env) -> Self {
        answer_pings(&state);
        Self { state, env, live: RefCell::default(), used_tickets: RefCell::default() }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        // An alarm can be lost, the news cannot. Not in the constructor: there it would put off the alarm that wakes us.
        let _ = self.with_live(|object, live| {
            object.arm_if_news(live);
            Ok(())
        });
        match request.path().as_str() {
            FOR_VISITORS => accept(&self.state, &request, Side::Visitor),
            FOR_AGENTS => accept(&self.state, &request, Side::Agent),
            _ => refuse(Code::NotFound),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.tell_workspace().await;
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let Some(mut socket) = Socket::of(socket) else {
            return Ok(());
        };
        match socket.attachment.side {
            Side::Visitor => {
                if let Incoming::Frame(frame) =
                    socket.read::<VisitorRequest, VisitorFrame>(&message, ServerFrame::Refused)
                {
                    self.receive(&mut socket, frame, Asked::Visitor);
                }
            }
            Side::Agent => {
                if let Incoming::Frame(frame) =
                    socket.read::<AgentRequest, AgentFrame>(&message, ServerFrame::Refused)
                {
                    self.receive(&mut socket, frame, Asked::Agent);
                }
            }
        }
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, code: usize, _: String, _: bool) -> Result<()> {
        if let Some(socket) = Socket::of(socket) {
            socket.answer_close(code);
            self.left(&socket);
        }
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _: Error) -> Result<()> {
        if let Some(socket) = Socket::of(socket) {
            self.left(&socket);
        }
        Ok(())
    }
}

impl ConversationObject {
    fn id(&self) -> Result<ConversationId, Code> {
        self.state.id().to_string().parse().map_err(|_| Code::Internal)
    }

    /// One frame of either side: hello first and once, then whatever the rules say.
    fn receive<C>(&self, socket: &mut Socket, frame: ClientFrame<C>, asked: fn(ClientFrame<C>) -> Asked) {
        let seated = socket.attachment.seated.clone();
        match (frame, seated) {
            (ClientFrame::Hello(hello), None) => self.hello(socket, hello),
            (ClientFrame::Hello(_), Some(_)) => socket.close(CloseCode::Forbidden),
            (_, None) => socket.close(CloseCode::Unauthenticated),
            (frame, Some(mut seated)) => {
                if let (ClientFrame::Page(page), Side::Visitor) = (&frame, socket.attachment.side) {
                    seated.page = Some(page.clone().tidied());
                    socket.attachment.seated = Some(seated.clone());
                    socket.keep();
                }
                let submission = match &frame {
                    ClientFrame::Submit(submission) => Some(submission.client_message_id),
                    ClientFrame::Hello(_)
                    | ClientFrame::Read { .. }
                    | ClientFrame::Typing { .. }
                    | ClientFrame::Older { .. }
                    | ClientFrame::Newer { .. }
                    | ClientFrame::Page(_) => None,
                };
                if let Err(reject) = self.perform(socket, &seated.seat(), asked(frame)) {
                    socket.refuse(Refusal::new(reject, submission));
                }
            }
        }
    }

    /// Judges a request, stores what follows, applies it and sends, all in this turn.
    fn perform(&self, socket: &Socket, seat: &Seat, asked: Asked) -> Result<(), Reject> {
        let conversation = self.id()?;
        self.with_live(|object, live| {
            let context =
                Context { now: now(), conversation, seat, pace: &live.pace, epoch: live.next_epoch };
            let outcome = live.conversation.handle(context, asked)?;
            live.take(&outcome)?;
            object.arm_if_news(live);
            object.deliver(live, socket, outcome.sends);
            Ok(())
        })
    }

    /// Lends the conversation, loaded if need be. After a failure of storage it is loaded anew the next time.
    fn with_live<R>(&self, act: impl FnOnce(&Self, &mut Live) -> Result<R, Reject>) -> Result<R, Reject> {
        let mut slot = self.live.try_borrow_mut().map_err(|_| Code::Internal)?;
        let mut live = match slot.take() {
            Some(live) => live,
            None => Live::load(&self.state)?,
        };
        let result = act(self, &mut live);
        let is_sound = !matches!(result, Err(Reject { code: Code::Storage, .. }));
        *slot = is_sound.then_some(live);
        result
    }
}

impl Socket {
    /// Refuses a frame of a conversation.
    fn refuse(&self, refusal: Refusal) {
        match self.attachment.side {
            Side::Visitor => self.send(&VisitorFrame::Refused(refusal)),
            Side::Agent => self.send(&AgentFrame::Refused(refusal)),
        }
    }
}
