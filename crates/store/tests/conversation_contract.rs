//! What every store of a conversation keeps: one suite, run on memory and on SQL.

use domain::Conversation;
use domain::conversation::{Fingerprint, Identity, Marks, Party, Person, Standing, StoredEvent, Write};
use protocol::{
    AgentId, AgentKind, AgentProfile, Author, ChatForm, Circle, ClientMessageId, Epoch, File, FileId,
    FileName, Gathering, GatheringStep, Handling, Label, MediaType, MessageName, MessageText, OutboxId, Page,
    PictureSize, Placement, Priority, PrivateKind, PublicKind, Rating, ReadMarks, Seq, SiteId, Stars, Stated,
    Timestamp, VisitorId, VisitorIdentity, WorkspaceId, Writer,
};
use store::conversation::{ConversationStore, MemoryConversationStore, SqlConversationStore};
use store::{Database, RusqliteDatabase, StorageError, Value};

/// Runs a test on every store.
macro_rules! contract {
    ($($name:ident)*) => {
        mod memory {
            $(#[test] fn $name() { super::$name(&mut super::MemoryConversationStore::default()); })*
        }
        mod sql {
            $(#[test] fn $name() { super::$name(&mut super::sql_store()); })*
        }
    };
}

contract! {
    st1_an_empty_store_holds_no_conversation
    st2_what_was_stored_is_loaded
    st3_events_are_read_by_range_in_order
    st4_loading_gives_what_living_through_gave
    st5_every_kind_and_author_is_kept
    st13_what_was_erased_is_gone_for_good
    st14_a_text_that_was_changed_is_nowhere
    pc6_a_private_chat_is_loaded_as_it_was_lived_through
}

fn st1_an_empty_store_holds_no_conversation(store: &mut impl ConversationStore) {
    assert_eq!(store.load(), Ok(Conversation::default()));
    assert_eq!(store.events(Seq(0), Seq(100)), Ok(Vec::new()));
    assert_eq!(store.store(&[]), Ok(()));
    assert_eq!(store.load(), Ok(Conversation::default()));
}

fn st13_what_was_erased_is_gone_for_good(store: &mut impl ConversationStore) {
    assert_eq!(store.is_erased(), Ok(false));
    store.store(&[begin(None), append(1, Author::Visitor, message("hello"))]).expect("stored");
    assert_eq!(store.is_erased(), Ok(false));
    for _ in 0..2 {
        store.erase().expect("erased");
        assert_eq!(store.is_erased(), Ok(true));
        assert_eq!(store.load(), Ok(Conversation::default()));
        assert_eq!(store.events(Seq(0), Seq(100)), Ok(Vec::new()));
    }
}

fn st2_what_was_stored_is_loaded(store: &mut impl ConversationStore) {
    store.store(&[begin(Some(page("Ferns"))), append(1, Author::Visitor, message("hello"))]).expect("stored");
    let conversation = store.load().expect("loaded");
    assert_eq!(conversation.identity(), Some(&identity()));
    assert_eq!(conversation.page(), Some(&page("Ferns")));
    assert_eq!(conversation.head(), Seq(1));
    store.store(&[Write::Page(page("Cart"))]).expect("stored");
    assert_eq!(store.load().expect("loaded").page(), Some(&page("Cart")));
    assert_eq!(store.load().expect("loaded").who(), None);
    for who in [who("Anna", false), who("Anna", true)] {
        store.store(&[Write::Introduce(who.clone())]).expect("stored");
        assert_eq!(store.load().expect("loaded").who(), Some(&who));
    }
}

fn st3_events_are_read_by_range_in_order(store: &mut impl ConversationStore) {
    let mut writes = vec![begin(None)];
    writes.extend((1..=9).map(|seq| append(seq, Author::Visitor, message(&seq.to_string()))));
    store.store(&writes).expect("stored");
    for (after, upto, first, last) in
        [(0, 9, 1, 9), (3, 5, 4, 5), (8, 100, 9, 9), (9, 9, 10, 9), (5, 3, 6, 5)]
    {
        let events = store.events(Seq(after), Seq(upto)).expect("read");
        let seqs: Vec<_> = events.iter().map(|event| event.seq.0).collect();
        assert_eq!(seqs, (first..=last).collect::<Vec<_>>(), "{after} {upto}");
    }
}

fn st4_loading_gives_what_living_through_gave(store: &mut impl ConversationStore) {
    let agent = Author::Agent(AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() });
    let colleague = agent.clone();
    let writes = log([
        begin(Some(page("Ferns"))),
        append(1, Author::Visitor, message("hello")),
        append(2, agent.clone(), AgentKind::Private(PrivateKind::note(text("psst")))),
        append(3, agent.clone(), message("hi")),
        Write::Settle { marks: ReadMarks { visitor: Seq(1), agents: Seq(2) }.into(), told: 0 },
        append(4, agent, AgentKind::Public(PublicKind::Resolved)),
        Write::Settle { marks: ReadMarks { visitor: Seq(1), agents: Seq(3) }.into(), told: 5 },
        append(5, Author::System, AgentKind::Public(PublicKind::Reopened)),
        append(6, Author::Visitor, message("again")),
        append(7, Author::Visitor, AgentKind::Public(PublicKind::File(file("fern.png")))),
        append(8, colleague.clone(), handled(Handling::Assign { to: Some(AgentId::from_bytes([9; 16])) })),
        append(9, colleague.clone(), handled(Handling::Label(Label::parse("línea").expect("legal")))),
        append(10, colleague, handled(Handling::Snooze { until: Timestamp(1_800_000_000_000) })),
        append(11, Author::Visitor, message("more")),
        append(12, Author::System, handled(Handling::Open)),
    ]);
    let mut lived = Conversation::default();
    for write in &writes {
        store.store(std::slice::from_ref(write)).expect("stored");
        lived.apply(write);
        assert_eq!(store.load(), Ok(lived.clone()));
    }
}

fn pc6_a_private_chat_is_loaded_as_it_was_lived_through(store: &mut impl ConversationStore) {
    let [anna, ben] =
        [7, 8].map(|id| AgentProfile { id: AgentId::from_bytes([id; 16]), name: "Ænna".to_owned() });
    let circle = |members: &[&AgentProfile]| Circle {
        form: ChatForm::Group { name: "Night 🌙".to_owned() },
        members: members.iter().map(|member| (*member).clone()).collect(),
    };
    let gathered =
        |step, circle| AgentKind::Private(PrivateKind::Gathered(Box::new(Gathering { step, circle })));
    let marks = |marks: &[(&AgentProfile, u64)]| Marks {
        each: marks.iter().map(|(member, mark)| (member.id, Seq(*mark))).collect(),
        ..Marks::default()
    };
    let nobody = Circle { form: ChatForm::Pair, members: Vec::new() };
    let identity = Identity { party: Party::Colleagues(nobody), ..identity() };
    let note = |said: &str| AgentKind::Private(PrivateKind::note(text(said)));
    let author = |member: &AgentProfile| Author::Agent(member.clone());
    let mut lived = Conversation::default();
    for write in log([
        Write::Begin { identity, page: None, who: None },
        append(1, author(&anna), gathered(GatheringStep::Began, circle(&[&anna, &ben]))),
        append(2, author(&anna), note("psst")),
        Write::Settle { marks: marks(&[(&anna, 2)]), told: 3 },
        append(3, author(&ben), note("yes?")),
        Write::Settle { marks: marks(&[(&anna, 2), (&ben, 3)]), told: 4 },
        append(4, author(&ben), gathered(GatheringStep::Left(ben.clone()), circle(&[&anna]))),
    ]) {
        store.store(std::slice::from_ref(&write)).expect("stored");
        lived.apply(&write);
        assert_eq!(store.load(), Ok(lived.clone()));
    }
    assert_eq!(lived.circle(), Some(&circle(&[&anna])));
}

fn file(name: &str) -> File {
    let (name, media) = (FileName::tidied(name, MediaType::Png), MediaType::Png);
    let picture = Some(PictureSize { width: 64, height: 32 });
    File { id: FileId::from_bytes([7; 16]), name, media, bytes: 5, picture }
}

fn handled(step: Handling) -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(step))
}

