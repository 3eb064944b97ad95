//! Addresses that a visitor's browser claims, made safe to show and to follow.

/// An address that may become a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SafeLink {
    /// Where it leads; always `http:` or `https:`.
    pub(crate) href: String,
    /// Without the scheme, for the eye.
    pub(crate) shown: String,
}

/// Accepts `http` and `https` only: any other scheme, `javascript:` above all, stays plain text.
pub(crate) fn safe_link(url: &str) -> Option<SafeLink> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = url.get(scheme.len()..)?;
    if rest.is_empty()
        || rest.starts_with('/')
        || url.chars().any(|character| character.is_whitespace() || character.is_control())
    {
        return None;
    }
    Some(SafeLink { href: url.to_owned(), shown: rest.trim_end_matches('/').to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib7_only_http_addresses_become_links() {
        let shown = |url| safe_link(url).map(|link| link.shown);
        assert_eq!(shown("https://shop.example/cart?a=1"), Some("shop.example/cart?a=1".to_owned()));
        assert_eq!(shown("HTTP://localhost:8788/"), Some("localhost:8788".to_owned()));
        for url in [
            "",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//shop.example",
            "/cart",
            "http:",
            "https://",
            "https:///x",
            "http://a b",
            "é",
            " https://shop.example",
            "vbscript:http://x",
        ] {
            assert_eq!(safe_link(url), None, "{url:?}");
        }
    }
}
