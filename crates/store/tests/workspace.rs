//! What the store of a workspace keeps, in SQL.

use domain::workspace::{Standing, Ways};
use protocol::call::{ContactsWanted, ConversationsWanted, Founder, Founding, FoundingSite};
use protocol::http::SiteConfig;
use protocol::http::canned::CannedText;
use protocol::http::reception::Reception;
use protocol::http::site::{IdentityMode, SiteSettings, SiteView};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, ApiKeyId, Assignment, AssignmentWay, Author, AvailabilityChoice,
    CannedId, Contact, ContactPosition, ConversationDigest, ConversationId, Epoch, Handling, IndexEntry,
    Label, ListView, MacroStep, MessageText, Placement, Preview, Seq, Shelf, SiteId, SiteKeyId, Stated,
    Status, Step, Team, TeamId, Timestamp, VisitorId, VisitorIdentity, WorkspaceId, limits,
};
use store::workspace::{DoneOnce, WorkspaceStore};
use store::{Database, RusqliteDatabase};

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
        look: protocol::http::look::Look::default(),
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
            began_at: Timestamp(active_at),
            identity: None,
            placement: Placement::default(),
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
    let standing = Standing {
        id: founding().workspace,
        name: "Fernwood".to_owned(),
        deleted_at: None,
        requires_second_factor: false,
        retention_days: None,
    };
    assert_eq!(store.standing(), Ok(Some(standing)));
    assert_eq!(store.site(SITE), Ok(Some(settings())));
    assert_eq!(store.site(SiteId::from_bytes([9; 16])), Ok(None));
}

#[test]
fn ws3_the_index_keeps_the_newest_digest_of_each_conversation() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    assert_eq!(store.take_digest(&digest(1, 1, 100)), Ok(Some(digest(1, 1, 100).entry)));
    assert_eq!(store.take_digest(&digest(1, 1, 100)), Ok(None));
    let mut newer = digest(1, 4, 400);
    newer.entry.status = Status::Resolved;
    newer.entry.preview = None;
    assert_eq!(store.take_digest(&newer), Ok(Some(newer.entry.clone())));
    assert_eq!(store.take_digest(&digest(1, 3, 300)), Ok(None));
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

fn called(name: &str, is_verified: bool) -> VisitorIdentity {
    let stated = |text: &str| Some(Stated { text: text.to_owned(), is_verified });
    let user = is_verified.then(|| "user-7".to_owned());
    VisitorIdentity { user, name: stated(name), email: None }
}

/// A digest of one of the conversations of a visitor who is called something.
fn digest_of(
    visitor: u8,
    conversation: u8,
    active_at: i64,
    who: Option<VisitorIdentity>,
) -> ConversationDigest {
    let mut digest = digest(conversation, u64::try_from(active_at).expect("positive"), active_at);
    digest.entry.visitor = VisitorId::from_bytes([visitor; 16]);
    digest.entry.began_at = Timestamp(i64::from(conversation));
    digest.entry.identity = who;
    digest
}

const fn wanted(after: Option<ContactPosition>, limit: u16) -> ContactsWanted {
    ContactsWanted { after, newest_first: true, limit }
}

#[test]
fn ra4_conversations_are_read_from_either_end_and_by_filters() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let other_site = SiteId::from_bytes([9; 16]);
    for (number, visitor, status, site) in [
        (1, 1, Status::Open, SITE),
        (2, 2, Status::Resolved, SITE),
        (3, 1, Status::Resolved, other_site),
        (4, 3, Status::Open, other_site),
    ] {
        let mut digest = digest_of(visitor, number, i64::from(number) * 100, None);
        (digest.entry.status, digest.entry.site) = (status, site);
        store.take_digest(&digest).expect("taken");
    }
    let all = ConversationsWanted {
        after: None,
        newest_first: true,
        limit: 9,
        status: None,
        site: None,
        visitor: None,
    };
    let visitor = Some(VisitorId::from_bytes([1; 16]));
    let open = Some(Status::Open);
    let resolved = Some(Status::Resolved);
    let read = |wanted: &ConversationsWanted| -> Vec<u8> {
        let entries = store.conversations(wanted).expect("read");
        entries.iter().map(|entry| entry.conversation.as_bytes()[0]).collect()
    };
    for (wanted, expected) in [
        (all.clone(), vec![4, 3, 2, 1]),
        (ConversationsWanted { newest_first: false, ..all.clone() }, vec![1, 2, 3, 4]),
        (ConversationsWanted { limit: 2, ..all.clone() }, vec![4, 3]),
        (ConversationsWanted { status: open, ..all.clone() }, vec![4, 1]),
        (ConversationsWanted { site: Some(other_site), ..all.clone() }, vec![4, 3]),
        (ConversationsWanted { visitor, ..all.clone() }, vec![3, 1]),
        (ConversationsWanted { visitor, status: resolved, site: Some(SITE), ..all.clone() }, vec![]),
        (ConversationsWanted { visitor, newest_first: false, limit: 1, ..all.clone() }, vec![1]),
    ] {
        assert_eq!(read(&wanted), expected, "{wanted:?}");
        let after = store.conversations(&wanted).expect("read").first().map(IndexEntry::position);
        if let Some(after) = after {
            let following = ConversationsWanted { after: Some(after), ..wanted.clone() };
            let rest: Vec<u8> = read(&following).into_iter().take(expected.len() - 1).collect();
            assert_eq!(rest, expected[1..], "{following:?}");
        }
    }
}