fn rated(stars: Stars, comment: Option<&str>) -> AgentKind {
    AgentKind::Public(PublicKind::Rated(Rating { stars, comment: comment.map(text) }))
}

fn st5_every_kind_and_author_is_kept(store: &mut impl ConversationStore) {
    let agent =
        || Author::Agent(AgentProfile { id: AgentId::from_bytes([0; 16]), name: "Ænna 🌿".to_owned() });
    let events = [
        (Author::Visitor, message("línea\n'; DROP TABLE event; --")),
        (agent(), message("ok")),
        (agent(), AgentKind::Private(PrivateKind::note(text("only us")))),
        (agent(), AgentKind::Public(PublicKind::Resolved)),
        (Author::System, AgentKind::Public(PublicKind::Reopened)),
        (Author::Visitor, answer(Writer::Agent(AgentId::from_bytes([6; 16])))),
        (agent(), answer(Writer::Visitor)),
        (Author::Visitor, AgentKind::Public(PublicKind::File(file("línea.png")))),
        (agent(), AgentKind::Private(PrivateKind::File(file("only us.png")))),
        (Author::Visitor, AgentKind::Public(PublicKind::Resolved)),
        (Author::Visitor, rated(Stars::ALL[4], Some("línea\n'; --"))),
        (Author::Visitor, rated(Stars::ALL[0], None)),
        (agent(), handled(Handling::Assign { to: None })),
        (agent(), handled(Handling::Label(Label::parse("línea'; --").expect("legal")))),
        (agent(), handled(Handling::Prioritize(Priority::Urgent))),
        (agent(), handled(Handling::Wait)),
        (Author::System, handled(Handling::Open)),
    ];
    let writes: Vec<_> = (1..).zip(events).map(|(seq, (author, kind))| append(seq, author, kind)).collect();
    store.store(&[begin(None)]).expect("stored");
    store.store(&writes).expect("stored");
    let kept = store.events(Seq(0), Seq(100)).expect("read");
    let kept: Vec<_> = kept.into_iter().map(Write::Append).collect();
    assert_eq!(kept, writes);
}

