//! The document for people: one page without script, made from the same values as the one for programs.

use maud::{DOCTYPE, Markup, html};
use protocol::api::{Operation, ProblemCode};
use serde_json::{Map, Value};

use crate::describe::TAGS;
use crate::page_parts::{example, prose, rich};

/// Makes the page of a document; `style` is the address of its style sheet.
#[must_use]
pub fn page(document: &Value, style: &str) -> String {
    let page = Page { document };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Porchlight API" }
                link rel="stylesheet" href=(style);
            }
            body {
                a .skip href="#content" { "To the content" }
                (page.header())
                div .columns {
                    (page.contents())
                    main #content { (page.introduction()) (page.operations()) (page.problems()) (page.schemas()) }
                }
            }
        }
    }
    .into_string()
}

struct Page<'a> {
    document: &'a Value,
}

impl Page<'_> {
    fn header(&self) -> Markup {
        html! {
            header .top {
                p .brand {
                    svg .mark viewBox="0 0 24 24" aria-hidden="true" {
                        path .glow d="M8 9h8l1.2 9.2H6.8z" {}
                        path .frame d="M12 2.5v2M8.2 8.5L9.6 5h4.8l1.4 3.5M7 8.5h10M8 8.5L6.8 18.5M16 8.5l1.2 10M5.8 18.5h12.4M8.5 21.5h7" {}
                    }
                    "Porchlight API"
                }
                p .top-links { a href="/api/openapi.json" { "OpenAPI 3.1" } a href="/inbox/" { "Inbox" } }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            nav .contents aria-label="Contents" {
                p .group { a href="#start" { "Start" } }
                @for (tag, _) in TAGS {
                    p .group { a href={ "#" (tag.to_lowercase()) } { (tag) } }
                    ul {
                        @for operation in Operation::ALL {
                            @let written = self.operation(operation);
                            @if text(written, &["tags", "0"]) == tag {
                                li { a href={ "#" (text(written, &["operationId"])) } { (text(written, &["summary"])) } }
                            }
                        }
                    }
                }
                p .group { a href="#problems" { "Refusals" } }
                p .group { a href="#schemas" { "Schemas" } }
            }
        }
    }

    fn introduction(&self) -> Markup {
        html! {
            section #start .intro {
                h1 { "Porchlight API" }
                (prose(text(self.document, &["info", "description"])))
                h3 { "A first request" }
                pre { code { "curl https://chat.example.com/api/v1/workspace \\\n  -H \"Authorization: Bearer $PORCHLIGHT_KEY\"" } }
            }
        }
    }

    fn operations(&self) -> Markup {
        html! {
            @for (tag, sentence) in TAGS {
                section .group id=(tag.to_lowercase()) {
                    h2 { (tag) }
                    p .lead { (sentence) }
                    @for operation in Operation::ALL {
                        @if text(self.operation(operation), &["tags", "0"]) == tag { (self.show(operation)) }
                    }
                }
            }
        }
    }

    fn show(&self, operation: Operation) -> Markup {
        let written = self.operation(operation);
        let method = operation.method().name();
        let body = self.resolve(at(written, &["requestBody", "content", "application/json", "schema"]));
        let success = operation.success().to_string();
        let answered = at(written, &["responses", &success, "content", "application/json", "schema"]);
        let is_file = !at(written, &["responses", &success, "content", "application/octet-stream"]).is_null();
        html! {
            article .operation id=(text(written, &["operationId"])) {
                div .words {
                    h3 { (text(written, &["summary"])) }
                    p .address {
                        span class={ "method " (method.to_lowercase()) } { (method) }
                        code { (Operation::BASE) (operation.path()) }
                    }
                    p .scope { "Scope " code { (text(written, &["x-scope"])) } }
                    (prose(text(written, &["description"])))
                    (self.parameters(written))
                    @if !body.is_null() { h4 { "Body" } (self.fields(body)) }
                    h4 { "Answer" }
                    p { code { (success) } " " @if is_file { "a file" } @else { (self.named(answered)) } }
                    h4 { "Refusals" }
                    p .codes { @for code in self.codes(written) { a href={ "#" (code) } { code { (code) } } " " } }
                }
                div .samples { (self.sample(operation, body)) (self.sample_answer(answered)) }
            }
        }
    }

    fn parameters(&self, written: &Value) -> Markup {
        // What every request can have is said in the introduction.
        let is_particular = |parameter: &&Value| text(parameter, &["name"]) != "X-Request-Id";
        let all = list(written, "parameters").map(|parameter| self.resolve(parameter));
        let all: Vec<&Value> = all.filter(is_particular).collect();
        let kinds = [("path", "Path"), ("query", "Query"), ("header", "Headers")];
        html! {
            @for (kind, heading) in kinds {
                @let of_kind: Vec<&&Value> = all.iter().filter(|parameter| text(parameter, &["in"]) == kind).collect();
                @if !of_kind.is_empty() {
                    h4 { (heading) }
                    dl .fields {
                        @for parameter in of_kind {
                            @let schema = at(parameter, &["schema"]);
                            dt { code { (text(parameter, &["name"])) } " " span .kind { (self.kind(schema)) } }
                            dd {
                                (rich(text(parameter, &["description"])))
                                @if text(parameter, &["description"]).is_empty() { (rich(text(self.resolve(schema), &["description"]))) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The fields of an object.
    fn fields(&self, schema: &Value) -> Markup {
        let nothing = Map::new();
        let fields = at(schema, &["properties"]).as_object().unwrap_or(&nothing);
        let is_required = |name: &str| list(schema, "required").any(|required| required == name);
        html! {
            dl .fields {
                @for (name, field) in fields {
                    dt {
                        code { (name) } " " span .kind { (self.kind(field)) }
                        @if is_required(name) { " " span .required { "required" } }
                    }
                    dd { (rich(text(field, &["description"]))) }
                }
            }
        }
    }

    fn problems(&self) -> Markup {
        html! {
            section #problems .group {
                h2 { "Refusals" }
                p .lead { "Each is a " code { "application/problem+json" } " with one of these codes." }
                dl .problems {
                    @for code in ProblemCode::ALL {
                        dt id=(code.name()) { code { (code.name()) } " " span .kind { (code.status()) } }
                        dd { (rich(code.detail())) }
                    }
                }
            }
        }
    }

    fn schemas(&self) -> Markup {
        let nothing = Map::new();
        let schemas = at(self.document, &["components", "schemas"]).as_object().unwrap_or(&nothing);
        let shown = schemas.iter().filter(|(name, schema)| !name.ends_with("Id") && !is_list(schema));
        html! {
            section #schemas .group {
                h2 { "Schemas" }
                @for (name, schema) in shown {
                    article .schema id={ "schema-" (name) } {
                        h3 { (name) }
                        p { (rich(text(schema, &["description"]))) }
                        @if schema.get("properties").is_some() { (self.fields(schema)) } @else { (self.choices(schema)) }
                    }
                }
            }
        }
    }

    /// The values, or the forms, that something can have.
    fn choices(&self, schema: &Value) -> Markup {
        let forms = || list(schema, "oneOf").chain(list(schema, "anyOf"));
        html! {
            @if forms().next().is_some() {
                dl .fields {
                    @for form in forms() {
                        @let constant = text(form, &["const"]);
                        @if !constant.is_empty() {
                            dt { code { (constant) } }
                            dd { (rich(text(form, &["description"]))) }
                        } @else {
                            dt { code { (text(form, &["properties", "type", "const"])) } }
                            dd { (rich(text(form, &["description"]))) (self.fields(form)) }
                        }
                    }
                }
            } @else { p .kind { (self.kind(schema)) } }
        }
    }

    /// A few words on what a value is.
    fn kind(&self, schema: &Value) -> Markup {
        if let Some(name) = reference(schema) {
            return self.link(name);
        }
        let choices: Vec<&Value> = list(schema, "anyOf").collect();
        if !choices.is_empty() {
            return html! {
                @for (index, choice) in choices.iter().enumerate() { @if index > 0 { " or " } (self.kind(choice)) }
            };
        }
        let kinds: Vec<&str> = match at(schema, &["type"]) {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let default = schema.get("default").filter(|default| !default.is_null());
        html! {
            @if kinds.contains(&"array") { "array of " (self.kind(at(schema, &["items"]))) } @else { (kinds.join(" or ")) }
            @if let (Some(least), Some(most)) = (schema.get("minimum"), schema.get("maximum")) { ", " (least) " to " (most) }
            @if let Some(default) = default { ", " code { (default) } " if not given" }
        }
    }

    /// The name of an answer's type.
    fn named(&self, schema: &Value) -> Markup {
        let Some(name) = reference(schema) else { return html! { "without a body" } };
        let resolved = self.resolve(schema);
        if !is_list(resolved) {
            return self.link(name);
        }
        html! { "a page of " (self.kind(at(resolved, &["properties", "data", "items"]))) }
    }

    fn link(&self, name: &str) -> Markup {
        if name.ends_with("Id") {
            return html! { "id" };
        }
        html! { a href={ "#schema-" (name) } { (name) } }
    }

    fn codes<'b>(&'b self, written: &'b Value) -> Vec<&'b str> {
        let responses = at(written, &["responses"]).as_object().into_iter().flat_map(Map::values);
        let codes = responses.flat_map(|response| {
            let content = at(self.resolve(response), &["content", "application/problem+json"]);
            list(at(content, &["schema", "allOf", "1", "properties", "code"]), "enum")
        });
        codes.filter_map(Value::as_str).collect()
    }

    fn sample(&self, operation: Operation, body: &Value) -> Markup {
        let method = operation.method().name();
        let path = self.sample_path(operation);
        let mut lines = vec![format!("curl https://chat.example.com{path}")];
        if method != "GET" {
            lines = vec![format!("curl -X {method} https://chat.example.com{path}")];
        }
        lines.push("  -H \"Authorization: Bearer $PORCHLIGHT_KEY\"".to_owned());
        if !body.is_null() {
            lines.push("  -H \"Content-Type: application/json\"".to_owned());
            let body = serde_json::to_string_pretty(&example(self.document, body)).unwrap_or_default();
            lines.push(format!("  -d '{body}'"));
        }
        html! { pre tabindex="0" { code { (lines.join(" \\\n")) } } }
    }

    fn sample_answer(&self, schema: &Value) -> Markup {
        if schema.is_null() {
            return html! {};
        }
        let answer = serde_json::to_string_pretty(&example(self.document, schema)).unwrap_or_default();
        html! { pre .answer tabindex="0" { code { (answer) } } }
    }

    fn sample_path(&self, operation: Operation) -> String {
        let written = self.operation(operation);
        let mut path = format!("{}{}", Operation::BASE, operation.path());
        for parameter in list(written, "parameters").filter(|parameter| text(parameter, &["in"]) == "path") {
            let sample = example(self.document, at(parameter, &["schema"]));
            let name = format!("{{{}}}", text(parameter, &["name"]));
            path = path.replace(&name, sample.as_str().unwrap_or_default());
        }
        path
    }

    fn operation(&self, operation: Operation) -> &Value {
        let method = operation.method().name().to_ascii_lowercase();
        at(self.document, &["paths", operation.path(), &method])
    }

    /// What a reference stands for.
    fn resolve<'b>(&'b self, value: &'b Value) -> &'b Value {
        resolve(self.document, value)
    }
}

/// What a reference of a document stands for.
pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or(&Value::Null),
        None => value,
    }
}

/// The schema that a reference names.
fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}

fn is_list(schema: &Value) -> bool {
    schema.pointer("/properties/next_cursor").is_some()
}

/// What stands at the end of a path of names and numbers; `null` where there is nothing.
pub(crate) fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(value, |value, part| {
        let item = part.parse::<usize>().ok().and_then(|index| value.get(index));
        item.or_else(|| value.get(*part)).unwrap_or(&Value::Null)
    })
}

fn text<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    at(value, path).as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    at(value, &[name]).as_array().map(Vec::as_slice).unwrap_or_default().iter()
}
