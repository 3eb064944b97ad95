//! Finding what was said, in SQL.

use domain::search::{found_lines, snippets};
use protocol::call::{Founder, Founding};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, Passage,
    PassageLine, Placement, SearchField, SearchPosition, SearchQuery, Seq, SiteId, Stated, Status, Timestamp,
    VisitorId, VisitorIdentity, WorkspaceId,
};
use store::workspace::WorkspaceStore;
use store::{Database, RusqliteDatabase, Value};

const SITE: SiteId = SiteId::from_bytes([2; 16]);

struct Index {
    database: &'static RusqliteDatabase,
    store: WorkspaceStore<&'static RusqliteDatabase>,
    revision: u64,
}

impl Index {
    fn new() -> Self {
        let database = Box::leak(Box::new(RusqliteDatabase::in_memory().expect("a database")));
        let store = WorkspaceStore::open(&*database).expect("opened");
        let agent = AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() };
        let account = AccountId::from_bytes([4; 16]);
        let email = "anna@example.com".to_owned();
        let owner = Founder { account, email, agent, language: Language::default() };
        let workspace = WorkspaceId::from_bytes([1; 16]);
        let founding = Founding { workspace, name: "Fernwood".to_owned(), owner, site: None };
        store.found(&founding, Timestamp(1)).expect("founded");
        Self { database, store, revision: 0 }
    }

    fn digest(&mut self, conversation: u8, name: &str) -> ConversationDigest {
        self.revision += 1;
        let stated = |text: &str| Some(Stated { text: text.to_owned(), is_verified: false });
        let identity = (!name.is_empty()).then(|| VisitorIdentity {
            user: None,
            name: stated(name),
            email: stated("ada@example.org"),
        });
        ConversationDigest {
            epoch: Epoch::from_bytes([7; 16]),
            revision: self.revision,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes([conversation; 32]),
                site: SITE,
                visitor: VisitorId::from_bytes([conversation; 16]),
                status: if conversation.is_multiple_of(2) { Status::Resolved } else { Status::Open },
                active_at: Timestamp(i64::from(conversation)),
                preview: None,
                unread: 0,
                began_at: Timestamp(0),
                identity,
                placement: Placement::default(),
            },
        }
    }

    fn tell(&mut self, conversation: u8, passage: Passage) {
        let digest = self.digest(conversation, "");
        self.store.hear(&digest, Some(passage)).expect("taken");
    }

    /// What is found, as conversations and positions.
    fn find(&self, query: &SearchQuery) -> Vec<(u8, Vec<u64>)> {
        let found = self.store.search(query, 200).expect("searched");
        let shown = found.into_iter().map(|found| {
            let lines = found_lines(found.lines, &found.said, &found.noted);
            (found.conversation.as_bytes()[0], lines.iter().map(|line| line.seq.0).collect())
        });
        shown.collect()
    }

    /// In how many blocks of the engine's files a word stands.
    fn blocks_with(&self, word: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM word_data WHERE instr(block, CAST(?1 AS BLOB)) > 0";
        match self.database.run(sql, vec![word.into()]).expect("read")[0][0] {
            Value::Integer(number) => number,
            _ => -1,
        }
    }

    fn knows(&self, conversation: u8) -> u64 {
        let sql = "SELECT words_upto FROM entry WHERE conversation = ?1";
        match self.database.run(sql, vec![(&[conversation; 32]).into()]).expect("read")[0][0] {
            Value::Integer(number) => u64::try_from(number).expect("a position"),
            _ => u64::MAX,
        }
    }
}

fn query(text: &str) -> SearchQuery {
    SearchQuery { text: text.to_owned(), ..SearchQuery::default() }
}

/// Lines at every position from one on; notes begin with an exclamation mark, and what is empty is deleted.
fn passage(after: u64, texts: &[&str]) -> Passage {
    let lines: Vec<_> = (after + 1..).zip(texts).map(|(seq, text)| line(seq, text)).collect();
    Passage { after: Seq(after), upto: Seq(after + texts.len() as u64), lines, milestones: Vec::new() }
}

fn line(seq: u64, text: &str) -> PassageLine {
    PassageLine {
        seq: Seq(seq),
        at: Timestamp(i64::try_from(seq).expect("small") * 100),
        author: Author::Visitor,
        is_private: text.starts_with('!'),
        text: (!text.is_empty()).then(|| text.to_owned()),
    }
}

#[test]
fn se1_what_is_told_is_found_and_told_again_it_is_found_once() {
    let mut index = Index::new();
    let told = passage(0, &["Where is my Réfund?", "!he is angry", "退款申请"]);
    index.tell(1, told.clone());
    index.tell(1, told);
    assert_eq!(index.find(&query("refund")), [(1, vec![1])]);
    assert_eq!(index.find(&query("ANGR")), [(1, vec![2])]);
    assert_eq!(index.find(&query("款申")), [(1, vec![3])], "a part of what is written without spaces");
    assert_eq!(index.find(&query("refund angry")), [(1, vec![1, 2])]);
    assert_eq!(index.find(&query("\"my refund\"")), [(1, vec![1])]);
    assert_eq!(index.find(&query("\"refund my\"")), []);
    assert_eq!(index.find(&query("fund")), [], "no word begins so");
    assert_eq!(index.find(&SearchQuery { within: Some(SearchField::Messages), ..query("angry") }), []);
    assert_eq!(index.find(&SearchQuery { within: Some(SearchField::Notes), ..query("angry") }).len(), 1);
    assert_eq!(index.knows(1), 3);
}

