//! The shell of a conversation: hands what the runtime brings to [`object::ConversationObject`].

use std::rc::Rc;

use js_sys::Promise;
use object::{Inquiry, Parting, Side, heard};
use protocol::{Code, ConversationId};
use store::conversation::SqlConversationStore;
use wasm_bindgen::prelude::*;
use worker::wasm_bindgen_futures::future_to_promise;
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, console_error, durable_object, web_sys,
};

use super::accept::{accept, answer_pings, refuse};
use super::platform::{DurablePlatform, Memory, id_of};
use super::socket::message;
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::durable_database::DurableDatabase;
use crate::{calls, files};

type Awake = object::ConversationObject<SqlConversationStore<DurableDatabase>, WebSocket>;

/// One conversation, under an id that the platform generated.
#[durable_object(alarm)]
pub struct ConversationObject(Rc<Shell>);

/// What there is of it while it is awake; held also by what it waits for.
struct Shell {
    state: State,
    env: Env,
    id: Option<ConversationId>,
    memory: Memory<Awake>,
}

impl DurableObject for ConversationObject {
    fn new(state: State, env: Env) -> Self {
        answer_pings(&state);
        let id = id_of(&state);
        Self(Rc::new(Shell { state, env, id, memory: Memory::default() }))
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let shell = &*self.0;
        let side = match request.path().as_str() {
            FOR_VISITORS => Side::Visitor,
            FOR_AGENTS => Side::Agent,
            _ => {
                return match calls::read(&mut request).await {
                    Some(call) => {
                        calls::answer(&shell.turn(|object, platform| object.answer(platform, call)))
                    }
                    None => refuse(Code::BadFrame),
                };
            }
        };
        accept(
            &shell.state,
            &request,
            |codec| shell.turn(|object, platform| object.may_accept(platform, side, codec)),
            |socket, attachment| shell.turn(|object, platform| object.accepted(platform, socket, attachment)),
        )
    }

    async fn alarm(&self) -> Result<Response> {
        let shell = &*self.0;
        if let Some(news) = shell.turn(|object, platform| object.rang(platform)) {
            let (workspace, state) = (news.workspace, news.state());
            let heard = calls::workspace(&shell.env, workspace, &news.call()).await.and_then(heard);
            if let Err(reject) = &heard {
                console_error!("the workspace was not told: {}", reject.code.to_string());
            }
            shell.turn(|object, platform| object.has_told(platform, state, heard));
        }
        let removed = shell.remove_files().await;
        shell.turn(|object, platform| object.arm_for_files(platform, removed.is_err()));
        Response::empty()
    }
}

/// What the runtime calls for the sockets, done when it returns: most messages wait for nothing, and a promise for each
/// would cost as much as a statement.
#[wasm_bindgen]
impl ConversationObject {
    /// A message has come. Returns what its answer waits for, if it does.
    #[wasm_bindgen(js_name = webSocketMessage)]
    pub fn web_socket_message(&self, socket: web_sys::WebSocket, incoming: &JsValue) -> Option<Promise> {
        let (shell, socket, message) = (&self.0, WebSocket::from(socket), message(incoming));
        let inquiry = shell.turn(|object, platform| object.receive(platform, &socket, &message))?;
        let shell = Rc::clone(shell);
        Some(future_to_promise(async move {
            shell.inquire(&socket, inquiry).await;
            Ok(JsValue::UNDEFINED)
        }))
    }

    /// The client has closed a socket. Returns the telling of it, if somebody is to be told.
    #[wasm_bindgen(js_name = webSocketClose)]
    pub fn web_socket_close(&self, socket: web_sys::WebSocket, code: u16) -> Option<Promise> {
        self.0.closed(socket, code)
    }

    /// A connection is gone. Returns as [`Self::web_socket_close`].
    #[wasm_bindgen(js_name = webSocketError)]
    pub fn web_socket_error(&self, socket: web_sys::WebSocket) -> Option<Promise> {
        self.0.closed(socket, 1000)
    }
}

impl Shell {
    async fn inquire(&self, socket: &WebSocket, inquiry: Inquiry) {
        let answer = calls::workspace(&self.env, inquiry.workspace, &inquiry.call).await;
        let parting = self.turn(|object, platform| object.vouched(platform, socket, inquiry, answer));
        if let Some(parting) = parting {
            self.tell(parting).await;
        }
    }

    fn closed(self: &Rc<Self>, socket: web_sys::WebSocket, code: u16) -> Option<Promise> {
        let socket = WebSocket::from(socket);
        let parting = self.turn(|object, platform| object.closed(platform, &socket, code))?;
        let shell = Rc::clone(self);
        Some(future_to_promise(async move {
            shell.tell(parting).await;
            Ok(JsValue::UNDEFINED)
        }))
    }

    fn turn<R>(&self, act: impl FnOnce(&mut Awake, &mut DurablePlatform<'_>) -> R) -> R {
        self.memory.turn(DurablePlatform::new(&self.state, &self.env, self.id), act)
    }

    /// Tells the workspace that nobody is left; if it does not hear it, it tells us once too often.
    async fn tell(&self, Parting { workspace, call }: Parting) {
        let _ = calls::workspace(&self.env, workspace, &call).await;
    }

    /// Removes the bytes of files that are to be gone.
    async fn remove_files(&self) -> core::result::Result<(), Code> {
        let gone = self.turn(|object, platform| object.files_to_remove(platform));
        let (Some(id), false) = (self.id, gone.is_empty()) else { return Ok(()) };
        files::remove(&self.env, id, &gone).await?;
        self.turn(|object, platform| object.files_removed(platform, &gone));
        Ok(())
    }
}