#[test]
fn ra7_what_was_done_under_a_name_is_remembered_for_a_day() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let key = |byte| ApiKeyId::from_bytes([byte; 16]);
    let site = SiteView {
        id: SITE,
        settings: settings(),
        keys: Vec::new(),
        identity_secrets: Vec::new(),
        reception: Reception::default(),
    };
    let done = DoneOnce { fingerprint: [1; 32], site };
    let name = [2; 32];
    assert_eq!(store.done_once(key(1), &name, NOW), Ok(None));
    store.note_done_once(key(1), &name, &done, NOW).expect("noted");
    let end = NOW.plus(limits::IDEMPOTENCY_MS);
    assert_eq!(store.done_once(key(1), &name, Timestamp(end.0 - 1)), Ok(Some(done.clone())));
    assert_eq!(store.done_once(key(1), &name, end), Ok(None));
    assert_eq!(store.done_once(key(2), &name, NOW), Ok(None), "each key has names of its own");
    assert_eq!(store.done_once(key(1), &[3; 32], NOW), Ok(None));
    store.note_done_once(key(2), &name, &done, end).expect("noted");
    assert_eq!(store.done_once(key(1), &name, NOW), Ok(None), "what is older is forgotten");
}

#[test]
fn ws17_a_contact_is_what_the_conversations_of_a_visitor_say_together() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let visitor = VisitorId::from_bytes([1; 16]);
    assert_eq!(store.contact(visitor), Ok(None));
    let (claimed, verified) = (Some(called("Anna?", false)), Some(called("Anna", true)));
    for digest in [
        digest_of(1, 11, 100, claimed),
        digest_of(1, 10, 300, verified.clone()),
        digest_of(1, 12, 200, None),
        digest_of(2, 20, 400, None),
    ] {
        assert_eq!(store.take_digest(&digest), Ok(Some(digest.entry)));
    }
    let contact = Contact {
        visitor,
        site: SITE,
        identity: verified,
        first_seen_at: Timestamp(10),
        last_seen_at: Timestamp(300),
        conversations: 3,
    };
    assert_eq!(store.contact(visitor), Ok(Some(contact.clone())));
    let seen = |entries: Vec<IndexEntry>| -> Vec<u8> {
        entries.iter().map(|entry| entry.conversation.as_bytes()[0]).collect()
    };
    let first = store.conversations_of(visitor, None, 2).expect("read");
    let rest = store.conversations_of(visitor, first.last().map(IndexEntry::position), 2).expect("read");
    assert_eq!((seen(first), seen(rest)), (vec![10, 12], vec![11]));

    let anonymous = store.contacts(&wanted(None, 1)).expect("read");
    assert_eq!(anonymous.iter().map(|contact| contact.last_seen_at.0).collect::<Vec<_>>(), [400]);
    assert_eq!(store.contacts(&wanted(anonymous.last().map(Contact::position), 5)), Ok(vec![contact]));
}

