//! The shell of a person's account: hands what it is asked to [`object::AccountObject`].

use protocol::Code;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_warn, durable_object,
};

use super::accept::refuse;
use super::outbox;
use super::platform::{DurablePlatform, Memory, give_up};
use crate::calls;

/// One person, named by a keyed digest of their e-mail address.
#[durable_object]
pub struct AccountObject {
    state: State,
    env: Env,
    memory: Memory<object::AccountObject>,
}

impl DurableObject for AccountObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, memory: Memory::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match calls::read(&mut request).await {
            Some(call) => {
                let answer = self.turn(|object, platform| object.answer(platform, call));
                if let Err(reject) = &answer {
                    self.note(reject.code);
                }
                calls::answer(&answer)
            }
            None => refuse(Code::BadFrame),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if self.turn(|object, platform| object.rang(platform)) {
            outbox::drain(&self.state, &self.env).await;
        }
        if self.turn(|object, platform| object.settled(platform)) {
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

impl AccountObject {
    /// Leaves a line in the log of who was kept out, for those who watch it: the object's name and the code.
    fn note(&self, code: Code) {
        let is_of_interest = matches!(
            code,
            Code::WrongSignIn
                | Code::SecondFactorRequired
                | Code::LinkExpired
                | Code::ProofRequired
                | Code::RateLimited
        );
        if is_of_interest {
            console_warn!("account {} refused: {}", self.state.id().to_string(), code.to_string());
        }
    }

    fn turn<R>(&self, act: impl FnOnce(&mut object::AccountObject, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform::new(&self.state, &self.env, None), act)
    }
}