fn st14_a_text_that_was_changed_is_nowhere(store: &mut impl ConversationStore) {
    let of = |seq: u8| ClientMessageId::from_bytes([seq; 16]);
    let edited = |said: &str| AgentKind::Public(PublicKind::Edited { of: of(1), text: text(said) });
    let reply_to = Some(MessageName { by: Writer::Visitor, id: of(9) });
    let said =
        |said: &str, edited| AgentKind::Public(PublicKind::Message { text: text(said), edited, reply_to });
    let first = || said("first", false);
    let now = |words: &str| said(words, true);
    let gone = || AgentKind::Public(PublicKind::Deleted { of: of(1) });
    let agent = || Author::Agent(AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() });
    let note_edited = AgentKind::Private(PrivateKind::NoteEdited { of: of(2), text: text("hush") });
    let note_now =
        || AgentKind::Private(PrivateKind::Note { text: text("hush"), edited: true, reply_to: None });
    let writes = log([
        begin(None),
        append(1, Author::Visitor, first()),
        append(2, agent(), AgentKind::Private(PrivateKind::note(text("psst")))),
        amend(3, 1, Author::Visitor, edited("second")),
        amend(4, 1, Author::Visitor, edited("third")),
        amend(5, 2, agent(), note_edited.clone()),
        amend(6, 1, Author::Visitor, gone()),
    ]);
    let psst = || AgentKind::Private(PrivateKind::note(text("psst")));
    let after: [&[AgentKind]; 7] = [
        &[],
        &[first()],
        &[first(), psst()],
        &[now("second"), psst(), edited("second")],
        &[now("third"), psst(), edited("third"), edited("third")],
        &[now("third"), note_now(), edited("third"), edited("third"), note_edited.clone()],
        &[gone(), note_now(), gone(), gone(), note_edited, gone()],
    ];
    let mut lived = Conversation::default();
    for (write, expected) in writes.iter().zip(after) {
        store.store(std::slice::from_ref(write)).expect("stored");
        lived.apply(write);
        assert_eq!(store.load(), Ok(lived.clone()));
        let events = store.events(Seq::START, Seq(9)).expect("read");
        let kinds: Vec<_> = events.iter().map(|event| event.kind.clone()).collect();
        assert_eq!(kinds, expected);
        let (newest, earlier) = events.split_last().map_or((None, &[][..]), |(one, rest)| (Some(one), rest));
        assert!(newest.is_none_or(|newest| newest.fingerprint != Fingerprint::NONE));
        for event in earlier.iter().filter(|event| event.target > Seq::START && event.seq < Seq(5)) {
            let is_last_word =
                events.iter().all(|later| later.seq <= event.seq || later.target != event.target);
            assert_eq!(event.fingerprint == Fingerprint::NONE, !is_last_word, "{event:?}");
        }
    }
}