#[test]
fn ws17_contacts_are_read_page_by_page_each_once_most_recently_seen_first() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    for (visitor, conversation, active_at) in
        [(1, 11, 100), (2, 21, 300), (3, 31, 300), (1, 12, 250), (4, 41, 50), (2, 22, 300)]
    {
        store.take_digest(&digest_of(visitor, conversation, active_at, None)).expect("taken");
    }
    for limit in 1..=5 {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.contacts(&wanted(after, limit)).expect("read");
            let Some(last) = page.last() else { break };
            after = Some(last.position());
            seen.extend(page.iter().map(|contact| contact.visitor.as_bytes()[0]));
        }
        assert_eq!(seen, [3, 2, 1, 4], "{limit} a page");
    }
    let backwards = ContactsWanted { newest_first: false, ..wanted(None, 9) };
    let seen = store.contacts(&backwards).expect("read");
    assert_eq!(seen.iter().map(|contact| contact.visitor.as_bytes()[0]).collect::<Vec<_>>(), [4, 1, 2, 3]);
}

#[test]
fn ws17_what_is_known_of_a_visitor_follows_the_newest_digest() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    store.take_digest(&digest_of(1, 10, 100, Some(called("Anna?", false)))).expect("taken");
    store.take_digest(&digest_of(1, 10, 200, Some(called("Anna", true)))).expect("taken");
    store.take_digest(&digest_of(1, 10, 150, None)).expect("old");
    let who = Some(called("Anna", true));
    assert_eq!(store.page(None, 1).expect("read")[0].identity, who);
    let contact = store.contact(VisitorId::from_bytes([1; 16])).expect("read").expect("known");
    assert_eq!((contact.identity, contact.conversations), (who, 1));
}

/// A conversation that lies somewhere.
fn lying(number: u8, site: SiteId, status: Status, assignee: Option<AgentId>) -> ConversationDigest {
    let mut digest = digest(number, 1, i64::from(number));
    digest.entry.site = site;
    digest.entry.status = status;
    digest.entry.placement.assignee = assignee;
    digest
}

fn listed(store: &WorkspaceStore<impl Database>, shelf: Shelf, site: Option<SiteId>) -> Vec<u8> {
    let me = founding().owner.agent.id;
    let page = store.listed(&ListView { shelf, site }, me, None, 10).expect("read");
    page.iter().map(|entry| entry.conversation.as_bytes()[0]).collect()
}

#[test]
fn ws19_views_list_what_lies_there_most_recently_active_first() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    let nobody = AgentId::from_bytes([0xee; 16]);
    let other = SiteId::from_bytes([9; 16]);
    for digest in [
        lying(1, SITE, Status::Open, None),
        lying(2, SITE, Status::Open, Some(me)),
        lying(3, other, Status::Open, Some(me)),
        lying(4, other, Status::Open, Some(nobody)),
        lying(5, SITE, Status::Pending, Some(me)),
        lying(6, SITE, Status::Snoozed, None),
        lying(7, other, Status::Resolved, None),
    ] {
        store.take_digest(&digest).expect("taken");
    }
    for (shelf, all, of_site) in [
        (Shelf::Mine, vec![3, 2], vec![2]),
        (Shelf::Unassigned, vec![4, 1], vec![1]),
        (Shelf::Open, vec![4, 3, 2, 1], vec![2, 1]),
        (Shelf::Pending, vec![5], vec![5]),
        (Shelf::Snoozed, vec![6], vec![6]),
        (Shelf::Resolved, vec![7], vec![]),
    ] {
        assert_eq!(listed(&store, shelf, None), all, "{shelf:?}");
        assert_eq!(listed(&store, shelf, Some(SITE)), of_site, "{shelf:?}");
    }
    let view = ListView { shelf: Shelf::Open, site: None };
    let after = lying(3, other, Status::Open, None).entry.position();
    let page = store.listed(&view, me, Some(after), 1).expect("read");
    assert_eq!(page.iter().map(|entry| entry.conversation.as_bytes()[0]).collect::<Vec<_>>(), [2]);
    assert_eq!(page[0].placement.assignee, Some(me));
}

