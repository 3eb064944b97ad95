//! What the stores of an account and of a part of the network keep, in SQL.

use domain::account::{Email, Guess, LetterKind, LinkPurpose, PasswordHash, Session, SessionToken};
use protocol::call::{Budget, Membership, Proof};
use protocol::http::account::{Profile, WorkspaceName};
use protocol::mail::{Language, Letter};
use protocol::{AccountId, AgentId, DeviceId, Timestamp, WorkspaceId};
use store::account::{AccountStore, Link, SecondFactor};
use store::rate::RateStore;
use store::{Database, RusqliteDatabase};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn database() -> RusqliteDatabase {
    RusqliteDatabase::in_memory().expect("a database")
}

fn account(database: &RusqliteDatabase) -> AccountStore<&RusqliteDatabase> {
    AccountStore::open(database).expect("opened")
}

fn email() -> Email {
    Email::parse("anna@example.com").expect("legal")
}

fn profile() -> Profile {
    Profile { name: "Anna".to_owned(), language: Language::De, time_zone: "Europe/Berlin".to_owned() }
}

fn hash(text: &str) -> PasswordHash {
    PasswordHash::from_stored(text.to_owned())
}

fn create(store: &AccountStore<&RusqliteDatabase>) {
    assert_eq!(store.create(&email(), &profile(), Some(&hash("hash")), None), Ok(true));
}

fn membership(workspace: u8, agent: u8) -> Membership {
    Membership {
        workspace: WorkspaceName {
            id: WorkspaceId::from_bytes([workspace; 16]),
            name: format!("Workspace {workspace}"),
        },
        agent: AgentId::from_bytes([agent; 16]),
    }
}

fn tables(database: &RusqliteDatabase) -> usize {
    database.run("SELECT name FROM sqlite_master", Vec::new()).expect("read").len()
}

#[test]
fn st6_looking_at_an_address_without_an_account_writes_nothing() {
    let database = database();
    let store = account(&database);
    assert!(store.account().is_ok_and(|account| account.is_none()));
    assert_eq!(store.failures(Guess::Stranger), Ok(Vec::new()));
    assert_eq!(store.session(&[1; 32]), Ok(None));
    assert!(store.link(LinkPurpose::Reset, &[1; 32], Timestamp(0)).is_ok_and(|link| link.is_none()));
    assert_eq!(store.forget(Timestamp(0)), Ok(()));
    assert_eq!(store.wakes_at(), Ok(None));
    assert!(store.outbox().is_none());
    assert_eq!(tables(&database), 0);
}

#[test]
fn ap8_an_account_is_created_once_even_after_guesses() {
    let database = database();
    let store = account(&database);
    store.note_failure(Guess::Stranger, Timestamp(5)).expect("noted");
    assert!(store.account().is_ok_and(|account| account.is_none()), "guesses make no account");
    create(&store);
    assert_eq!(store.create(&email(), &profile(), Some(&hash("other")), None), Ok(false));
    let kept = account(&database).account().expect("read").expect("there");
    assert_eq!((kept.email.as_str(), kept.profile), ("anna@example.com", profile()));
    assert!(kept.password == Some(hash("hash")) && kept.moved_in_by.is_none());
}

#[test]
fn ap8_an_account_may_have_no_password() {
    let database = database();
    let store = account(&database);
    store.create(&email(), &profile(), None, None).expect("created");
    assert!(store.account().expect("read").expect("there").password.is_none());
    store.set_password(&hash("hash")).expect("set");
    assert!(store.account().expect("read").expect("there").password == Some(hash("hash")));
}

#[test]
fn ap19_memberships_keep_their_order_and_the_newest_agent_of_a_workspace() {
    let database = database();
    let store = account(&database);
    create(&store);
    for membership in [membership(9, 1), membership(2, 2), membership(5, 3)] {
        store.join(&membership).expect("joined");
    }
    store.join(&membership(2, 7)).expect("came back as another agent");
    assert_eq!(store.memberships(), Ok(vec![membership(9, 1), membership(2, 7), membership(5, 3)]));
    store.leave(membership(2, 2).workspace.id, membership(2, 2).agent).expect("a late one");
    assert_eq!(store.memberships().expect("read").len(), 3, "who has come back stays");
    store.leave(membership(9, 1).workspace.id, membership(9, 1).agent).expect("left");
    assert_eq!(store.memberships(), Ok(vec![membership(2, 7), membership(5, 3)]));
}

