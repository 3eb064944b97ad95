//! What operations have in common: the ids of paths, headers, refusals.

use protocol::api::{MessageId, Method, Operation, Prefixed, ProblemCode};
use protocol::{AgentId, ConversationId, FileId, SiteId, VisitorId};
use serde_json::{Value, json};

use crate::describe::Described;
use crate::schemas::Schemas;

/// The names in a path, in order.
pub(crate) fn names(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// The schema of an id by its name in a path.
///
/// # Panics
/// If a path has a name that stands for no id of ours.
pub(crate) fn id_of(name: &str, schemas: &mut Schemas) -> Value {
    match name {
        "agent" => schemas.sent::<Prefixed<AgentId>>(),
        "site" => schemas.sent::<Prefixed<SiteId>>(),
        "conversation" => schemas.sent::<Prefixed<ConversationId>>(),
        "message" => schemas.sent::<Prefixed<MessageId>>(),
        "attachment" => schemas.sent::<Prefixed<FileId>>(),
        "contact" => schemas.sent::<Prefixed<VisitorId>>(),
        other => panic!("a path has the name {other}"),
    }
}

/// Everything that an operation can be refused for, in the order of the list.
pub(crate) fn problems(operation: Operation, described: &Described) -> Vec<ProblemCode> {
    let always = [
        ProblemCode::Unauthenticated,
        ProblemCode::Forbidden,
        ProblemCode::InvalidField,
        ProblemCode::RateLimited,
        ProblemCode::Internal,
        ProblemCode::Unavailable,
    ];
    let mut codes = always.to_vec();
    if !names(operation.path()).is_empty() {
        codes.push(ProblemCode::NotFound);
    }
    if described.body.is_some() {
        codes.extend([ProblemCode::BadRequest, ProblemCode::TooLarge, ProblemCode::UnsupportedMediaType]);
    }
    if described.is_repeatable {
        codes.push(ProblemCode::IdempotencyConflict);
    }
    if operation.method() == Method::Patch {
        codes.push(ProblemCode::PreconditionFailed);
    }
    codes.extend(described.problems);
    codes.sort_unstable();
    codes
}

/// Headers that requests can have, by the names under which the document keeps them.
pub(crate) fn request_headers() -> Value {
    json!({
        "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Makes the request safe to repeat for 24 hours: it is done once, and answered in the same way.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["order-1742-shipped"] },
        },
        "IfMatch": {
            "name": "If-Match",
            "in": "header",
            "description": "The `ETag` of what was read: the change is made only if it is still the same.",
            "schema": { "type": "string", "examples": ["\"5d41402abc4b2a76b9719d911017c592\""] },
        },
        "ApiVersion": {
            "name": "Api-Version",
            "in": "header",
            "description": "The version of the API that the request was written for; the only one, if not given.",
            "schema": { "type": "string", "enum": [Operation::VERSION] },
        },
        "RequestId": {
            "name": "X-Request-Id",
            "in": "header",
            "description": "Your name for the request, which is told back if it has 1 to 64 letters, digits, `-`, `_` or `.`.",
            "schema": { "type": "string", "examples": ["job-88-step-3"] },
        },
    })
}

/// Headers that answers have, by the names under which the document keeps them.
pub(crate) fn answer_headers() -> Value {
    let header = |description: &str, schema: Value| json!({ "description": description, "required": true, "schema": schema });
    let number = || json!({ "type": "integer", "minimum": 0 });
    json!({
        "RateLimitLimit": header("Requests that can be made at once with a key that was not used for a minute.", number()),
        "RateLimitRemaining": header("Requests that can be made at once now.", number()),
        "RateLimitReset": header("Seconds until all can be made again, if none is made meanwhile.", number()),
        "RetryAfter": header("Seconds to wait.", json!({ "type": "integer", "minimum": 1 })),
        "RequestId": header(
            "The name of the request: the one that was sent with it, or one of ours.",
            json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$" }),
        ),
        "ApiVersion": header(
            "The version of the API that has answered.",
            json!({ "type": "string", "const": Operation::VERSION }),
        ),
        "ETag": header(
            "The version of what is shown, for `If-Match`.",
            json!({ "type": "string", "pattern": "^\"[0-9a-f]{32}\"$" }),
        ),
        "Location": header("Where it can be read.", json!({ "type": "string", "format": "uri-reference" })),
        "Replayed": {
            "description": "There, and `true`, if the same request was done before under its `Idempotency-Key`.",
            "schema": { "type": "string", "const": "true" },
        },
        "Authenticate": header("How to authenticate.", json!({ "type": "string", "const": "Bearer" })),
    })
}
