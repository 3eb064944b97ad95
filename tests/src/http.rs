//! Plain HTTP requests, with every header and every refusal to be seen.

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

/// Requests a page.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn get(url: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = agent().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(request.call().expect("the server answers"))
}

/// Posts a body.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn post(url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = agent().post(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(request.send(body).expect("the server answers"))
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
