//! The shell of a workspace: its sites, the index of conversations, and the feeds of its agents.

use std::cell::RefCell;

use domain::conversation::joining_allowed;
use domain::{Action, Resource, authorize};
use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceCall};
use protocol::limits::FEED_PAGE;
use protocol::{
    CloseCode, Code, ConversationDigest, FeedFrame, FeedRequest, Hello, IndexEntry, IndexPosition,
    SocketTarget,
};
use store::StorageError;
use store::workspace::WorkspaceStore;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

use super::credential::{Credential, UsedTickets};
use super::socket::{Incoming, Seated, Side, Socket, accept, all, answer_pings, refuse};
use super::{FOR_AGENTS, FOR_VISITORS};
use crate::calls;
use crate::config::token_secret;
use crate::durable_database::DurableDatabase;
use crate::surroundings::now;

/// One workspace, named by its id.
#[durable_object]
pub struct WorkspaceObject {
    state: State,
    env: Env,
    used_tickets: RefCell<UsedTickets>,
}

impl DurableObject for WorkspaceObject {
    fn new(state: State, env: Env) -> Self {
        answer_pings(&state);
        Self { state, env, used_tickets: RefCell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match request.path().as_str() {
            FOR_AGENTS => match self.store().and_then(|store| store.workspace().map_err(storage)) {
                Ok(Some(_)) => accept(&self.state, &request, Side::Agent),
                Ok(None) => refuse(Code::NotFound),
                Err(code) => refuse(code),
            },
            FOR_VISITORS => refuse(Code::NotFound),
            _ => match calls::read(&mut request).await {
                Some(call) => calls::answer(&self.answer(call)),
                None => refuse(Code::BadFrame),
            },
        }
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let Some(mut socket) = Socket::of(socket) else { return Ok(()) };
        if let Incoming::Frame(frame) = socket.read(&message, FeedFrame::Refused) {
            self.receive(&mut socket, frame);
        }
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, code: usize, _: String, _: bool) -> Result<()> {
        if let Some(socket) = Socket::of(socket) {
            socket.answer_close(code);
        }
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: Error) -> Result<()> {
        Ok(())
    }
}

impl WorkspaceObject {
    fn store(&self) -> Result<WorkspaceStore<DurableDatabase>, Code> {
        WorkspaceStore::open(DurableDatabase(self.state.storage().sql())).map_err(storage)
    }

    fn answer(&self, call: WorkspaceCall) -> CallResult<WorkspaceAnswer> {
        let store = self.store()?;
        match call {
            WorkspaceCall::Found(founding) => {
                store.found(&founding).map_err(storage)?;
                Ok(WorkspaceAnswer::Done)
            }
            WorkspaceCall::Site { site } => match store.site(site).map_err(storage)? {
                Some(settings) => Ok(WorkspaceAnswer::Site(settings)),
                None => Err(Code::UnknownSite.into()),
            },
            WorkspaceCall::Digest(digest) => self.take_digest(&store, &digest),
        }
    }

    fn take_digest(
        &self,
        store: &WorkspaceStore<DurableDatabase>,
        digest: &ConversationDigest,
    ) -> CallResult<WorkspaceAnswer> {
        if store.workspace().map_err(storage)?.is_none() {
            return Err(Code::NotFound.into());
        }
        if store.take_digest(digest).map_err(storage)? {
            let frame = FeedFrame::Changed(digest.entry.clone());
            let seated = all(&self.state).into_iter().filter(|socket| socket.attachment.seated.is_some());
            seated.for_each(|socket| socket.send(&frame));
        }
        Ok(WorkspaceAnswer::Done)
    }

    fn receive(&self, socket: &mut Socket, frame: FeedRequest) {
        match (frame, socket.attachment.seated.is_some()) {
            (FeedRequest::Hello(hello), false) => {
                if let Err(close) = self.welcome(socket, hello) {
                    socket.send(&FeedFrame::Bye { code: close.into(), after: 0 });
                    socket.close(close);
                }
            }
            (FeedRequest::Hello(_), true) => socket.close(CloseCode::Forbidden),
            (FeedRequest::More { .. }, false) => socket.close(CloseCode::Unauthenticated),
            (FeedRequest::More { after }, true) => match self.page(Some(after)) {
                Ok((entries, more)) => socket.send(&FeedFrame::Page { entries, more }),
                Err(code) => socket.send(&FeedFrame::Refused(protocol::Refusal::new(code.into(), None))),
            },
        }
    }

    fn welcome(&self, socket: &mut Socket, hello: Hello) -> Result<(), CloseCode> {
        let secret = token_secret(&self.env).map_err(|_| CloseCode::Unauthenticated)?;
        let ticket = Credential::of_agent(&secret, &hello.credential, SocketTarget::Feed, now());
        let ticket = ticket.ok_or(CloseCode::Unauthenticated)?;
        if !self.used_tickets.borrow_mut().take(&ticket, now()) {
            return Err(CloseCode::Unauthenticated);
        }
        let me = ticket.agent.clone();
        let seated = Seated { credential: Credential::Agent(ticket), tab: hello.tab, page: None };
        let seat = seated.seat();
        let own = self.store().and_then(|store| store.workspace().map_err(storage)).ok().flatten();
        let own = own.ok_or(CloseCode::NotFound)?;
        authorize(&seat.principal, Action::WatchFeed, Resource::Workspace(own))
            .map_err(|_| CloseCode::NotFound)?;
        let mut seats = Vec::new();
        for other in all(&self.state).into_iter().filter(|other| !other.is(socket)) {
            let Some(taken) = other.attachment.seated.as_ref().map(Seated::seat) else {
                continue;
            };
            if taken.is_replaced_by(&seat) {
                other.close(CloseCode::Replaced);
            } else {
                seats.push(taken);
            }
        }
        joining_allowed(seat.person(), seats.iter()).map_err(|_| CloseCode::TooMany)?;
        let (entries, more) = self.page(None).map_err(|_| CloseCode::Zombie)?;
        socket.attachment.seated = Some(seated);
        socket.keep();
        socket.send(&FeedFrame::Welcome { me, entries, more });
        Ok(())
    }

    /// Reads one more than a page holds, to know whether there is more.
    fn page(&self, after: Option<IndexPosition>) -> Result<(Vec<IndexEntry>, bool), Code> {
        let mut entries = self.store()?.page(after, FEED_PAGE.saturating_add(1)).map_err(storage)?;
        let more = entries.len() > FEED_PAGE;
        entries.truncate(FEED_PAGE);
        Ok((entries, more))
    }
}

fn storage(error: StorageError) -> Code {
    console_error!("workspace: {}", error.to_string());
    Code::Storage
}