#[test]
fn ap5_sessions_begin_are_used_proved_and_end() {
    let database = database();
    let store = account(&database);
    create(&store);
    let session = Session::beginning_at(Timestamp(1_000));
    store.begin_session(&[1; 32], &session, "Firefox on Linux").expect("begun");
    store.begin_session(&[2; 32], &session, "").expect("begun");
    store.touch_session(SessionToken::id(&[1; 32]), Timestamp(2_000)).expect("touched");
    store
        .prove_session(SessionToken::id(&[1; 32]), Proof { at: Timestamp(1_500) }, &[9; 32])
        .expect("proved");
    assert_eq!(store.session(&[1; 32]), Ok(None), "under its old secret");
    let kept = store.session(&[9; 32]).expect("read").expect("there");
    assert_eq!(kept.id, SessionToken::id(&[1; 32]));
    assert_eq!((kept.session.created_at, kept.session.used_at), (Timestamp(1_000), Timestamp(2_000)));
    assert_eq!((kept.session.proof.at, kept.device.as_str()), (Timestamp(1_500), "Firefox on Linux"));
    let ids: Vec<_> = store.sessions().expect("read").into_iter().map(|kept| kept.id).collect();
    assert_eq!(ids, [SessionToken::id(&[1; 32]), SessionToken::id(&[2; 32])], "last used first");
    assert_eq!(store.wakes_at(), Ok(Some(session.ends_at())), "the other one ends first");
    store.end_session(SessionToken::id(&[2; 32])).expect("ended");
    assert_eq!(store.session(&[2; 32]), Ok(None));
    store.begin_session(&[3; 32], &session, "").expect("begun");
    store.end_sessions(Some(SessionToken::id(&[3; 32]))).expect("ended");
    assert_eq!((store.session(&[1; 32]), store.sessions().map(|all| all.len())), (Ok(None), Ok(1)));
    store.end_sessions(None).expect("ended");
    assert_eq!(store.sessions(), Ok(Vec::new()));
}

#[test]
fn ap15_twenty_browsers_are_known() {
    let database = database();
    let store = account(&database);
    for number in 0..30_u8 {
        let id = DeviceId::from_bytes([number; 16]);
        assert_eq!(store.note_device(id, Timestamp(i64::from(number))), Ok(false));
    }
    assert_eq!(store.devices().map(|devices| devices.len()), Ok(20));
    assert_eq!(store.note_device(DeviceId::from_bytes([29; 16]), Timestamp(40)), Ok(true));
    assert_eq!(store.note_device(DeviceId::from_bytes([0; 16]), Timestamp(41)), Ok(false), "forgotten");
}

#[test]
fn ap9_a_link_is_found_for_its_purpose_and_in_its_time() {
    let database = database();
    let store = account(&database);
    let link = Link { email: "anna@example.com".to_owned(), expires_at: Timestamp(100) };
    store.add_link(LinkPurpose::Reset, &[1; 32], &link).expect("kept");
    let found = |purpose, secret, now| store.link(purpose, &[secret; 32], Timestamp(now)).expect("read");
    assert!(found(LinkPurpose::Reset, 1, 99) == Some(link));
    assert!(found(LinkPurpose::Reset, 1, 100).is_none(), "too old");
    assert!(found(LinkPurpose::SignIn, 1, 0).is_none(), "another purpose");
    assert!(found(LinkPurpose::Reset, 2, 0).is_none(), "another secret");
    let stored = database.run("SELECT 1 FROM link WHERE digest = ?1", vec![(&[1_u8; 32]).into()]);
    assert_eq!(stored, Ok(Vec::new()), "the secret itself is not stored");
    store.end_links(LinkPurpose::SignIn).expect("others");
    assert!(found(LinkPurpose::Reset, 1, 0).is_some());
    store.end_links(LinkPurpose::Reset).expect("ended");
    assert!(found(LinkPurpose::Reset, 1, 0).is_none());
}