#[test]
fn st10_a_change_and_what_it_changes_are_stored_together_or_not_at_all() {
    let database = Failing::after(u32::MAX);
    let mut store = SqlConversationStore::open(&database).expect("opened");
    store.store(&[begin(None), append(1, Author::Visitor, message("a"))]).expect("stored");
    let gone = AgentKind::Public(PublicKind::Deleted { of: ClientMessageId::from_bytes([1; 16]) });
    let write = [amend(2, 1, Author::Visitor, gone)];
    database.fail_after(0);
    assert!(store.store(&write).is_err());
    let kinds = |store: &SqlConversationStore<&Failing>| store.events(Seq(0), Seq(9)).expect("read").len();
    assert_eq!(kinds(&store), 1);
    database.fail_after(1);
    store.store(&write).expect("one statement is all it takes");
    database.fail_after(u32::MAX);
    assert_eq!(kinds(&store), 2);
}

#[test]
fn st14_the_bytes_of_a_deleted_text_are_in_no_row() {
    let database = Counting::default();
    let mut store = SqlConversationStore::open(&database).expect("opened");
    let edit = AgentKind::Public(PublicKind::Edited {
        of: ClientMessageId::from_bytes([1; 16]),
        text: text("and still secret"),
    });
    let gone = AgentKind::Public(PublicKind::Deleted { of: ClientMessageId::from_bytes([1; 16]) });
    store.store(&[begin(None), append(1, Author::Visitor, message("secret"))]).expect("stored");
    store.store(&[amend(2, 1, Author::Visitor, edit)]).expect("stored");
    let rows = "SELECT COUNT(*) FROM event WHERE text LIKE '%secret%'";
    assert_eq!(database.number(rows), 1, "the text is stored once, however often it was changed");
    store.store(&[amend(3, 1, Author::Visitor, gone)]).expect("stored");
    assert_eq!(database.number(rows), 0);
    assert_eq!(database.number("SELECT COUNT(*) FROM event WHERE fingerprint <> zeroblob(16)"), 1);
}

#[test]
fn st6_looking_at_an_empty_database_writes_nothing() {
    let database = Counting::default();
    let store = SqlConversationStore::open(&database).expect("opened");
    store.load().expect("loaded");
    assert_eq!(database.tables(), 0);
}

#[test]
fn st7_a_message_writes_one_row() {
    let database = Counting::default();
    let mut store = SqlConversationStore::open(&database).expect("opened");
    store.store(&[begin(None), append(1, Author::Visitor, message("first"))]).expect("stored");
    let before = database.changes();
    store.store(&[append(2, Author::Visitor, message("second"))]).expect("stored");
    assert_eq!(database.changes() - before, 1);
    let indexes =
        database.0.run("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'", Vec::new()).expect("read");
    assert_eq!(indexes, [[Value::Integer(0)]], "an index would be a second row");
}

