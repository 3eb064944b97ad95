//! The HTTP routes that the inbox calls. Answers are JSON, refusals are a [`Problem`].

use core::cell::Cell;
use std::rc::Rc;

use gloo::net::http::{Request, RequestBuilder, Response};
use gloo::timers::callback::Timeout;
use leptos::prelude::window;
use protocol::http::{Me, Problem, SignInRequest, TicketAnswer, TicketRequest};
use protocol::{Code, ConversationId, SocketTarget, WorkspaceId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync_web::Endpoint;
use web_sys::{AbortController, AbortSignal};

/// Milliseconds within which an answer must have come, to its last byte.
const PATIENCE_MS: u32 = 15_000;

/// Why a request has no good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server refused it.
    Refused(Problem),
    /// Nobody answered, or something that is not our server did.
    Unreachable,
    /// The answer did not come in time.
    Silent,
}

impl Failure {
    /// Whether there is no session, or none that is still good.
    pub(crate) const fn is_signed_out(self) -> bool {
        matches!(self, Self::Refused(Problem { code: Code::Unauthenticated, .. }))
    }

    /// The server's code, if it was the server that answered.
    pub(crate) const fn code(self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Silent => None,
        }
    }
}

/// Asks who is signed in.
pub(crate) async fn me() -> Result<Me, Failure> {
    in_time(async |signal| read(Request::get("/api/agent/me").abort_signal(Some(signal)).send().await).await)
        .await
}

/// Begins a session; its cookie is out of reach for scripts.
pub(crate) async fn sign_in(request: &SignInRequest) -> Result<(), Failure> {
    in_time(async |signal| {
        let response = post("/api/agent/sign-in", request, signal).await;
        accept(response).await?;
        Ok(())
    })
    .await
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), Failure> {
    in_time(async |signal| {
        // Without a body, and yet as JSON: the server takes it for a form of another site otherwise.
        let request = Request::post("/api/agent/sign-out").header("content-type", "application/json");
        accept(request.abort_signal(Some(signal)).send().await).await?;
        Ok(())
    })
    .await
}

/// Finds out where the socket of a conversation is, and asks for a ticket for it.
pub(crate) async fn conversation_endpoint(conversation: ConversationId) -> Result<Endpoint, Failure> {
    let path = format!("/api/agent/conversations/{conversation}/socket");
    endpoint(SocketTarget::Conversation(conversation), &path).await
}

/// Finds out where the socket of the workspace's feed is, and asks for a ticket for it.
pub(crate) async fn feed_endpoint(workspace: WorkspaceId) -> Result<Endpoint, Failure> {
    endpoint(SocketTarget::Feed, &format!("/api/agent/workspaces/{workspace}/socket")).await
}

async fn endpoint(target: SocketTarget, path: &str) -> Result<Endpoint, Failure> {
    let TicketAnswer { ticket } = in_time(async |signal| {
        read(post("/api/agent/ticket", &TicketRequest { target }, signal).await).await
    })
    .await?;
    let origin = window().location().origin().map_err(|_| Failure::Unreachable)?;
    // `http` becomes `ws` and `https` becomes `wss`.
    let url = format!("{}{path}", origin.replacen("http", "ws", 1));
    Ok(Endpoint { url, credential: ticket })
}

/// Gives a request and its answer [`PATIENCE_MS`], and then aborts both.
async fn in_time<A>(exchange: impl AsyncFnOnce(&AbortSignal) -> Result<A, Failure>) -> Result<A, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreachable)?;
    let signal = controller.signal();
    let is_late = Rc::new(Cell::new(false));
    let timeout = Timeout::new(PATIENCE_MS, {
        let is_late = Rc::clone(&is_late);
        move || {
            is_late.set(true);
            controller.abort();
        }
    });
    let answer = exchange(&signal).await;
    drop(timeout);
    answer.map_err(|failure| if is_late.get() { Failure::Silent } else { failure })
}

async fn post<B: Serialize>(
    path: &str,
    body: &B,
    signal: &AbortSignal,
) -> Result<Response, gloo::net::Error> {
    let request: RequestBuilder = Request::post(path).abort_signal(Some(signal));
    request.json(body)?.send().await
}

async fn accept(response: Result<Response, gloo::net::Error>) -> Result<Response, Failure> {
    let response = response.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(response);
    }
    match response.json::<Problem>().await {
        Ok(problem) => Err(Failure::Refused(problem)),
        Err(_) if response.status() == 401 => {
            Err(Failure::Refused(Problem { code: Code::Unauthenticated, retry_after: None }))
        }
        Err(_) => Err(Failure::Unreachable),
    }
}

async fn read<A: DeserializeOwned>(response: Result<Response, gloo::net::Error>) -> Result<A, Failure> {
    accept(response).await?.json().await.map_err(|_| Failure::Unreachable)
}
