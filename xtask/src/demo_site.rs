//! The customer's shop: a static site on an origin of its own, under a strict policy, with the script tag in it.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::runtime::{Builder, Runtime};

use crate::server::check_port;
use crate::setup;

/// A running demo site; dropping it stops it.
pub struct DemoSite {
    /// There until it is dropped.
    runtime: Option<Runtime>,
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
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("the demo site cannot listen on port {port}"))?;
        listener.set_nonblocking(true)?;
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let site = Arc::new(site);
        let pages =
            Router::new().fallback(async move |method: Method, address: Uri| site.serve(&method, &address));
        runtime.spawn(async move { axum::serve(listener, pages).await });
        Ok(Self { runtime: Some(runtime), port })
    }

    /// Returns the address, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for DemoSite {
    /// Not waited for, since it may be dropped by what runs in another runtime.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
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
    fn serve(&self, method: &Method, address: &Uri) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let text = "405: only reading works here\n";
            return self.respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain", text.into());
        }
        match self.find(address.path()) {
            Answer::File(file) => self.respond_with_file(StatusCode::OK, &file),
            Answer::Redirect(to) => {
                let answer = self.respond(StatusCode::MOVED_PERMANENTLY, "text/plain", Vec::new());
                ([(header::LOCATION, to)], answer).into_response()
            }
            Answer::Missing => match self.find("/404.html") {
                Answer::File(page) => self.respond_with_file(StatusCode::NOT_FOUND, &page),
                Answer::Redirect(_) | Answer::Missing => {
                    let text = "404: there is no such page\n";
                    self.respond(StatusCode::NOT_FOUND, "text/plain", text.into())
                }
            },
        }
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

    fn respond_with_file(&self, status: StatusCode, file: &Path) -> Response {
        let Ok(bytes) = std::fs::read(file) else {
            let text = "404: there is no such page\n";
            return self.respond(StatusCode::NOT_FOUND, "text/plain", text.into());
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

    fn respond(&self, status: StatusCode, kind: &str, body: Vec<u8>) -> Response {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        let policy = self.policy.as_ref().map(|policy| [(header::CONTENT_SECURITY_POLICY, policy.as_str())]);
        (status, headers, policy, Body::from(body)).into_response()
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
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

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
    fn a_page_is_served_however_many_connections_are_kept_open() {
        let root = std::env::temp_dir().join(format!("porchlight-open-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(root.join("index.html"), "a page").unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let shop = DemoSite::serve(port, site(&root)).unwrap();
        let mut open: Vec<_> =
            (0..64).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap()).collect();
        for connection in open.iter_mut().rev() {
            connection.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let mut first = [0; 12];
            connection.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 200");
        }
        drop(shop);
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_policy_allows_nothing_inline() {
        let policy = content_security_policy("http://localhost:1");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' http://localhost:1;"));
        assert!(!policy.contains("unsafe"));
    }
}
