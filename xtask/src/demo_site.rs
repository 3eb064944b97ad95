//! The customer's shop: a static site on an origin of its own, under a strict policy, with the script tag in it.

use std::ffi::OsStr;
use std::io::Cursor;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::server::check_port;
use crate::setup;

const THREADS: usize = 4;

/// A running demo site; dropping it stops it.
pub struct DemoSite {
    server: Arc<Server>,
    threads: Vec<JoinHandle<()>>,
    port: u16,
}

impl DemoSite {
    /// Serves the folders, the first that has a file wins, with the chat of `chat_origin` in their pages.
    ///
    /// In `.html` files `{{snippet}}` becomes the script tag, `{{chat_origin}}` and `{{site_key}}` its parts.
    pub fn start(port: u16, roots: Vec<PathBuf>, chat_origin: &str, site_key: &str) -> Result<Self> {
        let site = Site {
            roots,
            snippet: setup::snippet(chat_origin, site_key),
            chat_origin: chat_origin.to_owned(),
            site_key: site_key.to_owned(),
            policy: Some(content_security_policy(chat_origin)),
        };
        Self::serve(port, site)
    }

    /// The same with any tag in the pages and no policy, for what a strict one would not let run.
    pub fn start_without_policy(port: u16, roots: Vec<PathBuf>, snippet: String) -> Result<Self> {
        let (chat_origin, site_key) = (String::new(), String::new());
        Self::serve(port, Site { roots, snippet, chat_origin, site_key, policy: None })
    }

    fn serve(port: u16, site: Site) -> Result<Self> {
        check_port(port)?;
        let server = Server::http((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| anyhow!("the demo site cannot listen on port {port}: {error}"))?;
        let server = Arc::new(server);
        let site = Arc::new(site);
        let threads = (0..THREADS)
            .map(|_| {
                let server = Arc::clone(&server);
                let site = Arc::clone(&site);
                std::thread::spawn(move || server.incoming_requests().for_each(|request| site.serve(request)))
            })
            .collect();
        Ok(Self { server, threads, port })
    }

    /// Returns the address, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for DemoSite {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.server.unblock();
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Returns the policy of the shop: as strict as a customer's page may be and still load the chat.
fn content_security_policy(chat_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {chat_origin}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' {chat_origin}; frame-src {chat_origin}; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

struct Site {
    roots: Vec<PathBuf>,
    snippet: String,
    chat_origin: String,
    site_key: String,
    policy: Option<String>,
}

/// What the site answers to an address.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    File(PathBuf),
    Redirect(String),
    Missing,
}

impl Site {
    fn serve(&self, request: Request) {
        if !matches!(request.method(), Method::Get | Method::Head) {
            let _ =
                request.respond(self.respond(405, "text/plain", b"405: only reading works here\n".to_vec()));
            return;
        }
        let path = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
        let response = match self.find(&path) {
            Answer::File(file) => self.respond_with_file(200, &file),
            Answer::Redirect(to) => {
                let response = self.respond(301, "text/plain", Vec::new());
                match Header::from_bytes("Location", to) {
                    Ok(header) => response.with_header(header),
                    Err(()) => response,
                }
            }
            Answer::Missing => match self.find("/404.html") {
                Answer::File(page) => self.respond_with_file(404, &page),
                Answer::Redirect(_) | Answer::Missing => {
                    self.respond(404, "text/plain", b"404: there is no such page\n".to_vec())
                }
            },
        };
        // An error means that the browser went away.
        let _ = request.respond(response);
    }

    fn find(&self, path: &str) -> Answer {
        let Some(relative) = safe_path(path) else {
            return Answer::Missing;
        };
        for root in &self.roots {
            let candidate = root.join(&relative);
            if candidate.is_dir() {
                let index = candidate.join("index.html");
                match (index.is_file(), path.ends_with('/')) {
                    (true, true) => return Answer::File(index),
                    (true, false) => return Answer::Redirect(format!("{path}/")),
                    (false, _) => {}
                }
            } else if candidate.is_file() && !path.ends_with('/') {
                return Answer::File(candidate);
            }
        }
        Answer::Missing
    }

    fn respond_with_file(&self, status: u16, file: &Path) -> Response<Cursor<Vec<u8>>> {
        let Ok(bytes) = std::fs::read(file) else {
            return self.respond(404, "text/plain", b"404: there is no such page\n".to_vec());
        };
        let kind = content_type(file);
        if !kind.starts_with("text/html") {
            return self.respond(status, kind, bytes);
        }
        let page = String::from_utf8_lossy(&bytes)
            .replace("{{snippet}}", &self.snippet)
            .replace("{{chat_origin}}", &self.chat_origin)
            .replace("{{site_key}}", &self.site_key);
        self.respond(status, kind, page.into_bytes())
    }

    fn respond(&self, status: u16, kind: &str, body: Vec<u8>) -> Response<Cursor<Vec<u8>>> {
        let headers = [
            ("Content-Type", kind),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Cache-Control", "no-cache"),
        ];
        let mut response = Response::from_data(body).with_status_code(status);
        for (name, value) in headers {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        let policy = self.policy.as_ref();
        if let Some(Ok(header)) =
            policy.map(|policy| Header::from_bytes("Content-Security-Policy", policy.as_str()))
        {
            response.add_header(header);
        }
        response
    }
}

/// Turns an address into a path below a root, or into nothing if it leads outside or is not plain text.
fn safe_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode(path.trim_start_matches('/'))?;
    let relative = PathBuf::from(decoded);
    relative.components().all(|part| matches!(part, Component::Normal(_))).then_some(relative)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok().filter(|decoded| !decoded.contains('\0'))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(root: &Path) -> Site {
        Site {
            roots: vec![root.to_path_buf()],
            snippet: setup::snippet("http://localhost:1", "pk_1"),
            chat_origin: "http://localhost:1".to_owned(),
            site_key: "pk_1".to_owned(),
            policy: Some(content_security_policy("http://localhost:1")),
        }
    }

    #[test]
    fn addresses_lead_to_files_and_never_outside() {
        let root = std::env::temp_dir().join(format!("porchlight-site-{}", std::process::id()));
        std::fs::create_dir_all(root.join("shop")).unwrap();
        std::fs::write(root.join("index.html"), "{{snippet}}").unwrap();
        std::fs::write(root.join("shop/index.html"), "").unwrap();
        std::fs::write(root.join("a b.txt"), "").unwrap();
        let site = site(&root);

        assert_eq!(site.find("/"), Answer::File(root.join("index.html")));
        assert_eq!(site.find("/shop"), Answer::Redirect("/shop/".to_owned()));
        assert_eq!(site.find("/shop/"), Answer::File(root.join("shop/index.html")));
        assert_eq!(site.find("/a%20b.txt"), Answer::File(root.join("a b.txt")));
        assert_eq!(site.find("/../secret"), Answer::Missing);
        assert_eq!(site.find("/%2e%2e/secret"), Answer::Missing);
        assert_eq!(site.find("/nothing"), Answer::Missing);
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_policy_allows_nothing_inline() {
        let policy = content_security_policy("http://localhost:1");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' http://localhost:1;"));
        assert!(!policy.contains("unsafe"));
    }
}
