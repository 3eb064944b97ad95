//! Where to go after signing in.

/// The first parts of the addresses that only signed-in people see.
const ROOMS: [&str; 4] = ["w", "account", "new-workspace", "join"];

/// Accepts a page of the inbox and nothing else, so that no link can send a person elsewhere after they signed in.
pub(crate) fn wanted_page(asked: Option<&str>) -> &str {
    let Some(page) = asked else { return "/" };
    let is_part = |part: &str| {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty() && part.bytes().all(is_letter)
    };
    let good = page.strip_prefix('/').is_some_and(|page| {
        page.split('/').all(is_part) && page.split('/').next().is_some_and(|first| ROOMS.contains(&first))
    });
    if good { page } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib2_signing_in_leads_to_pages_of_the_inbox_only() {
        for page in
            ["/w/0a1b", "/w/0a1b/conversations/2c", "/account/security", "/join", "/w/0a/settings/new-site"]
        {
            assert_eq!(wanted_page(Some(page)), page);
        }
        for page in [
            None,
            Some(""),
            Some("/"),
            Some("//evil.example"),
            Some("https://evil.example"),
            Some("/w//evil"),
            Some("/w/../x"),
            Some("/w/0a?to=x"),
            Some("/w/0a#x"),
            Some("/w/0a/"),
            Some("/sign-in"),
            Some("/reset"),
            Some("\\\\evil.example"),
        ] {
            assert_eq!(wanted_page(page), "/", "{page:?}");
        }
    }
}
