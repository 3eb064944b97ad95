//! Contacts, in a part of their own: who looks after conversations seldom looks through them.

mod export;
mod list;
mod listed;
mod one;
mod sites;

use super::later::later;

sync_web::part!(contacts);

later!(contacts, ContactsPage, list::ContactsPage);
later!(contacts, ContactPage, one::ContactPage);