#[test]
fn ws19_the_numbers_follow_every_change() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    let numbers = || {
        let tallies = store.tallies().expect("read");
        tallies.into_iter().map(|tally| (tally.status, tally.assignee, tally.entries)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(), []);
    for number in 1..=3 {
        store.take_digest(&lying(number, SITE, Status::Open, None)).expect("taken");
    }
    assert_eq!(numbers(), [(Status::Open, None, 3)]);
    let again = |number, revision, status, assignee| {
        let digest = ConversationDigest { revision, ..lying(number, SITE, status, assignee) };
        store.take_digest(&digest).expect("taken");
    };
    again(1, 2, Status::Open, Some(me));
    again(1, 2, Status::Open, Some(me));
    again(2, 2, Status::Resolved, None);
    again(3, 2, Status::Open, None);
    let right = [(Status::Open, None, 1), (Status::Open, Some(me), 1), (Status::Resolved, None, 1)];
    assert_eq!(numbers(), right);
    let site = store.tallies().expect("read").remove(0);
    assert_eq!((site.site, site.name.as_str()), (SITE, "Shop"));
    store.forget_conversation(ConversationId::from_bytes([2; 32])).expect("forgotten");
    assert_eq!(numbers(), right[..2]);
    store.remove_member(me).expect("removed");
    assert_eq!(numbers(), [(Status::Open, None, 2)], "what was theirs is nobody's");
    again(1, 3, Status::Open, Some(me));
    assert_eq!(numbers(), [(Status::Open, None, 2)], "also when the conversation still says otherwise");
}

#[test]
fn ws19_numbers_of_before_are_counted_once_the_schema_is_new() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = WorkspaceStore::open(&database).expect("opened");
    store.found(&founding(), NOW).expect("founded");
    store.take_digest(&lying(1, SITE, Status::Resolved, None)).expect("taken");
    for statement in
        ["DROP TRIGGER entry_came", "DROP TRIGGER entry_went", "DROP TRIGGER entry_moved", "DROP TABLE tally"]
    {
        database.execute(statement, Vec::new()).expect("dropped");
    }
    database.execute("DELETE FROM migration WHERE version >= 4", Vec::new()).expect("forgotten");
    let store = WorkspaceStore::open(&database).expect("brought up to date");
    store.take_digest(&lying(2, SITE, Status::Resolved, None)).expect("taken");
    let numbers: Vec<_> = store.tallies().expect("read").iter().map(|tally| tally.entries).collect();
    assert_eq!(numbers, [2]);
}

#[test]
fn ws30_everybodys_own_responses_go_with_them_and_shared_ones_stay() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let (anna, ben) = (founding().owner.agent.id, AgentId::from_bytes([9; 16]));
    let id = |number| CannedId::from_bytes([number; 16]);
    let text = |shortcode: &str| CannedText {
        shortcode: shortcode.to_owned(),
        text: "Hello".to_owned(),
        steps: Vec::new(),
    };
    store.make_canned(id(1), None, &text("hours")).expect("kept");
    store.make_canned(id(2), Some(anna), &text("hello")).expect("kept");
    store.make_canned(id(3), Some(ben), &text("hello")).expect("kept");
    store.count_canned(id(1)).expect("counted");
    store.change_canned(id(1), &text("times")).expect("changed");
    let of = |agent| {
        let all = store.canned(agent).expect("read");
        all.into_iter().map(|one| (one.shortcode, one.is_shared, one.used)).collect::<Vec<_>>()
    };
    let times = ("times".to_owned(), true, 1);
    assert_eq!(of(anna), [("hello".to_owned(), false, 0), times.clone()]);
    store.remove_member(ben).expect("removed");
    assert_eq!(of(ben), std::slice::from_ref(&times));
    assert_eq!(of(anna).len(), 2);
    store.remove_canned(id(1)).expect("removed");
    assert_eq!(of(anna), [("hello".to_owned(), false, 0)]);
}

#[test]
fn ma3_macros_are_kept_beside_responses_of_before_there_were_any() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = WorkspaceStore::open(&database).expect("opened");
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    let id = |number| CannedId::from_bytes([number; 16]);
    database.execute("ALTER TABLE canned DROP COLUMN steps", Vec::new()).expect("as it was");
    database.execute("DELETE FROM migration WHERE version >= 14", Vec::new()).expect("forgotten");
    let old = "INSERT INTO canned (id, owner, shortcode, said) VALUES (?1, NULL, 'hello', 'Hello')";
    database.execute(old, vec![id(1).as_bytes().into()]).expect("kept");

    let store = WorkspaceStore::open(&database).expect("brought up to date");
    let steps = vec![
        MacroStep::Say("\"Hello\"".to_owned()),
        MacroStep::SnoozeFor { minutes: 60 },
        MacroStep::Take(Step::Handle(Handling::Label(Label::parse("VIP").expect("legal")))),
    ];
    let text = |steps: &[MacroStep]| CannedText {
        shortcode: "Later".to_owned(),
        text: String::new(),
        steps: steps.to_vec(),
    };
    store.make_canned(id(2), Some(me), &text(&steps)).expect("kept");
    let all = || store.canned(me).expect("read").into_iter().map(|one| (one.shortcode, one.steps));
    let hello = ("hello".to_owned(), Vec::new());
    assert_eq!(all().collect::<Vec<_>>(), [("Later".to_owned(), steps.clone()), hello.clone()]);
    store.change_canned(id(2), &text(&steps[1..])).expect("changed");
    assert_eq!(all().collect::<Vec<_>>(), [("Later".to_owned(), steps[1..].to_vec()), hello]);
}

