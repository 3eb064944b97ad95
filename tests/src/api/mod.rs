//! A program that uses the REST API. Every answer it gets, also every refusal, is held against the served document.

mod desk;
mod document;

pub use desk::{Desk, wait_for};
pub use document::Document;

use protocol::api::Operation;
use serde_json::Value;

use crate::http::{Answer, request};

/// A program with a key.
#[derive(Debug, Clone)]
pub struct Api {
    base_url: String,
    document: Document,
    /// What it sends as its key; `None` for nothing.
    pub key: Option<String>,
}

/// A request that is put together.
#[derive(Debug, Clone)]
#[must_use]
pub struct Call<'a> {
    api: &'a Api,
    operation: Operation,
    path: String,
    query: Vec<String>,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

impl Api {
    /// A program that has read the document of a server.
    #[must_use]
    pub fn new(base_url: &str, key: &str) -> Self {
        let document = Document::fetch(base_url);
        Self { base_url: base_url.to_owned(), document, key: Some(key.to_owned()) }
    }

    /// The same with another key, or none.
    #[must_use]
    pub fn with_key(&self, key: Option<&str>) -> Self {
        Self { key: key.map(str::to_owned), ..self.clone() }
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Begins a request.
    pub fn call(&self, operation: Operation) -> Call<'_> {
        let path = operation.path().to_owned();
        Call { api: self, operation, path, query: Vec::new(), headers: Vec::new(), body: None }
    }
}

impl Call<'_> {
    /// Puts an id into the path.
    pub fn at(mut self, name: &str, id: &str) -> Self {
        self.path = self.path.replace(&format!("{{{name}}}"), id);
        self
    }

    /// Puts all ids into the path that it has names for.
    pub fn at_all(self, ids: &[(&str, String)]) -> Self {
        ids.iter().fold(self, |call, (name, id)| call.at(name, id))
    }

    /// Adds a parameter, written as it stands in an address.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push(format!("{name}={value}"));
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends a body of JSON.
    pub fn json(self, body: &Value) -> Self {
        self.text("application/json", &body.to_string())
    }

    /// Sends a body of any kind.
    pub fn text(mut self, kind: &str, body: &str) -> Self {
        self.headers.push(("Content-Type".to_owned(), kind.to_owned()));
        self.body = Some(body.to_owned());
        self
    }

    /// Makes the request and holds the answer against the document.
    ///
    /// # Panics
    /// If the document does not say that such an answer can come.
    #[must_use]
    pub fn send(self) -> Answer {
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query.join("&")) };
        let url = format!("{}{}{}{query}", self.api.base_url, Operation::BASE, self.path);
        let authorization = self.api.key.as_ref().map(|key| format!("Bearer {key}"));
        let mut headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        headers.extend(authorization.as_deref().map(|authorization| ("Authorization", authorization)));
        let answer = request(self.operation.method().name(), &url, &headers, self.body.as_deref());
        self.api.document.check(self.operation, &answer);
        answer
    }

    /// The same, for who expects a status.
    ///
    /// # Panics
    /// If another one comes, too.
    #[must_use]
    pub fn expect(self, status: u16) -> Answer {
        let name = format!("{:?} {} {:?}", self.operation, self.path, self.query);
        let answer = self.send();
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        answer
    }

    /// The same, for who expects what the operation answers when it is done.
    ///
    /// # Panics
    /// If anything else comes.
    #[must_use]
    pub fn done(self) -> Value {
        let status = self.operation.success();
        let answer = self.expect(status);
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }
}
