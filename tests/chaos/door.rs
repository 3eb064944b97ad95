//! How a client gets in: its credential over HTTP, its socket, both through the proxy.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use protocol::codec::Codec;
use protocol::http::workspace::{TicketAnswer, TicketRequest};
use protocol::http::{Problem, SessionAnswer};
use protocol::{Code, ConversationId, SocketTarget, WorkspaceId};
use serde::de::DeserializeOwned;
use tests::stage::PAGE_ORIGIN;
use tungstenite::client::IntoClientRequest as _;
use tungstenite::http::HeaderValue;
use tungstenite::{WebSocket, client};

/// How long a request or an upgrade may take; the engine gives a socket up after 15 s.
const PATIENCE: Duration = Duration::from_secs(16);

/// A socket that was opened.
pub(crate) type Socket = WebSocket<TcpStream>;

/// Where a client connects, and as whom.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    /// The proxy's port, or the server's own.
    pub(crate) port: u16,
    /// The server's own address, which it compares origins with.
    pub(crate) base_url: String,
    pub(crate) codec: Codec,
    pub(crate) conversation: ConversationId,
    pub(crate) key: Key,
}

/// What opens the door.
#[derive(Debug, Clone)]
pub(crate) enum Key {
    /// A visitor's token, and the site that renews it.
    Visitor { token: String, site: String },
    /// An agent's session, which buys a ticket for each socket.
    Agent { cookie: String, workspace: WorkspaceId },
}

impl Door {
    /// Gets a credential and opens a socket. Blocks.
    pub(crate) fn enter(&self, renew: bool) -> Result<(Socket, String), Option<Code>> {
        let credential = self.credential(renew)?;
        let socket = self.open().ok_or(None)?;
        Ok((socket, credential))
    }

    fn credential(&self, renew: bool) -> Result<String, Option<Code>> {
        match &self.key {
            Key::Visitor { token, .. } if !renew => Ok(token.clone()),
            Key::Visitor { token, site } => {
                let body = serde_json::json!({ "site": site, "token": token }).to_string();
                let headers = [("Origin", PAGE_ORIGIN), ("Content-Type", "application/json")];
                let answer: SessionAnswer = self.post("/api/visitor/session", &headers, &body)?;
                Ok(answer.token)
            }
            Key::Agent { cookie, workspace } => {
                let target = SocketTarget::Conversation(self.conversation);
                let body = serde_json::to_string(&TicketRequest { workspace: *workspace, target })
                    .unwrap_or_default();
                let headers =
                    [("Origin", &*self.base_url), ("Content-Type", "application/json"), ("Cookie", cookie)];
                let answer: TicketAnswer = self.post("/api/agent/ticket", &headers, &body)?;
                Ok(answer.ticket)
            }
        }
    }

    fn post<B: DeserializeOwned>(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<B, Option<Code>> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        let agent: ureq::Agent = config.build().into();
        let mut request = agent.post(format!("http://127.0.0.1:{}{path}", self.port));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = request.send(body).map_err(|_| None)?;
        if answer.status().is_success() {
            return answer.body_mut().read_json().map_err(|_| None);
        }
        Err(answer.body_mut().read_json::<Problem>().ok().map(|problem| problem.code))
    }

    fn open(&self) -> Option<Socket> {
        let (side, origin) = match self.key {
            Key::Visitor { .. } => ("visitor", "null"),
            Key::Agent { .. } => ("agent", self.base_url.as_str()),
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        let url = format!("ws://{address}/api/{side}/conversations/{}/socket", self.conversation);
        let mut request = url.into_client_request().ok()?;
        let headers = request.headers_mut();
        headers.insert("Sec-WebSocket-Protocol", HeaderValue::from_static(self.codec.subprotocol()));
        headers.insert("Origin", HeaderValue::from_str(origin).ok()?);
        client(request, stream).ok().map(|(socket, _)| socket)
    }
}
