//! The shell of a workspace: its sites, and what [`object::WorkspaceObject`] does with the index and the feeds.

use object::Side;
use protocol::Code;
use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceCall};
use store::StorageError;
use store::workspace::WorkspaceStore;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

use super::accept::{accept, answer_pings, refuse};
use super::platform::{DurablePlatform, Memory, message};
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::calls;
use crate::durable_database::DurableDatabase;

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
                    Some(call) => calls::answer(&self.answer(call)),
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

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
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
    fn answer(&self, call: WorkspaceCall) -> CallResult<WorkspaceAnswer> {
        match call {
            WorkspaceCall::Found(founding) => {
                self.store()?.found(&founding).map_err(storage)?;
                Ok(WorkspaceAnswer::Done)
            }
            WorkspaceCall::Site { site } => match self.store()?.site(site).map_err(storage)? {
                Some(settings) => Ok(WorkspaceAnswer::Site(settings)),
                None => Err(Code::UnknownSite.into()),
            },
            WorkspaceCall::Digest(digest) => {
                self.turn(|object, platform| object.take_digest(platform, &digest))?;
                Ok(WorkspaceAnswer::Done)
            }
        }
    }

    fn store(&self) -> Result<WorkspaceStore<DurableDatabase>, Code> {
        WorkspaceStore::open(DurableDatabase(self.state.storage().sql())).map_err(storage)
    }

    fn turn<R>(&self, act: impl FnOnce(&mut Awake, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform { state: &self.state, env: &self.env, id: None }, act)
    }
}

fn storage(error: StorageError) -> Code {
    console_error!("workspace: {}", error.to_string());
    Code::Storage
}
