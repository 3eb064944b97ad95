//! Who has written, in SQL: by words, by site, by how sure it is who they are.

use domain::workspace::acquaintance;
use protocol::call::{Founder, Founding};
use protocol::http::contact::{Acquaintance, ContactFilter};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Contact, ConversationDigest, ConversationId, Epoch, IndexEntry,
    Placement, SiteId, Stated, Status, Timestamp, VisitorId, VisitorIdentity, WorkspaceId,
};
use store::RusqliteDatabase;
use store::workspace::WorkspaceStore;

const SHOP: SiteId = SiteId::from_bytes([2; 16]);
const BLOG: SiteId = SiteId::from_bytes([3; 16]);

struct Index {
    store: WorkspaceStore<&'static RusqliteDatabase>,
    conversations: u32,
}

impl Index {
    fn new() -> Self {
        let database = Box::leak(Box::new(RusqliteDatabase::in_memory().expect("a database")));
        let store = WorkspaceStore::open(&*database).expect("opened");
        let agent = AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() };
        let account = AccountId::from_bytes([4; 16]);
        let owner = Founder { account, email: String::new(), agent, language: Language::default() };
        let workspace = WorkspaceId::from_bytes([1; 16]);
        let founding = Founding { workspace, name: "Fernwood".to_owned(), owner, site: None };
        store.found(&founding, Timestamp(1)).expect("founded");
        Self { store, conversations: 0 }
    }

    /// Another conversation of a visitor, each active after the one before.
    fn talks(&mut self, visitor: u32, site: SiteId, identity: Option<VisitorIdentity>) {
        self.conversations += 1;
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([7; 16]),
            revision: 1,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes(wide(self.conversations)),
                site,
                visitor: VisitorId::from_bytes(wide(visitor)),
                status: Status::Open,
                active_at: Timestamp(i64::from(self.conversations)),
                preview: None,
                unread: 0,
                began_at: Timestamp(0),
                identity,
                placement: Placement::default(),
            },
        };
        self.store.take_digest(&digest).expect("taken");
    }

    fn page(&self, filter: &ContactFilter) -> Vec<u32> {
        numbers(self.store.fitting_contacts(filter, None, 1_000).expect("read"))
    }

    fn find(&self, text: &str) -> Vec<u32> {
        self.page(&words(text))
    }
}

fn wide<const N: usize>(number: u32) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    bytes
}

fn numbers(contacts: Vec<Contact>) -> Vec<u32> {
    let number = |contact: Contact| {
        let bytes = contact.visitor.as_bytes()[..4].try_into().expect("four");
        u32::from_be_bytes(bytes)
    };
    contacts.into_iter().map(number).collect()
}

fn words(text: &str) -> ContactFilter {
    ContactFilter { text: text.to_owned(), ..ContactFilter::default() }
}

fn stated(text: &str, is_verified: bool) -> Option<Stated> {
    Some(Stated { text: text.to_owned(), is_verified })
}

fn called(name: &str, email: &str) -> Option<VisitorIdentity> {
    Some(VisitorIdentity { user: None, name: stated(name, false), email: stated(email, false) })
}

#[test]
fn ws51_contacts_are_found_by_the_words_of_name_and_address_that_they_have_now() {
    let mut index = Index::new();
    index.talks(1, SHOP, called("Zoë Wood", "zoe@fern.example"));
    index.talks(2, SHOP, called("Ben Wood", "ben@fern.example"));
    index.talks(3, SHOP, None);
    index.talks(4, SHOP, called("王小明", "wang@fern.example"));
    assert_eq!(index.find("wood"), [2, 1], "the most recently seen first");
    assert_eq!(index.find("zoe"), [1], "whatever the accents");
    assert_eq!(index.find("woo fern"), [2, 1], "each may go on, all must be there");
    assert_eq!(index.find("ben@fern.example"), [2]);
    assert_eq!(index.find("ben@fe"), [2], "as it is typed");
    assert_eq!(index.find("小明"), [4]);
    assert!(index.find("absent").is_empty());
    assert_eq!(index.find("  "), [4, 3, 2, 1], "nothing is asked for");
    for nothing in ["!?", "\"", "*", "'; --"] {
        assert!(index.find(nothing).is_empty(), "{nothing}: no word");
    }
    assert!(index.find("OR").is_empty(), "no operator");
    index.talks(1, SHOP, called("Zoë Stone", "zoe@stone.example"));
    assert_eq!(index.find("wood"), [2], "who was called so is not any more");
    assert_eq!(index.find("stone"), [1]);
}

