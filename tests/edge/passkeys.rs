//! Signing in with passkeys, as strangers try it. Who has one signs in with it in the stories, in a browser.

use std::time::{Duration, Instant};

use domain::account::SessionToken;
use protocol::http::passkey::{PasskeyList, PasskeyQuestion, PasskeySetup};
use protocol::{Code, Octets};
use serde_json::{Value, json};
use tests::http::{Answer, post};
use tests::{Case, Person, Stage};

use crate::matrix::used_passkey;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AP24 a browser is told what to sign, and by whom it is known", questions),
    ("AP26 a passkey of nobody and one of somebody are refused alike, as slowly", same_answers),
    ("AP26 one part of the network is limited, whatever passkeys it tries", one_network),
];

fn ask(stage: &Stage, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let own = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    let url = format!("{}/api/account/{path}", stage.base_url());
    post(&url, &[own.as_slice(), headers].concat(), &body.to_string())
}

fn sign_in(stage: &Stage, headers: &[(&str, &str)], user: &Octets) -> Answer {
    let body = json!({ "user": user, "passkey": used_passkey() });
    ask(stage, "passkey-sign-in/finish", headers, &body)
}

fn refused(answer: &Answer) -> (u16, Code) {
    (answer.status, answer.code())
}

/// What a passkey of somebody would know of their account.
fn user_of(person: &Person) -> Octets {
    let (_, token) = person.cookie.split_once('=').expect("a cookie");
    let token = SessionToken::parse(token.split(';').next().unwrap_or_default()).expect("a session");
    Octets(token.account.as_bytes().to_vec())
}

fn questions(stage: &Stage) {
    let answer = ask(stage, "passkey-sign-in", &[], &json!({}));
    let cookie = answer.header("set-cookie").expect("a name for the browser").to_owned();
    assert!(cookie.starts_with("__Host-device=") && cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let question: PasskeyQuestion = answer.json();
    assert_eq!((question.relying_party.as_str(), question.known.len()), ("localhost", 0));
    let other: PasskeyQuestion = ask(stage, "passkey-sign-in", &[], &json!({})).json();
    assert_ne!(question.challenge, other.challenge);

    let mut person = Person::sign_up(stage);
    let setup: PasskeySetup = person.post("/api/account/passkeys", &json!({})).json();
    assert_eq!((setup.relying_party.as_str(), &setup.email), ("localhost", &person.email));
    assert_eq!((&setup.user, setup.known.len()), (&user_of(&person), 0));
    let spoken = String::from_utf8_lossy(&setup.user.0).into_owned();
    assert!(!spoken.contains(&person.email), "what the authenticator keeps tells no address");
    let list: PasskeyList = person.get("/api/account/passkeys").json();
    assert!(list.passkeys.is_empty());
    let nothing = person.post("/api/account/prove/passkey", &json!({}));
    assert_eq!(refused(&nothing), (404, Code::NotFound), "there is none to prove with");
}

fn same_answers(stage: &Stage) {
    let known = user_of(&Person::sign_up(stage));
    let [one, other] = [known, Octets(vec![7; 16])].map(|user| {
        let begun = Instant::now();
        let answer = sign_in(stage, &[], &user);
        assert!(begun.elapsed() >= Duration::from_millis(250), "unhurried");
        assert!(answer.header("set-cookie").is_none());
        (refused(&answer), answer.body)
    });
    assert_eq!(one, other);
    assert_eq!(one.0, (401, Code::WrongSignIn));
    for length in [0, 15, 17, 64] {
        let answer = sign_in(stage, &[], &Octets(vec![7; length]));
        assert_eq!(refused(&answer), (401, Code::WrongSignIn), "{length}");
    }
}

fn one_network(stage: &Stage) {
    let guess = |number: u8| {
        let address = format!("2001:db8:77::{number:x}");
        sign_in(stage, &[("CF-Connecting-IP", &address)], &Octets(vec![number; 16]))
    };
    for number in 0..20 {
        assert_eq!(refused(&guess(number)), (401, Code::WrongSignIn), "{number}");
    }
    assert_eq!(refused(&guess(20)), (429, Code::RateLimited));
}