#[test]
fn tm4_the_numbers_of_a_team_and_its_view_follow_every_change() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    let [support, sales] = [1, 2].map(|id| TeamId::from_bytes([id; 16]));
    let team = |id, name: &str| Team { id, name: name.to_owned(), members: vec![me] };
    store.keep_team(&team(support, "Support")).expect("kept");
    store.keep_team(&team(sales, "sales")).expect("kept");
    let names: Vec<_> = store.teams().expect("read").into_iter().map(|team| team.name).collect();
    assert_eq!(names, ["sales", "Support"]);
    let with = |number, revision, status, team| {
        let mut digest = ConversationDigest { revision, ..lying(number, SITE, status, None) };
        digest.entry.placement.team = team;
        store.take_digest(&digest).expect("taken");
    };
    let numbers = || {
        let tallies = store.team_tallies().expect("read");
        tallies.into_iter().map(|(team, count)| (team, count.open)).collect::<Vec<_>>()
    };
    with(1, 1, Status::Open, Some(support));
    with(2, 1, Status::Open, Some(support));
    with(3, 1, Status::Resolved, Some(support));
    with(4, 1, Status::Open, None);
    with(5, 1, Status::Open, Some(TeamId::from_bytes([9; 16])));
    assert_eq!(numbers(), [(support, 2)]);
    assert_eq!(listed(&store, Shelf::Team(support), None), [2, 1]);
    assert_eq!(listed(&store, Shelf::Team(support), Some(SiteId::from_bytes([9; 16]))), [0; 0]);
    with(1, 2, Status::Open, Some(sales));
    with(3, 2, Status::Open, Some(support));
    with(2, 2, Status::Pending, Some(support));
    assert_eq!(numbers(), [(support, 1), (sales, 1)]);
    store.forget_conversation(ConversationId::from_bytes([3; 32])).expect("forgotten");
    assert_eq!(numbers(), [(sales, 1)]);
    store.remove_team(sales).expect("removed");
    assert_eq!((numbers(), listed(&store, Shelf::Team(sales), None)), (vec![], vec![]));
    let entry = store.entry(ConversationId::from_bytes([1; 32])).expect("read").expect("there");
    assert_eq!(entry.placement.team, None);
    with(1, 3, Status::Open, Some(sales));
    assert_eq!(numbers(), [], "also when the conversation still says otherwise");
}

#[test]
fn tm2_whoever_leaves_is_in_no_team_and_has_chosen_nothing() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    let team = Team { id: TeamId::from_bytes([1; 16]), name: "Support".to_owned(), members: vec![me] };
    store.keep_team(&team).expect("kept");
    assert_eq!(store.choice_of(me), Ok(AvailabilityChoice::Online));
    for choice in [AvailabilityChoice::Invisible, AvailabilityChoice::Away] {
        store.keep_choice(me, choice).expect("kept");
        assert_eq!(store.choice_of(me), Ok(choice));
    }
    assert_eq!(store.teams(), Ok(vec![team.clone()]));
    store.remove_member(me).expect("removed");
    assert_eq!(store.teams(), Ok(vec![Team { members: Vec::new(), ..team }]));
    assert_eq!(store.choice_of(me), Ok(AvailabilityChoice::Online));
}