#[test]
fn ws51_contacts_are_of_the_site_of_their_newest_conversation() {
    let mut index = Index::new();
    index.talks(1, SHOP, None);
    index.talks(2, BLOG, None);
    index.talks(1, BLOG, None);
    let of = |site| ContactFilter { site: Some(site), ..ContactFilter::default() };
    assert_eq!((index.page(&of(SHOP)), index.page(&of(BLOG))), (vec![], vec![1, 2]));
}

#[test]
fn ws51_the_database_knows_how_sure_it_is_who_somebody_is_as_the_rules_do() {
    let mut index = Index::new();
    let mut right: Vec<(u32, Acquaintance)> = Vec::new();
    let says = [None, Some(false), Some(true)];
    for user in [None, Some("u1".to_owned())] {
        for name in says {
            for email in says {
                let [name, email] = [("Anna", name), ("anna@example.com", email)]
                    .map(|(text, says)| says.and_then(|is_verified| stated(text, is_verified)));
                let identity = VisitorIdentity { user: user.clone(), name, email };
                let number = u32::try_from(right.len()).expect("few") + 1;
                right.push((number, acquaintance(Some(&identity))));
                index.talks(number, SHOP, Some(identity));
            }
        }
    }
    for wanted in [Acquaintance::Anonymous, Acquaintance::Claimed, Acquaintance::Verified] {
        let filter = ContactFilter { acquaintance: Some(wanted), ..ContactFilter::default() };
        let fitting = right.iter().rev().filter(|(_, is)| *is == wanted).map(|(number, _)| *number);
        assert_eq!(index.page(&filter), fitting.collect::<Vec<_>>(), "{wanted:?}");
    }
}

#[test]
fn ws51_pages_hold_everybody_once_by_whatever_they_are_narrowed_down() {
    let mut index = Index::new();
    for visitor in 1..=9 {
        index.talks(visitor, if visitor % 2 == 0 { BLOG } else { SHOP }, called("Anna", "anna@example.com"));
    }
    for filter in [
        ContactFilter::default(),
        words("anna"),
        ContactFilter { site: Some(SHOP), ..words("anna") },
        ContactFilter { acquaintance: Some(Acquaintance::Claimed), ..words("") },
    ] {
        let whole = index.page(&filter);
        for limit in 1..=4 {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = index.store.fitting_contacts(&filter, after, limit).expect("read");
                let Some(last) = page.last() else { break };
                after = Some(last.position());
                seen.extend(numbers(page));
            }
            assert_eq!(seen, whole, "{limit} a page of {filter:?}");
        }
    }
}

#[test]
fn ws53_a_file_holds_everybody_once_who_writes_meanwhile_as_well() {
    let mut index = Index::new();
    for visitor in (1..=9).rev() {
        index.talks(visitor, SHOP, called("Anna", "anna@example.com"));
    }
    for filter in [ContactFilter::default(), words("anna")] {
        assert_eq!(index.store.count_fitting_contacts(&filter), Ok(9));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = index.store.fitting_contacts_by_id(&filter, after, 2).expect("read");
            let Some(last) = page.last() else { break };
            after = Some(last.visitor);
            seen.extend(numbers(page));
            // Both have a newer conversation at once: one who was written already, and one who was not.
            index.talks(1, SHOP, called("Anna", "anna@example.com"));
            index.talks(9, SHOP, called("Anna", "anna@example.com"));
        }
        assert_eq!(seen, (1..=9).collect::<Vec<_>>(), "{filter:?}");
    }
    assert_eq!(index.store.count_fitting_contacts(&words("nobody")), Ok(0));
    assert_eq!(index.store.count_fitting_contacts(&words("!!")), Ok(0));
}

#[test]
fn ws51_words_of_many_and_of_few_find_the_same() {
    let mut index = Index::new();
    for visitor in 1..=2_500 {
        let name = if visitor % 500 == 0 { "Rare Wood" } else { "Common Wood" };
        index.talks(visitor, SHOP, called(name, "x@example.com"));
    }
    assert_eq!(index.find("rare wood"), [2_500, 2_000, 1_500, 1_000, 500]);
    assert_eq!(index.find("rare"), index.find("rare wood"));
    let many = index.find("wood");
    assert_eq!(many.len(), 1_000);
    assert!(many.iter().copied().eq((1_501..=2_500).rev()));
    assert_eq!(index.store.count_fitting_contacts(&words("wood")), Ok(2_500));
    let after = index.store.fitting_contacts(&words("wood"), None, 3).expect("read")[2].position();
    let next = index.store.fitting_contacts(&words("wood"), Some(after), 2).expect("read");
    assert_eq!(numbers(next), [2_497, 2_496]);
}
