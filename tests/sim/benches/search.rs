//! How long it takes to find words among a million messages, and contacts in 50,000 conversations: `cargo xtask bench search`.
//!
//! In SQLite as the platform has it, in memory, beside reading every passage for the same word. No time is asserted: a
//! machine that is slow is no defect.

use std::time::{Duration, Instant};

use protocol::call::{Founder, Founding};
use protocol::http::contact::{Acquaintance, ContactFilter};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, IndexEntry, Passage,
    PassageLine, Placement, SearchQuery, Seq, SiteId, Stated, Status, Timestamp, VisitorId, VisitorIdentity,
    WorkspaceId,
};
use store::workspace::WorkspaceStore;
use store::{Database, RusqliteDatabase, Value};

const CONVERSATIONS: u32 = 50_000;
const MESSAGES: u64 = 20;
const WORDS: u64 = 12;
const VOCABULARY: u64 = 60_000;
const SITES: u32 = 20;

/// The same numbers in every run.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A word: the lower its number, the more often, as in a language (Zipf).
    fn word(&mut self) -> String {
        let exponent = f64::from(u32::try_from(self.next() % 1_000_000).unwrap_or(0)) / 1_000_000.0;
        word((VOCABULARY as f64).powf(exponent) as u64)
    }

    fn text(&mut self) -> String {
        (0..WORDS).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// The word of a number: two syllables and more.
fn word(number: u64) -> String {
    const FIRST: [&str; 16] =
        ["b", "br", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
    const THEN: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "en", "or"];
    // Neighbours in frequency have nothing in common.
    let mut rest = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let mut word = String::new();
    for _ in 0..2 + number % 3 {
        word.push_str(FIRST[usize::try_from(rest % 16).unwrap_or(0)]);
        word.push_str(THEN[usize::try_from(rest / 16 % 8).unwrap_or(0)]);
        rest /= 128;
    }
    format!("{word}{}", if number > 2_000 { number.to_string() } else { String::new() })
}

fn main() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = WorkspaceStore::open(&database).expect("opened");
    store.found(&founding(), Timestamp(1)).expect("founded");
    let mut rng = Rng(1);
    let begun = Instant::now();
    for conversation in 0..CONVERSATIONS {
        database.execute("BEGIN", Vec::new()).expect("begun");
        store.hear(&digest(conversation, &mut rng), Some(passage(&mut rng))).expect("heard");
        database.execute("COMMIT", Vec::new()).expect("stored");
    }
    store.take_up_all().expect("taken up");
    let messages = u64::from(CONVERSATIONS) * MESSAGES;
    println!("{messages} messages in {CONVERSATIONS} conversations taken up in {:.1?}", begun.elapsed());
    let size =
        |sql: &str| match database.run(sql, Vec::new()).expect("read").first().and_then(|row| row.first()) {
            Some(Value::Integer(number)) => *number,
            _ => 0,
        };
    let bytes = size("PRAGMA page_count") * size("PRAGMA page_size");
    let text = size("SELECT SUM(LENGTH(said)) FROM passage");
    println!("{} MB, {:.1} times the text", bytes / 1_000_000, bytes as f64 / text as f64);

    let site = Some(SiteId::from_bytes([3; 16]));
    let (rare, often) = (word(41_234), word(3));
    let all = (1..=8).map(word).collect::<Vec<_>>().join(" ");
    let queries = [
        ("a rare word", query(&rare)),
        ("a common word", query(&often)),
        ("three letters", query("bra")),
        ("two letters", query("br")),
        ("two common words", query(&format!("{often} {}", word(12)))),
        ("a common and a rare word", query(&format!("{often} {rare}"))),
        ("eight common words", query(&all)),
        ("a phrase", query(&format!("\"{} {}\"", word(1), word(2)))),
        ("a common word, one site of twenty", SearchQuery { site, ..query(&often) }),
        ("a rare word, resolved", SearchQuery { status: Some(Status::Resolved), ..query(&rare) }),
        ("nothing", query("absent")),
    ];
    let scan = median(3, || {
        let sql = "SELECT COUNT(*) FROM passage WHERE instr(said, ?1) > 0";
        database.run(sql, vec![rare.as_str().into()]).expect("read");
    });
    println!("\nreading every passage for a word: {scan:.1?}");
    println!("{:<36} {:>10} {:>8} {:>8}", "looked for", "median", "found", "ratio");
    for (name, query) in queries {
        let mut found = 0;
        let took = median(11, || {
            found = store.search(&query, protocol::limits::SEARCH_PAGE).expect("searched").len()
        });
        let ratio = took.as_secs_f64() / scan.as_secs_f64();
        println!("{name:<36} {:>10} {found:>8} {ratio:>8.4}", format!("{took:.2?}"));
    }
    contacts(&store);
}

