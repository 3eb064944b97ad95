//! Answers of the API: what was asked for, or a problem document (RFC 9457).

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::api::{Problem, ProblemCode};
use protocol::{Code, EntityTag, Reject};
use serde::Serialize;

use crate::surroundings::random;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Characters of the longest name that a caller may give their request.
const REQUEST_ID_CHARACTERS: usize = 64;

/// What was asked for.
#[derive(Debug, Default)]
pub(super) struct Reply {
    whole: Option<Response>,
    body: Option<String>,
    tag: Option<EntityTag>,
    location: Option<String>,
    is_replayed: bool,
}

impl Reply {
    /// An answer with a body.
    pub(super) fn json<B: Serialize>(body: &B) -> Self {
        Self { body: serde_json::to_string(body).ok(), ..Self::default() }
    }

    /// An answer that is no JSON.
    pub(super) fn whole(response: Response) -> Self {
        Self { whole: Some(response), ..Self::default() }
    }

    /// An answer without one.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// The same with the version of what it shows.
    pub(super) fn tagged(self, tag: EntityTag) -> Self {
        Self { tag: Some(tag), ..self }
    }

    /// The same with the address of what was made.
    pub(super) fn at(self, location: String) -> Self {
        Self { location: Some(location), ..self }
    }

    /// The same, given once before.
    pub(super) fn replayed(self, is_replayed: bool) -> Self {
        Self { is_replayed, ..self }
    }

    /// Writes it.
    pub(super) fn into_response(self, status: u16, request_id: &str) -> Response {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        let mut response = match (self.whole, self.body) {
            (Some(whole), _) => whole,
            (None, Some(body)) => {
                (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
            }
            (None, None) => status.into_response(),
        };
        if let Some(tag) = self.tag {
            set(&mut response, header::ETAG, &format!("\"{tag}\""));
        }
        if let Some(location) = &self.location {
            set(&mut response, header::LOCATION, location);
        }
        if self.is_replayed {
            set(&mut response, REPLAYED, "true");
        }
        finish(response, request_id)
    }
}

/// Why not.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    code: ProblemCode,
    param: Option<String>,
    retry_after: Option<u32>,
}

impl Refusal {
    /// Something of the request is not what it should be.
    pub(super) fn of_param(param: impl Into<String>) -> Self {
        Self { code: ProblemCode::InvalidField, param: Some(param.into()), retry_after: None }
    }

    /// It is not what a change was meant for.
    pub(super) fn changed_meanwhile() -> Self {
        ProblemCode::PreconditionFailed.into()
    }

    /// The same refusal, where it is about a field, about this one.
    pub(super) fn about(self, param: &str) -> Self {
        match self.code {
            ProblemCode::InvalidField => Self { param: Some(param.to_owned()), ..self },
            ProblemCode::BadRequest
            | ProblemCode::Unauthenticated
            | ProblemCode::Forbidden
            | ProblemCode::NotFound
            | ProblemCode::MethodNotAllowed
            | ProblemCode::LimitReached
            | ProblemCode::PreconditionFailed
            | ProblemCode::TooLarge
            | ProblemCode::UnsupportedMediaType
            | ProblemCode::IdempotencyConflict
            | ProblemCode::RateLimited
            | ProblemCode::Internal
            | ProblemCode::Unavailable
            | ProblemCode::Unchangeable => self,
        }
    }

    /// Writes it.
    pub(super) fn into_response(self, request_id: String) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let problem = Problem::new(self.code, self.param, request_id);
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            set(&mut response, header::WWW_AUTHENTICATE, "Bearer");
        }
        if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = self.retry_after.unwrap_or(1_000).div_ceil(1_000).max(1);
            set(&mut response, header::RETRY_AFTER, &seconds.to_string());
        }
        finish(response, &problem.request_id)
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self { code, param: None, retry_after: None }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        ProblemCode::from(code).into()
    }
}

impl From<Reject> for Refusal {
    fn from(Reject { code, retry_after }: Reject) -> Self {
        Self { code: code.into(), param: None, retry_after }
    }
}

/// The name of a request: the caller's own, if it is plain and short, or a new one.
pub(super) fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|text| is_plain(text));
    match given {
        Some(given) => given.to_owned(),
        None => {
            let bytes: [u8; 16] = random().unwrap_or_default();
            bytes.iter().fold("req_".to_owned(), |text, byte| format!("{text}{byte:02x}"))
        }
    }
}

fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=REQUEST_ID_CHARACTERS).contains(&text.len()) && text.bytes().all(is_plain)
}

fn finish(mut response: Response, request_id: &str) -> Response {
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, REQUEST_ID, request_id);
    response
}

/// Sets a header; what cannot stand in one is left out.
pub(super) fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
