//! One WebSocket with its listeners; both end when it is dropped.

use js_sys::{ArrayBuffer, Uint8Array};
use protocol::{CloseCode, Codec};
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use crate::engines::Signal;

/// A socket that opens, is open or was closed by the server.
pub(crate) struct Socket {
    socket: WebSocket,
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Begins to open a socket; `None` if the browser refuses the address.
    pub(crate) fn open(
        url: &str,
        credential: String,
        report: impl Fn(Signal) + Clone + 'static,
    ) -> Option<Self> {
        let socket = WebSocket::new_with_str(url, Codec::Postcard.subprotocol()).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);

        let mut credential = Some(credential);
        let on_open = Closure::new({
            let report = report.clone();
            move || {
                if let Some(credential) = credential.take() {
                    report(Signal::Opened { credential });
                }
            }
        });
        let on_message = Closure::new({
            let report = report.clone();
            move |message: MessageEvent| report(signal_of(&message.data()))
        });
        let on_close = Closure::new(move |close: CloseEvent| report(Signal::Closed { code: close.code() }));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { socket, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    /// Sends a frame. A failure means that the socket is closing, which is reported by itself.
    pub(crate) fn send(&self, bytes: &[u8]) {
        let _ = self.socket.send_with_u8_array(bytes);
    }

    /// Sends the ping that the platform answers without waking the object.
    pub(crate) fn ping(&self) {
        let _ = self.socket.send_with_str("ping");
    }

    /// Closes the socket and reports nothing more.
    pub(crate) fn close(self, code: u16) {
        self.silence();
        let _ = self.socket.close_with_code(code);
    }

    fn silence(&self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.silence();
        let _ = self.socket.close_with_code(CloseCode::Normal.number());
    }
}

/// Binary frames are ours; the only text is the platform's `pong`.
fn signal_of(data: &JsValue) -> Signal {
    data.dyn_ref::<ArrayBuffer>()
        .map_or(Signal::Pong, |buffer| Signal::Received(Uint8Array::new(buffer).to_vec()))
}
