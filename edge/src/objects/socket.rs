//! A hibernating WebSocket: accepted, decoded, answered and closed in one way for every object.
//!
//! Session facts live in the attachment, since the object may be evicted after every message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::conversation::{Person, Seat};
use protocol::codec::{self, Codec, Undecodable};
use protocol::{CloseCode, Code, Page, Refusal, TabId, Timestamp, limits};
use serde::{Deserialize, Serialize};
use worker::worker_sys::WebSocketRequestResponsePair;
use worker::{Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

use super::credential::Credential;
use crate::problem::Refused;
use crate::surroundings::now;

/// Which kind of socket an object was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    /// A visitor's.
    Visitor,
    /// An agent's.
    Agent,
}

/// What is kept with a socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attachment {
    /// Which kind it is.
    pub(crate) side: Side,
    /// How its frames are written.
    pub(crate) codec: Codec,
    opened_at: Timestamp,
    bad_frames: u32,
    bad_since: Timestamp,
    /// Who said hello; `None` before.
    pub(crate) seated: Option<Seated>,
}

/// Who a socket belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Seated {
    /// What they brought.
    pub(crate) credential: Credential,
    /// In which tab.
    pub(crate) tab: TabId,
    /// Where a visitor is.
    pub(crate) page: Option<Page>,
}

impl Seated {
    /// The same in the words of the rules.
    pub(crate) fn seat(&self) -> Seat {
        Seat { principal: self.credential.principal(), tab: self.tab, page: self.page.clone() }
    }
}

/// A socket with its attachment.
#[derive(Clone)]
pub(crate) struct Socket {
    socket: WebSocket,
    /// As it was read; write changes back with [`Socket::keep`].
    pub(crate) attachment: Attachment,
}

/// What came in on a socket.
pub(crate) enum Incoming<F> {
    /// A frame.
    Frame(F),
    /// Nothing that needs an answer beyond the one that was given.
    Handled,
}

impl Socket {
    /// Takes up a socket of this object; `None` if it has no attachment, which only a broken one has not.
    pub(crate) fn of(socket: WebSocket) -> Option<Self> {
        let text: String = socket.deserialize_attachment().ok().flatten()?;
        let bytes = STANDARD_NO_PAD.decode(text).ok()?;
        let attachment = postcard::from_bytes(&bytes).ok()?;
        Some(Self { socket, attachment })
    }

