//! What the objects of accounts do, in a small world of them: time passes by hand, jobs are done by hand.

mod passkeys;
mod pictures;
mod world;

use data_encoding::BASE32_NOPAD;
use domain::account::MailedToken;
use domain::sealing::Sealing;
use protocol::call::{
    AccountAnswer, AccountCall, AccountRequest, Device, Dismissal, Job, Membership, Proof, WorkspaceCall,
};
use protocol::http::account::{Me, Newcomer, Profile, WorkspaceName};
use protocol::mail::{Language, Letter};
use protocol::{AgentId, Code, DeviceId, Reject, SessionId, WorkspaceId};
use store::Value;

use self::world::{HOUR, MINUTE, World, code_of};

const ANNA: &str = "anna@example.com";
const NEW: &str = "anna@new.example";
const PASSWORD: &str = "correct horse battery";
const OTHER_PASSWORD: &str = "another good one";

fn device(number: u8) -> Device {
    Device { name: "Firefox on Linux".to_owned(), id: DeviceId::from_bytes([number; 16]) }
}

fn newcomer(password: Option<&str>) -> Newcomer {
    Newcomer {
        name: " Anna ".to_owned(),
        password: password.map(str::to_owned),
        language: Language::De,
        time_zone: "Europe/Berlin".to_owned(),
    }
}

fn membership(workspace: u8) -> Membership {
    let id = WorkspaceId::from_bytes([workspace; 16]);
    Membership {
        workspace: WorkspaceName { id, name: "Fernwood".to_owned() },
        agent: AgentId::from_bytes([workspace; 16]),
    }
}

fn sign_up(world: &mut World) -> [u8; 32] {
    let language = Language::De;
    world.ask(ANNA, AccountCall::MailSignUp { email: ANNA.to_owned(), language }).expect("asked");
    let secret = world.token(ANNA).secret;
    let device = device(1);
    let call = AccountCall::FinishSignUp { secret, newcomer: newcomer(Some(PASSWORD)), device };
    signed_in(world.ask(ANNA, call).expect("signed up")).0
}

fn sign_in(world: &mut World, password: &str) -> Result<[u8; 32], Code> {
    sign_in_with(world, password, None)
}

fn sign_in_with(world: &mut World, password: &str, code: Option<&str>) -> Result<[u8; 32], Code> {
    sign_in_from(world, device(1), password, code)
}

fn sign_in_from(
    world: &mut World,
    device: Device,
    password: &str,
    code: Option<&str>,
) -> Result<[u8; 32], Code> {
    let (password, code) = (password.to_owned(), code.map(str::to_owned));
    let call = AccountCall::SignIn { password, code, device };
    world.ask(ANNA, call).map(|answer| signed_in(answer).0).map_err(|reject| reject.code)
}

fn signed_in(answer: AccountAnswer) -> ([u8; 32], Me) {
    match answer {
        AccountAnswer::SignedIn { secret, me } => (secret, *me),
        _ => panic!("no session begun"),
    }
}

fn ask_as(world: &mut World, secret: [u8; 32], request: AccountRequest) -> Result<AccountAnswer, Code> {
    world.ask(ANNA, AccountCall::As { secret, request }).map_err(|reject| reject.code)
}

fn is_good(world: &mut World, email: &str, secret: [u8; 32]) -> bool {
    world.ask(email, AccountCall::Authenticate { secret }).is_ok()
}

fn join(world: &mut World, workspace: u8) {
    world.ask(ANNA, AccountCall::Joined(membership(workspace))).expect("joined");
}

fn dismissals(jobs: &[Job]) -> Vec<(WorkspaceId, Option<SessionId>)> {
    let dismissed = |job: &Job| match job {
        Job::Workspace(workspace, call) => match &**call {
            WorkspaceCall::SessionsEnded(Dismissal { session, may_return: true, .. }) => {
                Some((*workspace, *session))
            }
            _ => None,
        },
        _ => None,
    };
    jobs.iter().filter_map(dismissed).collect()
}

fn session_of(world: &mut World, secret: [u8; 32]) -> SessionId {
    match world.ask(ANNA, AccountCall::Authenticate { secret }).expect("good") {
        AccountAnswer::Authenticated(person) => person.session,
        _ => panic!("not authenticated"),
    }
}

fn mail_reset(world: &mut World) -> [u8; 32] {
    world.ask(ANNA, AccountCall::MailReset).expect("asked");
    world.token(ANNA).secret
}

fn finish_reset(
    world: &mut World,
    secret: [u8; 32],
    password: &str,
    code: Option<String>,
) -> Result<[u8; 32], Code> {
    let password = password.to_owned();
    let call = AccountCall::FinishReset { secret, password, code, device: device(1) };
    world.ask(ANNA, call).map(|answer| signed_in(answer).0).map_err(|reject| reject.code)
}

/// Switches a second factor on; returns its secret in base32 and the recovery codes.
fn second_factor(world: &mut World, session: [u8; 32]) -> (String, Vec<String>) {
    let begun = ask_as(world, session, AccountRequest::BeginSecondFactor).expect("begun");
    let AccountAnswer::SecondFactor(setup) = begun else { panic!("no second factor") };
    let code = code_of(&setup.secret, world.now);
    let done = ask_as(world, session, AccountRequest::FinishSecondFactor { code }).expect("switched on");
    let AccountAnswer::RecoveryCodes(codes) = done else { panic!("no recovery codes") };
    (setup.secret, codes.codes)
}

#[test]
fn ap20_who_signs_up_by_the_link_has_an_account_and_a_session() {
    let mut world = World::default();
    let secret = sign_up(&mut world);
    let AccountAnswer::Me(me) = ask_as(&mut world, secret, AccountRequest::Me).expect("good") else {
        panic!("nobody")
    };
    assert_eq!((me.email.as_str(), me.profile.name.as_str()), (ANNA, "Anna"));
    assert!(me.has_password && !me.has_second_factor && me.workspaces.is_empty());
    assert!(sign_in(&mut world, PASSWORD).is_ok());
}

