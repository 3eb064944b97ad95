//! What the store of a workspace keeps, in SQL.

use domain::workspace::Standing;
use protocol::call::{Founder, Founding, FoundingSite};
use protocol::http::SiteConfig;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry,
    MessageText, Preview, Seq, SiteId, SiteKeyId, Status, Timestamp, VisitorId, WorkspaceId,
};
use store::RusqliteDatabase;
use store::workspace::WorkspaceStore;

const NOW: Timestamp = Timestamp(1_000);
const SITE: SiteId = SiteId::from_bytes([2; 16]);

fn workspace() -> WorkspaceStore<RusqliteDatabase> {
    WorkspaceStore::open(RusqliteDatabase::in_memory().expect("a database")).expect("opened")
}

fn founding() -> Founding {
    Founding {
        workspace: WorkspaceId::from_bytes([1; 16]),
        name: "Fernwood".to_owned(),
        owner: Founder {
            account: AccountId::from_bytes([4; 16]),
            email: "anna@example.com".to_owned(),
            agent: AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() },
            language: Language::default(),
        },
        site: Some(FoundingSite { id: SITE, key: SiteKeyId::from_bytes([5; 16]), settings: settings() }),
    }
}

fn settings() -> SiteSettings {
    SiteSettings {
        config: SiteConfig {
            name: "Shop".to_owned(),
            accent: "#123456".to_owned(),
            greeting: "Hi".to_owned(),
        },
        allowed_origins: vec!["https://a.example".to_owned(), "https://b.example".to_owned()],
        allow_localhost: true,
        identity: IdentityMode::Optional,
    }
}

fn digest(conversation: u8, revision: u64, active_at: i64) -> ConversationDigest {
    let text = MessageText::parse("hello there").expect("legal");
    ConversationDigest {
        epoch: Epoch::from_bytes([7; 16]),
        revision,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes([conversation; 32]),
            site: SITE,
            visitor: VisitorId::from_bytes([conversation; 16]),
            status: Status::Open,
            active_at: Timestamp(active_at),
            preview: Some(Preview::of(Author::Visitor, Seq(revision), &text)),
            unread: 1,
        },
    }
}

#[test]
fn ws1_a_workspace_is_founded_once() {
    let store = workspace();
    assert_eq!(store.standing(), Ok(None));
    assert_eq!(store.site(SITE), Ok(None));
    store.found(&founding(), NOW).expect("founded");
    store.found(&Founding { name: "Other".to_owned(), ..founding() }, NOW).expect("nothing happens");
    let standing = Standing { id: founding().workspace, name: "Fernwood".to_owned(), deleted_at: None };
    assert_eq!(store.standing(), Ok(Some(standing)));
    assert_eq!(store.site(SITE), Ok(Some(settings())));
    assert_eq!(store.site(SiteId::from_bytes([9; 16])), Ok(None));
}

#[test]
fn ws3_the_index_keeps_the_newest_digest_of_each_conversation() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    assert_eq!(store.take_digest(&digest(1, 1, 100)), Ok(true));
    assert_eq!(store.take_digest(&digest(1, 1, 100)), Ok(false));
    let mut newer = digest(1, 4, 400);
    newer.entry.status = Status::Resolved;
    newer.entry.preview = None;
    assert_eq!(store.take_digest(&newer), Ok(true));
    assert_eq!(store.take_digest(&digest(1, 3, 300)), Ok(false));
    assert_eq!(store.page(None, 10), Ok(vec![newer.entry]));
}

#[test]
fn ws4_the_index_is_read_page_by_page_most_recent_first() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    for (conversation, active_at) in [(1, 100), (2, 300), (3, 200), (4, 300), (5, 50)] {
        store.take_digest(&digest(conversation, 1, active_at)).expect("taken");
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = store.page(after, 2).expect("read");
        let Some(last) = page.last() else { break };
        after = Some(last.position());
        seen.extend(page.iter().map(|entry| entry.conversation.as_bytes()[0]));
    }
    assert_eq!(seen, [4, 2, 3, 1, 5]);
}
