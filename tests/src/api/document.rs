//! The served document, and answers held against it.

use protocol::api::Operation;
use serde_json::{Map, Value, json};

use crate::http::{Answer, get};

/// An OpenAPI document.
#[derive(Debug, Clone)]
pub struct Document(Value);

impl Document {
    /// Reads the document of a server.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn fetch(base_url: &str) -> Self {
        let answer = get(&format!("{base_url}/api/openapi.json"), &[]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mut document = answer.json();
        close(&mut document);
        Self(document)
    }

    /// The document itself, in which no object has fields that are not named.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.0
    }

    /// The statuses that an operation can answer.
    ///
    /// # Panics
    /// If the document does not know the operation.
    #[must_use]
    pub fn statuses(&self, operation: Operation) -> Vec<u16> {
        let responses = self.operation(operation).get("responses").and_then(Value::as_object);
        let statuses = responses.expect("an operation has responses").keys();
        statuses.map(|status| status.parse().expect("a status")).collect()
    }

    /// Whether an answer is one that the document says can come.
    ///
    /// # Panics
    /// If it is not: the status, the kind of body, the body, a header.
    pub fn check(&self, operation: Operation, answer: &Answer) {
        let name = format!("{operation:?}, {}: {}", answer.status, answer.body);
        let responses = self.operation(operation).get("responses").expect("responses");
        let response = responses.get(answer.status.to_string());
        let response = self.resolved(response.unwrap_or_else(|| panic!("undocumented: {name}")));
        self.check_headers(response, answer, &name);
        let Some(content) = response.get("content").and_then(Value::as_object) else {
            assert!(answer.body.is_empty(), "a body that is not documented: {name}");
            return;
        };
        let kind = answer.header("content-type").expect("a body has a kind");
        let kind = kind.split(';').next().unwrap_or_default();
        let found = content.get(kind).unwrap_or_else(|| panic!("undocumented kind {kind}: {name}"));
        // A file has no schema.
        if let Some(schema) = found.get("schema") {
            self.check_value(schema, &answer.json(), &name);
        }
    }

    fn check_headers(&self, response: &Value, answer: &Answer, name: &str) {
        let nothing = Map::new();
        let headers = response.get("headers").and_then(Value::as_object).unwrap_or(&nothing);
        for (header, described) in headers {
            let described = self.resolved(described);
            let found = answer.header(&header.to_ascii_lowercase());
            let is_required = described.get("required") == Some(&json!(true));
            let Some(found) = found else {
                assert!(!is_required, "{header} is missing: {name}");
                continue;
            };
            let schema = described.get("schema").expect("a schema");
            let is_number = schema.get("type") == Some(&json!("integer"));
            let value = if is_number { json!(found.parse::<u64>().expect("a number")) } else { json!(found) };
            self.check_value(schema, &value, &format!("{header} of {name}"));
        }
    }

    /// Holds a value against a schema of the document.
    fn check_value(&self, schema: &Value, value: &Value, name: &str) {
        let whole = json!({ "allOf": [schema], "components": self.0.get("components") });
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&whole)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let wrong: Vec<String> = validator
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }

    fn operation(&self, operation: Operation) -> &Value {
        let method = operation.method().name().to_ascii_lowercase();
        let path = self.0.get("paths").and_then(|paths| paths.get(operation.path()));
        let found = path.and_then(|path| path.get(method));
        found.unwrap_or_else(|| panic!("the document does not know {operation:?}"))
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let pointer = reference.strip_prefix('#').expect("a reference within the document");
                self.0.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
            }
            None => value,
        }
    }
}

/// Answers may gain fields, says the document; here those that it does not name are faults of it.
fn close(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            let is_object = object.get("type").is_some_and(|kind| kind == "object");
            if is_object && object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