#[test]
fn ap20_nobody_has_an_account_before_the_link_is_opened() {
    let mut world = World::default();
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    world.ask(ANNA, call).expect("asked");
    assert!(matches!(world.ask(ANNA, AccountCall::Exists), Ok(AccountAnswer::Exists(false))));
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn));
}

#[test]
fn ap20_a_password_or_name_that_is_refused_costs_no_link() {
    let mut world = World::default();
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    world.ask(ANNA, call).expect("asked");
    let secret = world.token(ANNA).secret;
    let mut finish = |newcomer| {
        let call = AccountCall::FinishSignUp { secret, newcomer, device: device(1) };
        world.ask(ANNA, call).map(drop).map_err(|reject| reject.code)
    };
    assert_eq!(finish(newcomer(Some("password"))), Err(Code::WeakPassword));
    assert_eq!(finish(newcomer(Some(&"x".repeat(1_025)))), Err(Code::TooLong));
    let nameless = Newcomer { name: "\u{200b}".to_owned(), ..newcomer(None) };
    assert_eq!(finish(nameless), Err(Code::BadField));
    assert_eq!(finish(newcomer(None)), Ok(()), "passwordless");
    assert_eq!(finish(newcomer(None)), Err(Code::LinkExpired), "once");
}

#[test]
fn ap9_a_link_is_good_once_for_its_purpose_and_for_a_while() {
    let mut world = World::default();
    sign_up(&mut world);
    let secret = mail_reset(&mut world);
    let as_sign_in = AccountCall::FinishSignInLink { secret, code: None, device: device(1) };
    assert_eq!(world.ask(ANNA, as_sign_in).map(drop).map_err(|r| r.code), Err(Code::LinkExpired));
    let as_sign_up =
        AccountCall::FinishSignUp { secret, newcomer: newcomer(Some(PASSWORD)), device: device(1) };
    assert_eq!(world.ask(ANNA, as_sign_up).map(drop).map_err(|r| r.code), Err(Code::LinkExpired));
    assert_eq!(finish_reset(&mut world, [0; 32], OTHER_PASSWORD, None), Err(Code::LinkExpired));
    assert!(finish_reset(&mut world, secret, OTHER_PASSWORD, None).is_ok());
    assert_eq!(finish_reset(&mut world, secret, OTHER_PASSWORD, None), Err(Code::LinkExpired), "once");
    world.pass(2 * MINUTE);
    let secret = mail_reset(&mut world);
    world.pass(30 * MINUTE);
    assert_eq!(finish_reset(&mut world, secret, PASSWORD, None), Err(Code::LinkExpired), "too old");
}

#[test]
fn ap9_a_link_that_signs_in_is_good_for_ten_minutes() {
    let mut world = World::default();
    sign_up(&mut world);
    for (wait, expected) in [(10 * MINUTE - 1, None), (10 * MINUTE, Some(Code::LinkExpired))] {
        world.ask(ANNA, AccountCall::MailSignInLink).expect("asked");
        let secret = world.token(ANNA).secret;
        world.pass(wait);
        let call = AccountCall::FinishSignInLink { secret, code: None, device: device(1) };
        assert_eq!(world.ask(ANNA, call).err().map(|reject| reject.code), expected);
    }
}

#[test]
fn ap9_a_changed_password_makes_every_link_worthless() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let reset = mail_reset(&mut world);
    world.ask(ANNA, AccountCall::MailSignInLink).expect("asked");
    let link = world.token(ANNA).secret;
    let request = AccountRequest::SetPassword { password: OTHER_PASSWORD.to_owned() };
    ask_as(&mut world, session, request).expect("set");
    assert_eq!(finish_reset(&mut world, reset, PASSWORD, None), Err(Code::LinkExpired));
    let call = AccountCall::FinishSignInLink { secret: link, code: None, device: device(1) };
    assert_eq!(world.ask(ANNA, call).map(drop).map_err(|reject| reject.code), Err(Code::LinkExpired));
}

#[test]
fn ap11_an_address_is_not_written_to_again_within_a_minute_and_nobody_is_told() {
    let mut world = World::default();
    let mail = |world: &mut World| {
        let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
        assert!(matches!(world.ask(ANNA, call), Ok(AccountAnswer::Done)));
        world.deliver();
        world.mails.len()
    };
    assert_eq!((mail(&mut world), mail(&mut world)), (1, 1));
    for count in 2..=5 {
        world.pass(MINUTE);
        assert_eq!(mail(&mut world), count);
    }
    world.pass(MINUTE);
    assert_eq!(mail(&mut world), 5, "five an hour");
    world.pass(HOUR);
    assert_eq!(mail(&mut world), 6);
}

#[test]
fn ap11_what_an_address_without_an_account_is_asked_for_leaves_nothing() {
    let mut world = World::default();
    for call in [AccountCall::MailReset, AccountCall::MailSignInLink] {
        assert!(matches!(world.ask(ANNA, call), Ok(AccountAnswer::Done)));
    }
    world.deliver();
    assert!(world.mails.is_empty() && world.is_untouched(ANNA));
}

#[test]
fn ap11_a_second_sign_up_is_told_to_the_owner_of_the_address_only() {
    let mut world = World::default();
    sign_up(&mut world);
    world.pass(MINUTE);
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    assert!(matches!(world.ask(ANNA, call), Ok(AccountAnswer::Done)));
    world.deliver();
    let mail = world.mails.last().expect("a mail");
    assert!(mail.letter == Letter::AlreadySignedUp && mail.language == Language::De);
}

#[test]
fn ap11_what_a_stranger_made_an_object_keep_is_given_up_within_the_hour() {
    let mut world = World::default();
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    world.ask(ANNA, call).expect("asked");
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn));
    world.deliver();
    assert!(!world.is_untouched(ANNA));
    world.pass(HOUR);
    world.deliver();
    assert!(world.is_untouched(ANNA));
}

