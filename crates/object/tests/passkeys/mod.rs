//! What the objects of accounts do with passkeys, which an authenticator of these tests makes and uses.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use domain::account::MailedToken;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use protocol::call::{AccountAnswer, AccountCall, AccountRequest, Device, Job, Membership, WorkspaceCall};
use protocol::http::account::{Newcomer, WorkspaceName};
use protocol::http::passkey::{MadePasskey, PasskeyQuestion, PasskeySetup, PasskeyView, UsedPasskey};
use protocol::mail::{Language, Letter};
use protocol::{
    AccountId, AgentId, Code, DeviceId, Nonce, Octets, PasskeyCeremony, PasskeyChallenge, WorkspaceId,
};
use sha2::{Digest as _, Sha256};

use crate::world::{MINUTE, World};

const ANNA: &str = "anna@example.com";
const NEW: &str = "anna@new.example";
const NEWEST: &str = "anna@newest.example";
const PASSWORD: &str = "correct horse battery";
const ORIGIN: &str = "https://chat.example.com";
const HOST: &str = "chat.example.com";

/// Under which the objects of the test's world sign.
const TOKEN_SECRET: &[u8] = b"another secret";

/// Present, verified, may be synced.
const FLAGS: u8 = 0b0000_1101;
const HAS_CREDENTIAL: u8 = 0b0100_0000;

/// An authenticator with one passkey.
#[derive(Clone)]
struct Authenticator {
    key: SigningKey,
    credential: Vec<u8>,
}

impl Authenticator {
    fn new(number: u8) -> Self {
        Self { key: SigningKey::from_slice(&[number; 32]).expect("a key"), credential: vec![number; 20] }
    }

    fn make(&self, setup: &PasskeySetup) -> MadePasskey {
        assert_eq!((setup.relying_party.as_str(), setup.email.as_str()), (HOST, ANNA));
        let length = u16::try_from(self.credential.len()).expect("short").to_be_bytes();
        let data =
            [data(FLAGS | HAS_CREDENTIAL).as_slice(), &[0; 16], &length, &self.credential, &self.cose()]
                .concat();
        let entry = |key: &str, value| (Cbor::from(key), value);
        let attestation = cbor(&Cbor::Map(vec![
            entry("fmt", Cbor::from("none")),
            entry("attStmt", Cbor::Map(Vec::new())),
            entry("authData", Cbor::Bytes(data)),
        ]));
        MadePasskey {
            client_data: client_data("webauthn.create", &setup.challenge),
            attestation: Octets(attestation),
        }
    }

    fn use_for(&self, challenge: &Octets) -> UsedPasskey {
        let (client_data, data) = (client_data("webauthn.get", challenge), data(FLAGS));
        let digest = Sha256::digest(&client_data.0);
        let signature: Signature = self.key.sign(&[data.as_slice(), digest.as_slice()].concat());
        UsedPasskey {
            credential: Octets(self.credential.clone()),
            client_data,
            authenticator_data: Octets(data),
            signature: Octets(signature.to_der().as_bytes().to_vec()),
        }
    }

    fn cose(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("not compressed"), point.y().expect("not compressed"));
        let entry = |key: i32, value| (Cbor::from(key), value);
        cbor(&Cbor::Map(vec![
            entry(1, Cbor::from(2)),
            entry(3, Cbor::from(-7)),
            entry(-1, Cbor::from(1)),
            entry(-2, Cbor::Bytes(x.to_vec())),
            entry(-3, Cbor::Bytes(y.to_vec())),
        ]))
    }
}

fn cbor(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("written");
    bytes
}

fn data(flags: u8) -> Vec<u8> {
    [Sha256::digest(HOST).as_slice(), &[flags], &[0; 4]].concat()
}

fn client_data(kind: &str, challenge: &Octets) -> Octets {
    let challenge = URL_SAFE_NO_PAD.encode(&challenge.0);
    let said = format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{ORIGIN}"}}"#);
    Octets(said.into_bytes())
}

fn device(number: u8) -> Device {
    Device { name: "Firefox on Linux".to_owned(), id: DeviceId::from_bytes([number; 16]) }
}

fn origin() -> String {
    ORIGIN.to_owned()
}