    /// Whether both are the same socket.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.socket == other.socket
    }

    /// Who said hello on it.
    pub(crate) fn person(&self) -> Option<Person> {
        self.attachment.seated.as_ref().map(|seated| seated.seat().person())
    }

    /// Writes the attachment back.
    pub(crate) fn keep(&self) {
        let bytes = postcard::to_allocvec(&self.attachment).unwrap_or_default();
        // Fails only on a socket that is closing, whose attachment nobody will read.
        let _ = self.socket.serialize_attachment(STANDARD_NO_PAD.encode(bytes));
    }

    /// Sends a frame. A reader that lets too much pile up is closed.
    pub(crate) fn send<F: Serialize>(&self, frame: &F) {
        let raw: &worker::web_sys::WebSocket = self.socket.as_ref();
        if raw.buffered_amount() > limits::BUFFERED_BYTES {
            self.close(CloseCode::SlowReader);
            return;
        }
        // Sending on a closing socket throws; its client will resume.
        let _ = match self.attachment.codec {
            Codec::Postcard => self.socket.send_with_bytes(codec::to_bytes(frame)),
            Codec::Json => self.socket.send_with_str(codec::to_text(frame)),
        };
    }

    /// Closes the socket with a code of ours.
    pub(crate) fn close(&self, code: CloseCode) {
        let _ = self.socket.close(Some(code.number()), Some(""));
    }

    /// Answers the close of a client, which the runtime leaves to us; odd codes are answered as a normal close.
    pub(crate) fn answer_close(&self, code: usize) {
        let code = u16::try_from(code).ok().filter(|code| *code == 1000 || (3000..5000).contains(code));
        let _ = self.socket.close(Some(code.unwrap_or(1000)), Some(""));
    }

    /// Reads a message. What is no frame is answered here; `refuse` wraps a refusal in the object's own frames.
    pub(crate) fn read<I, O>(
        &mut self,
        message: &WebSocketIncomingMessage,
        refuse: fn(Refusal) -> O,
    ) -> Incoming<I>
    where
        I: for<'de> Deserialize<'de>,
        O: Serialize,
    {
        let length = match message {
            WebSocketIncomingMessage::String(text) => text.len(),
            WebSocketIncomingMessage::Binary(bytes) => bytes.len(),
        };
        if length > limits::FRAME_BYTES {
            self.close(CloseCode::TooBig);
            return Incoming::Handled;
        }
        let decoded = match (message, self.attachment.codec) {
            (WebSocketIncomingMessage::String(text), Codec::Json) => codec::from_text(text),
            (WebSocketIncomingMessage::Binary(bytes), Codec::Postcard) => codec::from_bytes(bytes),
            (WebSocketIncomingMessage::String(_), Codec::Postcard)
            | (WebSocketIncomingMessage::Binary(_), Codec::Json) => {
                self.close(CloseCode::WrongKind);
                return Incoming::Handled;
            }
        };
        match decoded {
            Ok(frame) => return Incoming::Frame(frame),
            Err(Undecodable::Version) => self.close(CloseCode::UpgradeRequired),
            Err(Undecodable::Malformed) if self.attachment.seated.is_none() => {
                self.close(CloseCode::Unauthenticated)
            }
            Err(Undecodable::Malformed) => {
                self.count_bad_frame();
                self.send(&refuse(Refusal::new(Code::BadFrame.into(), None)));
                if self.attachment.bad_frames >= limits::BAD_FRAMES {
                    self.close(CloseCode::BadFrames);
                }
            }
        }
        Incoming::Handled
    }

    fn count_bad_frame(&mut self) {
        let attachment = &mut self.attachment;
        if now().since(attachment.bad_since) >= limits::BAD_FRAME_WINDOW_MS {
            attachment.bad_since = now();
            attachment.bad_frames = 0;
        }
        attachment.bad_frames = attachment.bad_frames.saturating_add(1);
        self.keep();
    }
}

/// All sockets of an object.
pub(crate) fn all(state: &State) -> Vec<Socket> {
    state.get_websockets().into_iter().filter_map(Socket::of).collect()
}

/// Lets the platform answer pings, so that they do not wake the object.
pub(crate) fn answer_pings(state: &State) {
    if let Ok(pair) = WebSocketRequestResponsePair::new("ping", "pong") {
        state.set_websocket_auto_response(&pair);
    }
}

/// Accepts a socket, which then has [`limits::HELLO_MS`] to say hello. Counts before accepting, since the runtime's
/// own limit is a panic.
pub(crate) fn accept(state: &State, request: &Request, side: Side) -> Result<Response> {
    let offered = request.headers().get("Sec-WebSocket-Protocol")?.and_then(|header| Codec::offered(&header));
    let Some(codec) = offered else {
        return refuse(Code::UpgradeRequired);
    };
    let (speechless, others): (Vec<_>, Vec<_>) = all(state).into_iter().partition(|socket| {
        socket.attachment.seated.is_none() && now().since(socket.attachment.opened_at) > limits::HELLO_MS
    });
    speechless.iter().for_each(|socket| socket.close(CloseCode::Unauthenticated));
    if others.len() >= limits::SOCKETS_PER_OBJECT {
        return refuse(Code::TooManySockets);
    }
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_web_socket(&server);
    let attachment =
        Attachment { side, codec, opened_at: now(), bad_frames: 0, bad_since: Timestamp(0), seated: None };
    Socket { socket: server, attachment }.keep();
    let response = Response::from_websocket(client)?;
    response.headers().set("Sec-WebSocket-Protocol", codec.subprotocol())?;
    Ok(response)
}

/// A refusal before the upgrade.
pub(crate) fn refuse(code: Code) -> Result<Response> {
    let Refused(reject) = code.into();
    let problem = protocol::http::Problem { code: reject.code, retry_after: reject.retry_after };
    Ok(Response::from_json(&problem)?.with_status(code.http_status()))
}
