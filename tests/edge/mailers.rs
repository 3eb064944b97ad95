//! Each way of mails, end to end: what the Worker asks of it, and what it does with the answer. A server of this test
//! stands in for a provider; for Cloudflare's binding, what `wrangler dev` simulates.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::Code;
use serde_json::{Value, json};
use tests::http::{get, post};
use tests::stage::developer_port;
use tests::{Case, Person, Stage};
use xtask::project::Project;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("ML6 ML7 Resend is asked, asked again with the same key, and heard", resend),
    ("ML6 ML7 Postmark is asked, asked again, and heard", postmark),
    ("ML6 ML7 Mailgun is asked, asked again, and heard", mailgun),
    ("ML7 Cloudflare's binding is given text and HTML", binding),
    ("ML10 a stand-in for a provider is refused that is not on this machine", no_stand_in),
];

const PORT: u16 = 8_927;

/// How long a mail may take, with one attempt that fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// After which nothing more comes: longer than the first wait between two attempts.
const SILENCE: Duration = Duration::from_secs(4);

/// What the Worker asked a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    line: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    body: String,
}

impl Asked {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// A provider's status and body.
type Reply = (u16, &'static str);

/// Stands in for a provider. Dropping it frees its port.
struct StandIn {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    is_over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl StandIn {
    fn on(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("a free port");
        let mut stand_in = Self {
            port,
            asked: Arc::default(),
            replies: Arc::default(),
            is_over: Arc::default(),
            listening: None,
        };
        let (asked, replies) = (Arc::clone(&stand_in.asked), Arc::clone(&stand_in.replies));
        let is_over = Arc::clone(&stand_in.is_over);
        stand_in.listening = Some(std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if is_over.load(Ordering::Acquire) {
                    return;
                }
                let (asked, replies) = (Arc::clone(&asked), Arc::clone(&replies));
                std::thread::spawn(move || serve(stream, &asked, &replies).expect("an exchange"));
            }
        }));
        stand_in
    }

    /// What will be answered next; then 200.
    fn will_reply(&self, replies: &[Reply]) {
        *self.replies.lock().expect("no test panics with it") = replies.iter().copied().collect();
    }

