//! The one client for servers that are not ours. Which addresses it may ask for is [`domain::outbound`]'s rule.
//!
//! Redirects are answers like any other: following one would go where nobody decided. What a server answers stays here;
//! no user is ever shown it.

use core::future::poll_fn;
use core::pin::Pin;

use domain::outbound::{Destination, Rules};
use futures_util::Stream as _;
use mail::BaseUrl;
use protocol::limits::{OUTBOUND_BYTES, OUTBOUND_MS};
use worker::web_sys::AbortSignal;
use worker::{Env, Fetch, Headers, Method, RequestInit, RequestRedirect, Response, Result};

/// A request to somebody else's server.
pub(crate) struct Outbound<'a> {
    /// Whom to ask.
    pub(crate) destination: &'a Destination,
    /// How.
    pub(crate) method: Method,
    /// Names and values.
    pub(crate) headers: &'a [(&'a str, String)],
    /// The body, empty for none.
    pub(crate) body: &'a str,
}

/// What it answered.
pub(crate) struct Answer {
    /// The status, that of a redirect included.
    pub(crate) status: u16,
    /// The headers, which a page has said for everybody.
    pub(crate) headers: Headers,
    /// The beginning of the body, at most [`OUTBOUND_BYTES`].
    pub(crate) body: Vec<u8>,
}

/// What may be asked for by this deployment.
pub(crate) fn rules<'a>(env: &Env, base: &'a BaseUrl) -> Rules<'a> {
    let port = env.var("OUTBOUND_DEVELOPER_PORT").ok().and_then(|port| port.to_string().parse().ok());
    Rules { own_host: base.host(), developer_port: port.filter(|_| base.is_this_machine()) }
}

/// Asks, and waits for the answer at most [`OUTBOUND_MS`].
///
/// # Errors
/// If there is none. The reason may hold the address, and is not to be logged.
pub(crate) async fn ask(outbound: &Outbound<'_>) -> Result<Answer> {
    let headers = Headers::new();
    headers.set("User-Agent", "Porchlight")?;
    for (name, value) in outbound.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(outbound.method.clone()).with_headers(headers).with_redirect(RequestRedirect::Manual);
    if !outbound.body.is_empty() {
        init.with_body(Some(outbound.body.into()));
    }
    let request = worker::Request::new_with_init(outbound.destination.as_str(), &init)?;
    let deadline = AbortSignal::timeout_with_u32(OUTBOUND_MS).into();
    let mut response = Fetch::Request(request).send_with_signal(&deadline).await?;
    let body = beginning(&mut response).await?;
    Ok(Answer { status: response.status_code(), headers: response.headers().clone(), body })
}

/// Reads no further than is needed; what is dropped is cancelled.
async fn beginning(response: &mut Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    // A response without a body has no stream.
    let Ok(mut stream) = response.stream() else { return Ok(body) };
    while body.len() < OUTBOUND_BYTES {
        match poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
            Some(chunk) => body.append(&mut chunk?),
            None => break,
        }
    }
    body.truncate(OUTBOUND_BYTES);
    Ok(body)
}
