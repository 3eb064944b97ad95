//! Which addresses this server may send a request to. Everything that leaves it goes through here: mail providers, a
//! site's own page, webhooks.
//!
//! A server inside a network is a way into it (CWE-918). So a destination is a public name, spoken to by TLS on a port
//! for it. What a name resolves to is not known here; `docs/SPEC.md`, section "Outbound", says what guards that.

use core::fmt;

use url::{Host, Url};

/// Bytes of the longest address.
const LONGEST: usize = 2_048;

/// Ports that are for TLS and nothing else.
const PORTS: [u16; 2] = [443, 8_443];

/// Names that are never public, with all below them (RFC 6761, 6762, 7686, 8375, 9476, ICANN's reserved ones, and what
/// networks are called inside).
const PRIVATE: [&str; 17] = [
    "alt",
    "arpa",
    "corp",
    "example",
    "home",
    "intern",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "mail",
    "onion",
    "private",
    "test",
];

/// An address that may be asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Destination(Url);

/// Why an address may not be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDestination {
    /// It is no address, or is too long.
    Malformed,
    /// It is not https.
    Scheme,
    /// It holds a name or a password.
    Credentials,
    /// It names a machine by number.
    Literal,
    /// The name is one of a network's own.
    PrivateName,
    /// The name is this deployment's.
    OwnName,
    /// The port is none for TLS.
    Port,
}

/// What is known about this deployment.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The host this deployment is reached under, without its port.
    pub own_host: &'a str,
    /// On a developer's machine, the one port of localhost that may be asked for, without TLS; nothing else is changed.
    pub developer_port: Option<u16>,
}

impl Destination {
    /// Reads an address as browsers do (the URL standard), so that a host has one spelling, and decides.
    ///
    /// # Errors
    /// [`NoDestination`] says why not (SPEC OU1 to OU5). It is for a person who entered the address, not for others.
    pub fn parse(text: &str, rules: &Rules<'_>) -> Result<Self, NoDestination> {
        if text.len() > LONGEST {
            return Err(NoDestination::Malformed);
        }
        let mut url = Url::parse(text).map_err(|_| NoDestination::Malformed)?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NoDestination::Credentials);
        }
        if is_for_developers(&url, rules) {
            return Ok(Self(url));
        }
        if url.scheme() != "https" {
            return Err(NoDestination::Scheme);
        }
        check_host(&url, rules)?;
        match url.port_or_known_default() {
            Some(port) if PORTS.contains(&port) => Ok(Self(url)),
            Some(_) | None => Err(NoDestination::Port),
        }
    }

    /// The address, without a fragment.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// An address may hold a secret in its path, so that it never reaches a log.
impl fmt::Debug for Destination {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Destination").finish_non_exhaustive()
    }
}

fn is_for_developers(url: &Url, rules: &Rules<'_>) -> bool {
    url.scheme() == "http"
        && url.host() == Some(Host::Domain("localhost"))
        && rules.developer_port.is_some()
        && url.port() == rules.developer_port
}

fn check_host(url: &Url, rules: &Rules<'_>) -> Result<(), NoDestination> {
    match url.host() {
        // The parser has turned decimal, octal, hexadecimal, short and full-width forms into these.
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Err(NoDestination::Literal),
        Some(Host::Domain(name)) => {
            // A dot at the end names the same host.
            let name = name.strip_suffix('.').unwrap_or(name);
            if name.eq_ignore_ascii_case(rules.own_host) {
                return Err(NoDestination::OwnName);
            }
            if is_public(name) { Ok(()) } else { Err(NoDestination::PrivateName) }
        }
        None => Err(NoDestination::Malformed),
    }
}

