//! Contacts: who has written, what they talked about, and the file that they are taken out in (SPEC WS51 to WS53).

use protocol::call::{ContactsExport, WorkspaceAnswer};
use protocol::http::contact::{ContactFilter, ContactPage, ContactQuery, ContactView};
use protocol::http::workspace::AuditChange;
use protocol::limits::{CONTACT_CONVERSATIONS, CONTACTS_AT_ONCE, CONTACTS_PAGE};
use protocol::{Code, Contact, VisitorId};

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// A page of those who fit: one more than it holds is asked for, to know whether there are more.
pub(super) fn list<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    query: &ContactQuery,
) -> Result<WorkspaceAnswer, Code> {
    let ContactQuery { filter, after } = query;
    let found = asking.store.fitting_contacts(filter, *after, CONTACTS_PAGE.saturating_add(1));
    let mut contacts = stored(platform, found)?;
    let more = contacts.len() > CONTACTS_PAGE;
    contacts.truncate(CONTACTS_PAGE);
    let next = contacts.last().filter(|_| more).map(Contact::position);
    Ok(WorkspaceAnswer::Contacts(ContactPage { contacts, next }))
}

/// One of them, with their conversations.
///
/// # Errors
/// [`Code::NotFound`] for somebody of whom the workspace knows nothing.
pub(super) fn look<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<WorkspaceAnswer, Code> {
    let contact = stored(platform, asking.store.contact(visitor))?.ok_or(Code::NotFound)?;
    let conversations =
        stored(platform, asking.store.conversations_of(visitor, None, CONTACT_CONVERSATIONS))?;
    Ok(WorkspaceAnswer::Contact(Box::new(ContactView { contact, conversations })))
}

/// A piece of the file. Its first one stands in the audit log, with how many contacts fit at that moment.
pub(super) fn export<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    filter: &ContactFilter,
    after: Option<VisitorId>,
) -> Result<WorkspaceAnswer, Code> {
    let store = &asking.store;
    let contacts = stored(platform, store.fitting_contacts_by_id(filter, after, CONTACTS_AT_ONCE))?;
    let sites = stored(platform, store.sites())?;
    let sites = sites.into_iter().map(|(site, settings)| (site, settings.config.name)).collect();
    let next = contacts.last().filter(|_| contacts.len() == CONTACTS_AT_ONCE).map(|last| last.visitor);
    if after.is_none() {
        let count = stored(platform, store.count_fitting_contacts(filter))?;
        asking.note(platform, &AuditChange::ContactsExported { count })?;
    }
    Ok(WorkspaceAnswer::ContactsExport(ContactsExport { contacts, sites, next }))
}
