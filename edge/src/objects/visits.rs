//! The shell of what knows who is on a site.

use object::VisitsObject as Awake;
use protocol::Code;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

use super::accept::refuse;
use super::platform::{DurablePlatform, Memory, give_up};
use crate::calls;

/// One site of one workspace, named by both.
#[durable_object]
pub struct VisitsObject {
    state: State,
    env: Env,
    memory: Memory<Awake>,
}

impl DurableObject for VisitsObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, memory: Memory::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let Some(call) = calls::read(&mut request).await else { return refuse(Code::BadFrame) };
        calls::answer(&self.memory.turn(self.platform(), |awake, platform| awake.answer(platform, call)))
    }

    async fn alarm(&self) -> Result<Response> {
        if self.memory.turn(self.platform(), Awake::rang) {
            give_up(&self.state.storage());
        }
        Response::empty()
    }

    async fn websocket_message(&self, _: WebSocket, _: WebSocketIncomingMessage) -> Result<()> {
        Ok(())
    }

    async fn websocket_close(&self, _: WebSocket, _: usize, _: String, _: bool) -> Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: Error) -> Result<()> {
        Ok(())
    }
}

impl VisitsObject {
    const fn platform(&self) -> DurablePlatform<'_> {
        DurablePlatform::new(&self.state, &self.env, None)
    }
}
