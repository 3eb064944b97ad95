//! Contacts: how sure it is who one is, and the lines of the file that people take them out in.

use protocol::api::{Moment, Prefixed};
use protocol::http::contact::Acquaintance;
use protocol::{Contact, Stated, VisitorIdentity, csv};

/// The columns of the file, by the names that the REST API has for the same.
const COLUMNS: [&str; 10] = [
    "id",
    "site",
    "name",
    "name_verified",
    "email",
    "email_verified",
    "external_id",
    "conversation_count",
    "first_seen_at",
    "last_seen_at",
];

/// How sure it is who somebody is, by what is known of them (SPEC WS51).
#[must_use]
pub fn acquaintance(identity: Option<&VisitorIdentity>) -> Acquaintance {
    let Some(VisitorIdentity { user, name, email }) = identity else { return Acquaintance::Anonymous };
    let stated = || name.iter().chain(email);
    if user.is_some() || stated().any(|stated| stated.is_verified) {
        Acquaintance::Verified
    } else if stated().next().is_some() {
        Acquaintance::Claimed
    } else {
        Acquaintance::Anonymous
    }
}

/// What the file begins with (SPEC WS54).
#[must_use]
pub fn contact_columns() -> String {
    format!("{}{}", csv::BYTE_ORDER_MARK, csv::line(COLUMNS))
}

/// The line of a contact, given the name of their site; an empty one for a site that there is no more.
#[must_use]
pub fn contact_line(contact: &Contact, site: &str) -> String {
    let identity = contact.identity.as_ref();
    let [name, name_verified] = cells(identity.and_then(|identity| identity.name.as_ref()));
    let [email, email_verified] = cells(identity.and_then(|identity| identity.email.as_ref()));
    csv::line([
        Prefixed(contact.visitor).to_string().as_str(),
        site,
        name,
        name_verified,
        email,
        email_verified,
        identity.and_then(|identity| identity.user.as_deref()).unwrap_or_default(),
        contact.conversations.to_string().as_str(),
        Moment(contact.first_seen_at).to_string().as_str(),
        Moment(contact.last_seen_at).to_string().as_str(),
    ])
}

/// What was said, and whether the site has signed it; nothing of what was not said.
fn cells(stated: Option<&Stated>) -> [&str; 2] {
    match stated {
        None => ["", ""],
        Some(Stated { text, is_verified: true }) => [text, "true"],
        Some(Stated { text, is_verified: false }) => [text, "false"],
    }
}

#[cfg(test)]
mod tests {
    use protocol::{SiteId, Timestamp, VisitorId};

    use super::*;

    fn stated(text: &str, is_verified: bool) -> Option<Stated> {
        Some(Stated { text: text.to_owned(), is_verified })
    }

    fn contact(identity: Option<VisitorIdentity>) -> Contact {
        Contact {
            visitor: VisitorId::from_bytes([0x3f; 16]),
            site: SiteId::from_bytes([2; 16]),
            identity,
            first_seen_at: Timestamp(1_790_000_000_000),
            last_seen_at: Timestamp(1_790_000_001_234),
            conversations: 3,
        }
    }

    #[test]
    fn ws51_whoever_is_known_by_anything_signed_is_verified() {
        let of = |user: Option<&str>, name, email| {
            acquaintance(Some(&VisitorIdentity { user: user.map(str::to_owned), name, email }))
        };
        assert_eq!(acquaintance(None), Acquaintance::Anonymous);
        assert_eq!(of(None, None, None), Acquaintance::Anonymous);
        assert_eq!(of(None, stated("Anna", false), None), Acquaintance::Claimed);
        assert_eq!(of(None, None, stated("a@x.io", false)), Acquaintance::Claimed);
        assert_eq!(of(Some("u1"), stated("Anna", false), None), Acquaintance::Verified);
        assert_eq!(of(None, stated("Anna", false), stated("a@x.io", true)), Acquaintance::Verified);
    }

    #[test]
    fn ws54_a_line_has_what_is_known_claimed_and_verified_marked_apart() {
        let identity = VisitorIdentity {
            user: Some("-7".to_owned()),
            name: stated("=cmd|'/c calc'!A1", false),
            email: stated("anna@example.com", true),
        };
        let id = "cnt_3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f";
        let times = "2026-09-21T14:13:20.000Z,2026-09-21T14:13:21.234Z\r\n";
        assert_eq!(
            contact_line(&contact(Some(identity)), "Shop, old"),
            format!("{id},\"Shop, old\",'=cmd|'/c calc'!A1,false,anna@example.com,true,'-7,3,{times}")
        );
        assert_eq!(contact_line(&contact(None), ""), format!("{id},,,,,,,3,{times}"));
    }

    #[test]
    fn ws54_the_file_begins_with_its_mark_and_as_many_columns_as_a_line_has() {
        let head = contact_columns();
        assert!(head.starts_with("\u{feff}id,site,name,") && head.ends_with(",last_seen_at\r\n"));
        let commas = |line: &str| line.matches(',').count();
        assert_eq!(commas(&head), commas(&contact_line(&contact(None), "")));
    }
}
