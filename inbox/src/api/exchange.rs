//! One request and its answer.

use core::cell::Cell;
use std::rc::Rc;

use gloo::net::http::{Method, RequestBuilder, Response};
use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use protocol::Code;
use protocol::http::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::{AbortController, AbortSignal};

use super::{Failure, ended, proof};

/// Milliseconds within which an answer must have come, to its last byte.
const PATIENCE_MS: u32 = 15_000;
/// The same for a file that is written while it comes.
const LONG_PATIENCE_MS: u32 = 180_000;

/// What a request brings.
#[derive(Clone)]
enum Body {
    Json(String),
    Bytes(Vec<u8>),
}

/// The answer to a question without a body.
pub(super) async fn get<A: DeserializeOwned>(path: &str) -> Result<A, Failure> {
    read(&guarded(Method::GET, path, None).await?)
}

/// The answer to something that changes something.
pub(super) async fn send<B: Serialize, A: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &B,
) -> Result<A, Failure> {
    read(&guarded(method, path, Some(write(body)?)).await?)
}

/// The answer to bytes that change something.
pub(super) async fn send_bytes<A: DeserializeOwned>(
    method: Method,
    path: &str,
    bytes: Vec<u8>,
) -> Result<A, Failure> {
    read(&guarded(method, path, Some(Body::Bytes(bytes))).await?)
}

/// The text of a file, which may take its time.
pub(super) async fn read_long<B: Serialize>(method: Method, path: &str, body: &B) -> Result<String, Failure> {
    guarded_within(LONG_PATIENCE_MS, method, path, Some(write(body)?)).await
}

/// Changes something; there is no answer but that it was done.
pub(super) async fn tell<B: Serialize>(method: Method, path: &str, body: &B) -> Result<(), Failure> {
    guarded(method, path, Some(write(body)?)).await?;
    Ok(())
}

/// Changes something that the address says all about.
pub(super) async fn act(method: Method, path: &str) -> Result<(), Failure> {
    guarded(method, path, None).await?;
    Ok(())
}

/// The answer to something that changes something, and that the address says all about.
pub(super) async fn act_for<A: DeserializeOwned>(method: Method, path: &str) -> Result<A, Failure> {
    read(&guarded(method, path, None).await?)
}

/// Changes something without asking for a proof where that is what the server asks for: the proof itself.
pub(super) async fn tell_unguarded<B: Serialize>(path: &str, body: &B) -> Result<(), Failure> {
    let body = write(body)?;
    in_time(PATIENCE_MS, async |signal| once(Method::POST, path, Some(body), signal).await).await?;
    Ok(())
}

/// Asks again after the person has proved who they are, where the server asks for that; tells when a session has ended.
async fn guarded(method: Method, path: &str, body: Option<Body>) -> Result<String, Failure> {
    guarded_within(PATIENCE_MS, method, path, body).await
}

async fn guarded_within(
    patience_ms: u32,
    method: Method,
    path: &str,
    body: Option<Body>,
) -> Result<String, Failure> {
    let mut is_doubted = true;
    loop {
        let answer =
            in_time(patience_ms, async |signal| once(method.clone(), path, body.clone(), signal).await).await;
        match answer {
            // The session may have been renewed, here or in another tab, while this was on its way.
            Err(failure) if failure.is_signed_out() && is_doubted => is_doubted = false,
            Err(failure) if failure.code() == Some(Code::ProofRequired) => {
                if !proof::ask().await {
                    return Err(Failure::Unproven);
                }
            }
            Err(failure) => {
                if failure.is_signed_out() {
                    ended::tell();
                }
                return Err(failure);
            }
            Ok(answer) => return Ok(answer),
        }
    }
}

/// Gives a request and its answer so long, and then aborts both.
async fn in_time(
    patience_ms: u32,
    exchange: impl AsyncFnOnce(&AbortSignal) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreachable)?;
    let signal = controller.signal();
    let is_late = Rc::new(Cell::new(false));
    let timeout = Timeout::new(patience_ms, {
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

async fn once(
    method: Method,
    path: &str,
    body: Option<Body>,
    signal: &AbortSignal,
) -> Result<String, Failure> {
    let changes = method != Method::GET;
    let mut request = RequestBuilder::new(path).method(method).abort_signal(Some(signal));
    if changes && !matches!(body, Some(Body::Bytes(_))) {
        // Also without a body: the server takes it for a form of another site otherwise.
        request = request.header("content-type", "application/json");
    }
    let request = match body {
        Some(Body::Json(text)) => request.body(text),
        Some(Body::Bytes(bytes)) => request.body(Uint8Array::from(bytes.as_slice())),
        None => request.build(),
    };
    let response =
        request.map_err(|_| Failure::Unreachable)?.send().await.map_err(|_| Failure::Unreachable)?;
    accept(response).await
}

async fn accept(response: Response) -> Result<String, Failure> {
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(text);
    }
    match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => Err(Failure::Refused(problem)),
        Err(_) if response.status() == 401 => {
            Err(Failure::Refused(Problem { code: Code::Unauthenticated, retry_after: None }))
        }
        Err(_) => Err(Failure::Unreachable),
    }
}

fn write<B: Serialize>(body: &B) -> Result<Body, Failure> {
    serde_json::to_string(body).map(Body::Json).map_err(|_| Failure::Unreachable)
}

fn read<A: DeserializeOwned>(text: &str) -> Result<A, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::Unreachable)
}