#[test]
fn se1_a_gap_is_not_jumped() {
    let mut index = Index::new();
    index.tell(1, passage(0, &["one"]));
    index.tell(1, passage(2, &["three"]));
    assert_eq!((index.knows(1), index.find(&query("three"))), (1, vec![]));
    index.tell(1, passage(1, &["two", "three"]));
    assert_eq!((index.knows(1), index.find(&query("three"))), (3, vec![(1, vec![3])]));
}

#[test]
fn se4_what_is_edited_or_deleted_is_not_found_by_what_it_was() {
    for is_taken_up in [false, true] {
        let mut index = Index::new();
        index.tell(1, passage(0, &["secret one", "secret two", "third"]));
        if is_taken_up {
            index.store.take_up_all().expect("taken up");
        }
        let lines = vec![line(1, "harmless"), line(2, "")];
        index.tell(1, Passage { after: Seq(3), upto: Seq(5), lines, milestones: Vec::new() });
        assert_eq!(index.find(&query("secret")), []);
        assert_eq!(index.find(&query("harmless")), [(1, vec![1])]);
        assert_eq!(index.find(&query("third")), [(1, vec![3])]);
    }
}

#[test]
fn se4_with_the_last_conversation_no_word_is_kept() {
    let mut index = Index::new();
    index.tell(1, passage(0, &["secret"]));
    index.tell(2, passage(0, &["secret"]));
    index.store.take_up_all().expect("taken up");
    for (conversation, left) in [(1, true), (2, false)] {
        assert!(index.blocks_with("secret") > 0);
        index.store.forget_conversation(ConversationId::from_bytes([conversation; 32])).expect("forgotten");
        assert_eq!(index.blocks_with("secret") > 0, left);
    }
}

#[test]
fn se4_a_log_that_began_anew_is_found_by_what_it_has_now() {
    let mut index = Index::new();
    index.tell(1, passage(0, &["before", "the", "restore"]));
    assert_eq!(index.find(&query("before")).len(), 1);
    let digest = ConversationDigest { epoch: Epoch::from_bytes([8; 16]), ..index.digest(1, "") };
    index.store.hear(&digest, Some(passage(3, &["late"]))).expect("taken");
    assert_eq!((index.knows(1), index.find(&query("before"))), (0, vec![]));
    let digest = ConversationDigest { revision: digest.revision + 1, ..digest };
    index.store.hear(&digest, Some(passage(0, &["after"]))).expect("taken");
    assert_eq!(index.find(&query("after")), [(1, vec![1])]);
}

#[test]
fn se6_contacts_are_found_by_name_and_address_and_by_the_newest_only() {
    let mut index = Index::new();
    for name in ["Ada Lovelace", "Grace Hopper"] {
        let digest = index.digest(1, name);
        index.store.hear(&digest, None).expect("taken");
        let found = index.store.search(&query(name), 9).expect("searched");
        assert_eq!(found.len(), 1);
        assert!(snippets(&found[0].contact).iter().any(|piece| piece.is_hit));
        let address = SearchQuery { within: Some(SearchField::Contacts), ..query("ada@example.org") };
        assert_eq!(index.find(&address).len(), 1);
    }
    assert_eq!(index.find(&query("Lovelace")), []);
}

#[test]
fn se7_results_are_narrowed_and_come_in_pages_the_latest_first() {
    let mut index = Index::new();
    for conversation in 1..=5 {
        index.tell(conversation, passage(0, &["hello", "there"]));
        index.store.take_up_all().expect("taken up");
    }
    let all: Vec<u8> = index.find(&query("hello")).iter().map(|(conversation, _)| *conversation).collect();
    assert_eq!(all, [5, 4, 3, 2, 1]);
    let resolved = SearchQuery { status: Some(Status::Resolved), ..query("hello") };
    assert_eq!(index.find(&resolved).len(), 2);
    let elsewhere = SearchQuery { site: Some(SiteId::from_bytes([9; 16])), ..query("hello") };
    assert_eq!(index.find(&elsewhere), []);
    let later = SearchQuery { since: Some(Timestamp(300)), ..query("hello") };
    assert_eq!(index.find(&later), []);
    let first = index.store.search(&query("hello"), 2).expect("searched");
    let after = first.last().map(|found| SearchPosition(found.id));
    assert_eq!(index.find(&SearchQuery { after, ..query("hello") }).len(), 3);
}

#[test]
fn se3_whatever_is_typed_is_no_error() {
    let mut index = Index::new();
    index.tell(1, passage(0, &["a AND b"]));
    for typed in [
        "\"unterminated",
        "*",
        "NEAR(",
        "a AND",
        "said:a",
        "{noted}:a",
        "a^2",
        "-a",
        "a\0b",
        "'; DROP",
        "((((",
    ] {
        index.store.search(&query(typed), 5).expect(typed);
    }
    index.store.search(&query(&"x".repeat(10_000)), 5).expect("long");
    assert_eq!(index.find(&query("and")), [(1, vec![1])]);
}

#[test]
fn se8_what_waits_is_bounded_and_a_message_costs_no_row_for_it() {
    let mut index = Index::new();
    let waiting = |index: &Index| {
        let rows = index.database.run("SELECT COUNT(*) FROM waiting", Vec::new()).expect("read");
        rows[0][0].clone()
    };
    for conversation in 1..=100 {
        index.tell(conversation, passage(0, &["hello"]));
        index.tell(conversation, passage(1, &["again"]));
        assert_eq!(waiting(&index), Value::Integer(i64::from(conversation)));
    }
    index.tell(101, passage(0, &["hello"]));
    assert_eq!(waiting(&index), Value::Integer(0), "all is taken up at once");
    let long = "word ".repeat(3_000);
    index.tell(1, passage(2, &[&long, "more"]));
    assert_eq!(waiting(&index), Value::Integer(0), "so is what is long");
    assert_eq!(index.find(&query("hello")).len(), 101);
}