/// Whether a name, in lower case, can be one of the public tree.
fn is_public(name: &str) -> bool {
    let Some((_, top)) = name.rsplit_once('.') else { return false };
    let labels_are_plain = name.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    let top_is_a_word = top.bytes().any(|byte| byte.is_ascii_alphabetic());
    labels_are_plain && top_is_a_word && !PRIVATE.contains(&top)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: Rules<'_> = Rules { own_host: "chat.example.com", developer_port: None };

    fn check(cases: &[&str], rules: &Rules<'_>, expected: Option<NoDestination>) {
        for address in cases {
            assert_eq!(Destination::parse(address, rules).err(), expected, "{address}");
        }
    }

    fn refused(cases: &[&str], expected: NoDestination) {
        check(cases, &STRICT, Some(expected));
    }

    #[test]
    fn ou1_public_names_are_asked_by_tls() {
        let fine = [
            "https://shop.com",
            "https://shop.com/a?b#c",
            "HTTPS://SHOP.COM:443/",
            "https://hooks.shop.co.uk:8443/x",
            "https://bücher.de/",
            "https://shop.com./",
            "https://example.com",
        ];
        check(&fine, &STRICT, None);
        refused(
            &["http://shop.com", "ftp://shop.com", "wss://shop.com", "gopher://shop.com"],
            NoDestination::Scheme,
        );
        refused(&["file:///etc/passwd", "data:text/plain,x", "javascript:x"], NoDestination::Scheme);
        refused(
            &["https://shop.com:80", "https://shop.com:22", "https://shop.com:8080"],
            NoDestination::Port,
        );
        refused(&["", "shop.com", "//shop.com", "https://", "https://a b.com"], NoDestination::Malformed);
        refused(&[&format!("https://shop.com/{}", "a".repeat(LONGEST))], NoDestination::Malformed);
    }

    #[test]
    fn ou2_no_machine_is_named_by_number_in_any_spelling() {
        let spellings = [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://017700000001/",
            "https://127.0.0.1./",
            "https://%31%32%37.0.0.1/",
            "https://１２７.０.０.１/",
            "https://①②⑦.0.0.1/",
            "https://127。0。0。1/",
            "https://0/",
            "https://0.0.0.0/",
            "https://10.0.0.1/",
            "https://100.64.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://172.16.0.1/",
            "https://192.0.0.1/",
            "https://192.168.0.1/",
            "https://198.18.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://8.8.8.8/",
            "https://[::]/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::127.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:db8::1]/",
            "https://[fc00::1]/",
            "https://[fe80::1]/",
            "https://[ff02::1]/",
            "https://[2606:4700::1111]/",
        ];
        refused(&spellings, NoDestination::Literal);
        let nonsense = ["https://256.1.1.1/", "https://1.2.3.4.5/", "https://[::1", "https://0x7g.1/"];
        for address in nonsense {
            assert!(Destination::parse(address, &STRICT).is_err(), "{address}");
        }
    }

    #[test]
    fn ou2_names_of_inner_networks_are_refused() {
        let inner = [
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://router/",
            "https://printer.local/",
            "https://metadata.google.internal/",
            "https://db.corp/",
            "https://nas.home.arpa/",
            "https://x.onion/",
            "https://a.test/",
            "https://a.example/",
            "https://1.0.0.127.in-addr.arpa/",
            "https://a..com/",
        ];
        refused(&inner, NoDestination::PrivateName);
    }

    #[test]
    fn ou3_an_address_holds_no_credentials_and_loses_its_fragment() {
        let cases = ["https://user@shop.com/", "https://user:secret@shop.com/", "https://:secret@shop.com/"];
        refused(&cases, NoDestination::Credentials);
        let parse = |text| Destination::parse(text, &STRICT).map(|to| to.as_str().to_owned());
        assert_eq!(parse("https://shop.com/a?b#secret"), Ok("https://shop.com/a?b".to_owned()));
        // The parser's spelling is the one that is asked for, so that nobody reads the host differently afterwards.
        assert_eq!(parse("https://shop.com\\@evil.com"), Ok("https://shop.com/@evil.com".to_owned()));
    }

    #[test]
    fn ou4_the_server_never_asks_itself() {
        let own = ["https://chat.example.com/", "https://CHAT.example.com.:8443/x"];
        refused(&own, NoDestination::OwnName);
        check(&["https://www.example.com/"], &STRICT, None);
    }

    #[test]
    fn ou5_a_developer_reaches_one_port_of_this_machine() {
        let rules = Rules { own_host: "localhost", developer_port: Some(8_788) };
        check(&["http://localhost:8788/", "https://shop.com/"], &rules, None);
        check(&["http://localhost:8787/", "http://shop.com:8788/"], &rules, Some(NoDestination::Scheme));
        check(&["http://127.0.0.1:8788/", "http://a.localhost:8788/"], &rules, Some(NoDestination::Scheme));
        check(&["https://localhost:8788/"], &rules, Some(NoDestination::OwnName));
        check(&["https://127.0.0.1/"], &rules, Some(NoDestination::Literal));
        refused(&["http://localhost/", "http://localhost:8788/"], NoDestination::Scheme);
    }
}
