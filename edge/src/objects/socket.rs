//! What is asked of a socket, in as few steps between Rust and JavaScript as there can be.

use js_sys::Uint8Array;
use object::{Attachment, Message};
use wasm_bindgen::prelude::*;
use worker::{WebSocket, web_sys};

#[wasm_bindgen]
extern "C" {
    /// A `WebSocket` as the runtime has it.
    #[wasm_bindgen(js_name = WebSocket)]
    type Raw;
    /// The bytes are copied for it: the runtime reads them later.
    #[wasm_bindgen(structural, method, catch, js_name = send)]
    fn send_bytes(this: &Raw, bytes: Vec<u8>) -> Result<(), JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = send)]
    fn send_text(this: &Raw, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = serializeAttachment)]
    fn serialize_attachment(this: &Raw, bytes: Vec<u8>) -> Result<(), JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = deserializeAttachment)]
    fn deserialize_attachment(this: &Raw) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, getter, js_name = bufferedAmount)]
    fn buffered_amount(this: &Raw) -> u32;
}

fn raw(socket: &WebSocket) -> &Raw {
    let socket: &web_sys::WebSocket = socket.as_ref();
    socket.unchecked_ref()
}

/// Sends a message; returns whether the socket took it. A closing one throws; its client will resume.
pub(super) fn send(socket: &WebSocket, message: &Message) -> bool {
    match message {
        Message::Binary(bytes) => raw(socket).send_bytes(bytes.clone()).is_ok(),
        Message::Text(text) => raw(socket).send_text(text).is_ok(),
    }
}

/// The bytes that wait for a reader.
pub(super) fn buffered_bytes(socket: &WebSocket) -> u32 {
    raw(socket).buffered_amount()
}

/// Keeps something with a socket.
pub(super) fn keep(socket: &WebSocket, attachment: &Attachment) {
    let bytes = postcard::to_allocvec(attachment).unwrap_or_default();
    // Fails only on a socket that is closing, whose attachment nobody will read.
    let _ = raw(socket).serialize_attachment(bytes);
}

/// What is kept with a socket.
pub(super) fn kept(socket: &WebSocket) -> Option<Attachment> {
    let bytes: Uint8Array = raw(socket).deserialize_attachment().ok()?.dyn_into().ok()?;
    postcard::from_bytes(&bytes.to_vec()).ok()
}

/// Takes a message over from the runtime.
pub(super) fn message(incoming: &JsValue) -> Message {
    match incoming.as_string() {
        Some(text) => Message::Text(text),
        None => Message::Binary(Uint8Array::new(incoming).to_vec()),
    }
}
