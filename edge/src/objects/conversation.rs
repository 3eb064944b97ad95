//! The shell of a conversation: hands what the runtime brings to [`object::ConversationObject`].

use object::{News, Side};
use protocol::call::WorkspaceCall;
use protocol::{Code, ConversationId};
use store::conversation::SqlConversationStore;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

use super::accept::{accept, answer_pings, refuse};
use super::platform::{DurablePlatform, Memory, id_of, message};
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::durable_database::DurableDatabase;
use crate::{calls, files};

type Awake = object::ConversationObject<SqlConversationStore<DurableDatabase>, WebSocket>;

/// One conversation, under an id that the platform generated.
#[durable_object]
pub struct ConversationObject {
    state: State,
    env: Env,
    id: Option<ConversationId>,
    memory: Memory<Awake>,
}

impl DurableObject for ConversationObject {
    fn new(state: State, env: Env) -> Self {
        answer_pings(&state);
        let id = id_of(&state);
        Self { state, env, id, memory: Memory::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let side = match request.path().as_str() {
            FOR_VISITORS => Side::Visitor,
            FOR_AGENTS => Side::Agent,
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

    async fn alarm(&self) -> Result<Response> {
        if let Some(News { workspace, digest }) = self.turn(|object, platform| object.rang(platform)) {
            let revision = digest.revision;
            let call = WorkspaceCall::Digest(Box::new(digest));
            let told = calls::workspace(&self.env, workspace, &call).await;
            if let Err(reject) = &told {
                console_error!("the workspace was not told: {}", reject.code.to_string());
            }
            self.turn(|object, platform| object.has_told(platform, revision, told.is_ok()));
        }
        let removed = self.remove_files().await;
        self.turn(|object, platform| object.arm_for_files(platform, removed.is_err()));
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, incoming: WebSocketIncomingMessage) -> Result<()> {
        let asked = self.turn(|object, platform| object.receive(platform, &socket, &message(incoming)));
        if let Some(inquiry) = asked {
            let answer = calls::workspace(&self.env, inquiry.workspace, &inquiry.call).await;
            self.turn(|object, platform| object.vouched(platform, &socket, inquiry, answer));
        }
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

impl ConversationObject {
    /// Removes the bytes of files that are to be gone.
    async fn remove_files(&self) -> core::result::Result<(), Code> {
        let gone = self.turn(|object, platform| object.files_to_remove(platform));
        let (Some(id), false) = (self.id, gone.is_empty()) else { return Ok(()) };
        files::remove(&self.env, id, &gone).await?;
        self.turn(|object, platform| object.files_removed(platform, &gone));
        Ok(())
    }

    fn turn<R>(&self, act: impl FnOnce(&mut Awake, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform { state: &self.state, env: &self.env, id: self.id }, act)
    }
}
