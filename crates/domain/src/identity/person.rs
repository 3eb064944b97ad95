//! The visitor that a person is: the same on every device, and another one on every site.

use hmac::Mac as _;
use protocol::{SiteId, VisitorId, WorkspaceId};

use crate::token::keyed;

const PURPOSE: &[u8] = b"porchlight/identified-visitor/1";

/// The visitor of a person whom a site has proven to know, a digest under a secret of the deployment: the same person
/// gets the same conversation everywhere, a new secret of the site changes nothing, and nobody can compute it (SPEC
/// ID6).
#[must_use]
pub fn visitor_of(secret: &[u8], workspace: WorkspaceId, site: SiteId, user: &str) -> VisitorId {
    let key = keyed(secret).chain_update(PURPOSE).finalize().into_bytes();
    let digest = keyed(&key)
        .chain_update(workspace.as_bytes())
        .chain_update(site.as_bytes())
        .chain_update(user.as_bytes())
        .finalize()
        .into_bytes();
    let mut id = [0; VisitorId::LENGTH];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    VisitorId::from_bytes(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id6_a_person_is_one_visitor_of_a_site_and_another_elsewhere() {
        let of = |secret: &[u8], workspace: u8, site: u8, user: &str| {
            visitor_of(secret, WorkspaceId::from_bytes([workspace; 16]), SiteId::from_bytes([site; 16]), user)
        };
        let anna = of(b"secret", 1, 2, "anna");
        assert_eq!(of(b"secret", 1, 2, "anna"), anna);
        for other in [
            of(b"secret", 1, 2, "ben"),
            of(b"secret", 1, 2, "Anna"),
            of(b"secret", 1, 2, ""),
            of(b"secret", 1, 3, "anna"),
            of(b"secret", 2, 2, "anna"),
            of(b"other", 1, 2, "anna"),
        ] {
            assert_ne!(other, anna);
        }
    }
}
