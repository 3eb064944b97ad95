//! Where to go after signing in.

/// Accepts a page of the inbox and nothing else, so that no link can send a person elsewhere after they signed in.
pub(crate) fn wanted_page(asked: Option<&str>) -> &str {
    let Some(page) = asked else { return "/" };
    let good = page
        .strip_prefix("/conversations/")
        .is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if good { page } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib2_signing_in_leads_to_pages_of_the_inbox_only() {
        assert_eq!(wanted_page(Some("/conversations/0a1b")), "/conversations/0a1b");
        for page in [
            None,
            Some(""),
            Some("//evil.example"),
            Some("https://evil.example"),
            Some("/conversations/../x"),
            Some("/sign-in"),
        ] {
            assert_eq!(wanted_page(page), "/", "{page:?}");
        }
    }
}
