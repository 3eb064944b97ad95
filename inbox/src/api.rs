//! The HTTP routes that the inbox calls. Answers are JSON, refusals are a [`Problem`].

use gloo::net::http::{Request, RequestBuilder, Response};
use leptos::prelude::window;
use protocol::http::{Me, Problem, SignInRequest, TicketAnswer, TicketRequest};
use protocol::{Code, ConversationId, SocketTarget, WorkspaceId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync_web::Endpoint;

/// Why a request has no good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server refused it.
    Refused(Problem),
    /// Nobody answered, or something that is not our server did.
    Unreachable,
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
            Self::Unreachable => None,
        }
    }
}

/// Asks who is signed in.
pub(crate) async fn me() -> Result<Me, Failure> {
    read(Request::get("/api/agent/me").send().await).await
}

/// Begins a session; its cookie is out of reach for scripts.
pub(crate) async fn sign_in(request: &SignInRequest) -> Result<(), Failure> {
    let response = post("/api/agent/sign-in", request).await;
    accept(response).await?;
    Ok(())
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), Failure> {
    // Without a body, and yet as JSON: the server takes it for a form of another site otherwise.
    let request = Request::post("/api/agent/sign-out").header("content-type", "application/json");
    accept(request.send().await).await?;
    Ok(())
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
    let response = post("/api/agent/ticket", &TicketRequest { target }).await;
    let TicketAnswer { ticket } = read(response).await?;
    let origin = window().location().origin().map_err(|_| Failure::Unreachable)?;
    // `http` becomes `ws` and `https` becomes `wss`.
    let url = format!("{}{path}", origin.replacen("http", "ws", 1));
    Ok(Endpoint { url, credential: ticket })
}

async fn post<B: Serialize>(path: &str, body: &B) -> Result<Response, gloo::net::Error> {
    let request: RequestBuilder = Request::post(path);
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
