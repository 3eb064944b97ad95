//! Golden bytes of what concerns contacts.

mod golden;

use protocol::call::{CallResult, ContactsExport, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::contact::{Acquaintance, ContactFilter, ContactPage, ContactQuery, ContactView};
use protocol::http::workspace::AuditChange;
use protocol::{
    Contact, ContactPosition, ConversationId, IndexEntry, Placement, SiteId, Stated, Status, Timestamp,
    VisitorId, VisitorIdentity,
};

use self::golden::check;

const VISITOR: VisitorId = VisitorId::from_bytes([0x61; 16]);
const SITE: SiteId = SiteId::from_bytes([0x51; 16]);
const POSITION: ContactPosition =
    ContactPosition { last_seen_at: Timestamp(1_790_000_000_000), visitor: VISITOR };

fn contact() -> Contact {
    let name = Stated { text: "Lena".to_owned(), is_verified: false };
    Contact {
        visitor: VISITOR,
        site: SITE,
        identity: Some(VisitorIdentity { user: None, name: Some(name), email: None }),
        first_seen_at: Timestamp(1_780_000_000_000),
        last_seen_at: Timestamp(1_790_000_000_000),
        conversations: 2,
    }
}

fn filter() -> ContactFilter {
    ContactFilter { text: "lena".to_owned(), site: Some(SITE), acquaintance: Some(Acquaintance::Claimed) }
}

fn page() -> ContactPage {
    ContactPage { contacts: vec![contact()], next: Some(POSITION) }
}

fn view() -> ContactView {
    let entry = IndexEntry {
        conversation: ConversationId::from_bytes([0x71; 32]),
        site: SITE,
        visitor: VISITOR,
        status: Status::Open,
        active_at: Timestamp(1_790_000_000_000),
        preview: None,
        unread: 0,
        began_at: Timestamp(1_780_000_000_000),
        identity: contact().identity,
        placement: Placement::default(),
    };
    ContactView { contact: contact(), conversations: vec![entry] }
}

#[test]
fn pr11_contacts() {
    check(
        "contact_query",
        vec![
            ("all", ContactQuery::default()),
            ("some", ContactQuery { filter: filter(), after: Some(POSITION) }),
        ],
    );
    check("contact_page", vec![("page", page()), ("end", ContactPage { contacts: Vec::new(), next: None })]);
    check("contact_view", vec![("view", view())]);
    check(
        "acquaintance",
        vec![
            ("anonymous", Acquaintance::Anonymous),
            ("claimed", Acquaintance::Claimed),
            ("verified", Acquaintance::Verified),
        ],
    );
}

#[test]
fn pr11_questions_about_contacts() {
    let query = ContactQuery { filter: filter(), after: None };
    check(
        "workspace_request_contacts",
        vec![
            ("list", WorkspaceRequest::Contacts(query)),
            ("look", WorkspaceRequest::Contact(VISITOR)),
            ("export", WorkspaceRequest::ExportContacts(filter(), None)),
            ("export, further", WorkspaceRequest::ExportContacts(filter(), Some(VISITOR))),
        ],
    );
    let export = ContactsExport {
        contacts: vec![contact()],
        sites: vec![(SITE, "Shop".to_owned())],
        next: Some(VISITOR),
    };
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![
        ("list", Ok(WorkspaceAnswer::Contacts(page()))),
        ("look", Ok(WorkspaceAnswer::Contact(Box::new(view())))),
        ("export", Ok(WorkspaceAnswer::ContactsExport(export))),
    ];
    check("workspace_answer_contacts", answers);
    check("audit_change_contacts", vec![("exported", AuditChange::ContactsExported { count: 2 })]);
}