    /// Waits until so many requests have come since the last time, and takes them.
    fn take(&self, count: usize) -> Vec<Asked> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut asked = self.asked.lock().expect("no test panics with it");
            if asked.len() >= count {
                return std::mem::take(&mut *asked);
            }
            assert!(Instant::now() < deadline, "{count} were to come: {asked:?}");
            drop(asked);
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // The listener looks up when somebody comes.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

fn serve(
    mut stream: TcpStream,
    asked: &Mutex<Vec<Asked>>,
    replies: &Mutex<VecDeque<Reply>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Asked { line: line.trim_end().to_owned(), headers, body: String::new() };
    let length: usize = request.header("content-length").parse().expect("a length");
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request.body = String::from_utf8(body).expect("text");
    asked.lock().expect("no test panics with it").push(request);
    let (status, body) = replies.lock().expect("no test panics with it").pop_front().unwrap_or((200, "{}"));
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// A server whose mails go by a provider, and who stands in for it.
fn stage(name: &str, mail: &str) -> (StandIn, Stage) {
    let port = developer_port(PORT);
    let stand_in = StandIn::on(port);
    let api = format!("http://localhost:{port}");
    let vars = [
        ("MAIL", mail),
        ("MAIL_FROM", "Porchlight <hello@example.com>"),
        ("MAIL_KEY", "key-1"),
        ("MAIL_DOMAIN", "mg.example.com"),
        ("MAIL_API", &api),
    ];
    let stage = Stage::start_with(name, PORT, &vars);
    let first = stand_in.take(1);
    assert_eq!(first.len(), 1, "the owner is told that their password was changed");
    (stand_in, stage)
}

/// Has a mail sent, and returns to whom.
fn signed_up(stage: &Stage) -> String {
    let mut person = Person::stranger(stage);
    let answer = person.post("/api/account/sign-up", &json!({ "email": person.email }));
    assert_eq!(answer.status, 202, "{}", answer.body);
    person.email
}

/// What every way of mails has to carry.
fn is_whole(stage: &Stage, text: &str, html: &str) {
    let link = format!("{}/inbox/sign-up#", stage.base_url());
    assert!(text.contains(&link), "{text}");
    assert!(html.contains(&link) && html.contains("<html lang=\"en\""), "{html}");
}

/// One mail that is taken at the second attempt, and one that is refused for good. Returns the attempts at the first with
/// its address.
fn exchanged(stage: &Stage, stand_in: &StandIn, later: Reply, refused: Reply) -> ([Asked; 2], String) {
    stand_in.will_reply(&[later]);
    let to = signed_up(stage);
    let attempts: [Asked; 2] = stand_in.take(2).try_into().expect("two attempts");
    assert_eq!(attempts[0], attempts[1], "the same, with the same key");
    stand_in.will_reply(&[refused]);
    signed_up(stage);
    stand_in.take(1);
    std::thread::sleep(SILENCE);
    assert_eq!(stand_in.take(0), [], "neither is asked for again");
    (attempts, to)
}

fn resend(_: &Stage) {
    let (stand_in, stage) = stage("resend", "resend");
    let later = (429, r#"{"statusCode":429,"name":"rate_limit_exceeded","message":"Too many"}"#);
    let refused = (422, r#"{"statusCode":422,"name":"validation_error","message":"Invalid `to`"}"#);
    let ([asked, _], to) = exchanged(&stage, &stand_in, later, refused);
    assert_eq!(asked.line, "POST /emails HTTP/1.1");
    assert_eq!(asked.header("authorization"), "Bearer key-1");
    assert_eq!(asked.header("content-type"), "application/json");
    assert!(asked.header("idempotency-key").len() > 32, "{asked:?}");
    let body: Value = serde_json::from_str(&asked.body).expect("JSON");
    assert_eq!(body["from"], "Porchlight <hello@example.com>");
    assert_eq!(body["to"], json!([to]));
    assert_eq!(body["subject"], "Confirm your email address");
    is_whole(&stage, body["text"].as_str().expect("text"), body["html"].as_str().expect("HTML"));
}

fn postmark(_: &Stage) {
    let (stand_in, stage) = stage("postmark", "postmark");
    let later = (422, r#"{"ErrorCode":405,"Message":"Not allowed to send: the account has no credits"}"#);
    let refused = (422, r#"{"ErrorCode":406,"Message":"Inactive recipient"}"#);
    let ([asked, _], to) = exchanged(&stage, &stand_in, later, refused);
    assert_eq!(asked.line, "POST /email HTTP/1.1");
    assert_eq!(asked.header("x-postmark-server-token"), "key-1");
    let body: Value = serde_json::from_str(&asked.body).expect("JSON");
    assert_eq!((&body["To"], &body["TrackLinks"]), (&json!(to), &json!("None")));
    assert_eq!(body["From"], "Porchlight <hello@example.com>");
    is_whole(&stage, body["TextBody"].as_str().expect("text"), body["HtmlBody"].as_str().expect("HTML"));
}

fn mailgun(_: &Stage) {
    let (stand_in, stage) = stage("mailgun", "mailgun");
    let later = (401, "Forbidden");
    let refused = (400, r#"{"message":"to parameter is not a valid address"}"#);
    let ([asked, _], to) = exchanged(&stage, &stand_in, later, refused);
    assert_eq!(asked.line, "POST /v3/mg.example.com/messages HTTP/1.1");
    assert_eq!(asked.header("authorization"), format!("Basic {}", STANDARD.encode("api:key-1")));
    assert_eq!(asked.header("content-type"), "application/x-www-form-urlencoded");
    let fields: Vec<(String, String)> = asked
        .body
        .split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect();
    let field =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    assert_eq!((field("to"), field("o:tracking")), (to.as_str(), "no"));
    assert_eq!(field("from"), "Porchlight <hello@example.com>");
    is_whole(&stage, field("text"), field("html"));
}

/// Reads a field of a form.
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, more) = rest.split_at(2);
                let digits = std::str::from_utf8(digits).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                rest = more;
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).expect("text")
}

/// The configuration that the README describes, for a build that lies elsewhere.
fn configuration_with_binding(name: &str) -> PathBuf {
    let project = Project::find().expect("a checkout");
    let text = fs::read_to_string(project.path("wrangler.toml")).expect("a configuration");
    let root = project.root.display();
    let text = text
        .replace("# [[send_email]]\n# name = \"EMAIL\"", "[[send_email]]\nname = \"EMAIL\"")
        .replace("\"edge/build/index.js\"", &format!("\"{root}/edge/build/index.js\""))
        .replace("\"public\"", &format!("\"{root}/public\""));
    assert!(text.contains("\n[[send_email]]\n"), "what the README tells to do is there");
    let folder = std::env::temp_dir().join(format!("porchlight-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("wrangler.toml");
    fs::write(&file, text).expect("a file");
    file
}

fn binding(_: &Stage) {
    let configuration = configuration_with_binding("binding");
    let vars = [("MAIL", "binding"), ("MAIL_FROM", "Porchlight <hello@example.com>")];
    let stage = Stage::start_configured("binding", PORT, &vars, &configuration);
    let to = signed_up(&stage);
    let log = stage.state_dir().join("server.log");
    // The simulation keeps text and HTML in files, which its log names.
    let file = |said: &str, kind: &str| {
        let rest = said.rsplit_once(&format!("{kind}: /"))?.1;
        let path = format!("/{}", rest.lines().next()?.trim());
        fs::read_to_string(path).ok()
    };
    let deadline = Instant::now() + PATIENCE;
    let (said, text, html) = loop {
        let said = fs::read_to_string(&log).expect("a log");
        // The owner is written to as well.
        if let (Some(text), Some(html)) = (file(&said, "Text"), file(&said, "HTML"))
            && said.contains(&to)
            && text.contains("/inbox/sign-up#")
        {
            break (said, text, html);
        }
        assert!(Instant::now() < deadline, "{said}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(said.contains("hello@example.com"), "{said}");
    assert!(said.contains("Confirm your email address"), "{said}");
    is_whole(&stage, &text, &html);
    let folder = configuration.parent().expect("a folder");
    fs::remove_dir_all(folder).expect("removed");
}

fn no_stand_in(_: &Stage) {
    let vars = [
        ("MAIL", "resend"),
        ("MAIL_FROM", "hello@example.com"),
        ("MAIL_KEY", "key-1"),
        ("MAIL_API", "https://api.example.net"),
    ];
    let stage = Stage::start_adapted_with("no-stand-in", PORT, &vars, str::to_owned);
    let health = get(&format!("{}/healthz", stage.base_url()), &[]);
    assert_eq!((health.status, health.code()), (500, Code::Internal), "{}", health.body);
    let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    let body = json!({ "email": "somebody@example.com" }).to_string();
    let asked = post(&format!("{}/api/account/sign-up", stage.base_url()), &headers, &body);
    assert_eq!(asked.status, 202, "everything else works on");
}
