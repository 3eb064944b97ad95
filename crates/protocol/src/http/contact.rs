//! The contacts of a workspace, as its people look for them.

use serde::{Deserialize, Serialize};

use crate::contact::{Contact, ContactPosition};
use crate::ids::SiteId;
use crate::index::IndexEntry;

/// How sure it is who a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acquaintance {
    /// Nobody has said anything of them.
    Anonymous,
    /// Their browser has said something, which may be false.
    Claimed,
    /// The server of their site has signed something.
    Verified,
}

/// Which contacts are meant. The default is all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactFilter {
    /// Words of their name and address, as typed: all of them must be there, each may go on. All without any.
    #[serde(default)]
    pub text: String,
    /// Those whose most recently active conversation is on this site.
    #[serde(default)]
    pub site: Option<SiteId>,
    /// Those of whom it is so sure who they are.
    #[serde(default)]
    pub acquaintance: Option<Acquaintance>,
}

/// Asks for a page of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactQuery {
    /// Of which.
    #[serde(default)]
    pub filter: ContactFilter,
    /// Those after a page that gave this as its `next`.
    #[serde(default)]
    pub after: Option<ContactPosition>,
}

/// A page of contacts, the most recently seen first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    /// At most [`crate::limits::CONTACTS_PAGE`].
    pub contacts: Vec<Contact>,
    /// Where to go on, if there are more.
    pub next: Option<ContactPosition>,
}

/// A contact with what was talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Who.
    pub contact: Contact,
    /// Their conversations, the most recently active first, at most [`crate::limits::CONTACT_CONVERSATIONS`].
    pub conversations: Vec<IndexEntry>,
}
