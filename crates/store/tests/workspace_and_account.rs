//! What the stores of workspaces and accounts keep, in SQL.

use domain::account::{Email, PasswordHash};
use protocol::call::{Founding, Membership, SiteSettings};
use protocol::http::SiteConfig;
use protocol::{
    AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, MessageText,
    Preview, Role, Seq, SiteId, Status, Timestamp, VisitorId, WorkspaceId,
};
use store::RusqliteDatabase;
use store::account::AccountStore;
use store::workspace::WorkspaceStore;

const SITE: SiteId = SiteId::from_bytes([2; 16]);

fn workspace() -> WorkspaceStore<RusqliteDatabase> {
    WorkspaceStore::open(RusqliteDatabase::in_memory().expect("a database")).expect("opened")
}

fn founding() -> Founding {
    Founding {
        workspace: WorkspaceId::from_bytes([1; 16]),
        name: "Fernwood".to_owned(),
        site: SITE,
        settings: SiteSettings {
            config: SiteConfig {
                name: "Shop".to_owned(),
                accent: "#123456".to_owned(),
                greeting: "Hi".to_owned(),
            },
            allowed_origins: vec!["https://a.example".to_owned(), "https://b.example".to_owned()],
            allow_localhost: true,
        },
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
    assert_eq!(store.workspace(), Ok(None));
    assert_eq!(store.site(SITE), Ok(None));
    store.found(&founding()).expect("founded");
    store.found(&Founding { name: "Other".to_owned(), ..founding() }).expect("nothing happens");
    assert_eq!(store.workspace(), Ok(Some(founding().workspace)));
    assert_eq!(store.site(SITE), Ok(Some(founding().settings)));
    assert_eq!(store.site(SiteId::from_bytes([9; 16])), Ok(None));
}

#[test]
fn ws3_the_index_keeps_the_newest_digest_of_each_conversation() {
    let store = workspace();
    store.found(&founding()).expect("founded");
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
    store.found(&founding()).expect("founded");
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

fn account() -> AccountStore<RusqliteDatabase> {
    AccountStore::open(RusqliteDatabase::in_memory().expect("a database")).expect("opened")
}

fn membership() -> Membership {
    Membership {
        workspace: WorkspaceId::from_bytes([1; 16]),
        workspace_name: "Fernwood".to_owned(),
        agent: AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() },
        role: Role::Owner,
    }
}

#[test]
fn ap8_an_account_is_created_once_even_after_guesses() {
    let store = account();
    let email = Email::parse("anna@example.com").expect("legal");
    let hash = PasswordHash::from_stored("hash".to_owned());
    assert!(store.password() == Ok(None));
    store.note_failure(Timestamp(5)).expect("noted");
    assert!(store.password() == Ok(None), "guesses make no account");
    assert_eq!(store.create(&email, &hash, &membership()), Ok(true));
    assert_eq!(
        store.create(&email, &PasswordHash::from_stored("other".to_owned()), &membership()),
        Ok(false)
    );
    assert_eq!(store.password().expect("read").map(|hash| hash.as_str().to_owned()), Some("hash".to_owned()));
    assert_eq!(store.membership(), Ok(Some(membership())));
}

#[test]
fn ap5_sessions_begin_are_used_and_end() {
    let store = account();
    let email = Email::parse("anna@example.com").expect("legal");
    store.create(&email, &PasswordHash::from_stored("hash".to_owned()), &membership()).expect("created");
    assert_eq!(store.session(&[1; 32]), Ok(None));
    store.begin_session(&[1; 32], Timestamp(1_000)).expect("begun");
    store.touch_session(&[1; 32], Timestamp(2_000)).expect("touched");
    let session = store.session(&[1; 32]).expect("read").expect("there");
    assert_eq!((session.created_at, session.used_at), (Timestamp(1_000), Timestamp(2_000)));
    assert_eq!(store.session(&[2; 32]), Ok(None));
    let week = 7 * 24 * 3_600_000;
    store.begin_session(&[2; 32], Timestamp(1_000 + week)).expect("begun");
    assert_eq!(store.session(&[1; 32]), Ok(None), "the old one is over and forgotten");
    store.end_session(&[2; 32]).expect("ended");
    assert_eq!(store.session(&[2; 32]), Ok(None));
}

#[test]
fn ap4_failures_are_kept_as_long_as_they_count() {
    let store = account();
    let quarter = 15 * 60_000;
    store.note_failure(Timestamp(0)).expect("noted");
    store.note_failure(Timestamp(1)).expect("noted");
    store.note_failure(Timestamp(quarter)).expect("noted");
    assert_eq!(store.failures(), Ok(vec![Timestamp(1), Timestamp(quarter)]));
}