#[test]
fn ap4_the_sixth_guess_is_not_looked_at_whether_there_is_an_account_or_not() {
    for exists in [true, false] {
        let mut world = World::default();
        if exists {
            sign_up(&mut world);
        }
        let mut guess = |number, password| sign_in_from(&mut world, device(number), password, None);
        for number in 10..15 {
            assert_eq!(guess(number, "a wrong one"), Err(Code::WrongSignIn));
        }
        assert_eq!(guess(15, PASSWORD), Err(Code::RateLimited), "{exists}");
        world.pass(15 * MINUTE);
        assert_eq!(sign_in_from(&mut world, device(16), PASSWORD, None).is_ok(), exists);
    }
}

#[test]
fn ap4_strangers_keep_nobody_out_of_a_browser_that_is_known() {
    let mut world = World::default();
    sign_up(&mut world);
    for _ in 0..6 {
        let _ = sign_in_from(&mut world, device(9), "a wrong one", None);
    }
    assert_eq!(sign_in_from(&mut world, device(9), PASSWORD, None), Err(Code::RateLimited));
    assert!(sign_in_from(&mut world, device(1), PASSWORD, None).is_ok());
    for _ in 0..5 {
        assert_eq!(sign_in(&mut world, "a wrong one"), Err(Code::WrongSignIn));
    }
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::RateLimited), "which has a limit too");
}

#[test]
fn ap43_who_guesses_at_many_accounts_waits_and_keeps_nobody_out_of_a_browser_that_is_known() {
    let mut world = World::default();
    sign_up(&mut world);
    let mut guess = |number: u8| {
        let call = AccountCall::SignIn { password: PASSWORD.to_owned(), code: None, device: device(number) };
        world.ask(&format!("{number}@example.com"), call).err().expect("there is no such account")
    };
    for number in 10..20 {
        assert_eq!(guess(number).code, Code::WrongSignIn);
    }
    assert_eq!(guess(20), Reject { code: Code::RateLimited, retry_after: Some(200) });
    assert!(sign_in_from(&mut world, device(1), PASSWORD, None).is_ok());
    assert_eq!(sign_in_from(&mut world, device(2), PASSWORD, None), Err(Code::RateLimited));
    world.pass(200);
    assert!(
        sign_in_from(&mut world, device(2), PASSWORD, None).is_ok(),
        "nothing was counted against the account"
    );
}

#[test]
fn ap5_a_sign_in_is_always_a_new_session_and_ends_alone() {
    let mut world = World::default();
    let first = sign_up(&mut world);
    let second = sign_in(&mut world, PASSWORD).expect("signed in");
    assert_ne!(first, second);
    world.ask(ANNA, AccountCall::SignOut { secret: first, everywhere: false }).expect("signed out");
    assert!(!is_good(&mut world, ANNA, first) && is_good(&mut world, ANNA, second));
    world.ask(ANNA, AccountCall::SignOut { secret: first, everywhere: true }).expect("nothing happens");
    assert!(is_good(&mut world, ANNA, second), "a dead session ends no other");
}

#[test]
fn ap31_a_password_that_the_server_made_is_good_for_one_sign_in_and_a_day() {
    let create =
        || AccountCall::Create { email: ANNA.to_owned(), newcomer: newcomer(Some(PASSWORD)), device: None };
    let mut world = World::default();
    world.ask(ANNA, create()).expect("made");
    assert_eq!(sign_in(&mut world, OTHER_PASSWORD), Err(Code::WrongSignIn), "another is none");
    let session = sign_in(&mut world, PASSWORD).expect("signed in");
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn), "once");
    let request = AccountRequest::SetPassword { password: OTHER_PASSWORD.to_owned() };
    ask_as(&mut world, session, request).expect("the sign-in is the proof");
    for _ in 0..2 {
        assert!(sign_in(&mut world, OTHER_PASSWORD).is_ok(), "one's own is good");
    }
    world.pass(48 * HOUR);
    world.deliver();
    assert!(sign_in(&mut world, OTHER_PASSWORD).is_ok(), "and lasts");

    let mut world = World::default();
    world.ask(ANNA, create()).expect("made");
    world.pass(24 * HOUR);
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn), "also before the alarm");
    world.deliver();
    assert_eq!(world.column(ANNA, "SELECT password FROM account"), [Value::Text(String::new())]);
    world.ask(ANNA, AccountCall::MailSignInLink).expect("asked");
    let link = world.token(ANNA).secret;
    let call = AccountCall::FinishSignInLink { secret: link, code: None, device: device(1) };
    assert!(world.ask(ANNA, call).is_ok(), "a link leads in");
}

#[test]
fn lg3_whatever_ends_a_session_is_told_to_who_watches_the_log() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let other = sign_in(&mut world, PASSWORD).expect("signed in");
    let id = session_of(&mut world, other);
    assert_eq!(world.ended(ANNA), []);
    ask_as(&mut world, session, AccountRequest::EndSession(id)).expect("ended");
    assert_eq!(world.ended(ANNA), [(Some(id), "ended from another".to_owned())]);
    let request = AccountRequest::SetPassword { password: OTHER_PASSWORD.to_owned() };
    let session = secret_of(ask_as(&mut world, session, request).expect("changed"));
    assert_eq!(world.ended(ANNA), [(None, "another password".to_owned())]);
    second_factor(&mut world, session);
    assert_eq!(world.ended(ANNA), [(None, "another second factor".to_owned())]);
    let id = session_of(&mut world, session);
    world.pass(13 * HOUR);
    world.deliver();
    assert_eq!(world.ended(ANNA), [(Some(id), "its time is over".to_owned())]);
}

