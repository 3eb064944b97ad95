//! Requests of the server to others, as the check of a site's page makes them. A canary on this machine counts what
//! reaches it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use protocol::http::site::{InstallFinding, InstallReport, SiteList, SiteView};
use serde_json::json;
use tests::http::{get, post};
use tests::{Agent, Case, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("OU1 to OU5 what may not be asked for is not asked for", refused),
    ("OU6 a redirect leads nowhere that an address may not", redirects),
    ("OU6 no more is read than the beginning of a page", long_pages),
    ("OU6 a page that does not end is given up", silence),
];

/// Where nothing may be asked for.
const FORBIDDEN_PORT: u16 = 8_938;

/// What is sent at most before a page counts as endless: more than every buffer on the way holds.
const ENDLESS: usize = 64 * 1024 * 1024;

/// A web server for a test. What it answers depends on the path. Dropping it frees its port.
struct Canary {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    sent: Arc<Mutex<usize>>,
    is_over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Canary {
    fn on(port: u16, tag: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("a free port");
        let mut canary = Self {
            port,
            seen: Arc::default(),
            sent: Arc::default(),
            is_over: Arc::default(),
            listening: None,
        };
        let (seen, sent, tag) = (Arc::clone(&canary.seen), Arc::clone(&canary.sent), tag.to_owned());
        let is_over = Arc::clone(&canary.is_over);
        canary.listening = Some(std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if is_over.load(Ordering::Acquire) {
                    return;
                }
                let (seen, sent, tag) = (Arc::clone(&seen), Arc::clone(&sent), tag.clone());
                // A reader who hangs up is what some cases wait for.
                std::thread::spawn(move || drop(serve(stream, &seen, &sent, &tag)));
            }
        }));
        canary
    }

    fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no test panics with it").clone()
    }
}

impl Drop for Canary {
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
    seen: &Mutex<Vec<String>>,
    sent: &Mutex<usize>,
    tag: &str,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    seen.lock().expect("no test panics with it").push(path.clone());
    if let Some(target) = path.strip_prefix("/to?") {
        return write!(stream, "HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
    }
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>")?;
    let filler = [b' '; 64 * 1024];
    match path.as_str() {
        "/silent" => {
            stream.read_to_end(&mut Vec::new())?;
        }
        "/long" => stream.write_all(&filler)?,
        "/endless" => {
            for _ in 0..ENDLESS / filler.len() {
                stream.write_all(&filler)?;
                *sent.lock().expect("no test panics with it") += filler.len();
            }
        }
        _ => {}
    }
    write!(stream, "{tag}</html>")
}

/// The canary that a developer's server may ask.
fn canary(stage: &Stage) -> Canary {
    let (base_url, key) = (stage.base_url(), stage.site_key());
    Canary::on(
        stage.developer_port(),
        &format!("<script async src=\"{base_url}/widget.js\" data-site=\"{key}\"></script>"),
    )
}

fn check(stage: &Stage, agent: &Agent, address: &str) -> InstallFinding {
    let sites = format!("{}/api/workspaces/{}/sites", stage.base_url(), agent.workspace);
    let listed: SiteList = get(&sites, &[("Cookie", agent.cookie.as_str())]).json();
    let is_first = |site: &&SiteView| site.keys.iter().any(|key| key.key == stage.site_key());
    let site = listed.sites.iter().find(is_first).expect("the site of the setup").id;
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    let answer = post(&format!("{sites}/{site}/check"), &headers, &json!({ "address": address }).to_string());
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    answer.json::<InstallReport>().finding
}

fn refused(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let canary = canary(stage);
    assert_eq!(check(stage, &agent, &canary.url("/page")), InstallFinding::Good);
    let port = canary.port;
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://user@localhost:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://localhost.:{port}/"),
        format!("{}/inbox/", stage.base_url()),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://0x7f.1:8443/".to_owned(),
        "https://metadata.google.internal/".to_owned(),
        "https://shop.com:22/".to_owned(),
        "file:///etc/passwd".to_owned(),
        String::new(),
    ] {
        assert_eq!(check(stage, &agent, &address), InstallFinding::AddressRefused, "{address}");
    }
    assert_eq!(canary.seen(), ["/page"]);
}

fn redirects(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let (canary, forbidden) = (canary(stage), Canary::on(FORBIDDEN_PORT, ""));
    let to = |target: &str| check(stage, &agent, &canary.url(&format!("/to?{target}")));
    assert_eq!(to("/page"), InstallFinding::Good, "{:?}", canary.seen());
    for target in
        [forbidden.url("/"), format!("http://127.0.0.1:{FORBIDDEN_PORT}/"), "https://10.0.0.1/".to_owned()]
    {
        assert_eq!(to(&target), InstallFinding::AddressRefused, "{target}");
    }
    assert_eq!(forbidden.seen(), Vec::<String>::new());
    assert_eq!(check(stage, &agent, &forbidden.url("/")), InstallFinding::AddressRefused);
    assert_eq!(forbidden.seen(), Vec::<String>::new());
}

fn long_pages(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let canary = canary(stage);
    assert_eq!(check(stage, &agent, &canary.url("/long")), InstallFinding::NoTag);
    assert_eq!(check(stage, &agent, &canary.url("/endless")), InstallFinding::NoTag);
    let sent = *canary.sent.lock().expect("no test panics with it");
    assert!(sent < ENDLESS, "{sent} bytes were taken");
}

fn silence(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let canary = canary(stage);
    let started = Instant::now();
    assert_eq!(check(stage, &agent, &canary.url("/silent")), InstallFinding::NoPage);
    let waited = started.elapsed();
    assert!((Duration::from_secs(9)..Duration::from_secs(15)).contains(&waited), "{waited:?}");
}
