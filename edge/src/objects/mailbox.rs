//! The shell of the local mailbox. It is called only where `MAIL` is `mailbox`: on a developer's machine.

use protocol::Code;
use protocol::call::{CallResult, MailboxAnswer, MailboxCall};
use store::StorageError;
use store::mailbox::MailboxStore;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

use super::accept::refuse;
use crate::calls;
use crate::durable_database::DurableDatabase;
use crate::surroundings::now;

/// The mails that would have been sent. There is one.
#[durable_object]
pub struct MailboxObject {
    state: State,
}

impl DurableObject for MailboxObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match calls::read(&mut request).await {
            Some(call) => calls::answer(&self.answer(call)),
            None => refuse(Code::BadFrame),
        }
    }

    async fn alarm(&self) -> Result<Response> {
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

impl MailboxObject {
    fn answer(&self, call: MailboxCall) -> CallResult<MailboxAnswer> {
        let store = MailboxStore::open(DurableDatabase(self.state.storage().sql())).map_err(storage)?;
        match call {
            MailboxCall::Keep(mail) => {
                store.keep(&mail, now()).map_err(storage)?;
                Ok(MailboxAnswer::Done)
            }
            MailboxCall::List => Ok(MailboxAnswer::Mails(store.list().map_err(storage)?)),
        }
    }
}

fn storage(error: StorageError) -> Code {
    console_error!("mailbox: {}", error.to_string());
    Code::Storage
}