#[test]
fn ap23_what_ends_a_session_is_told_to_every_workspace_at_once() {
    let mut world = World::default();
    let first = sign_up(&mut world);
    join(&mut world, 1);
    join(&mut world, 2);
    let second = sign_in(&mut world, PASSWORD).expect("signed in");
    let id = session_of(&mut world, second);
    world.deliver();
    world.told.clear();
    ask_as(&mut world, first, AccountRequest::EndSession(id)).expect("ended");
    assert_eq!(world.alarm(ANNA), Some(world.now), "at once");
    world.deliver();
    let workspaces = [membership(1).workspace.id, membership(2).workspace.id];
    assert_eq!(dismissals(&world.told), workspaces.map(|workspace| (workspace, Some(id))));
    world.told.clear();
    world.ask(ANNA, AccountCall::SignOut { secret: first, everywhere: true }).expect("signed out");
    world.deliver();
    assert_eq!(dismissals(&world.told), workspaces.map(|workspace| (workspace, None)));
    assert!(!is_good(&mut world, ANNA, first) && !is_good(&mut world, ANNA, second));
}

#[test]
fn ap23_a_session_that_ends_by_its_age_is_told_to_every_workspace() {
    let mut world = World::default();
    let secret = sign_up(&mut world);
    join(&mut world, 1);
    world.deliver();
    let id = session_of(&mut world, secret);
    world.pass(12 * HOUR);
    world.deliver();
    assert_eq!(dismissals(&world.told), [(membership(1).workspace.id, Some(id))]);
    assert!(!is_good(&mut world, ANNA, secret));
}

#[test]
fn ap5_sessions_are_listed_with_their_browsers_and_foreign_ones_end_nothing() {
    let mut world = World::default();
    let first = sign_up(&mut world);
    world.pass(MINUTE);
    let second = sign_in(&mut world, PASSWORD).expect("signed in");
    let AccountAnswer::Sessions(sessions) =
        ask_as(&mut world, first, AccountRequest::Sessions).expect("listed")
    else {
        panic!("no list")
    };
    let seen: Vec<_> = sessions.iter().map(|session| (session.is_this, session.device.as_str())).collect();
    assert_eq!(seen, [(false, "Firefox on Linux"), (true, "Firefox on Linux")]);
    let foreign = AccountRequest::EndSession(SessionId::from_bytes([9; 16]));
    assert_eq!(ask_as(&mut world, first, foreign).map(drop), Err(Code::NotFound));
    assert!(is_good(&mut world, ANNA, second));
    assert_eq!(ask_as(&mut world, [0; 32], AccountRequest::Sessions).map(drop), Err(Code::Unauthenticated));
}

#[test]
fn ap5_the_session_after_the_hundredth_ends_the_one_not_used_for_longest() {
    let mut world = World::default();
    let first = sign_up(&mut world);
    let mut last = first;
    for _ in 0..100 {
        world.pass(1_000);
        last = sign_in(&mut world, PASSWORD).expect("signed in");
    }
    assert!(!is_good(&mut world, ANNA, first) && is_good(&mut world, ANNA, last));
}

#[test]
fn ap21_a_reset_ends_every_session_and_is_told_by_mail() {
    let mut world = World::default();
    let old = sign_up(&mut world);
    join(&mut world, 1);
    let secret = mail_reset(&mut world);
    assert_eq!(finish_reset(&mut world, secret, "12345678", None), Err(Code::WeakPassword));
    let new = finish_reset(&mut world, secret, OTHER_PASSWORD, None).expect("reset");
    assert!(!is_good(&mut world, ANNA, old) && is_good(&mut world, ANNA, new));
    world.deliver();
    assert_eq!(dismissals(&world.told), [(membership(1).workspace.id, None)]);
    assert!(world.mails.last().is_some_and(|mail| mail.letter == Letter::PasswordChanged));
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn));
    assert!(sign_in(&mut world, OTHER_PASSWORD).is_ok());
}

#[test]
fn ap21_a_changed_password_renews_this_session_and_ends_the_others() {
    let mut world = World::default();
    let other = sign_up(&mut world);
    let own = sign_in(&mut world, PASSWORD).expect("signed in");
    let request = AccountRequest::SetPassword { password: OTHER_PASSWORD.to_owned() };
    let renewed = signed_in(ask_as(&mut world, own, request).expect("set")).0;
    assert_ne!(renewed, own);
    assert!(!is_good(&mut world, ANNA, own) && !is_good(&mut world, ANNA, other));
    assert!(is_good(&mut world, ANNA, renewed));
}

#[test]
fn ap16_what_is_guarded_needs_a_proof_of_the_last_ten_minutes() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    world.pass(10 * MINUTE);
    let guarded = || {
        [
            AccountRequest::SetPassword { password: OTHER_PASSWORD.to_owned() },
            AccountRequest::BeginSecondFactor,
            AccountRequest::RemoveSecondFactor,
            AccountRequest::RenewRecoveryCodes,
            AccountRequest::MailNewAddress { email: NEW.to_owned() },
        ]
    };
    for request in guarded() {
        assert_eq!(ask_as(&mut world, session, request).map(drop), Err(Code::ProofRequired));
    }
    let prove =
        |password: Option<&str>| AccountRequest::Prove { password: password.map(str::to_owned), code: None };
    assert_eq!(ask_as(&mut world, session, prove(None)).map(drop), Err(Code::ProofRequired));
    assert_eq!(ask_as(&mut world, session, prove(Some("wrong one"))).map(drop), Err(Code::WrongSignIn));
    let session = secret_of(ask_as(&mut world, session, prove(Some(PASSWORD))).expect("proved"));
    let AccountAnswer::Authenticated(person) =
        world.ask(ANNA, AccountCall::Authenticate { secret: session }).expect("good")
    else {
        panic!("nobody")
    };
    assert_eq!(person.proof, Proof { at: world.now });
    for (request, expected) in
        guarded().into_iter().skip(1).zip([Ok(()), Err(Code::NotFound), Err(Code::NotFound), Ok(())])
    {
        assert_eq!(ask_as(&mut world, session, request).map(drop), expected, "looked at");
    }
}

/// The secret of a session that began or goes on.
fn secret_of(answer: AccountAnswer) -> [u8; 32] {
    match answer {
        AccountAnswer::SignedIn { secret, .. } => secret,
        _ => panic!("no session"),
    }
}