#[test]
fn st8_a_position_is_stored_once() {
    let mut store = sql_store();
    store.store(&[begin(None), append(1, Author::Visitor, message("first"))]).expect("stored");
    assert!(store.store(&[append(1, Author::Visitor, message("other"))]).is_err());
}

#[test]
fn st9_a_store_opens_what_an_earlier_one_left() {
    let database = Counting::default();
    let mut store = SqlConversationStore::open(&database).expect("opened");
    store.store(&[begin(None), append(1, Author::Visitor, message("kept"))]).expect("stored");
    let lived = store.load().expect("loaded");
    let again = SqlConversationStore::open(&database).expect("opened again");
    assert_eq!(again.load(), Ok(lived));
}

#[test]
fn st9_a_conversation_that_has_begun_is_opened_without_asking_what_tables_there_are() {
    let database = Failing::after(u32::MAX);
    let mut store = SqlConversationStore::open(&database).expect("opened");
    store.store(&[begin(None), append(1, Author::Visitor, message("kept"))]).expect("stored");
    let lived = store.load().expect("loaded");
    let needed = (0..).find(|statements| {
        database.fail_after(*statements);
        SqlConversationStore::open(&database).and_then(|store| store.load()).is_ok()
    });

    database.fail_after(needed.expect("some number") - 1);
    let mut begun = SqlConversationStore::open_begun(&database);
    assert_eq!(begun.load(), Ok(lived));
    database.fail_after(u32::MAX);
    begun.store(&[append(2, Author::Visitor, message("goes on"))]).expect("stored");
    assert_eq!(begun.load().map(|conversation| conversation.head()), Ok(Seq(2)));
}

#[test]
fn st9_a_store_that_failed_while_it_made_its_tables_is_completed() {
    for succeed in 0..6 {
        let database = Failing::after(succeed);
        let writes = [begin(None), append(1, Author::Visitor, message("again"))];
        let first = SqlConversationStore::open(&database).and_then(|mut store| store.store(&writes));
        assert!(first.is_err(), "{succeed}");

        let mut store = SqlConversationStore::open(&database).expect("opened");
        let begun = store.load().expect("loaded").identity().is_some();
        store.store(&writes[usize::from(begun)..]).expect("stored");
        assert_eq!(store.load().expect("loaded").head(), Seq(1), "{succeed}");
    }
}

#[test]
fn st10_the_events_of_one_request_are_stored_together_or_not_at_all() {
    for succeed in 0..2 {
        let database = Failing::after(u32::MAX);
        let mut store = SqlConversationStore::open(&database).expect("opened");
        store.store(&[begin(None), append(1, Author::Visitor, message("a"))]).expect("stored");
        database.fail_after(succeed);
        let two = [
            append(2, Author::System, AgentKind::Public(PublicKind::Reopened)),
            append(3, Author::Visitor, message("b")),
        ];
        let stored = store.store(&two).is_ok();
        database.fail_after(u32::MAX);
        let head =
            SqlConversationStore::open(&database).and_then(|store| store.load()).expect("loaded").head();
        assert_eq!(head, if stored { Seq(3) } else { Seq(1) }, "{succeed}");
    }
}

#[test]
fn st11_waking_reads_the_newest_of_a_long_log_only() {
    let database = Counting::default();
    let mut store = SqlConversationStore::open(&database).expect("opened");
    let writes = long_log(1_000);
    store.store(&writes).expect("stored");
    store
        .store(&[Write::Settle { marks: ReadMarks { visitor: Seq(0), agents: Seq(900) }.into(), told: 7 }])
        .expect("stored");

    let loaded = store.load().expect("loaded");
    assert_eq!(loaded.recalled_after(), Seq(936));
    assert_eq!(
        (loaded.head(), loaded.unread(), loaded.newest_message()),
        (Seq(1_000), 100, Some(Seq(1_000)))
    );
    assert_eq!(loaded.marks_for_visitor().agents, Seq(900));
    assert!(loaded.knows_public(Seq(950)) && !loaded.knows_public(Seq(300)));
}

