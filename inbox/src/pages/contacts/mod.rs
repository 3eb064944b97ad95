//! Contacts, in a part of their own: who looks after conversations seldom looks through them. Who is on the sites comes with
//! it.

mod export;
mod list;
mod listed;
mod one;
mod sites;

pub(super) use sites::SiteNames;

use super::later::later;

sync_web::part!(contacts);

later!(contacts, ContactsPage, list::ContactsPage);
later!(contacts, ContactPage, one::ContactPage);
later!(contacts, VisitorsPage, super::visitors::VisitorsPage);
