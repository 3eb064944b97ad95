//! A WebSocket that speaks text, to the servers that are not ours.

use std::net::TcpStream;
use std::time::Duration;

use tungstenite::client::IntoClientRequest as _;
use tungstenite::http::HeaderValue;
use tungstenite::{Message, WebSocket, client};

/// How long is waited for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open socket.
pub(crate) struct Wire(WebSocket<TcpStream>);

impl Wire {
    /// Opens a socket, with a subprotocol if the server wants one.
    ///
    /// # Panics
    /// If the server refuses.
    pub(crate) fn open(port: u16, path: &str, subprotocol: Option<&'static str>) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time to wait");
        stream.set_nodelay(true).expect("no delay");
        let mut request = format!("ws://localhost:{port}{path}").into_client_request().expect("an address");
        if let Some(subprotocol) = subprotocol {
            let offer = HeaderValue::from_static(subprotocol);
            request.headers_mut().insert("Sec-WebSocket-Protocol", offer);
        }
        let (socket, _) =
            client(request, stream).unwrap_or_else(|error| panic!("the handshake failed: {error}"));
        Self(socket)
    }

    /// Sends text.
    ///
    /// # Panics
    /// If the socket is gone.
    pub(crate) fn send(&mut self, text: String) {
        self.0.send(Message::text(text)).expect("the socket is open");
    }

    /// Waits for text.
    ///
    /// # Panics
    /// If none comes.
    pub(crate) fn receive(&mut self) -> String {
        loop {
            match self.0.read().expect("the server answers") {
                Message::Text(text) => return text.to_string(),
                Message::Close(frame) => panic!("the server closed the socket: {frame:?}"),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }
}
