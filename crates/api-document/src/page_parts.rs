//! Pieces of the page: prose with code and emphasis in it, and examples of values.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::page::{at, resolve};

/// Fields in which there is mostly nothing.
const EMPTY: [&str; 3] = ["deletes_at", "ends_at", "next_cursor"];

/// Deepest nesting of an example.
const DEPTH: u32 = 8;

/// Paragraphs, which stand apart by empty lines.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p { (rich(paragraph)) }
        }
    }
}

/// A text in which code stands between backticks and what is emphasized between pairs of stars.
pub(crate) fn rich(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (emphasized(part)) }
        }
    }
}

fn emphasized(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split("**").enumerate() {
            @if index % 2 == 1 { strong { (part) } } @else { (part) }
        }
    }
}

/// A value that a schema allows, such as one would see.
pub(crate) fn example(document: &Value, schema: &Value) -> Value {
    example_at(document, schema, "", DEPTH)
}

fn example_at(document: &Value, schema: &Value, name: &str, depth: u32) -> Value {
    let schema = resolve(document, schema);
    if depth == 0 || EMPTY.contains(&name) {
        return Value::Null;
    }
    let given = [at(schema, &["examples", "0"]), at(schema, &["const"]), at(schema, &["enum", "0"])];
    if let Some(given) = given.into_iter().find(|given| !given.is_null()) {
        return given.clone();
    }
    for choices in ["oneOf", "anyOf"] {
        if let Some(choice) = at(schema, &[choices]).as_array().and_then(|choices| choices.first()) {
            return example_at(document, choice, name, depth - 1);
        }
    }
    match first_kind(schema) {
        "object" => {
            let nothing = Map::new();
            let fields = at(schema, &["properties"]).as_object().unwrap_or(&nothing);
            let shown = fields
                .iter()
                .map(|(name, field)| (name.clone(), example_at(document, field, name, depth - 1)));
            Value::Object(shown.collect())
        }
        "array" => json!([example_at(document, at(schema, &["items"]), name, depth - 1)]),
        "boolean" => json!(false),
        "integer" | "number" => json!(1),
        _ => Value::String(text_for(name).to_owned()),
    }
}

fn first_kind(schema: &Value) -> &str {
    let kind = at(schema, &["type"]);
    kind.as_str().or_else(|| at(kind, &["0"]).as_str()).unwrap_or_default()
}

/// What could stand in a field of text.
fn text_for(name: &str) -> &'static str {
    match name {
        "name" => "Fernwood",
        "email" => "anna@example.com",
        "accent" => "#1f6f5c",
        "greeting" => "Hello! How can we help?",
        "allowed_origins" => "https://www.example.com",
        "text" => "Your order is on its way.",
        "preview" => "Where is my order?",
        "external_id" => "customer-1742",
        "value" => "Alice",
        "key" => "pk_AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgI",
        _ => "text",
    }
}