#[test]
fn as1_a_schema_of_before_conversations_were_given_out_goes_on_working() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = WorkspaceStore::open(&database).expect("opened");
    store.found(&founding(), NOW).expect("founded");
    store.take_digest(&lying(1, SITE, Status::Open, None)).expect("taken");
    for table in ["assignment", "queue", "absence", "turn"] {
        database.execute(&format!("DROP TABLE {table}"), Vec::new()).expect("dropped");
    }
    database.execute("DELETE FROM migration WHERE version >= 13", Vec::new()).expect("forgotten");
    let store = WorkspaceStore::open(&database).expect("brought up to date");
    assert_eq!(store.ways(), Ok(Ways::default()));
    let assignment = Assignment { way: AssignmentWay::LeastBusy, limit: Some(4) };
    store.keep_assignment(None, &assignment).expect("kept");
    assert_eq!(store.ways().map(|ways| ways.of(None)), Ok(assignment));
    store.keep_assignment(None, &Assignment::default()).expect("kept");
    assert_eq!(store.ways(), Ok(Ways::default()));
}

#[test]
fn tm4_a_schema_of_before_there_were_teams_goes_on_working() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = WorkspaceStore::open(&database).expect("opened");
    store.found(&founding(), NOW).expect("founded");
    store.take_digest(&lying(1, SITE, Status::Open, None)).expect("taken");
    for statement in [
        "DROP TRIGGER entry_came_to_team",
        "DROP TRIGGER entry_went_of_team",
        "DROP TRIGGER entry_left_team",
        "DROP TRIGGER entry_joined_team",
        "DROP INDEX entry_by_placement",
        "ALTER TABLE entry DROP COLUMN team",
        "DROP TABLE team",
        "DROP TABLE team_member",
        "DROP TABLE team_tally",
        "DROP TABLE availability",
    ] {
        database.execute(statement, Vec::new()).expect("dropped");
    }
    database.execute("DELETE FROM migration WHERE version >= 12", Vec::new()).expect("forgotten");
    let store = WorkspaceStore::open(&database).expect("brought up to date");
    let support = TeamId::from_bytes([1; 16]);
    let team = Team { id: support, name: "Support".to_owned(), members: Vec::new() };
    store.keep_team(&team).expect("kept");
    assert_eq!(listed(&store, Shelf::Open, None), [1]);
    let mut digest = ConversationDigest { revision: 2, ..lying(1, SITE, Status::Open, None) };
    digest.entry.placement.team = Some(support);
    store.take_digest(&digest).expect("taken");
    assert_eq!(listed(&store, Shelf::Team(support), None), [1]);
    assert_eq!(store.team_tallies().expect("read")[0].1.open, 1);
}

#[test]
fn ws43_the_newest_mention_of_each_conversation_counts_until_it_is_seen() {
    let store = workspace();
    store.found(&founding(), NOW).expect("founded");
    let me = founding().owner.agent.id;
    for number in 1..=2 {
        store.take_digest(&digest(number, 1, i64::from(number))).expect("taken");
    }
    let conversation = |number: u8| ConversationId::from_bytes([number; 32]);
    let named = |number, seq: u64, at| {
        let named = [(me, (Seq(seq), Timestamp(at)))].into();
        store.note_mentions(conversation(number), &named).expect("noted")
    };
    let mentions = || {
        let all = store.mentions_of(me, 9).expect("read");
        let told = all.iter().map(|one| (one.entry.conversation.as_bytes()[0], one.at.0, one.is_unread));
        told.collect::<Vec<_>>()
    };
    assert_eq!(named(1, 3, 30), [me]);
    assert_eq!(named(1, 3, 30), [], "told twice");
    assert_eq!(named(2, 2, 20), [me]);
    assert_eq!(named(9, 1, 10), [], "it is in no list");
    assert_eq!(mentions(), [(1, 30, true), (2, 20, true)]);
    assert!(store.see_mention(me, conversation(1)).expect("seen"));
    assert!(!store.see_mention(me, conversation(1)).expect("seen"), "once");
    assert_eq!(named(1, 2, 25), [], "an earlier one, told late");
    assert_eq!(mentions(), [(1, 30, false), (2, 20, true)]);
    assert_eq!(named(2, 5, 50), [me]);
    assert_eq!(mentions(), [(2, 50, true), (1, 30, false)]);
    assert_eq!(listed(&store, Shelf::Mentions, None), [2, 1]);
    assert_eq!(listed(&store, Shelf::Mentions, Some(SiteId::from_bytes([9; 16]))), [0; 0]);
    store.forget_conversation(conversation(2)).expect("forgotten");
    assert_eq!(mentions(), [(1, 30, false)]);
    store.remove_member(me).expect("removed");
    assert_eq!(mentions(), []);
}
