//! What is said of an anonymous visitor, by their page and by themselves.

use protocol::{Code, Stated, VisitorIdentity};

use crate::account::Email;
use crate::name::is_formatting;

/// What is said of an anonymous visitor after what was said before, by what their page claims and by the address that they
/// leave themselves. A page that claims another name has somebody else before it, of whom nothing is known from before.
///
/// # Errors
/// [`Code::BadField`] for an address that is none.
pub fn said_of_anonymous(
    kept: Option<VisitorIdentity>,
    claimed: Option<VisitorIdentity>,
    left: Option<&str>,
) -> Result<Option<VisitorIdentity>, Code> {
    let said = match (kept, claimed) {
        (Some(kept), Some(claimed)) if claimed.name.is_none() || claimed.name == kept.name => {
            Some(kept.with(claimed))
        }
        (kept, claimed) => claimed.or(kept),
    };
    let Some(left) = left else { return Ok(said) };
    if left.contains(is_formatting) {
        return Err(Code::BadField);
    }
    let stated = Stated { text: Email::parse(left)?.as_str().to_owned(), is_verified: false };
    Ok(Some(
        said.unwrap_or_default().with(VisitorIdentity { email: Some(stated), ..VisitorIdentity::default() }),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(name: &str, email: &str) -> Option<VisitorIdentity> {
        let stated =
            |text: &str| (!text.is_empty()).then(|| Stated { text: text.to_owned(), is_verified: false });
        Some(VisitorIdentity { user: None, name: stated(name), email: stated(email) })
    }

    #[test]
    fn oh7_the_address_that_a_visitor_leaves_is_a_claim_and_stays() {
        let mine = "anna@example.com";
        let said = said_of_anonymous;
        assert_eq!(said(None, None, None), Ok(None));
        assert_eq!(said(None, None, Some(" anna@example.com ")), Ok(claim("", mine)));
        assert_eq!(said(claim("", mine), None, None), Ok(claim("", mine)), "the next session");
        assert_eq!(said(claim("", mine), None, Some("a@b.example")), Ok(claim("", "a@b.example")));
        assert_eq!(said(None, claim("Anna", ""), Some(mine)), Ok(claim("Anna", mine)));
        assert_eq!(said(claim("Anna", mine), claim("Anna", ""), None), Ok(claim("Anna", mine)));
        assert_eq!(said(claim("Anna", mine), claim("Ben", ""), None), Ok(claim("Ben", "")), "somebody else");
    }

    #[test]
    fn oh7_what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(300));
        for bad in ["", "anna", "anna@", "@example.com", "a b@example.com", "anna\u{202e}@example.com", &long]
        {
            assert_eq!(said_of_anonymous(None, None, Some(bad)), Err(Code::BadField), "{bad:?}");
        }
    }
}