#[test]
fn ap4_what_strangers_can_leave_behind_is_forgotten() {
    let database = database();
    let store = account(&database);
    let kind = LetterKind::of(&Letter::PasswordChanged);
    let link = Link { email: "anna@example.com".to_owned(), expires_at: Timestamp(30 * MINUTE) };
    store.note_failure(Guess::Stranger, Timestamp(0)).expect("noted");
    store.note_failure(Guess::Stranger, Timestamp(1)).expect("noted");
    store.note_letter(kind, Timestamp(0)).expect("noted");
    store.add_link(LinkPurpose::SignUp, &[1; 32], &link).expect("kept");
    assert_eq!(store.wakes_at(), Ok(Some(Timestamp(15 * MINUTE))));
    store.forget(Timestamp(15 * MINUTE)).expect("forgotten");
    assert_eq!(store.failures(Guess::Stranger), Ok(vec![Timestamp(1)]));
    assert_eq!(store.letters(kind), Ok(vec![Timestamp(0)]));
    assert_eq!(store.is_empty(), Ok(false));
    store.forget(Timestamp(HOUR)).expect("forgotten");
    assert_eq!((store.wakes_at(), store.is_empty()), (Ok(None), Ok(true)));
}

#[test]
fn ap13_a_second_factor_and_its_recovery_codes_are_kept() {
    let database = database();
    let store = account(&database);
    create(&store);
    let sealed = vec![7; 53];
    store.set_new_second_factor(Some(&sealed)).expect("kept");
    assert_eq!((store.second_factor(), store.new_second_factor()), (Ok(None), Ok(Some(sealed.clone()))));
    let factor = SecondFactor { sealed, last_used: 5 };
    store.set_second_factor(&factor).expect("on");
    store.set_second_factor(&SecondFactor { last_used: 6, ..factor.clone() }).expect("used");
    assert!(store.second_factor() == Ok(Some(SecondFactor { last_used: 6, ..factor })));
    store.set_recovery_codes(&[[1; 32], [2; 32]]).expect("kept");
    assert_eq!(store.use_recovery_code(&[1; 32]), Ok(true));
    assert_eq!(store.use_recovery_code(&[1; 32]), Ok(false), "once");
    assert_eq!(store.recovery_codes(), Ok(vec![[2; 32]]));
    store.remove_second_factor().expect("off");
    assert!(store.second_factor() == Ok(None) && store.new_second_factor() == Ok(None));
    assert_eq!(store.recovery_codes(), Ok(Vec::new()));
}

#[test]
fn ap18_an_account_that_went_leaves_its_direction_for_a_day() {
    let database = database();
    let store = account(&database);
    create(&store);
    store.join(&membership(1, 1)).expect("joined");
    let to = AccountId::from_bytes([8; 16]);
    store.move_out(&[4; 32], to, Timestamp(0)).expect("gone");
    assert!(store.account().is_ok_and(|account| account.is_none()));
    assert_eq!(store.memberships(), Ok(Vec::new()));
    assert_eq!((store.moved_to(), store.has_moved_out(&[4; 32])), (Ok(Some(to)), Ok(true)));
    assert_eq!(store.is_empty(), Ok(false));
    store.forget(Timestamp(25 * HOUR)).expect("forgotten");
    assert_eq!((store.moved_to(), store.is_empty()), (Ok(None), Ok(true)));
}

#[test]
fn ap12_attempts_are_counted_for_each_budget() {
    let database = database();
    let store = RateStore::open(&database).expect("opened");
    store.note(Budget::SignIn, Timestamp(0)).expect("noted");
    store.note(Budget::SignIn, Timestamp(5)).expect("noted");
    store.note(Budget::Mail, Timestamp(7)).expect("noted");
    store.take_back(Budget::SignIn).expect("taken back");
    assert_eq!(store.attempts(Budget::SignIn), Ok(vec![Timestamp(0)]));
    assert_eq!(store.attempts(Budget::Mail), Ok(vec![Timestamp(7)]));
    assert_eq!(store.forget(Timestamp(15 * MINUTE)), Ok(Some(Timestamp(15 * MINUTE + 7))));
    assert_eq!(store.forget(Timestamp(16 * MINUTE)), Ok(None));
}