#[test]
fn ap7_a_proof_renews_the_secret_of_the_session_and_its_sockets_stay() {
    let mut world = World::default();
    let first = sign_up(&mut world);
    join(&mut world, 1);
    let id = session_of(&mut world, first);
    world.deliver();
    world.told.clear();
    let mut secrets = vec![first];
    for _ in 0..2 {
        world.pass(HOUR);
        let prove = AccountRequest::Prove { password: Some(PASSWORD.to_owned()), code: None };
        let newest = *secrets.last().expect("one");
        secrets.push(secret_of(ask_as(&mut world, newest, prove).expect("proved")));
        let good: Vec<_> = secrets.iter().map(|secret| is_good(&mut world, ANNA, *secret)).collect();
        let expected: Vec<_> = secrets.iter().map(|secret| Some(secret) == secrets.last()).collect();
        assert_eq!(good, expected, "only the newest");
    }
    let newest = *secrets.last().expect("one");
    assert_eq!(session_of(&mut world, newest), id, "it is the same session");
    let AccountAnswer::Sessions(sessions) =
        ask_as(&mut world, newest, AccountRequest::Sessions).expect("listed")
    else {
        panic!("no list")
    };
    let [only] = sessions.as_slice() else { panic!("one session") };
    assert!(only.is_this && only.id == id);
    assert_eq!(world.now.since(only.created_at), 2 * HOUR, "as old as it was");
    world.deliver();
    assert_eq!(dismissals(&world.told), []);
    world.ask(ANNA, AccountCall::SignOut { secret: newest, everywhere: false }).expect("signed out");
    world.deliver();
    assert_eq!(dismissals(&world.told), [(membership(1).workspace.id, Some(id))]);
    assert!(secrets.iter().all(|secret| !is_good(&mut world, ANNA, *secret)));
    assert!(world.column(ANNA, "SELECT digest FROM renewed_session").is_empty(), "and nothing is left");
}

#[test]
fn ap16_wrong_proofs_are_guesses() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let prove = || AccountRequest::Prove { password: Some("a wrong one".to_owned()), code: None };
    for _ in 0..5 {
        assert_eq!(ask_as(&mut world, session, prove()).map(drop), Err(Code::WrongSignIn));
    }
    assert_eq!(ask_as(&mut world, session, prove()).map(drop), Err(Code::RateLimited));
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::RateLimited));
}

#[test]
fn ap13_a_second_factor_is_asked_for_at_every_way_in() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let other = sign_in(&mut world, PASSWORD).expect("signed in");
    let (secret, _) = second_factor(&mut world, session);
    assert!(is_good(&mut world, ANNA, session) && !is_good(&mut world, ANNA, other), "others end");
    world.deliver();
    let changed = Letter::SecondFactorChanged { is_on: true };
    assert!(world.mails.last().is_some_and(|mail| mail.letter == changed));
    world.pass(MINUTE);
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::SecondFactorRequired));
    let code = code_of(&secret, world.now);
    assert!(sign_in_with(&mut world, PASSWORD, Some(&code)).is_ok());
    assert_eq!(sign_in_with(&mut world, PASSWORD, Some(&code)), Err(Code::SecondFactorRequired), "once");
    let reset = mail_reset(&mut world);
    assert_eq!(finish_reset(&mut world, reset, OTHER_PASSWORD, None), Err(Code::SecondFactorRequired));
    world.pass(MINUTE);
    let code = code_of(&secret, world.now);
    assert!(finish_reset(&mut world, reset, OTHER_PASSWORD, Some(code)).is_ok());
    world.ask(ANNA, AccountCall::MailSignInLink).expect("asked");
    let link = world.token(ANNA).secret;
    let call = |code| AccountCall::FinishSignInLink { secret: link, code, device: device(1) };
    let refused = world.ask(ANNA, call(None)).map(drop).map_err(|reject| reject.code);
    assert_eq!(refused, Err(Code::SecondFactorRequired));
    world.pass(MINUTE);
    let code = code_of(&secret, world.now);
    assert!(world.ask(ANNA, call(Some(code))).is_ok());
}

#[test]
fn ap21_that_a_second_factor_was_switched_off_is_mailed_also_right_after_it_was_switched_on() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    second_factor(&mut world, session);
    ask_as(&mut world, session, AccountRequest::RemoveSecondFactor).expect("switched off");
    world.deliver();
    let told = |is_on| {
        let letter = Letter::SecondFactorChanged { is_on };
        world.mails.iter().filter(|mail| mail.letter == letter).count()
    };
    assert_eq!((told(true), told(false)), (1, 1));
}

#[test]
fn ws18_every_workspace_hears_whether_there_is_a_second_factor() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    join(&mut world, 2);
    let has_one = |world: &mut World| match world.ask(ANNA, AccountCall::Authenticate { secret: session }) {
        Ok(AccountAnswer::Authenticated(person)) => person.has_second_factor,
        _ => panic!("the session is good"),
    };
    assert!(!has_one(&mut world));
    second_factor(&mut world, session);
    assert!(has_one(&mut world));
    ask_as(&mut world, session, AccountRequest::RemoveSecondFactor).expect("switched off");
    assert!(!has_one(&mut world));
    world.deliver();
    let heard = world.told.iter().filter_map(|job| match job {
        Job::Workspace(workspace, call) => match &**call {
            WorkspaceCall::SecondFactorChanged { agent, is_on } => Some((*workspace, *agent, *is_on)),
            _ => None,
        },
        _ => None,
    });
    let heard: Vec<_> = heard.collect();
    for joined in [membership(1), membership(2)] {
        let of_this = heard.iter().filter(|(workspace, ..)| *workspace == joined.workspace.id);
        let of_this: Vec<_> = of_this.map(|(_, agent, is_on)| (*agent, *is_on)).collect();
        assert_eq!(of_this, [(joined.agent, true), (joined.agent, false)], "in this order");
    }
}

