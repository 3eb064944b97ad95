//! What a page's Content Security Policy lets the tag do: load the script, ask for the configuration, show the frame.

use url::Url;

/// What the tag needs: by which directives each is decided, the first that a policy has, and an address like the real
/// one.
const NEEDS: [(&[&str], &str); 3] = [
    (&["script-src-elem", "script-src", "default-src"], "/widget.js"),
    (&["connect-src", "default-src"], "/api/sites/"),
    (&["frame-src", "child-src", "default-src"], "/widget/"),
];

/// The policies of a page. All of them hold at the same time.
#[derive(Debug)]
pub(super) struct Policies<'a>(Vec<Vec<Directive<'a>>>);

#[derive(Debug)]
struct Directive<'a> {
    name: String,
    sources: Vec<&'a str>,
}

impl<'a> Policies<'a> {
    /// Reads the values of headers and `meta` tags; one value can hold several policies.
    pub(super) fn read(values: impl Iterator<Item = &'a str>) -> Self {
        Self(
            values
                .flat_map(|value| value.split(','))
                .map(|policy| policy.split(';').filter_map(directive).collect())
                .collect(),
        )
    }

    /// Whether the script, the requests and the frame of a base address are allowed on a page.
    pub(super) fn allow(&self, page: &Url, base_url: &str, nonce: Option<&str>) -> bool {
        self.0.iter().all(|policy| {
            NEEDS.iter().all(|(names, path)| {
                let decides =
                    names.iter().find_map(|name| policy.iter().find(|directive| directive.name == *name));
                let target = Url::parse(&format!("{base_url}{path}"));
                decides.is_none_or(|directive| {
                    target.is_ok_and(|target| directive.allows(page, &target, *path == "/widget.js", nonce))
                })
            })
        })
    }
}

fn directive(text: &str) -> Option<Directive<'_>> {
    let mut words = text.split_ascii_whitespace();
    let name = words.next()?.to_ascii_lowercase();
    Some(Directive { name, sources: words.collect() })
}

impl Directive<'_> {
    fn allows(&self, page: &Url, target: &Url, is_script: bool, nonce: Option<&str>) -> bool {
        let has = |word: &str| self.sources.iter().any(|source| source.eq_ignore_ascii_case(word));
        let nonce = nonce.filter(|nonce| !nonce.is_empty()).map(|nonce| format!("'nonce-{nonce}'"));
        if is_script && nonce.is_some_and(|nonce| self.sources.contains(&nonce.as_str())) {
            return true;
        }
        // Hosts do not count beside it.
        if is_script && has("'strict-dynamic'") {
            return false;
        }
        self.sources.iter().any(|source| matches(source, page, target))
    }
}

/// Whether a source expression covers an address (Content Security Policy Level 3, 6.7.2.8).
fn matches(source: &str, page: &Url, target: &Url) -> bool {
    if source.eq_ignore_ascii_case("'self'") {
        return page.origin() == target.origin();
    }
    if source.starts_with('\'') {
        return false;
    }
    if source == "*" {
        return true;
    }
    if let Some(scheme) = source.strip_suffix(':') {
        return scheme_covers(scheme, target);
    }
    let (scheme, rest) = match source.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, source),
    };
    let scheme_fits = match scheme {
        Some(scheme) => scheme_covers(scheme, target),
        None => target.scheme() == "https" || target.scheme() == page.scheme(),
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    };
    scheme_fits && host_covers(host, target) && port_covers(port, target) && path_covers(path, target)
}

/// `http` covers `https` as well.
fn scheme_covers(scheme: &str, target: &Url) -> bool {
    scheme.eq_ignore_ascii_case(target.scheme())
        || (scheme.eq_ignore_ascii_case("http") && target.scheme() == "https")
}

fn host_covers(host: &str, target: &Url) -> bool {
    let wanted = target.host_str().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    match host.strip_prefix("*.") {
        Some(base) => wanted
            .strip_suffix(base)
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|rest| !rest.is_empty()),
        None => host == wanted,
    }
}

fn port_covers(port: Option<&str>, target: &Url) -> bool {
    match port {
        None => target.port().is_none(),
        Some("*") => true,
        Some(port) => port.parse().ok() == target.port_or_known_default(),
    }
}

/// What a path covers; `path` comes without its first slash. The two folders stand for what is asked for in them.
fn path_covers(path: &str, target: &Url) -> bool {
    let wanted = target.path().trim_start_matches('/');
    path.is_empty() || path == wanted || (path.ends_with('/') && wanted.starts_with(path))
}
