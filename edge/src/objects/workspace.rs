//! The shell of a workspace: hands what the runtime brings to [`object::WorkspaceObject`].

use object::Side;
use protocol::Code;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

use super::accept::{accept, answer_pings, refuse};
use super::outbox;
use super::platform::{DurablePlatform, Memory, message};
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::calls;

type Awake = object::WorkspaceObject<WebSocket>;

/// One workspace, named by its id.
#[durable_object]
pub struct WorkspaceObject {
    state: State,
    env: Env,
    memory: Memory<Awake>,
}

impl DurableObject for WorkspaceObject {
    fn new(state: State, env: Env) -> Self {
        answer_pings(&state);
        Self { state, env, memory: Memory::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let side = match request.path().as_str() {
            FOR_AGENTS => Side::Agent,
            FOR_VISITORS => Side::Visitor,
            _ => {
                return match calls::read(&mut request).await {
                    Some(call) => calls::answer(&self.turn(|object, platform| object.answer(platform, call))),
                    None => refuse(Code::BadFrame),
                };
            }
        };
        accept(
            &self.state,
            &request,
            |codec| self.turn(|object, platform| object.may_accept(platform, side, codec)),
            |socket, attachment| self.turn(|object, platform| object.accepted(platform, socket, attachment)),
        )
    }

    /// What fails is tried again by the runtime, after a wait.
    async fn alarm(&self) -> Result<Response> {
        let done = self.turn(|object, platform| object.rang(platform));
        outbox::drain(&self.state, &self.env).await;
        let armed = self.turn(|object, platform| object.arm(platform));
        match done.and(armed) {
            Ok(()) => Response::empty(),
            Err(code) => Err(Error::RustError(code.to_string())),
        }
    }

    async fn websocket_message(&self, socket: WebSocket, incoming: WebSocketIncomingMessage) -> Result<()> {
        self.turn(|object, platform| object.receive(platform, &socket, &message(incoming)));
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, code: usize, _: String, _: bool) -> Result<()> {
        let code = u16::try_from(code).unwrap_or_default();
        self.turn(|object, platform| object.closed(platform, &socket, code));
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _: Error) -> Result<()> {
        self.turn(|object, platform| object.closed(platform, &socket, 1000));
        Ok(())
    }
}

impl WorkspaceObject {
    fn turn<R>(&self, act: impl FnOnce(&mut Awake, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform::new(&self.state, &self.env, None), act)
    }
}