fn sign_up(world: &mut World) -> [u8; 32] {
    let newcomer = Newcomer {
        name: "Anna".to_owned(),
        password: Some(PASSWORD.to_owned()),
        language: Language::En,
        time_zone: String::new(),
    };
    let call = AccountCall::Create { email: ANNA.to_owned(), newcomer, device: Some(device(1)) };
    begun(world.ask(ANNA, call).expect("signed up"))
}

fn sign_in(world: &mut World) -> [u8; 32] {
    let call = AccountCall::SignIn { password: PASSWORD.to_owned(), code: None, device: device(1) };
    begun(world.ask(ANNA, call).expect("signed in"))
}

fn begun(answer: AccountAnswer) -> [u8; 32] {
    match answer {
        AccountAnswer::SignedIn { secret, .. } => secret,
        _ => panic!("no session begun"),
    }
}

fn ask_as(world: &mut World, secret: [u8; 32], request: AccountRequest) -> Result<AccountAnswer, Code> {
    world.ask(ANNA, AccountCall::As { secret, request }).map_err(|reject| reject.code)
}

fn begin(world: &mut World, session: [u8; 32]) -> PasskeySetup {
    match ask_as(world, session, AccountRequest::BeginPasskey { origin: origin() }).expect("begun") {
        AccountAnswer::PasskeySetup(setup) => *setup,
        _ => panic!("nothing to make one with"),
    }
}

fn finish(world: &mut World, session: [u8; 32], made: MadePasskey) -> Result<(), Code> {
    ask_as(world, session, AccountRequest::FinishPasskey { made, origin: origin() }).map(drop)
}

fn add(world: &mut World, session: [u8; 32], authenticator: &Authenticator) {
    let setup = begin(world, session);
    assert_eq!(finish(world, session, authenticator.make(&setup)), Ok(()));
}

fn passkeys(world: &mut World, session: [u8; 32]) -> Vec<PasskeyView> {
    match ask_as(world, session, AccountRequest::Passkeys).expect("listed") {
        AccountAnswer::Passkeys(passkeys) => passkeys,
        _ => panic!("no list"),
    }
}

/// A challenge for a sign-in, as the Worker gives it without waking an object.
fn challenge(world: &World, device: &Device) -> Octets {
    let ceremony = PasskeyCeremony::SignIn(device.id);
    let nonce = Nonce::from_bytes(core::array::from_fn(|index| device.id.as_bytes()[index] ^ 0x55));
    let expires_at = world.now.plus(5 * MINUTE);
    let challenge = PasskeyChallenge { ceremony, nonce, expires_at };
    Octets(domain::token::sign(TOKEN_SECRET, &challenge).into_bytes())
}

fn sign_in_with(world: &mut World, email: &str, passkey: UsedPasskey, number: u8) -> Result<[u8; 32], Code> {
    let call = AccountCall::SignInByPasskey { passkey, origin: origin(), device: device(number) };
    world.ask(email, call).map(begun).map_err(|reject| reject.code)
}

/// Signs in with a passkey in a browser of a number.
fn sign_in_by(world: &mut World, authenticator: &Authenticator, number: u8) -> Result<[u8; 32], Code> {
    let challenge = challenge(world, &device(number));
    sign_in_with(world, ANNA, authenticator.use_for(&challenge), number)
}

/// Whether there is a second factor, and whether one was used in a session.
fn factors(world: &mut World, email: &str, secret: [u8; 32]) -> Option<(bool, bool)> {
    match world.ask(email, AccountCall::Authenticate { secret }) {
        Ok(AccountAnswer::Authenticated(person)) => {
            Some((person.has_second_factor, person.used_second_factor))
        }
        _ => None,
    }
}

fn told_of_factors(world: &World) -> Vec<bool> {
    let told = |job: &Job| match job {
        Job::Workspace(_, call) => match &**call {
            WorkspaceCall::SecondFactorChanged { is_on, .. } => Some(*is_on),
            _ => None,
        },
        _ => None,
    };
    world.told.iter().filter_map(told).collect()
}

fn join(world: &mut World) {
    let id = WorkspaceId::from_bytes([1; 16]);
    let workspace = WorkspaceName { id, name: "Fernwood".to_owned() };
    let membership = Membership { workspace, agent: AgentId::from_bytes([1; 16]) };
    world.ask(ANNA, AccountCall::Joined(membership)).expect("joined");
}

