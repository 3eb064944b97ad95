//! The document for programs: OpenAPI 3.1, whose schemas are JSON Schema 2020-12 as it stands.

use protocol::MediaType;
use protocol::api::{Operation, Problem, ProblemCode};
use serde_json::{Map, Value, json};

use crate::describe::{Described, TAGS, describe};
use crate::parts::{answer_headers, id_of, names, problems, request_headers};
use crate::schemas::Schemas;

const INTRODUCTION: &str = include_str!("introduction.md");

/// Makes the document.
#[must_use]
pub fn open_api() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for operation in Operation::ALL {
        let described = describe(operation, &mut schemas);
        let written = operation_object(operation, &described, &mut schemas);
        let path = paths.entry(operation.path()).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(operation.method().name().to_ascii_lowercase(), written);
        }
    }
    let problem = schemas.answered::<Problem>();
    let responses: Map<String, Value> = ProblemCode::ALL
        .into_iter()
        .map(|code| (response_name(&[code]), refusal(&[code], &problem)))
        .collect();
    let tags = TAGS.map(|(name, description)| json!({ "name": name, "description": description }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Porchlight API",
            "version": "1.0.0",
            "summary": "Conversations, contacts, sites and people of a workspace, for programs.",
            "description": INTRODUCTION,
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": Operation::BASE }],
        "security": [{ "key": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of the workspace, `sk_…`, made in the inbox under Settings, API keys.",
                },
            },
            "parameters": request_headers(),
            "headers": answer_headers(),
            "responses": responses,
            "schemas": schemas.definitions(),
        },
    })
}

fn operation_object(operation: Operation, described: &Described, schemas: &mut Schemas) -> Value {
    let mut written = json!({
        "tags": [described.tag],
        "operationId": described.id,
        "summary": described.summary,
        "security": [{ "key": [operation.scope().name()] }],
        "parameters": parameters(operation, described, schemas),
        "responses": responses(operation, described, schemas),
        "x-scope": operation.scope().name(),
    });
    if let Some(object) = written.as_object_mut() {
        if !described.description.is_empty() {
            object.insert("description".to_owned(), described.description.into());
        }
        if let Some(body) = &described.body {
            let body = json!({ "required": true, "content": { "application/json": { "schema": body } } });
            object.insert("requestBody".to_owned(), body);
        }
    }
    written
}

fn parameters(operation: Operation, described: &Described, schemas: &mut Schemas) -> Vec<Value> {
    let mut parameters = Vec::new();
    for name in names(operation.path()) {
        let schema = id_of(name, schemas);
        let description = format!("The {name}'s id.");
        parameters.push(json!({
            "name": name, "in": "path", "description": description, "required": true, "schema": schema,
        }));
    }
    for (name, schema) in &described.query {
        let mut schema = without_null(schema);
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        parameters.push(json!({ "name": name, "in": "query", "description": description, "schema": schema }));
    }
    let header = |name: &str| json!({ "$ref": format!("#/components/parameters/{name}") });
    parameters.extend(described.is_repeatable.then(|| header("IdempotencyKey")));
    parameters.extend((operation.method() == protocol::api::Method::Patch).then(|| header("IfMatch")));
    parameters.push(header("ApiVersion"));
    parameters.push(header("RequestId"));
    parameters
}

/// A field that may be left out is a parameter that may be left out: an address has no `null`.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let Some(object) = schema.as_object_mut() else { return schema };
    if let Some(kinds) = object.get("type").and_then(Value::as_array) {
        let kind = kinds.iter().find(|kind| *kind != "null").cloned();
        object.extend(kind.map(|kind| ("type".to_owned(), kind)));
    }
    if let Some(Value::Array(choices)) = object.remove("anyOf") {
        let is_null = |choice: &Value| choice.get("type").is_some_and(|kind| kind == "null");
        let choice = choices.into_iter().find(|choice| !is_null(choice));
        object.extend(choice.and_then(|choice| choice.as_object().cloned()).unwrap_or_default());
    }
    schema
}

