//! Accepts sockets, in one way for every object.

use object::Attachment;
use protocol::Code;
use protocol::codec::Codec;
use worker::worker_sys::WebSocketRequestResponsePair;
use worker::{Request, Response, Result, State, WebSocket, WebSocketPair};

use crate::problem::Refused;

/// Lets the platform answer pings, so that they do not wake the object.
pub(super) fn answer_pings(state: &State) {
    if let Ok(pair) = WebSocketRequestResponsePair::new("ping", "pong") {
        state.set_websocket_auto_response(&pair);
    }
}

/// Accepts a socket in the codec that the client offers. Whoever decides counts before: the runtime's own limit is a
/// panic.
pub(super) fn accept(
    state: &State,
    request: &Request,
    may_accept: impl FnOnce(Codec) -> Result<Attachment, Code>,
    accepted: impl FnOnce(WebSocket, Attachment),
) -> Result<Response> {
    let offered = request.headers().get("Sec-WebSocket-Protocol")?.and_then(|header| Codec::offered(&header));
    let Some(codec) = offered else {
        return refuse(Code::UpgradeRequired);
    };
    let attachment = match may_accept(codec) {
        Ok(attachment) => attachment,
        Err(code) => return refuse(code),
    };
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_web_socket(&server);
    accepted(server, attachment);
    let response = Response::from_websocket(client)?;
    response.headers().set("Sec-WebSocket-Protocol", codec.subprotocol())?;
    Ok(response)
}

/// A refusal before the upgrade.
pub(super) fn refuse(code: Code) -> Result<Response> {
    let Refused(reject) = code.into();
    let problem = protocol::http::Problem { code: reject.code, retry_after: reject.retry_after };
    Ok(Response::from_json(&problem)?.with_status(code.http_status()))
}