#[test]
fn ap24_a_passkey_signs_in_without_an_address_or_a_password() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let authenticator = Authenticator::new(1);
    let setup = begin(&mut world, session);
    assert_eq!(setup.user.0, World::id(ANNA).as_bytes(), "leads to the object");
    assert_eq!(finish(&mut world, session, authenticator.make(&setup)), Ok(()));
    let listed = passkeys(&mut world, session);
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].name.as_str(), listed[0].used_at), ("Firefox on Linux", None));
    world.pass(MINUTE);
    let signed_in = sign_in_by(&mut world, &authenticator, 2).expect("signed in");
    assert_eq!(factors(&mut world, ANNA, signed_in), Some((true, true)));
    let now = world.now;
    assert_eq!(passkeys(&mut world, session)[0].used_at, Some(now));
    world.deliver();
    let letters: Vec<_> = world.mails.iter().map(|mail| &mail.letter).collect();
    assert!(letters.contains(&&Letter::PasskeysChanged { is_added: true }));
    assert!(letters.contains(&&Letter::NewDevice { at: now }), "of a browser that is not known");
}

#[test]
fn ap25_a_challenge_is_good_once_in_time_and_for_what_it_was_given() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let other = sign_in(&mut world);
    let authenticator = Authenticator::new(1);
    let setup = begin(&mut world, session);
    let made = authenticator.make(&setup);
    assert_eq!(finish(&mut world, other, made.clone()), Err(Code::LinkExpired), "of another session");
    let for_sign_in = PasskeySetup { challenge: challenge(&world, &device(1)), ..setup.clone() };
    assert_eq!(finish(&mut world, session, authenticator.make(&for_sign_in)), Err(Code::LinkExpired));
    let made_up = PasskeySetup { challenge: Octets(b"AAAA.BBBB".to_vec()), ..setup.clone() };
    assert_eq!(finish(&mut world, session, authenticator.make(&made_up)), Err(Code::LinkExpired));
    assert_eq!(finish(&mut world, session, made), Ok(()));
    let again = Authenticator::new(2).make(&setup);
    assert_eq!(finish(&mut world, session, again), Err(Code::LinkExpired), "used");
    let late = begin(&mut world, session);
    world.pass(5 * MINUTE);
    assert_eq!(finish(&mut world, session, Authenticator::new(2).make(&late)), Err(Code::LinkExpired));

    let used = authenticator.use_for(&challenge(&world, &device(1)));
    assert_eq!(sign_in_with(&mut world, ANNA, used.clone(), 2), Err(Code::WrongSignIn), "another browser");
    assert_eq!(sign_in_with(&mut world, ANNA, used.clone(), 1).map(drop), Ok(()));
    assert_eq!(sign_in_with(&mut world, ANNA, used, 1), Err(Code::WrongSignIn), "used");
    let late = authenticator.use_for(&challenge(&world, &device(3)));
    world.pass(5 * MINUTE);
    assert_eq!(sign_in_with(&mut world, ANNA, late, 3), Err(Code::WrongSignIn), "too late");
    world.pass(20 * MINUTE);
    world.deliver();
    assert!(world.column(ANNA, "SELECT nonce FROM answered_challenge").is_empty(), "nothing is left");
}

#[test]
fn ap25_a_challenge_to_prove_with_signs_nobody_in() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let authenticator = Authenticator::new(1);
    add(&mut world, session, &authenticator);
    let question = question(&mut world, session);
    let used = authenticator.use_for(&question.challenge);
    assert_eq!(sign_in_with(&mut world, ANNA, used.clone(), 1), Err(Code::WrongSignIn));
    assert!(prove(&mut world, session, used).is_ok(), "what it was given for");
}

fn question(world: &mut World, session: [u8; 32]) -> PasskeyQuestion {
    match ask_as(world, session, AccountRequest::BeginPasskeyProof { origin: origin() }).expect("begun") {
        AccountAnswer::PasskeyQuestion(question) => question,
        _ => panic!("no question"),
    }
}

fn prove(world: &mut World, session: [u8; 32], passkey: UsedPasskey) -> Result<[u8; 32], Code> {
    ask_as(world, session, AccountRequest::ProveByPasskey { passkey, origin: origin() }).map(begun)
}