#[test]
fn ap13_guessed_codes_count_as_failures_and_a_missing_one_does_not() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (secret, _) = second_factor(&mut world, session);
    world.pass(MINUTE);
    for _ in 0..10 {
        assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::SecondFactorRequired));
    }
    for _ in 0..5 {
        let guess = sign_in_with(&mut world, PASSWORD, Some("000000x"));
        assert_eq!(guess, Err(Code::SecondFactorRequired));
    }
    let code = code_of(&secret, world.now);
    assert_eq!(sign_in_with(&mut world, PASSWORD, Some(&code)), Err(Code::RateLimited));
    world.ask(ANNA, AccountCall::MailSignInLink).expect("asked");
    let link = world.token(ANNA).secret;
    let call = AccountCall::FinishSignInLink { secret: link, code: Some(code), device: device(1) };
    let refused = world.ask(ANNA, call).map(drop).map_err(|reject| reject.code);
    assert_eq!(refused, Err(Code::RateLimited), "by every way in");
}

/// The sealed secret of Anna's second factor.
fn sealed(world: &World) -> Vec<u8> {
    match world.column(ANNA, "SELECT secret FROM second_factor").as_slice() {
        [Value::Blob(bytes)] => bytes.clone(),
        other => panic!("{other:?}"),
    }
}

/// Signs in with the code that the app shows, a minute later.
fn sign_in_with_app(world: &mut World, secret: &str) -> Result<[u8; 32], Code> {
    world.pass(MINUTE);
    let code = code_of(secret, world.now);
    sign_in_with(world, PASSWORD, Some(&code))
}

#[test]
fn ac12_the_secret_of_a_second_factor_is_in_no_row_as_it_is() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (secret, _) = second_factor(&mut world, session);
    let plain = BASE32_NOPAD.decode(secret.as_bytes()).expect("base32");
    let kept = sealed(&world);
    assert!(kept.len() > plain.len() && !kept.windows(plain.len()).any(|part| part == plain));
    assert!(world.column(ANNA, "SELECT secret FROM new_second_factor").is_empty());
    assert!(sign_in_with_app(&mut world, &secret).is_ok());
    assert_eq!(sealed(&world), kept, "using it writes it no other way");
}

#[test]
fn ac12_a_second_factor_is_sealed_anew_when_it_is_used_under_the_next_secret() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (secret, codes) = second_factor(&mut world, session);
    let before = sealed(&world);
    world.sealing = Sealing::new(b"two", Some(b"one"));
    assert!(sign_in_with_app(&mut world, &secret).is_ok());
    assert_ne!(sealed(&world), before);
    world.sealing = Sealing::new(b"two", None);
    assert!(sign_in_with_app(&mut world, &secret).is_ok());
    world.sealing = Sealing::new(b"three", None);
    assert_eq!(sign_in_with_app(&mut world, &secret), Err(Code::SecondFactorRequired), "never without");
    assert!(sign_in_with(&mut world, PASSWORD, Some(&codes[0])).is_ok(), "a recovery code needs no secret");
}

#[test]
fn ac12_a_second_factor_from_before_they_were_sealed_is_good_and_sealed_when_it_is_used() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (secret, _) = second_factor(&mut world, session);
    let plain = BASE32_NOPAD.decode(secret.as_bytes()).expect("base32");
    world.put(ANNA, "UPDATE second_factor SET secret = ?1", Value::Blob(plain.clone()));
    assert!(sign_in_with_app(&mut world, &secret).is_ok());
    assert_ne!(sealed(&world), plain);
    assert!(sign_in_with_app(&mut world, &secret).is_ok());
}

#[test]
fn ap14_a_recovery_code_is_good_once_and_until_new_ones_are_made() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (_, codes) = second_factor(&mut world, session);
    assert_eq!(codes.len(), 10);
    assert!(sign_in_with(&mut world, PASSWORD, Some(&codes[0].to_uppercase())).is_ok());
    let again = sign_in_with(&mut world, PASSWORD, Some(&codes[0]));
    assert_eq!(again, Err(Code::SecondFactorRequired));
    ask_as(&mut world, session, AccountRequest::RenewRecoveryCodes).expect("renewed");
    let old = sign_in_with(&mut world, PASSWORD, Some(&codes[1]));
    assert_eq!(old, Err(Code::SecondFactorRequired));
    ask_as(&mut world, session, AccountRequest::RemoveSecondFactor).expect("off");
    assert!(sign_in(&mut world, PASSWORD).is_ok());
    assert_eq!(
        ask_as(&mut world, session, AccountRequest::RenewRecoveryCodes).map(drop),
        Err(Code::NotFound)
    );
}

#[test]
fn ap13_a_second_factor_counts_from_its_first_right_code_on() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let finish = |code: &str| AccountRequest::FinishSecondFactor { code: code.to_owned() };
    assert_eq!(ask_as(&mut world, session, finish("123456")).map(drop), Err(Code::NotFound));
    ask_as(&mut world, session, AccountRequest::BeginSecondFactor).expect("begun");
    let wrong = ask_as(&mut world, session, finish("")).map(drop);
    assert_eq!(wrong, Err(Code::SecondFactorRequired));
    assert!(sign_in(&mut world, PASSWORD).is_ok(), "not yet on");
    second_factor(&mut world, session);
    let again = ask_as(&mut world, session, AccountRequest::BeginSecondFactor).map(drop);
    assert_eq!(again, Err(Code::Taken));
}

#[test]
fn ap15_a_browser_that_is_not_known_is_told_by_mail() {
    let mut world = World::default();
    sign_up(&mut world);
    sign_in(&mut world, PASSWORD).expect("the same browser");
    world.deliver();
    let before = world.mails.len();
    let (password, code) = (PASSWORD.to_owned(), None);
    let call = AccountCall::SignIn { password, code, device: device(2) };
    world.ask(ANNA, call).expect("signed in");
    world.deliver();
    assert_eq!(world.mails.len(), before + 1);
    assert!(matches!(world.mails.last().expect("a mail").letter, Letter::NewDevice { .. }));
}