fn responses(operation: Operation, described: &Described, schemas: &mut Schemas) -> Map<String, Value> {
    let mut responses = Map::new();
    let mut headers = json!({
        "X-Request-Id": answer_header("RequestId"),
        "Api-Version": answer_header("ApiVersion"),
        "RateLimit-Limit": answer_header("RateLimitLimit"),
        "RateLimit-Remaining": answer_header("RateLimitRemaining"),
        "RateLimit-Reset": answer_header("RateLimitReset"),
    });
    if let Some(headers) = headers.as_object_mut() {
        headers.extend(described.has_version.then(|| ("ETag".to_owned(), answer_header("ETag"))));
        headers
            .extend((operation.success() == 201).then(|| ("Location".to_owned(), answer_header("Location"))));
        let replayed = || ("Idempotency-Replayed".to_owned(), answer_header("Replayed"));
        headers.extend(described.is_repeatable.then(replayed));
    }
    let mut success = json!({ "description": described.summary, "headers": headers });
    if let (Some(object), Some(answer)) = (success.as_object_mut(), &described.answer) {
        object.insert("content".to_owned(), json!({ "application/json": { "schema": answer } }));
    }
    if let (Some(object), true) = (success.as_object_mut(), described.is_file) {
        object.insert("content".to_owned(), file_kinds());
    }
    responses.insert(operation.success().to_string(), success);

    let problem = schemas.answered::<Problem>();
    for codes in problems(operation, described).chunk_by(|one, other| one.status() == other.status()) {
        let Some(first) = codes.first() else { continue };
        let response = match codes {
            [code] => json!({ "$ref": format!("#/components/responses/{}", response_name(&[*code])) }),
            _ => refusal(codes, &problem),
        };
        responses.insert(first.status().to_string(), response);
    }
    responses
}

fn answer_header(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

/// What a file is answered as.
fn file_kinds() -> Value {
    let pictures = MediaType::ALL.into_iter().filter(|media| media.is_picture()).map(MediaType::name);
    let kinds = pictures.chain(["application/octet-stream"]);
    kinds.map(|kind| (kind.to_owned(), json!({}))).collect::<Map<String, Value>>().into()
}

fn response_name(codes: &[ProblemCode]) -> String {
    codes.iter().map(|code| code.name()).collect::<Vec<_>>().join("_or_")
}

/// A refusal with one of these codes, which have one status.
fn refusal(codes: &[ProblemCode], problem: &Value) -> Value {
    let said: Vec<String> = codes.iter().map(|code| format!("`{}`: {}", code.name(), code.title())).collect();
    let mut headers =
        json!({ "X-Request-Id": answer_header("RequestId"), "Api-Version": answer_header("ApiVersion") });
    if let Some(headers) = headers.as_object_mut() {
        for code in codes {
            match code {
                ProblemCode::RateLimited | ProblemCode::Unavailable => {
                    headers.insert("Retry-After".to_owned(), answer_header("RetryAfter"));
                }
                ProblemCode::Unauthenticated => {
                    headers.insert("WWW-Authenticate".to_owned(), answer_header("Authenticate"));
                }
                ProblemCode::BadRequest
                | ProblemCode::Forbidden
                | ProblemCode::NotFound
                | ProblemCode::MethodNotAllowed
                | ProblemCode::LimitReached
                | ProblemCode::PreconditionFailed
                | ProblemCode::TooLarge
                | ProblemCode::UnsupportedMediaType
                | ProblemCode::InvalidField
                | ProblemCode::IdempotencyConflict
                | ProblemCode::Internal
                | ProblemCode::Unchangeable => {}
            }
        }
    }
    let names: Vec<&str> = codes.iter().map(|code| code.name()).collect();
    let status = codes.first().map(|code| code.status());
    json!({
        "description": said.join("; "),
        "headers": headers,
        "content": { "application/problem+json": { "schema": {
            "allOf": [problem, { "properties": { "code": { "enum": names }, "status": { "const": status } } }],
        } } },
    })
}