#[test]
fn st11_marks_that_a_socket_kept_stand_where_they_stood_also_on_old_lines() {
    let mut store = sql_store();
    store.store(&long_log(1_000)).expect("stored");
    let mut loaded = store.load().expect("loaded");
    assert!(!loaded.lacks_marked_lines());

    loaded.keep_marks(ReadMarks { visitor: Seq(400), agents: Seq(700) });
    assert!(loaded.lacks_marked_lines());
    store.recall_marked(&mut loaded).expect("read");
    assert!(!loaded.lacks_marked_lines());
    assert_eq!(loaded.marks_for_visitor(), ReadMarks { visitor: Seq(400), agents: Seq(700) });
    assert_eq!(loaded.unread(), 300);
}

#[test]
fn st11_what_was_left_out_on_waking_completes_it() {
    let mut store = sql_store();
    let mut lived = Conversation::default();
    let mut writes = long_log(200);
    writes.push(Write::Settle { marks: ReadMarks { visitor: Seq(0), agents: Seq(20) }.into(), told: 7 });
    store.store(&writes).expect("stored");
    writes.iter().for_each(|write| lived.apply(write));

    let mut loaded = store.load().expect("loaded");
    store.complete(&mut loaded).expect("completed");
    assert_eq!(loaded, lived);
    store.complete(&mut loaded).expect("nothing is left out");
    assert_eq!(loaded, lived);
}

#[test]
fn st12_what_rests_is_one_row_and_what_is_kept_elsewhere_is_none() {
    let database = Counting::default();
    let mut store = SqlConversationStore::open(&database).expect("opened");
    store.store(&[begin(None), append(1, Author::Visitor, message("first"))]).expect("stored");
    let mut lived = store.load().expect("loaded");
    assert_eq!(lived.settle(), None);

    lived.keep_marks(ReadMarks { visitor: Seq(1), agents: Seq(1) });
    lived.keep_told(9);
    let rest = lived.settle().expect("something is kept with sockets only");
    let before = database.changes();
    store.store(std::slice::from_ref(&rest)).expect("stored");
    assert_eq!(database.changes() - before, 1);
    lived.apply(&rest);
    assert_eq!(lived.settle(), None);
    assert_eq!(store.load(), Ok(lived));
}

/// A database whose statements fail after so many, once.
struct Failing {
    database: RusqliteDatabase,
    left: core::cell::Cell<u32>,
}

impl Failing {
    fn after(statements: u32) -> Self {
        let database = RusqliteDatabase::in_memory().expect("a database");
        Self { database, left: core::cell::Cell::new(statements) }
    }

    fn fail_after(&self, statements: u32) {
        self.left.set(statements);
    }
}

impl Database for &Failing {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        let Some(left) = self.left.get().checked_sub(1) else {
            self.left.set(u32::MAX);
            return Err(StorageError("the disk is full".to_owned()));
        };
        self.left.set(left);
        self.database.run(sql, parameters)
    }
}

struct Counting(RusqliteDatabase);

impl Default for Counting {
    fn default() -> Self {
        Self(RusqliteDatabase::in_memory().expect("a database"))
    }
}

impl Counting {
    fn number(&self, sql: &str) -> i64 {
        match self.0.run(sql, Vec::new()).expect("read").first().and_then(|row| row.first()) {
            Some(Value::Integer(number)) => *number,
            other => panic!("{other:?}"),
        }
    }

    fn tables(&self) -> i64 {
        self.number("SELECT COUNT(*) FROM sqlite_master")
    }

    fn changes(&self) -> i64 {
        self.number("SELECT total_changes()")
    }
}

