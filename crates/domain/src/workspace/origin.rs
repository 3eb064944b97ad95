//! The origins of web pages (RFC 6454), and which of them may show a site.

use protocol::Code;
use protocol::http::site::SiteSettings;
use url::{Host, Url};

/// What stands between the scheme and the host of an entry that means every subdomain.
const EVERY_SUBDOMAIN: &str = "://*.";

/// Scheme, host and port, as browsers send them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Accepts `http` or `https`, a host and perhaps a port, written as browsers do, in any case; nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok().filter(is_web)?;
        let origin = url.origin().ascii_serialization();
        origin.eq_ignore_ascii_case(text).then_some(Self(origin))
    }

    /// The origin of a page's address.
    #[must_use]
    pub fn of_address(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok().filter(is_web)?;
        Some(Self(url.origin().ascii_serialization()))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the page comes from this very machine.
    #[must_use]
    pub fn is_localhost(&self) -> bool {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            Some(_) | None => authority,
        };
        host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1" || host == "[::1]"
    }
}

/// An entry of a site's list: one origin, or every subdomain of a host at any depth and not the host itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedOrigin(String);

impl AllowedOrigin {
    /// Reads what a site's owner typed, and writes it as browsers would: in lower case, names of other scripts in
    /// punycode, without the port that the scheme implies and without a slash at the end (SPEC SI1).
    ///
    /// # Errors
    /// [`Code::BadField`] for anything but `http` or `https`, a host, and perhaps a port: a path, a query, a name or
    /// password, a star anywhere but as the whole first label, and one that would take in a whole top-level domain.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = text.trim();
        let (is_wild, plain) = match text.split_once(EVERY_SUBDOMAIN) {
            Some((scheme, rest)) => (true, format!("{scheme}://{rest}")),
            None => (false, text.to_owned()),
        };
        let url = Url::parse(&plain).ok().filter(is_web).filter(is_bare).ok_or(Code::BadField)?;
        let is_named = matches!(url.host(), Some(Host::Domain(name)) if name.contains('.'));
        if is_wild && (!is_named || Origin::of_address(&plain).is_none_or(|origin| origin.is_localhost())) {
            return Err(Code::BadField);
        }
        let origin = url.origin().ascii_serialization();
        Ok(Self(if is_wild { origin.replacen("://", EVERY_SUBDOMAIN, 1) } else { origin }))
    }

    /// Returns the text, which a policy's `frame-ancestors` understands as it stands.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether a page of this origin may show the site (SPEC WS2).
#[must_use]
pub fn may_embed(settings: &SiteSettings, origin: &Origin) -> bool {
    (settings.allow_localhost && origin.is_localhost())
        || settings.allowed_origins.iter().any(|allowed| covers(allowed, origin))
}

fn covers(allowed: &str, origin: &Origin) -> bool {
    let Some((scheme, base)) = allowed.split_once(EVERY_SUBDOMAIN) else {
        return allowed == origin.0;
    };
    let authority = origin.0.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
    let labels =
        authority.and_then(|authority| authority.strip_suffix(base)).and_then(|rest| rest.strip_suffix('.'));
    labels.is_some_and(|labels| !labels.is_empty())
}

/// Whether an address is a web page's, with a host of letters, digits, dots and hyphens: whatever else could stand in a
/// host would mean something in a security policy.
fn is_web(url: &Url) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let has_host = match url.host() {
        Some(Host::Domain(name)) => name.bytes().all(is_plain) && !name.split('.').any(str::is_empty),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    };
    matches!(url.scheme(), "http" | "https") && has_host
}

