//! The origins of web pages (RFC 6454), and which of them may show a site.

use protocol::call::SiteSettings;

/// Scheme, host and port, as browsers send them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Accepts `http` or `https`, a host and perhaps a port, in any case; nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        (!authority.is_empty() && authority.bytes().all(is_plain)).then_some(Self(text))
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

/// Whether a page of this origin may show the site (SPEC WS2).
#[must_use]
pub fn may_embed(settings: &SiteSettings, origin: &Origin) -> bool {
    (settings.allow_localhost && origin.is_localhost())
        || settings.allowed_origins.iter().any(|allowed| allowed == origin.as_str())
}

#[cfg(test)]
mod tests {
    use protocol::http::SiteConfig;

    use super::*;

    #[test]
    fn ws2_a_site_is_shown_on_its_own_origins_only() {
        let config = SiteConfig { name: String::new(), accent: String::new(), greeting: String::new() };
        let settings = |allow_localhost| SiteSettings {
            config: config.clone(),
            allowed_origins: vec!["https://shop.com".to_owned(), "https://shop.com:8443".to_owned()],
            allow_localhost,
        };
        let cases = [
            ("https://shop.com", true, true),
            ("https://SHOP.com", true, true),
            ("https://shop.com:8443", true, true),
            ("http://shop.com", false, false),
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
            let check = |settings: &SiteSettings| {
                Origin::parse(origin).is_some_and(|origin| may_embed(settings, &origin))
            };
            assert_eq!((check(&settings(false)), check(&settings(true))), (strict, local), "{origin}");
        }
    }
}
