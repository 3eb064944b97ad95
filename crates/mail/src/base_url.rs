//! Where the deployment is reached: what every link begins with.

use core::fmt;

/// Names of the machine that one sits at.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// A scheme, a host and perhaps a port; no path, no name, no character that means something in HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Accepts `https://host`, with a port if need be; `http` is for one's own machine and networks. A slash at the end
    /// is dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/').to_ascii_lowercase();
        let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        (!authority.is_empty() && authority.bytes().all(is_plain)).then_some(Self(text))
    }

    /// The address, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host with its port, as people read it.
    #[must_use]
    pub fn host_and_port(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// The host without its port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.host_and_port();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            Some(_) | None => authority,
        }
    }

    /// Whether this is a machine that only its own user reaches.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        LOOPBACK.contains(&self.host())
    }

    /// Whether a request to this host is one to here. One's own machine has several names, on any port.
    #[must_use]
    pub fn answers_to(&self, host: &str) -> bool {
        host.eq_ignore_ascii_case(self.host()) || (self.is_this_machine() && LOOPBACK.contains(&host))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ml2_a_base_address_is_a_scheme_a_host_and_a_port() {
        let host = |text: &str| BaseUrl::parse(text).map(|base| base.host().to_owned());
        assert_eq!(host("https://chat.example.com/"), Some("chat.example.com".to_owned()));
        assert_eq!(host("HTTPS://Chat.Example.com:8443"), Some("chat.example.com".to_owned()));
        assert_eq!(host("http://[::1]:8787"), Some("[::1]".to_owned()));
        for hostile in [
            "",
            "https://",
            "chat.example.com",
            "javascript:alert(1)",
            "https://a.example/path",
            "https://a.example?x",
            "https://a.example#x",
            "https://user@a.example",
            "https://a.example\"><script>",
            "https://a.example\r\nBcc: b@c.example",
            "https://a.example b.example",
        ] {
            assert_eq!(BaseUrl::parse(hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn hd4_a_deployment_answers_to_its_own_name_only() {
        let public = BaseUrl::parse("https://chat.example.com").expect("an address");
        assert!(public.answers_to("chat.example.com") && public.answers_to("Chat.Example.com"));
        for other in
            ["evil.example", "chat.example.com.evil.example", "example.com", "localhost", "127.0.0.1", ""]
        {
            assert!(!public.answers_to(other), "{other}");
        }
        let local = BaseUrl::parse("http://localhost:8787").expect("an address");
        assert!(local.answers_to("localhost") && local.answers_to("127.0.0.1") && local.answers_to("[::1]"));
        assert!(!local.answers_to("evil.example") && !local.answers_to("localhost.evil.example"));
    }

    #[test]
    fn ml8_only_loopback_is_this_machine() {
        let is_local = |text: &str| BaseUrl::parse(text).is_some_and(|base| base.is_this_machine());
        for local in ["http://localhost:8787", "http://127.0.0.1:1", "https://[::1]"] {
            assert!(is_local(local), "{local}");
        }
        for public in ["https://chat.example.com", "http://localhost.example.com", "http://10.0.0.1"] {
            assert!(!is_local(public), "{public}");
        }
    }
}