/// How long a page of contacts takes, and a piece of a file of them.
fn contacts(store: &WorkspaceStore<&RusqliteDatabase>) {
    let all = ContactFilter::default;
    let named = |text: &str| ContactFilter { text: text.to_owned(), ..all() };
    let verified = Some(Acquaintance::Verified);
    let nowhere = Some(SiteId::from_bytes([0xee; 16]));
    println!("\n{:<36} {:>10} {:>8}", "contacts", "median", "found");
    for (name, filter) in [
        ("all", all()),
        ("a name that few have", named(&word(41_234))),
        ("a name that many have", named(&word(3))),
        ("an address that nearly all have", named("example.com")),
        ("verified, one of a thousand", ContactFilter { acquaintance: verified, ..all() }),
        ("an address, verified", ContactFilter { acquaintance: verified, ..named("example.com") }),
        ("none, of a site without any", ContactFilter { site: nowhere, ..all() }),
    ] {
        let mut found = 0;
        let page = protocol::limits::CONTACTS_PAGE + 1;
        let took = median(11, || found = store.fitting_contacts(&filter, None, page).expect("read").len());
        println!("{name:<36} {:>10} {found:>8}", format!("{took:.2?}"));
    }
    let took = median(3, || {
        let piece = protocol::limits::CONTACTS_AT_ONCE;
        store.fitting_contacts_by_id(&all(), None, piece).expect("read");
    });
    println!("{:<36} {:>10}", "a piece of a file", format!("{took:.2?}"));
    let took = median(3, || {
        store.count_fitting_contacts(&all()).expect("counted");
    });
    println!("{:<36} {:>10}", "how many there are", format!("{took:.2?}"));
}

fn median(times: usize, mut act: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            act();
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[times / 2]
}

fn query(text: &str) -> SearchQuery {
    SearchQuery { text: text.to_owned(), ..SearchQuery::default() }
}

fn passage(rng: &mut Rng) -> Passage {
    let line = |seq| PassageLine {
        seq: Seq(seq),
        at: Timestamp(1_790_000_000_000),
        author: Author::Visitor,
        is_private: seq.is_multiple_of(10),
        text: Some(rng.text()),
    };
    Passage {
        after: Seq(0),
        upto: Seq(MESSAGES),
        lines: (1..=MESSAGES).map(line).collect(),
        milestones: Vec::new(),
    }
}

/// Who nearly all visitors say that they are, and a few have proven.
fn identity(conversation: u32, rng: &mut Rng) -> Option<VisitorIdentity> {
    let is_verified = conversation.is_multiple_of(1_000);
    let name = format!("{} {}", rng.word(), rng.word());
    let stated = |text: String| Some(Stated { text, is_verified });
    let email = stated(format!("{}@example.com", name.replace(' ', ".")));
    let user = is_verified.then(|| conversation.to_string());
    (conversation % 10 < 7).then(|| VisitorIdentity { user, name: stated(name), email })
}

fn digest(conversation: u32, rng: &mut Rng) -> ConversationDigest {
    let mut id = [0; 32];
    id[..4].copy_from_slice(&conversation.to_be_bytes());
    let mut visitor = [0; 16];
    visitor[..4].copy_from_slice(&conversation.to_be_bytes());
    let site = u8::try_from(conversation % SITES).unwrap_or(0);
    ConversationDigest {
        epoch: Epoch::from_bytes([7; 16]),
        revision: 1,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes(id),
            site: SiteId::from_bytes([site; 16]),
            visitor: VisitorId::from_bytes(visitor),
            status: if conversation.is_multiple_of(10) { Status::Open } else { Status::Resolved },
            active_at: Timestamp(i64::from(conversation)),
            preview: None,
            unread: 0,
            began_at: Timestamp(0),
            identity: identity(conversation, rng),
            placement: Placement::default(),
        },
    }
}

fn founding() -> Founding {
    let agent = AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() };
    let owner = Founder {
        account: AccountId::from_bytes([4; 16]),
        email: "anna@example.com".to_owned(),
        agent,
        language: Language::default(),
    };
    Founding { workspace: WorkspaceId::from_bytes([1; 16]), name: "Fernwood".to_owned(), owner, site: None }
}
