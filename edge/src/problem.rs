//! Refusals as HTTP answers: a status and a code from the closed list, nothing else.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::http::Problem;
use protocol::{Code, Reject};
use serde::Serialize;

/// A refused request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused(pub(crate) Reject);

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl From<Reject> for Refused {
    fn from(reject: Reject) -> Self {
        Self(reject)
    }
}

impl From<worker::Error> for Refused {
    fn from(error: worker::Error) -> Self {
        worker::console_error!("runtime: {}", error.to_string());
        Self(Code::Unavailable.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Reject { code, retry_after } = self.0;
        let status = StatusCode::from_u16(code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = json(status, &Problem { code, retry_after });
        if let Some(milliseconds) = retry_after {
            let seconds = HeaderValue::from(milliseconds.div_ceil(1_000));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// A JSON answer, never to be cached.
pub(crate) fn json<B: Serialize>(status: StatusCode, body: &B) -> Response {
    let body = serde_json::to_string(body).unwrap_or_default();
    let headers =
        [(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}