impl Database for &Counting {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        self.0.run(sql, parameters)
    }
}

fn sql_store() -> SqlConversationStore<RusqliteDatabase> {
    SqlConversationStore::open(RusqliteDatabase::in_memory().expect("a database")).expect("opened")
}

fn identity() -> Identity {
    Identity {
        workspace: WorkspaceId::from_bytes([1; 16]),
        party: Party::Visitor { site: SiteId::from_bytes([2; 16]), visitor: VisitorId::from_bytes([3; 16]) },
        epoch: Epoch::from_bytes([4; 16]),
        began_at: Timestamp(1_790_000_000_000),
    }
}

fn who(name: &str, is_verified: bool) -> VisitorIdentity {
    VisitorIdentity {
        user: is_verified.then(|| "user-7".to_owned()),
        name: Some(Stated { text: name.to_owned(), is_verified }),
        email: None,
    }
}

fn begin(page: Option<Page>) -> Write {
    Write::Begin { identity: identity(), page, who: None }
}

fn page(title: &str) -> Page {
    Page { url: "https://shop.example/".to_owned(), title: title.to_owned(), referrer: String::new() }
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).expect("legal")
}

/// An answer to what somebody wrote.
fn answer(by: Writer) -> AgentKind {
    let reply_to = Some(MessageName { by, id: ClientMessageId::from_bytes([5; 16]) });
    AgentKind::Public(PublicKind::Message { text: text("yes"), edited: false, reply_to })
}

fn message(said: &str) -> AgentKind {
    AgentKind::Public(PublicKind::message(text(said)))
}

/// Gives the events of a log what holds after each.
fn log<const LENGTH: usize>(mut writes: [Write; LENGTH]) -> [Write; LENGTH] {
    let mut standing = Standing::default();
    let mut placement = Placement::default();
    let is_private = writes
        .iter()
        .any(|write| matches!(write, Write::Begin { identity, .. } if identity.party.visitor().is_none()));
    for write in &mut writes {
        if let Write::Append(event) = write {
            let person = Person::of(&event.author);
            standing = standing.after(event.seq, person, &event.kind, is_private);
            event.standing = standing;
            if let Some(step) = event.kind.handling() {
                placement = placement.after(step);
                event.placement = Some(Box::new(placement.clone()));
            }
        }
    }
    writes
}

/// A log of many messages of the visitor.
fn long_log(length: u64) -> Vec<Write> {
    let mut writes = vec![begin(None)];
    for seq in 1..=length {
        let Write::Append(event) = append(1, Author::Visitor, message(&seq.to_string())) else { continue };
        let mut id = [0; 16];
        id[..8].copy_from_slice(&seq.to_be_bytes());
        writes.push(Write::Append(StoredEvent {
            seq: Seq(seq),
            public_seq: Seq(seq),
            client_message_id: ClientMessageId::from_bytes(id),
            number: seq,
            standing: Standing { visitor_messages: seq, newest_message: Seq(seq), ..Standing::default() },
            ..event
        }));
    }
    writes
}

fn amend(seq: u64, target: u64, author: Author, kind: AgentKind) -> Write {
    let Write::Append(event) = append(seq, author, kind) else { unreachable!("it is an event") };
    Write::Append(StoredEvent { target: Seq(target), ..event })
}

fn append(seq: u64, author: Author, kind: AgentKind) -> Write {
    Write::Append(StoredEvent {
        seq: Seq(seq),
        public_seq: Seq(seq),
        at: Timestamp(1_790_000_000_000 + i64::try_from(seq).expect("small")),
        author,
        client_message_id: ClientMessageId::from_bytes([u8::try_from(seq).expect("small"); 16]),
        outbox: OutboxId::from_bytes([7; 16]),
        number: seq,
        fingerprint: Fingerprint([u8::try_from(seq).expect("small"); 16]),
        kind,
        target: Seq::START,
        standing: Standing::default(),
        placement: None,
    })
}