#[test]
fn ap26_what_leads_nowhere_and_what_is_signed_wrongly_look_the_same_and_are_counted() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let (authenticator, stranger) = (Authenticator::new(1), Authenticator::new(2));
    add(&mut world, session, &authenticator);
    let forged = Authenticator { credential: authenticator.credential.clone(), ..stranger.clone() };
    for email in [ANNA, "nobody@example.com"] {
        for (number, impostor) in
            [(11, &forged), (12, &stranger), (13, &forged), (14, &forged), (15, &forged)]
        {
            let used = impostor.use_for(&challenge(&world, &device(number)));
            assert_eq!(sign_in_with(&mut world, email, used, number), Err(Code::WrongSignIn), "{email}");
        }
        let used = authenticator.use_for(&challenge(&world, &device(16)));
        assert_eq!(sign_in_with(&mut world, email, used, 16), Err(Code::RateLimited), "{email}");
    }
    sign_in(&mut world);
    world.pass(15 * MINUTE);
    assert!(sign_in_by(&mut world, &authenticator, 17).is_ok());
    world.deliver();
    assert!(world.is_untouched("nobody@example.com"), "what strangers leave is forgotten");
}

#[test]
fn ap27_a_passkey_is_added_and_removed_with_a_proof_only() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let authenticator = Authenticator::new(1);
    add(&mut world, session, &authenticator);
    let id = passkeys(&mut world, session)[0].id;
    world.pass(10 * MINUTE);
    let begin = AccountRequest::BeginPasskey { origin: origin() };
    assert_eq!(ask_as(&mut world, session, begin.clone()).err(), Some(Code::ProofRequired));
    let remove = AccountRequest::RemovePasskey(id);
    assert_eq!(ask_as(&mut world, session, remove.clone()).err(), Some(Code::ProofRequired));
    let rename = |name: &str| AccountRequest::RenamePasskey { id, name: name.to_owned() };
    assert_eq!(ask_as(&mut world, session, rename(" Laptop ")).err(), None);
    assert_eq!(ask_as(&mut world, session, rename("\u{200b}")).err(), Some(Code::BadField));
    assert_eq!(passkeys(&mut world, session)[0].name, "Laptop");

    let question = question(&mut world, session);
    assert_eq!(question.known, vec![Octets(authenticator.credential.clone())]);
    let forged = Authenticator { credential: authenticator.credential.clone(), ..Authenticator::new(2) };
    let wrong = forged.use_for(&question.challenge);
    assert_eq!(prove(&mut world, session, wrong).err(), Some(Code::WrongSignIn));
    let proven = prove(&mut world, session, authenticator.use_for(&question.challenge)).expect("proven");
    assert_eq!(factors(&mut world, ANNA, session), None, "the session goes on under a new secret");

    let other = sign_in(&mut world);
    assert_eq!(ask_as(&mut world, proven, remove.clone()).err(), None);
    assert_eq!(factors(&mut world, ANNA, other), None, "every other session ends");
    assert_eq!(ask_as(&mut world, proven, remove).err(), Some(Code::NotFound));
    assert_eq!(ask_as(&mut world, proven, rename("Laptop")).err(), Some(Code::NotFound));
    assert_eq!(sign_in_by(&mut world, &authenticator, 2), Err(Code::WrongSignIn));
    world.deliver();
    let removed = Letter::PasskeysChanged { is_added: false };
    assert!(world.mails.iter().any(|mail| mail.letter == removed));
    assert!(ask_as(&mut world, proven, begin).is_ok(), "by a proof with a passkey");
}

#[test]
fn ap27_an_account_has_each_passkey_once_and_twenty_at_most() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    for number in 1..=20 {
        add(&mut world, session, &Authenticator::new(number));
        if number == 1 {
            let setup = begin(&mut world, session);
            assert_eq!(setup.known.len(), 1);
            assert_eq!(finish(&mut world, session, Authenticator::new(1).make(&setup)), Err(Code::Taken));
        }
    }
    let begin = AccountRequest::BeginPasskey { origin: origin() };
    assert_eq!(ask_as(&mut world, session, begin).err(), Some(Code::InUse));
    let nowhere = AccountRequest::BeginPasskey { origin: "http://127.0.0.1:8787".to_owned() };
    let mut other = World::default();
    let session = sign_up(&mut other);
    assert_eq!(ask_as(&mut other, session, nowhere).err(), Some(Code::Unavailable), "a number is no name");
}