#[test]
fn ap17_a_profile_is_legal_and_told_to_every_workspace() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    world.deliver();
    let profile = |name: &str, time_zone: &str| Profile {
        name: name.to_owned(),
        language: Language::Fr,
        time_zone: time_zone.to_owned(),
    };
    for bad in [profile("", ""), profile("a\nb", ""), profile("Anna", "<b>")] {
        let refused = ask_as(&mut world, session, AccountRequest::SetProfile(bad)).map(drop);
        assert_eq!(refused, Err(Code::BadField));
    }
    let request = AccountRequest::SetProfile(profile("Anna Lind", "UTC"));
    ask_as(&mut world, session, request).expect("set");
    world.deliver();
    let [Job::Workspace(_, call)] = world.told.as_slice() else { panic!("not told") };
    let WorkspaceCall::PersonChanged { name, language, email, account, .. } = &**call else {
        panic!("told something else")
    };
    assert_eq!((name.as_str(), *language, email.as_str()), ("Anna Lind", Language::Fr, ANNA));
    assert_eq!(*account, World::id(ANNA));
}

/// Has the link to the new address mailed, and returns its secret.
fn mail_new_address(world: &mut World, session: [u8; 32]) -> [u8; 32] {
    let request = AccountRequest::MailNewAddress { email: NEW.to_owned() };
    ask_as(world, session, request).expect("asked");
    let token = world.token(NEW);
    assert!(token.place == *World::id(ANNA).as_bytes(), "the old object is asked");
    token.secret
}

fn move_in(world: &mut World, session: [u8; 32], secret: [u8; 32]) -> Result<[u8; 32], Code> {
    let request = AccountRequest::FinishNewAddress { secret };
    let AccountAnswer::Moving(moving) = ask_as(world, session, request)? else { panic!("nothing moves") };
    let answer = world.ask(NEW, AccountCall::MoveIn(moving));
    answer.map(|answer| signed_in(answer).0).map_err(|reject| reject.code)
}

#[test]
fn ap18_an_account_moves_whole_to_its_new_address() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    join(&mut world, 2);
    let (secret, codes) = second_factor(&mut world, session);
    world.deliver();
    world.told.clear();
    let link = mail_new_address(&mut world, session);
    let new = move_in(&mut world, session, link).expect("moved");
    world.deliver();
    assert!(is_good(&mut world, NEW, new) && !is_good(&mut world, ANNA, session));
    assert!(matches!(world.ask(ANNA, AccountCall::Exists), Ok(AccountAnswer::Exists(false))));
    let told: Vec<_> = world
        .told
        .iter()
        .filter(|job| {
            matches!(job, Job::Workspace(_, call)
        if matches!(&**call, WorkspaceCall::PersonChanged { account, email, .. }
            if *account == World::id(NEW) && email == NEW))
        })
        .collect();
    assert_eq!(told.len(), 2, "both workspaces know the new address");
    assert_eq!(dismissals(&world.told).len(), 2, "and close the sockets");
    let last = world.mails.iter().rfind(|mail| mail.to == ANNA).expect("a mail to the old address");
    assert!(last.letter == Letter::AddressChanged);
    world.pass(MINUTE);
    let call = |code: &str| AccountCall::SignIn {
        password: PASSWORD.to_owned(),
        code: Some(code.to_owned()),
        device: device(1),
    };
    assert!(world.ask(NEW, call(&code_of(&secret, world.now))).is_ok());
    let (_, me) = signed_in(world.ask(NEW, call(&codes[0])).expect("by a recovery code"));
    assert_eq!((me.email.as_str(), me.workspaces.len(), me.has_second_factor), (NEW, 2, true));
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn));
}

#[test]
fn ap18_a_link_that_was_mailed_to_the_old_address_opens_nothing_after_the_move() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let reset = mail_reset(&mut world);
    let link = mail_new_address(&mut world, session);
    move_in(&mut world, session, link).expect("moved");
    world.deliver();
    assert_eq!(finish_reset(&mut world, reset, OTHER_PASSWORD, None), Err(Code::LinkExpired));
    let password = OTHER_PASSWORD.to_owned();
    let elsewhere = AccountCall::FinishReset { secret: reset, password, code: None, device: device(1) };
    let answer = world.ask(NEW, elsewhere).map(drop).map_err(|reject| reject.code);
    assert_eq!(answer, Err(Code::LinkExpired), "nor where the account is");
}

#[test]
fn ap18_moving_twice_is_moving_once() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    let link = mail_new_address(&mut world, session);
    let first = move_in(&mut world, session, link).expect("moved");
    let second = move_in(&mut world, session, link).expect("the news has not arrived");
    world.deliver();
    assert!(is_good(&mut world, NEW, first) && is_good(&mut world, NEW, second));
    let told = AccountCall::MovedOut { link: MailedToken::digest(&link), to: World::id(NEW) };
    assert!(world.ask(ANNA, told).is_ok(), "late news");
    assert_eq!(move_in(&mut world, session, link), Err(Code::Unauthenticated));
}

#[test]
fn ap18_an_address_that_has_an_account_takes_up_no_other() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let link = mail_new_address(&mut world, session);
    let call =
        AccountCall::Create { email: NEW.to_owned(), newcomer: newcomer(Some(PASSWORD)), device: None };
    world.ask(NEW, call).expect("somebody was faster");
    assert_eq!(move_in(&mut world, session, link), Err(Code::Taken));
    assert!(is_good(&mut world, ANNA, session));
    world.pass(2 * MINUTE);
    let request = AccountRequest::MailNewAddress { email: NEW.to_owned() };
    ask_as(&mut world, session, request).expect("the same answer");
    world.deliver();
    assert!(world.mails.last().is_some_and(|mail| mail.letter == Letter::AlreadySignedUp));
}

#[test]
fn ap18_a_new_address_needs_its_own_link_and_this_session() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let reset = mail_reset(&mut world);
    assert_eq!(move_in(&mut world, session, reset), Err(Code::LinkExpired));
    let link = mail_new_address(&mut world, session);
    assert_eq!(move_in(&mut world, [0; 32], link), Err(Code::Unauthenticated));
    let limited = ask_as(&mut world, session, AccountRequest::MailNewAddress { email: NEW.to_owned() });
    assert_eq!(limited.map(drop), Err(Code::RateLimited));
    let own = AccountRequest::MailNewAddress { email: ANNA.to_owned() };
    assert_eq!(ask_as(&mut world, session, own).map(drop), Err(Code::Taken));
}

