//! Plain HTTP requests, with every header and every refusal to be seen.

use crate::random;
use serde::de::DeserializeOwned;
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is something else.
    #[must_use]
    pub fn json<B: DeserializeOwned>(&self) -> B {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    /// The code of a refusal.
    #[must_use]
    pub fn code(&self) -> protocol::Code {
        self.json::<protocol::http::Problem>().code
    }
}

/// The header in which the platform says where a request comes from.
pub const ADDRESS: &str = "cf-connecting-ip";

/// Requests a page.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn get(url: &str, headers: &[(&str, &str)]) -> Answer {
    request("GET", url, headers, None)
}

/// Posts a body.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn post(url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    request("POST", url, headers, Some(body))
}

/// Makes a request of any method, with a body where there is one. It comes from an address of its own unless the headers
/// say from which, so that no test is held back for what others did.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn request(method: &str, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case(ADDRESS)) {
        request = request.header(ADDRESS, some_address());
    }
    let answer = match body {
        Some(body) => agent().run(request.body(body.to_owned()).expect("a request")),
        None => agent().run(request.body(()).expect("a request")),
    };
    read(answer.expect("the server answers"))
}

/// An address that nobody else has.
#[must_use]
pub fn some_address() -> String {
    let [a, b, c] = random::<3>();
    format!("10.{a}.{b}.{c}")
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn read(mut response: Response<Body>) -> Answer {
    let status: StatusCode = response.status();
    let headers = response.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    Answer {
        status: status.as_u16(),
        headers: headers.collect(),
        body: response.body_mut().read_to_string().unwrap_or_default(),
    }
}
