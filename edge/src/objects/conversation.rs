//! The shell of a conversation: hands what the runtime brings to [`object::ConversationObject`].

use object::{News, Parting, Side};
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
use crate::calls;
use crate::durable_database::DurableDatabase;

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
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, incoming: WebSocketIncomingMessage) -> Result<()> {
        let asked = self.turn(|object, platform| object.receive(platform, &socket, &message(incoming)));
        if let Some(inquiry) = asked {
            let answer = calls::workspace(&self.env, inquiry.workspace, &inquiry.call).await;
            let parting = self.turn(|object, platform| object.vouched(platform, &socket, inquiry, answer));
            self.tell(parting).await;
        }
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, code: usize, _: String, _: bool) -> Result<()> {
        let code = u16::try_from(code).unwrap_or_default();
        let parting = self.turn(|object, platform| object.closed(platform, &socket, code));
        self.tell(parting).await;
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _: Error) -> Result<()> {
        let parting = self.turn(|object, platform| object.closed(platform, &socket, 1000));
        self.tell(parting).await;
        Ok(())
    }
}

impl ConversationObject {
    fn turn<R>(&self, act: impl FnOnce(&mut Awake, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform { state: &self.state, env: &self.env, id: self.id }, act)
    }

    /// Tells the workspace that nobody is left; if it does not hear it, it tells us once too often.
    async fn tell(&self, parting: Option<Parting>) {
        if let Some(Parting { workspace, call }) = parting {
            let _ = calls::workspace(&self.env, workspace, &call).await;
        }
    }
}
