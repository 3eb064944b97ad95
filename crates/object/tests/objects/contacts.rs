//! Contacts: who may see them, and what it takes to take them out.

use protocol::call::{ContactsExport, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::contact::{Acquaintance, ContactFilter, ContactPage, ContactQuery, ContactView};
use protocol::http::workspace::{AuditChange, RoleDraft};
use protocol::limits::{CONTACTS_AT_ONCE, CONTACTS_PAGE};
use protocol::{
    Code, ConversationDigest, ConversationId, Epoch, IndexEntry, Permission, Permissions, Placement, Stated,
    Status, VisitorId, VisitorIdentity,
};

use crate::scene::{SITE, Scene, Who};

/// Tells of a conversation of a visitor.
fn tell(scene: &mut Scene, visitor: u16, conversation: u16, name: Option<&str>) {
    let wide = |number: u16| number.to_be_bytes();
    let mut ids = ([0; 16], [0; 32]);
    ids.0[..2].copy_from_slice(&wide(visitor));
    ids.1[..2].copy_from_slice(&wide(conversation));
    let stated = |text: &str| Stated { text: text.to_owned(), is_verified: false };
    let identity = name.map(|name| VisitorIdentity { user: None, name: Some(stated(name)), email: None });
    scene.platform.now = scene.platform.now.plus(1);
    let digest = ConversationDigest {
        epoch: Epoch::from_bytes([1; 16]),
        revision: 1,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes(ids.1),
            site: SITE,
            visitor: VisitorId::from_bytes(ids.0),
            status: Status::Open,
            active_at: scene.platform.now,
            preview: None,
            unread: 0,
            began_at: scene.platform.now,
            identity,
            placement: Placement::default(),
        },
    };
    scene.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("taken up");
}

fn page(scene: &mut Scene, who: Who, query: ContactQuery) -> ContactPage {
    match scene.ask(who, WorkspaceRequest::Contacts(query)) {
        Ok(WorkspaceAnswer::Contacts(page)) => page,
        other => panic!("{who:?} sees contacts: {:?}", other.err()),
    }
}

fn export(scene: &mut Scene, filter: &ContactFilter, after: Option<VisitorId>) -> ContactsExport {
    match scene.ask(Who::Owner, WorkspaceRequest::ExportContacts(filter.clone(), after)) {
        Ok(WorkspaceAnswer::ContactsExport(export)) => export,
        other => panic!("contacts: {:?}", other.err()),
    }
}

#[test]
fn ws51_contacts_come_in_pages_until_there_are_none() {
    let mut scene = Scene::new();
    assert_eq!(page(&mut scene, Who::Agent, ContactQuery::default()).contacts, []);
    let count = u16::try_from(CONTACTS_PAGE).expect("few");
    for visitor in 1..=count {
        tell(&mut scene, visitor, visitor, None);
    }
    let whole = page(&mut scene, Who::Agent, ContactQuery::default());
    assert_eq!((whole.contacts.len(), whole.next), (CONTACTS_PAGE, None), "not one more, and no empty page");
    tell(&mut scene, 1_000, 1_000, Some("Lena"));
    let first = page(&mut scene, Who::Lead, ContactQuery::default());
    assert_eq!(first.contacts.len(), CONTACTS_PAGE);
    let next = ContactQuery { after: first.next, ..ContactQuery::default() };
    let rest = page(&mut scene, Who::Lead, next);
    assert_eq!((rest.contacts.len(), rest.next), (1, None));
    assert_eq!(rest.contacts[0].visitor, whole.contacts[CONTACTS_PAGE - 1].visitor);
    let filter = ContactFilter { acquaintance: Some(Acquaintance::Claimed), ..ContactFilter::default() };
    let claimed = page(&mut scene, Who::Agent, ContactQuery { filter, after: None });
    assert_eq!(claimed.contacts, first.contacts[..1]);
}

#[test]
fn ws52_a_contact_is_shown_with_all_that_was_talked_about() {
    let mut scene = Scene::new();
    tell(&mut scene, 1, 10, Some("Lena"));
    tell(&mut scene, 2, 20, None);
    tell(&mut scene, 1, 11, None);
    let mut visitor = [0; 16];
    visitor[1] = 1;
    let asked = WorkspaceRequest::Contact(VisitorId::from_bytes(visitor));
    let Ok(WorkspaceAnswer::Contact(view)) = scene.ask(Who::Agent, asked) else { panic!("a contact") };
    let ContactView { contact, conversations } = *view;
    assert_eq!((contact.conversations, contact.identity), (2, None), "by the newest word");
    let numbers: Vec<_> = conversations.iter().map(|entry| entry.conversation.as_bytes()[1]).collect();
    assert_eq!(numbers, [11, 10]);
}

#[test]
fn ws53_a_file_stands_in_the_audit_log_once_with_how_many_are_in_it() {
    let mut scene = Scene::new();
    let count = u16::try_from(CONTACTS_AT_ONCE).expect("few") + 3;
    for visitor in 1..=count {
        tell(&mut scene, visitor, visitor, (visitor <= 2).then_some("Lena"));
    }
    let before = scene.audit().len();
    let all = ContactFilter::default();
    let first = export(&mut scene, &all, None);
    assert_eq!((first.contacts.len(), first.next.is_some()), (CONTACTS_AT_ONCE, true));
    assert_eq!(first.sites, [(SITE, "Shop".to_owned())]);
    let rest = export(&mut scene, &all, first.next);
    assert_eq!((rest.contacts.len(), rest.next), (3, None));
    assert_eq!(scene.newest_change(), AuditChange::ContactsExported { count: u32::from(count) });
    assert_eq!(scene.audit().len(), before + 1, "once for all of its pieces");

    let lena = ContactFilter { text: "lena".to_owned(), ..all };
    assert_eq!(export(&mut scene, &lena, None).contacts.len(), 2);
    assert_eq!(scene.newest_change(), AuditChange::ContactsExported { count: 2 });
}

#[test]
fn ws53_a_role_can_be_given_the_right_to_take_contacts_out() {
    let mut scene = Scene::new();
    let request = || WorkspaceRequest::ExportContacts(ContactFilter::default(), None);
    assert_eq!(scene.ask(Who::Lead, request()).err(), Some(Code::Forbidden));
    assert_eq!(scene.newest_change(), AuditChange::Refused { action: "export_contacts".to_owned() });
    let permissions = Permissions::of(&[Permission::ReadConversations, Permission::ExportContacts]);
    let draft = RoleDraft { name: "Lead".to_owned(), permissions };
    let redrawn = scene.ask(Who::Owner, WorkspaceRequest::RedrawRole(scene.lead, draft));
    assert_eq!(redrawn.err(), None);
    assert_eq!(scene.ask(Who::Lead, request()).err(), None);
    let mut actor = Who::Lead.actor();
    actor.is_proven = false;
    let unproven = scene.call(WorkspaceCall::As { actor, request: request() });
    assert_eq!(unproven.err(), Some(Code::ProofRequired));
}