fn is_bare(url: &Url) -> bool {
    url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use protocol::http::SiteConfig;
    use protocol::http::site::IdentityMode;

    use super::*;

    fn site(allowed: &[&str], allow_localhost: bool) -> SiteSettings {
        SiteSettings {
            config: SiteConfig { name: String::new(), accent: String::new(), greeting: String::new() },
            allowed_origins: allowed.iter().map(|&origin| origin.to_owned()).collect(),
            allow_localhost,
            identity: IdentityMode::Off,
            look: protocol::http::look::Look::default(),
        }
    }

    fn shows(settings: &SiteSettings, origin: &str) -> bool {
        Origin::parse(origin).is_some_and(|origin| may_embed(settings, &origin))
    }

    #[test]
    fn ws2_a_site_is_shown_on_its_own_origins_only() {
        let allowed = ["https://shop.com", "https://shop.com:8443", "https://xn--bcher-kva.example"];
        let cases = [
            ("https://shop.com", true, true),
            ("https://SHOP.com", true, true),
            ("https://shop.com:8443", true, true),
            ("https://xn--bcher-kva.example", true, true),
            ("https://bücher.example", false, false),
            ("http://shop.com", false, false),
            ("https://shop.com:443", false, false),
            ("https://shop.com/", false, false),
            ("https://shop.com.", false, false),
            (" https://shop.com", false, false),
            ("https://shop.com\t", false, false),
            ("https://user@shop.com", false, false),
            ("https://a.shop.com", false, false),
            ("https://shop.com.evil.io", false, false),
            ("https://evil.io/https://shop.com", false, false),
            ("null", false, false),
            ("", false, false),
            ("file://", false, false),
            ("http://localhost:8788", false, true),
            ("http://app.localhost", false, true),
            ("http://127.0.0.1:1", false, true),
            ("http://[::1]:1", false, true),
            ("http://localhost.evil.io", false, false),
            ("http://127.0.0.1.evil.io", false, false),
        ];
        for (origin, strict, local) in cases {
            let shown = (shows(&site(&allowed, false), origin), shows(&site(&allowed, true), origin));
            assert_eq!(shown, (strict, local), "{origin}");
        }
    }

    #[test]
    fn ws2_a_star_means_every_subdomain_and_not_the_host_itself() {
        let cases = [
            ("https://a.shop.com", true),
            ("https://a.b.shop.com", true),
            ("https://A.SHOP.com", true),
            ("https://shop.com", false),
            ("https://shop.com.evil.io", false),
            ("https://a.shop.com.evil.io", false),
            ("https://evilshop.com", false),
            ("https://evil-shop.com", false),
            ("https://.shop.com", false),
            ("https://*.shop.com", false),
            ("http://a.shop.com", false),
            ("https://a.shop.com:8443", false),
            ("https://evil.io/.shop.com", false),
            ("https://evil.io?.shop.com", false),
            ("https://evil.io#.shop.com", false),
            ("https://a.shop.com@evil.io", false),
        ];
        for (origin, expected) in cases {
            assert_eq!(shows(&site(&["https://*.shop.com"], false), origin), expected, "{origin}");
        }
        let with_port = site(&["https://*.shop.com:8443"], false);
        assert!(shows(&with_port, "https://a.shop.com:8443"));
        assert!(!shows(&with_port, "https://a.shop.com"));
        assert!(!shows(&with_port, "https://a.shop.com:18443"));
    }

    #[test]
    fn si1_what_an_owner_types_gets_one_spelling_or_is_refused() {
        let good = [
            ("https://shop.example", "https://shop.example"),
            ("  HTTPS://Shop.Example/ ", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:80", "http://shop.example"),
            ("https://shop.example:8443", "https://shop.example:8443"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://*.Bücher.example", "https://*.xn--bcher-kva.example"),
            ("https://*.shop.example/", "https://*.shop.example"),
            ("https://*.shop.example:443", "https://*.shop.example"),
            ("http://*.shop.example:8080", "http://*.shop.example:8080"),
            ("http://intranet", "http://intranet"),
            ("http://10.0.0.1:3000", "http://10.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ];
        for (typed, written) in good {
            assert_eq!(
                AllowedOrigin::parse(typed).map(AllowedOrigin::into_string).as_deref(),
                Ok(written),
                "{typed}"
            );
        }
        let bad = [
            "",
            "*",
            "null",
            "shop.example",
            "//shop.example",
            "ftp://shop.example",
            "file:///",
            "javascript:alert(1)",
            "https://",
            "https://*",
            "https://*.",
            "https://*.com",
            "https://*.localhost",
            "https://*.app.localhost",
            "https://*.10.0.0.1",
            "https://*.[::1]",
            "https://a.*.example",
            "https://shop.*",
            "https://*shop.example",
            "https://*.*.shop.example",
            "https://shop.example/chat",
            "https://shop.example?x",
            "https://shop.example#x",
            "https://user@shop.example",
            "https://user:pass@shop.example",
            "https://shop.example:99999",
            "https://shop.example https://evil.example",
            "https://shop.example;script-src",
            "https://shop.example,x",
            "https://shop'.example",
            "https://shop.example.",
            "https://.shop.example",
            "https://shop..example",
        ];
        for typed in bad {
            assert_eq!(AllowedOrigin::parse(typed), Err(Code::BadField), "{typed}");
        }
    }
}
