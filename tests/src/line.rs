//! A socket that speaks frames, in either codec.

use std::io::ErrorKind;
use std::marker::PhantomData;
use std::net::TcpStream;
use std::time::Duration;

use protocol::codec::{self, Codec};
use serde::{Deserialize, Serialize};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::http::HeaderValue;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{Data, OpCode};
use tungstenite::{Error, HandshakeError, Message, WebSocket, client};

use crate::http::{ADDRESS, some_address};

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(15);

/// What came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Received<F> {
    /// A frame.
    Frame(F),
    /// Text that is no frame, such as the answer to a ping.
    Text(String),
    /// The server closed the socket, with this code if it said one.
    Closed(Option<u16>),
}

/// An open socket that sends `I` and receives `O`.
pub struct Line<I, O> {
    socket: WebSocket<TcpStream>,
    codec: Codec,
    frames: PhantomData<(I, O)>,
}

impl<I: Serialize, O: for<'de> Deserialize<'de>> Line<I, O> {
    /// Opens a socket.
    ///
    /// # Errors
    /// The status of a refused upgrade.
    ///
    /// # Panics
    /// If there is no server.
    pub fn open(port: u16, path: &str, codec: Codec, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let stream = TcpStream::connect(("localhost", port)).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time to wait");
        stream.set_nodelay(true).expect("no delay");
        let mut request = format!("ws://localhost:{port}{path}").into_client_request().expect("an address");
        let offer = HeaderValue::from_static(codec.subprotocol());
        request.headers_mut().insert("Sec-WebSocket-Protocol", offer);
        let address = HeaderValue::from_str(&some_address()).expect("a header");
        request.headers_mut().insert(ADDRESS, address);
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        match client(request, stream) {
            Ok((socket, _)) => Ok(Self { socket, codec, frames: PhantomData }),
            Err(HandshakeError::Failure(Error::Http(response))) => Err(response.status().as_u16()),
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }

    /// Sends a frame. On a socket that is gone this does nothing.
    pub fn send(&mut self, frame: &I) {
        self.send_raw(match self.codec {
            Codec::Postcard => Message::binary(codec::to_bytes(frame)),
            Codec::Json => Message::text(codec::to_text(frame)),
        });
    }

    /// Sends anything.
    pub fn send_raw(&mut self, message: Message) {
        let _ = self.socket.send(message);
    }

    /// Closes the socket with a code.
    pub fn close(&mut self, code: u16) {
        let _ = self.socket.close(Some(CloseFrame { code: code.into(), reason: "".into() }));
    }

    /// Closes the socket and says no code.
    pub fn close_without_code(&mut self) {
        let _ = self.socket.close(None);
    }

    /// Sends a frame of text whose bytes need not be any.
    pub fn send_text_of_bytes(&mut self, bytes: Vec<u8>) {
        let frame = Frame::message(bytes, OpCode::Data(Data::Text), true);
        let _ = self.socket.send(Message::Frame(frame));
    }

    /// Waits for what comes next.
    ///
    /// # Panics
    /// If nothing comes, or something that is no frame of the other side.
    pub fn receive(&mut self) -> Received<O> {
        self.next().unwrap_or_else(|| panic!("nothing came for {PATIENCE:?}"))
    }

    /// Waits for what comes next, for some time only.
    ///
    /// # Panics
    /// If something comes that is no frame of the other side.
    pub fn receive_within(&mut self, patience: Duration) -> Option<Received<O>> {
        self.socket.get_ref().set_read_timeout(Some(patience)).expect("a time to wait");
        let received = self.next();
        self.socket.get_ref().set_read_timeout(Some(PATIENCE)).expect("a time to wait");
        received
    }

    /// Waits for a frame that the picker takes, passing over others.
    ///
    /// # Panics
    /// If the socket is closed first, or nothing comes.
    pub fn until<T>(&mut self, mut pick: impl FnMut(&O) -> Option<T>) -> T {
        loop {
            match self.receive() {
                Received::Frame(frame) => {
                    if let Some(picked) = pick(&frame) {
                        return picked;
                    }
                }
                Received::Text(_) => {}
                Received::Closed(code) => panic!("the socket was closed with {code:?}"),
            }
        }
    }

    /// Waits until the server closes the socket and returns its code.
    pub fn until_closed(&mut self) -> Option<u16> {
        loop {
            if let Received::Closed(code) = self.receive() {
                return code;
            }
        }
    }
}

impl<I, O: for<'de> Deserialize<'de>> Line<I, O> {
    /// What comes next; `None` if nothing does within the time that the stream waits.
    fn next(&mut self) -> Option<Received<O>> {
        loop {
            let received = match self.socket.read() {
                Ok(Message::Binary(bytes)) => Received::Frame(decoded(codec::from_bytes(&bytes))),
                Ok(Message::Text(text)) if self.codec == Codec::Json && text.starts_with('{') => {
                    Received::Frame(decoded(codec::from_text(&text)))
                }
                Ok(Message::Text(text)) => Received::Text(text.to_string()),
                Ok(Message::Close(frame)) => Received::Closed(frame.map(|frame| frame.code.into())),
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => continue,
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return None;
                }
                Err(_) => Received::Closed(None),
            };
            return Some(received);
        }
    }
}

fn decoded<F>(result: Result<F, codec::Undecodable>) -> F {
    result.unwrap_or_else(|error| panic!("the server sent what is no frame: {error:?}"))
}
