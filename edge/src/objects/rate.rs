//! The shell of what counts attempts from one part of the network.

use protocol::Code;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

use super::accept::refuse;
use super::platform::{DurablePlatform, give_up};
use crate::calls;

/// One part of the network, named by a keyed digest of its prefix.
#[durable_object]
pub struct RateObject {
    state: State,
    env: Env,
}

impl DurableObject for RateObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match calls::read(&mut request).await {
            Some(call) => calls::answer(&object::answer_rate(&mut self.platform(), call)),
            None => refuse(Code::BadFrame),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if object::rate_rang(&mut self.platform()) {
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

impl RateObject {
    const fn platform(&self) -> DurablePlatform<'_> {
        DurablePlatform::new(&self.state, &self.env, None)
    }
}
