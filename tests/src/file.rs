//! Files, sent up and down as browsers do it.

use protocol::{Code, ConversationId, File, FileId, UploadId, WorkspaceId, codec};
use ureq::http::Request;

use crate::http::{ADDRESS, some_address};
use crate::{Agent, Stage, Visitor, random};

/// Who sends files, and where to.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The address of the conversation's files.
    pub address: String,
    /// What shows who it is.
    pub headers: Vec<(String, String)>,
}

/// An answer with bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case, but for those that differ each time.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Bytes {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The code of a refusal.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn code(&self) -> Code {
        serde_json::from_slice::<protocol::http::Problem>(&self.body).expect("a problem").code
    }

    /// What was sent up.
    ///
    /// # Panics
    /// If nothing was.
    #[must_use]
    pub fn file(&self) -> File {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        codec::from_bytes(&self.body).expect("a file")
    }
}

impl Sender {
    /// A visitor in a conversation of any visitor.
    #[must_use]
    pub fn visitor(stage: &Stage, visitor: &Visitor, conversation: ConversationId) -> Self {
        let address = format!("{}/api/visitor/conversations/{conversation}/files", stage.base_url());
        let token = format!("Bearer {}", visitor.token);
        Self { address, headers: vec![("Authorization".to_owned(), token)] }
    }

    /// An agent in a conversation of a workspace.
    #[must_use]
    pub fn agent(stage: &Stage, agent: &Agent, workspace: WorkspaceId, conversation: ConversationId) -> Self {
        let base = stage.base_url();
        let address = format!("{base}/api/workspaces/{workspace}/conversations/{conversation}/files");
        let origin = ("Origin".to_owned(), base.to_owned());
        Self { address, headers: vec![("Cookie".to_owned(), agent.cookie.clone()), origin] }
    }

    /// Nobody, at the same address.
    #[must_use]
    pub fn nobody(&self) -> Self {
        let headers = self.headers.iter().filter(|(name, _)| name == "Origin").cloned().collect();
        Self { address: self.address.clone(), headers }
    }

    /// Sends a file up under a fresh id.
    #[must_use]
    pub fn up(&self, name: &str, bytes: &[u8]) -> Bytes {
        self.up_as(UploadId::from_bytes(random()), name, bytes)
    }

    /// Sends a file up.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn up_as(&self, upload: UploadId, name: &str, bytes: &[u8]) -> Bytes {
        let request = self.request("POST", &self.address).header("Porchlight-Upload", upload.to_string());
        let request = request.header("Porchlight-File-Name", percent_encoded(name));
        // What a client says of the kind counts for nothing.
        let request = request.header("Content-Type", "text/html; charset=utf-7");
        read(agent().run(request.body(bytes.to_vec()).expect("a request")))
    }

    /// Fetches a file.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn down(&self, file: FileId) -> Bytes {
        let request = self.request("GET", &format!("{}/{file}", self.address));
        read(agent().run(request.body(()).expect("a request")))
    }

    fn request(&self, method: &str, url: &str) -> ureq::http::request::Builder {
        let request = Request::builder().method(method).uri(url).header(ADDRESS, some_address());
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }
}

/// Asks for whatever is at an address, or sends bytes there.
///
/// # Panics
/// If there is no answer.
#[must_use]
pub fn exchange(method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Bytes {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Sender { address: String::new(), headers }.request(method, url);
    match body {
        Some(body) => read(agent().run(request.body(body.to_vec()).expect("a request"))),
        None => read(agent().run(request.body(()).expect("a request"))),
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Bytes {
    let mut answer = answer.expect("the server answers");
    let headers = answer.headers().iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().expect("a body");
    Bytes { status, headers, body }
}

fn percent_encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
