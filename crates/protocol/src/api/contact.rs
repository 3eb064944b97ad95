//! Those who visit.

use serde::Serialize;

use crate::api::id::Prefixed;
use crate::api::moment::Moment;
use crate::contact::Contact as KnownContact;
use crate::identity::{Stated, VisitorIdentity};
use crate::ids::{SiteId, VisitorId};

/// Somebody who has written on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// Their id: of one browser as long as they are anonymous, of the person once their site has proven who they are.
    pub id: Prefixed<VisitorId>,
    /// On which site their most recently active conversation is.
    pub site_id: Prefixed<SiteId>,
    /// The person's id with the site; there only if the site's server has proven it.
    pub external_id: Option<String>,
    /// What they are called.
    pub name: Option<ContactStatement>,
    /// Their e-mail address.
    pub email: Option<ContactStatement>,
    /// When the first of their conversations began.
    pub first_seen_at: Moment,
    /// When something last happened in one of them.
    pub last_seen_at: Moment,
    /// How many conversations they have had.
    pub conversation_count: u32,
}

/// Something that was said of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContactStatement {
    /// What was said.
    pub value: String,
    /// Whether the site's server has signed it. Otherwise the visitor's browser claims it, and it may be false.
    pub verified: bool,
}

impl From<Stated> for ContactStatement {
    fn from(Stated { text, is_verified }: Stated) -> Self {
        Self { value: text, verified: is_verified }
    }
}

impl From<KnownContact> for Contact {
    fn from(contact: KnownContact) -> Self {
        let KnownContact { visitor, site, identity, first_seen_at, last_seen_at, conversations } = contact;
        let VisitorIdentity { user, name, email } = identity.unwrap_or_default();
        Self {
            id: Prefixed(visitor),
            site_id: Prefixed(site),
            external_id: user,
            name: name.map(ContactStatement::from),
            email: email.map(ContactStatement::from),
            first_seen_at: Moment(first_seen_at),
            last_seen_at: Moment(last_seen_at),
            conversation_count: conversations,
        }
    }
}
