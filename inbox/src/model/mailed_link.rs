//! Links that were mailed: their token stands in the fragment of the address, which browsers send to no server.

/// Letters of a token: 48 bytes in base64url.
const LETTERS: usize = 64;

/// A page that mailed links lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkPage {
    /// Making an account.
    SignUp,
    /// Signing in.
    SignInLink,
    /// Choosing a new password.
    Reset,
    /// Confirming another address.
    NewAddress,
    /// Joining a workspace.
    Join,
}

impl LinkPage {
    const EVERY: [(Self, &'static str); 5] = [
        (Self::SignUp, "/sign-up"),
        (Self::SignInLink, "/sign-in-link"),
        (Self::Reset, "/reset"),
        (Self::NewAddress, "/new-address"),
        (Self::Join, "/join"),
    ];

    /// The page at an address of the inbox.
    fn at(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        Self::EVERY.iter().find(|(_, end)| path.ends_with(end)).map(|(page, _)| *page)
    }
}

/// What the address of a page said of a mailed link.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum MailedLink {
    /// The page was not opened by a mailed link.
    None,
    /// It was, and the link is not whole.
    Broken,
    /// It was: the token, to be told to the server and to nobody else.
    Token(String),
}

/// Reads the fragment of an address, without its `#`. Only pages of mailed links have one that means anything, and a
/// token is good on its own page only.
pub(crate) fn read(path: &str, fragment: &str) -> Option<(LinkPage, MailedLink)> {
    let page = LinkPage::at(path)?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    // What skip links add to the address.
    if fragment.is_empty() || fragment == "main" {
        None
    } else if fragment.len() == LETTERS && fragment.bytes().all(is_letter) {
        Some((page, MailedLink::Token(fragment.to_owned())))
    } else {
        Some((page, MailedLink::Broken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib25_a_token_is_read_off_the_pages_of_mailed_links_only() {
        let token = "aZ0-_bcd".repeat(8);
        for (page, end) in LinkPage::EVERY {
            let found = read(&format!("/inbox{end}"), &token);
            assert!(found == Some((page, MailedLink::Token(token.clone()))), "{end}");
        }
        assert!(read("/inbox/sign-in", &token).is_none());
        assert!(read("/inbox/join", "").is_none());
        assert!(read("/inbox/join", "main").is_none());
    }

    #[test]
    fn ib25_a_link_that_a_mail_program_broke_is_told_from_a_page_without_one() {
        let almost = [63, 65].map(|length| "a".repeat(length));
        for fragment in ["abc", &almost[0], &almost[1], &"ä".repeat(32), &format!("{}=", almost[0])] {
            assert!(
                read("/inbox/reset", fragment) == Some((LinkPage::Reset, MailedLink::Broken)),
                "{fragment}"
            );
        }
    }
}