#[test]
fn ap18_news_for_an_account_follows_it_and_nobody_takes_its_place_for_a_day() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let link = mail_new_address(&mut world, session);
    let new = move_in(&mut world, session, link).expect("moved");
    world.deliver();
    join(&mut world, 3);
    world.deliver();
    let AccountAnswer::Authenticated(person) =
        world.ask(NEW, AccountCall::Authenticate { secret: new }).expect("good")
    else {
        panic!("nobody")
    };
    assert_eq!(person.memberships, [membership(3)]);
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    let before = world.mails.len();
    world.pass(MINUTE);
    assert!(matches!(world.ask(ANNA, call.clone()), Ok(AccountAnswer::Done)));
    world.deliver();
    assert_eq!(world.mails.len(), before, "not yet");
    world.pass(25 * HOUR);
    world.deliver();
    world.ask(ANNA, call).expect("asked");
    world.deliver();
    assert!(matches!(world.mails.last().expect("a mail").letter, Letter::SignUp { .. }));
}

#[test]
fn ap18_who_moves_back_at_once_is_let_in() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let link = mail_new_address(&mut world, session);
    let new = move_in(&mut world, session, link).expect("moved");
    world.deliver();
    world.pass(2 * MINUTE);
    let as_new = |request| AccountCall::As { secret: new, request };
    let request = AccountRequest::MailNewAddress { email: ANNA.to_owned() };
    world.ask(NEW, as_new(request)).expect("asked");
    let secret = world.token(ANNA).secret;
    let Ok(AccountAnswer::Moving(moving)) =
        world.ask(NEW, as_new(AccountRequest::FinishNewAddress { secret }))
    else {
        panic!("nothing moves")
    };
    let back = signed_in(world.ask(ANNA, AccountCall::MoveIn(moving)).expect("moved back")).0;
    world.deliver();
    assert!(is_good(&mut world, ANNA, back) && !is_good(&mut world, NEW, new));
    let late = AccountCall::MovedOut { link: MailedToken::digest(&link), to: World::id(NEW) };
    world.ask(ANNA, late).expect("late news");
    assert!(is_good(&mut world, ANNA, back), "changes nothing");
}

fn delete(world: &mut World, session: [u8; 32], left: &[u8]) -> Result<(), Code> {
    let left = left.iter().map(|workspace| membership(*workspace).agent).collect();
    ask_as(world, session, AccountRequest::Delete { left }).map(drop)
}

#[test]
fn ap40_an_account_goes_with_all_that_it_was_and_its_address_is_told() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    second_factor(&mut world, session);
    join(&mut world, 1);
    world.deliver();
    let other = mail_reset(&mut world);
    world.ended(ANNA);
    delete(&mut world, session, &[1]).expect("deleted");
    assert!(!is_good(&mut world, ANNA, session));
    assert_eq!(world.ended(ANNA), [(None, "the account was deleted".to_owned())]);
    world.deliver();
    assert!(world.mails.last().expect("a mail").letter == Letter::AccountDeleted);
    assert_eq!(sign_in(&mut world, PASSWORD), Err(Code::WrongSignIn));
    assert_eq!(finish_reset(&mut world, other, OTHER_PASSWORD, None), Err(Code::LinkExpired));
    for table in
        ["account", "session", "device", "membership", "second_factor", "recovery_code", "link", "passkey"]
    {
        let left = world.column(ANNA, &format!("SELECT COUNT(*) FROM {table}"));
        assert_eq!(left, [Value::Integer(0)], "{table}");
    }
    assert_eq!(delete(&mut world, session, &[1]), Err(Code::Unauthenticated), "once");
    world.pass(26 * HOUR);
    world.deliver();
    assert!(world.is_untouched(ANNA), "nothing is left at all");
}

#[test]
fn ap40_deleting_takes_a_proof_and_that_every_workspace_was_left() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    join(&mut world, 2);
    assert_eq!(delete(&mut world, session, &[1]), Err(Code::InUse), "they came to another one meanwhile");
    world.pass(11 * MINUTE);
    assert_eq!(delete(&mut world, session, &[1, 2]), Err(Code::ProofRequired));
    assert!(is_good(&mut world, ANNA, session), "nothing has happened");
    world.deliver();
    assert!(dismissals(&world.told).is_empty());
}

#[test]
fn ap40_nobody_takes_the_address_for_a_day_and_late_news_of_the_account_is_nobodys() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    delete(&mut world, session, &[]).expect("deleted");
    world.deliver();
    let joined = world.ask(ANNA, AccountCall::Joined(membership(1))).map(drop);
    assert_eq!(joined.map_err(|reject| reject.code), Err(Code::NotFound));
    let left = AccountCall::Left { workspace: membership(1).workspace.id, agent: membership(1).agent };
    world.ask(ANNA, left).expect("nothing to do");
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    let before = world.mails.len();
    world.pass(MINUTE);
    world.ask(ANNA, call.clone()).expect("asked");
    world.deliver();
    assert_eq!(world.mails.len(), before, "not yet");
    world.pass(25 * HOUR);
    world.deliver();
    world.ask(ANNA, call).expect("asked");
    world.deliver();
    assert!(matches!(world.mails.last().expect("a mail").letter, Letter::SignUp { .. }));
}

#[test]
fn ob1_a_mail_is_owed_until_it_is_sent() {
    let mut world = World::default();
    world.post_is_away = true;
    let call = AccountCall::MailSignUp { email: ANNA.to_owned(), language: Language::En };
    world.ask(ANNA, call).expect("asked");
    world.deliver();
    assert!(world.mails.is_empty());
    world.post_is_away = false;
    world.pass(1_000);
    world.deliver();
    assert_eq!(world.mails.len(), 1);
}