#[test]
fn ws18_a_passkey_is_two_factors_in_the_sessions_in_which_it_was_used() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world);
    let by_password = sign_in(&mut world);
    let authenticator = Authenticator::new(1);
    assert_eq!(factors(&mut world, ANNA, session), Some((false, false)));
    add(&mut world, session, &authenticator);
    assert_eq!(factors(&mut world, ANNA, session), Some((true, true)), "it was made there");
    assert_eq!(factors(&mut world, ANNA, by_password), Some((true, false)));
    let question = question(&mut world, by_password);
    let used = authenticator.use_for(&question.challenge);
    let proven = prove(&mut world, by_password, used).expect("proven");
    assert_eq!(factors(&mut world, ANNA, proven), Some((true, true)), "it was used there");
    add(&mut world, session, &Authenticator::new(2));
    let ids: Vec<_> = passkeys(&mut world, session).iter().map(|passkey| passkey.id).collect();
    ask_as(&mut world, session, AccountRequest::RemovePasskey(ids[0])).map(drop).expect("removed");
    assert_eq!(factors(&mut world, ANNA, session), Some((true, true)), "there is another one");
    world.deliver();
    assert_eq!(told_of_factors(&world), [true]);
    ask_as(&mut world, session, AccountRequest::RemovePasskey(ids[1])).map(drop).expect("removed");
    assert_eq!(factors(&mut world, ANNA, session), Some((false, false)));
    world.deliver();
    assert_eq!(told_of_factors(&world), [true, false]);
}

#[test]
fn ap28_a_passkey_leads_to_its_account_over_every_other_address() {
    let mut world = World::default();
    let mut session = sign_up(&mut world);
    let authenticator = Authenticator::new(1);
    add(&mut world, session, &authenticator);
    let mut at = ANNA;
    for to in [NEW, NEWEST] {
        world.pass(2 * MINUTE);
        session = move_to(&mut world, at, session, to);
        at = to;
        assert_eq!(factors(&mut world, at, session), Some((true, true)), "of the session that moved");
    }
    assert_eq!(follow(&mut world, &authenticator, 21), vec![World::id(NEW), World::id(NEWEST)]);
    world.pass(26 * 60 * MINUTE);
    world.deliver();
    let led = follow(&mut world, &authenticator, 24);
    assert_eq!(led, vec![World::id(NEW), World::id(NEWEST)], "also when the move is long forgotten");
    // Back where it began: what leads away from there is forgotten.
    let used = authenticator.use_for(&challenge(&world, &device(22)));
    let session = sign_in_with(&mut world, NEWEST, used, 22).expect("signed in");
    move_to(&mut world, NEWEST, session, ANNA);
    assert_eq!(follow(&mut world, &authenticator, 23), Vec::<AccountId>::new());
}

/// Moves the account from an address to another; returns the session that goes on there.
fn move_to(world: &mut World, from: &str, secret: [u8; 32], to: &str) -> [u8; 32] {
    let request = AccountRequest::MailNewAddress { email: to.to_owned() };
    world.ask(from, AccountCall::As { secret, request }).map(drop).expect("asked");
    let MailedToken { secret: link, .. } = world.token(to);
    let request = AccountRequest::FinishNewAddress { secret: link };
    let Ok(AccountAnswer::Moving(moving)) = world.ask(from, AccountCall::As { secret, request }) else {
        panic!("nothing moves")
    };
    let session = begun(world.ask(to, AccountCall::MoveIn(moving)).expect("moved"));
    world.deliver();
    session
}

/// Signs in with what the authenticator knows, as the Worker follows it; returns where it was led.
fn follow(world: &mut World, authenticator: &Authenticator, number: u8) -> Vec<AccountId> {
    let passkey = authenticator.use_for(&challenge(world, &device(number)));
    let mut led = Vec::new();
    let mut at = ANNA;
    loop {
        let call = AccountCall::SignInByPasskey {
            passkey: passkey.clone(),
            origin: origin(),
            device: device(number),
        };
        match world.ask(at, call).expect("known") {
            AccountAnswer::PasskeyMoved(to) => {
                led.push(to);
                at = [NEW, NEWEST].into_iter().find(|email| World::id(email) == to).expect("one of hers");
            }
            answer => {
                begun(answer);
                return led;
            }
        }
    }
}
