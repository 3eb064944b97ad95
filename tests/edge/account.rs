//! People's accounts, as a browser and a mailbox see them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::http::account::{Me, RecoveryCodes, SecondFactorSetup, SessionList};
use protocol::{ClientFrame, CloseCode, Code, FeedRequest, SocketTarget};
use serde_json::{Value, json};
use tests::agent::hello;
use tests::http::{Answer, get, post, request};
use tests::person::code_of;
use tests::{Agent, Case, Person, Stage, Visitor};

use crate::matrix::used_passkey;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AP20 somebody signs up by the mailed link", sign_up),
    ("AP11 a stranger is told the same, as slowly, whether there is an account or not", same_answers),
    ("AP9 what is no token of the right kind opens nothing", spoiled_tokens),
    ("AP9 links lead to the configured address whatever a request says", poisoned_host),
    ("AP5 a sign-in is a new session, whatever cookie was there", fixation),
    ("AP5 sessions are listed and ended one by one", sessions),
    ("AP23 who signs out loses every open socket within five seconds", sockets_close),
    ("AP23 another password closes the other sessions' sockets within five seconds", closed_by_a_password),
    ("AP21 a reset ends every other session", reset),
    ("AP21 a changed password renews the session", change_password),
    ("AP13 a second factor is asked for, and a recovery code stands in for it", second_factor),
    ("AP17 a profile is changed, and what is illegal refused", profile),
    ("AP18 an account moves to a new address", new_address),
    ("AP7 nothing is changed from another site", cross_site),
    ("AP7 no answer about an account is cached", never_cached),
    ("AP12 one part of the network is limited, whatever accounts it tries", one_network),
    ("AP4 a thousand guesses at once are looked at five times", parallel_guesses),
    ("AP22 where sign-up is by invitation, nobody signs up", by_invitation),
];

/// Where the server says that it is.
fn url(stage: &Stage, path: &str) -> String {
    format!("{}/api/account/{path}", stage.base_url())
}

/// Posts as the inbox of somebody without a session does.
fn ask(stage: &Stage, path: &str, body: &Value) -> Answer {
    let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    post(&url(stage, path), &headers, &body.to_string())
}

fn sign_in(stage: &Stage, email: &str, password: &str) -> Answer {
    ask(stage, "sign-in", &json!({ "email": email, "password": password }))
}

fn refused(answer: &Answer) -> (u16, Code) {
    (answer.status, answer.code())
}

fn is_signed_in(person: &Person) -> bool {
    person.get("/api/account/me").status == 200
}

/// Somebody who has signed in again, elsewhere.
fn elsewhere(person: &Person) -> Person {
    let mut elsewhere = person.clone();
    elsewhere.cookie.clear();
    let body = json!({ "email": person.email, "password": person.password() });
    assert_eq!(elsewhere.post("/api/account/sign-in", &body).status, 200);
    elsewhere
}

fn sign_up(stage: &Stage) {
    let mut person = Person::stranger(stage);
    let asked = person.post("/api/account/sign-up", &json!({ "email": person.email, "language": "de" }));
    assert_eq!((asked.status, asked.body.as_str()), (202, ""));
    assert_eq!(refused(&sign_in(stage, &person.email, &person.password())), (401, Code::WrongSignIn));
    let token = person.token("sign-up");
    let finish = |password: &str| json!({ "token": token, "newcomer": { "name": "Anna", "password": password, "language": "de" } });
    let weak = person.post("/api/account/sign-up/finish", &finish("password1"));
    assert_eq!(refused(&weak), (400, Code::WeakPassword));
    let done = person.post("/api/account/sign-up/finish", &finish(&person.password()));
    assert_eq!(done.status, 201, "{}", done.body);
    let me: Me = person.get("/api/account/me").json();
    assert_eq!((me.email.as_str(), me.profile.name.as_str()), (person.email.as_str(), "Anna"));
    assert!(me.has_password && !me.has_second_factor && me.workspaces.is_empty());
    assert!(is_signed_in(&elsewhere(&person)));

    let mut passwordless = Person::stranger(stage);
    let asked = passwordless.post("/api/account/sign-up", &json!({ "email": passwordless.email }));
    assert_eq!(asked.status, 202);
    let finish = json!({ "token": passwordless.token("sign-up"), "newcomer": { "name": "Ben" } });
    assert_eq!(passwordless.post("/api/account/sign-up/finish", &finish).status, 201);
    assert_eq!(passwordless.post("/api/account/sign-out", &json!({})).status, 204);
    assert!(!is_signed_in(&passwordless));
    let asked = passwordless.post("/api/account/sign-in-link", &json!({ "email": passwordless.email }));
    assert_eq!(asked.status, 202);
    let finish = json!({ "token": passwordless.token("sign-in-link") });
    assert_eq!(passwordless.post("/api/account/sign-in-link/finish", &finish).status, 200);
    assert!(is_signed_in(&passwordless));
}

fn same_answers(stage: &Stage) {
    let known = Person::sign_up(stage);
    let unknown = Person::stranger(stage);
    for path in ["sign-up", "sign-in-link", "reset"] {
        let [one, other] = [&known.email, &unknown.email].map(|email| {
            let begun = Instant::now();
            let answer = ask(stage, path, &json!({ "email": email }));
            assert!(begun.elapsed() >= Duration::from_millis(250), "{path} is unhurried");
            (answer.status, answer.body, header_names(&answer.headers))
        });
        assert_eq!(one, other, "{path}");
        assert_eq!(one.0, 202);
        let again = ask(stage, path, &json!({ "email": known.email }));
        assert_eq!(again.status, 202, "also over the limit of the address");
        assert_eq!(refused(&ask(stage, path, &json!({ "email": "nobody" }))), (400, Code::BadField));
    }
    let [one, other] = [&known.email, &unknown.email].map(|email| {
        let begun = Instant::now();
        let answer = sign_in(stage, email, "a wrong one");
        assert!(begun.elapsed() >= Duration::from_millis(250));
        (answer.status, answer.body)
    });
    assert_eq!(one, other);
}

fn header_names(headers: &[(String, String)]) -> Vec<String> {
    headers.iter().map(|(name, _)| name.clone()).collect()
}

fn spoiled_tokens(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    assert_eq!(person.post("/api/account/reset", &json!({ "email": person.email })).status, 202);
    let token = person.token("reset");
    let swapped: String =
        token
            .chars()
            .map(|letter| {
                if letter.is_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
            })
            .collect();
    let padded = format!("{}=", &token[..63]);
    let spoiled = ["", "%20", " ", "null", "undefined", &token[..63], &padded, &swapped, &"A".repeat(64)];
    let newcomer = json!({ "name": "Eve", "password": "a password of Eve" });
    let bodies = |token: &str| {
        [
            ("sign-up/finish", json!({ "token": token, "newcomer": newcomer })),
            ("sign-in-link/finish", json!({ "token": token })),
            ("reset/finish", json!({ "token": token, "password": "a password of Eve" })),
        ]
    };
    for text in spoiled {
        for (path, body) in bodies(text) {
            let answer = ask(stage, path, &body);
            assert_eq!(refused(&answer), (404, Code::LinkExpired), "{path} {text:?}");
            assert!(answer.header("set-cookie").is_none());
        }
    }
    for (path, body) in bodies(&token).into_iter().take(2) {
        assert_eq!(refused(&ask(stage, path, &body)), (404, Code::LinkExpired), "{path}: another purpose");
    }
    let body = json!({ "token": token, "password": "a new one of mine" });
    assert_eq!(ask(stage, "reset/finish", &body).status, 200);
    assert_eq!(refused(&ask(stage, "reset/finish", &body)), (404, Code::LinkExpired), "once");
    assert_eq!(refused(&ask(stage, "reset/finish", &json!({ "password": "x" }))), (400, Code::BadFrame));
}

fn poisoned_host(stage: &Stage) {
    let person = Person::sign_up(stage);
    let body = json!({ "email": person.email }).to_string();
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "host=evil.example;proto=https"),
        ("Host", "evil.example"),
    ];
    let answer = post(&url(stage, "reset"), &headers, &body);
    assert!(answer.status == 202 || answer.status == 421, "{}", answer.status);
    if answer.status == 421 {
        let asked = post(&url(stage, "reset"), &headers[..5], &body);
        assert_eq!(asked.status, 202);
    }
    let _ = person.token("reset");
    for mail in person.mails() {
        assert!(!mail.text.contains("evil") && !mail.html.contains("evil"));
    }
}

fn fixation(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let before = person.cookie.clone();
    let body = json!({ "email": person.email, "password": person.password() });
    assert_eq!(person.post("/api/account/sign-in", &body).status, 200);
    assert_ne!(person.cookie, before, "a new session");
    let chosen = "__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    chosen.clone_into(&mut person.cookie);
    let answer = person.post("/api/account/sign-in", &body);
    assert_eq!(answer.status, 200);
    assert_ne!(person.cookie, chosen);
    let attacker = Person::with_cookie(stage.base_url(), &person.email, chosen);
    assert!(is_signed_in(&person) && !is_signed_in(&attacker));
    let cookies: Vec<_> =
        answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value).collect();
    assert_eq!(cookies.len(), 2, "the session's and the browser's");
    for cookie in cookies {
        for word in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(word), "{cookie}");
        }
    }
}

fn sessions(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let other = elsewhere(&person);
    let list: SessionList = person.get("/api/account/sessions").json();
    assert_eq!(list.sessions.len(), 2);
    let foreign = list.sessions.iter().find(|session| !session.is_this).expect("the other one");
    let path = |id: &str| format!("/api/account/sessions/{id}");
    let absent = person.send("DELETE", &path(&"0".repeat(32)), &json!({}));
    let malformed = person.send("DELETE", &path("x"), &json!({}));
    assert_eq!((refused(&absent), &absent.body), ((404, Code::NotFound), &malformed.body));
    assert_eq!(person.send("DELETE", &path(&foreign.id.to_string()), &json!({})).status, 204);
    assert!(is_signed_in(&person) && !is_signed_in(&other));
    let own = list.sessions.iter().find(|session| session.is_this).expect("this one");
    let answer = person.send("DELETE", &path(&own.id.to_string()), &json!({}));
    assert!(answer.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(refused(&person.get("/api/account/me")), (401, Code::Unauthenticated));

    let mut person = elsewhere(&person);
    let other = elsewhere(&person);
    assert_eq!(person.post("/api/account/sign-out-everywhere", &json!({})).status, 204);
    assert!(!is_signed_in(&other));
}

fn sockets_close(stage: &Stage) {
    let stays = Agent::sign_in(stage);
    let leaves = Agent::sign_in(stage);
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    let mut feed = leaves.open_feed(leaves.workspace).expect("open");
    feed.send(&FeedRequest::Hello(hello(leaves.ticket(SocketTarget::Feed))));
    let _ = feed.receive();
    let mut conversation = leaves.open(visitor.conversation, Codec::Postcard).expect("open");
    let ticket = leaves.ticket(SocketTarget::Conversation(visitor.conversation));
    conversation.send(&ClientFrame::Hello(hello(ticket)));
    let _ = conversation.receive();
    let mut other = stays.open_feed(stays.workspace).expect("open");
    other.send(&FeedRequest::Hello(hello(stays.ticket(SocketTarget::Feed))));
    let _ = other.receive();

    let mut person = Person::with_cookie(stage.base_url(), &leaves.me.email, &leaves.cookie);
    let begun = Instant::now();
    assert_eq!(person.post("/api/account/sign-out", &json!({})).status, 204);
    assert_eq!(feed.until_closed(), Some(CloseCode::Unauthenticated.number()));
    assert_eq!(conversation.until_closed(), Some(CloseCode::Unauthenticated.number()));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    visitor.say(&mut line, "still there?");
    let _ = other.receive();
    assert_eq!(get(&url(stage, "me"), &[("Cookie", &stays.cookie)]).status, 200, "another session stays");
}

fn closed_by_a_password(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    assert_eq!(person.post("/api/workspaces", &json!({ "name": "Fernwood" })).status, 201);
    let other = elsewhere(&person);
    let (mut here, _) = Agent::of(stage, &person).watch_feed();
    let (mut there, _) = Agent::of(stage, &other).watch_feed();
    let before = person.cookie.clone();
    let begun = Instant::now();
    let changed = person.post("/api/account/password", &json!({ "password": "a new one of mine" }));
    assert_eq!(changed.status, 204, "{}", changed.body);
    assert_ne!(person.cookie, before, "this session goes on under another name");
    assert_eq!(there.until_closed(), Some(CloseCode::Unauthenticated.number()));
    assert_eq!(
        here.until_closed(),
        Some(CloseCode::Unauthenticated.number()),
        "it comes back with a new ticket"
    );
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(is_signed_in(&person) && !is_signed_in(&other));
    let old = Person::with_cookie(stage.base_url(), &person.email, &before);
    assert!(!is_signed_in(&old));
    let _ = Agent::of(stage, &person).watch_feed();
}

fn reset(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let other = elsewhere(&person);
    assert_eq!(person.post("/api/account/reset", &json!({ "email": person.email })).status, 202);
    let token = person.token("reset");
    let weak = json!({ "token": token, "password": "12345678" });
    assert_eq!(refused(&person.post("/api/account/reset/finish", &weak)), (400, Code::WeakPassword));
    let finish = json!({ "token": token, "password": "a new one of mine" });
    assert_eq!(person.post("/api/account/reset/finish", &finish).status, 200);
    assert!(is_signed_in(&person) && !is_signed_in(&other));
    assert_eq!(refused(&sign_in(stage, &person.email, &person.password())), (401, Code::WrongSignIn));
    assert_eq!(sign_in(stage, &person.email, "a new one of mine").status, 200);
}

fn change_password(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let (before, other) = (person.clone(), elsewhere(&person));
    let prove = |password: &str| json!({ "password": password });
    let wrong = person.post("/api/account/prove", &prove("a wrong one"));
    assert_eq!(refused(&wrong), (401, Code::WrongSignIn));
    assert!(is_signed_in(&person), "a wrong proof ends nothing");
    assert_eq!(person.post("/api/account/prove", &prove(&person.password())).status, 204);
    assert!(is_signed_in(&person) && person.cookie != before.cookie && !is_signed_in(&before), "renewed");
    let own = person.post("/api/account/password", &json!({ "password": person.email }));
    assert_eq!(refused(&own), (400, Code::WeakPassword));
    let changed = person.post("/api/account/password", &json!({ "password": "a new one of mine" }));
    assert_eq!(changed.status, 204);
    assert!(is_signed_in(&person) && !is_signed_in(&before) && !is_signed_in(&other));
}

fn second_factor(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let setup: SecondFactorSetup = person.post("/api/account/second-factor", &json!({})).json();
    assert!(setup.address.starts_with("otpauth://totp/Porchlight:") && setup.address.contains(&setup.secret));
    let wrong = person.post("/api/account/second-factor/finish", &json!({ "code": "000 00" }));
    assert_eq!(refused(&wrong), (401, Code::SecondFactorRequired));
    let code = code_of(&setup);
    let done = person.post("/api/account/second-factor/finish", &json!({ "code": code }));
    let codes: RecoveryCodes = done.json();
    assert_eq!(codes.codes.len(), 10);
    let sign_in = |code: Option<&str>| {
        ask(stage, "sign-in", &json!({ "email": person.email, "password": person.password(), "code": code }))
    };
    assert_eq!(refused(&sign_in(None)), (401, Code::SecondFactorRequired));
    assert_eq!(refused(&sign_in(Some(&code))), (401, Code::SecondFactorRequired), "used");
    assert_eq!(sign_in(Some(&codes.codes[0])).status, 200);
    assert_eq!(refused(&sign_in(Some(&codes.codes[0]))), (401, Code::SecondFactorRequired), "used");
    let me: Me = person.get("/api/account/me").json();
    assert!(me.has_second_factor);
    let renewed: RecoveryCodes = person.post("/api/account/recovery-codes", &json!({})).json();
    assert_ne!(renewed.codes, codes.codes);
    assert_eq!(person.send("DELETE", "/api/account/second-factor", &json!({})).status, 204);
    let body = json!({ "email": person.email, "password": person.password() });
    assert_eq!(ask(stage, "sign-in", &body).status, 200);
}

fn profile(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let profile = |name: &str, zone: &str| json!({ "name": name, "language": "fr", "time_zone": zone });
    let me: Me = person.send("PUT", "/api/account/profile", &profile(" Zoé ", "Europe/Paris")).json();
    assert_eq!((me.profile.name.as_str(), me.profile.time_zone.as_str()), ("Zoé", "Europe/Paris"));
    for bad in [profile("", ""), profile("a\nb", ""), profile("Zoé", "<b>")] {
        assert_eq!(refused(&person.send("PUT", "/api/account/profile", &bad)), (400, Code::BadField));
    }
    let more = json!({ "name": "x", "language": "fr", "time_zone": "", "role": "owner", "email": "a@b.c" });
    assert_eq!(refused(&person.send("PUT", "/api/account/profile", &more)), (400, Code::BadFrame));
    assert_eq!(refused(&Person::stranger(stage).get("/api/account/me")), (401, Code::Unauthenticated));
}

fn new_address(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let (before, new) = (person.clone(), Person::stranger(stage));
    assert_eq!(person.post("/api/account/new-address", &json!({ "email": new.email })).status, 202);
    let token = new.token("new-address");
    let mut other = Person::sign_up(stage);
    let foreign = other.post("/api/account/new-address/finish", &json!({ "token": token }));
    assert_eq!(refused(&foreign), (404, Code::LinkExpired), "another person's link");
    let done = person.post("/api/account/new-address/finish", &json!({ "token": token }));
    assert_eq!(done.status, 204, "{}", done.body);
    let me: Me = person.get("/api/account/me").json();
    assert_eq!(me.email, new.email);
    let told = |person: &Person| person.mails().len();
    let mails = told(&before);
    let deadline = Instant::now() + Duration::from_secs(5);
    while (is_signed_in(&before) || told(&before) < mails.max(2)) && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!is_signed_in(&before), "the old session has ended");
    assert_eq!(told(&before), 2, "the sign-up and the change");
    assert_eq!(refused(&sign_in(stage, &before.email, &before.password())), (401, Code::WrongSignIn));
    assert_eq!(sign_in(stage, &new.email, &before.password()).status, 200);
}

/// Everything that changes something, as method, path and body.
fn changing() -> Vec<(&'static str, &'static str, Value)> {
    let token = "A".repeat(64);
    let mail = json!({ "email": "anna@example.com" });
    vec![
        ("POST", "sign-up", mail.clone()),
        ("POST", "sign-up/finish", json!({ "token": token, "newcomer": { "name": "Anna" } })),
        ("POST", "sign-in", json!({ "email": "anna@example.com", "password": "x" })),
        ("POST", "sign-in-link", mail.clone()),
        ("POST", "sign-in-link/finish", json!({ "token": token })),
        ("POST", "reset", mail.clone()),
        ("POST", "reset/finish", json!({ "token": token, "password": "x" })),
        ("POST", "sign-out", json!({})),
        ("POST", "sign-out-everywhere", json!({})),
        ("PUT", "profile", json!({ "name": "Eve", "language": "en", "time_zone": "" })),
        ("POST", "prove", json!({ "password": "x" })),
        ("POST", "password", json!({ "password": "a password of Eve" })),
        ("DELETE", "sessions/00000000000000000000000000000000", json!({})),
        ("POST", "second-factor", json!({})),
        ("POST", "second-factor/finish", json!({ "code": "123456" })),
        ("DELETE", "second-factor", json!({})),
        ("POST", "recovery-codes", json!({})),
        ("POST", "new-address", mail),
        ("POST", "new-address/finish", json!({ "token": token })),
        ("POST", "passkey-sign-in", json!({})),
        ("POST", "passkey-sign-in/finish", json!({ "user": "AQ", "passkey": used_passkey() })),
        ("POST", "prove/passkey", json!({})),
        ("POST", "prove/passkey/finish", used_passkey()),
        ("POST", "passkeys", json!({})),
        ("POST", "passkeys/finish", json!({ "client_data": "e30", "attestation": "oA" })),
        ("PATCH", "passkeys/00000000000000000000000000000000", json!({ "name": "Laptop" })),
        ("DELETE", "passkeys/00000000000000000000000000000000", json!({})),
        ("POST", "deletion", json!({ "email": "anna@example.com" })),
    ]
}

fn cross_site(stage: &Stage) {
    let person = Person::sign_up(stage);
    let before = person.get("/api/account/me").body;
    let sites = [
        ("https://evil.example", "application/json"),
        (stage.base_url(), "text/plain"),
        (stage.base_url(), "application/x-www-form-urlencoded"),
        ("null", "application/json"),
        ("", "application/json"),
    ];
    for (method, path, body) in changing() {
        for (origin, kind) in sites {
            let headers = [("Origin", origin), ("Content-Type", kind), ("Cookie", &person.cookie)];
            let answer = request(method, &url(stage, path), &headers, Some(&body.to_string()));
            assert_eq!(refused(&answer), (403, Code::Forbidden), "{method} {path} from {origin} as {kind}");
            assert!(answer.header("set-cookie").is_none(), "{path}");
        }
    }
    assert_eq!(person.get("/api/account/me").body, before);
}

fn never_cached(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let session = person.cookie.clone();
    for path in ["me", "sessions", "passkeys"] {
        assert_eq!(person.get(&format!("/api/account/{path}")).header("cache-control"), Some("no-store"));
    }
    for (method, path, body) in changing() {
        session.clone_into(&mut person.cookie);
        let answer = person.send(method, &format!("/api/account/{path}"), &body);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{method} {path}");
    }
}

fn one_network(stage: &Stage) {
    let from = |address: &str, path: &str, body: &Value| {
        let headers = [
            ("Origin", stage.base_url()),
            ("Content-Type", "application/json"),
            ("CF-Connecting-IP", address),
        ];
        post(&url(stage, path), &headers, &body.to_string())
    };
    let guess = |address: &str| {
        let email = Person::stranger(stage).email;
        from(address, "sign-in", &json!({ "email": email, "password": "a wrong one" }))
    };
    let person = Person::sign_up(stage);
    let right = json!({ "email": person.email, "password": person.password() });
    for _ in 0..3 {
        assert_eq!(from("2001:db8:7::1", "sign-in", &right).status, 200, "a success costs nothing");
    }
    for number in 0..20 {
        assert_eq!(refused(&guess(&format!("2001:db8:7::{number:x}"))), (401, Code::WrongSignIn), "{number}");
    }
    let limited = guess("2001:db8:7::ffff");
    assert_eq!(refused(&limited), (429, Code::RateLimited));
    assert!(limited.header("retry-after").is_some());
    assert_eq!(from("2001:db8:7::1", "sign-in", &right).status, 429, "also the right password");
    assert_eq!(from("2001:db8:7:1::1", "sign-in", &right).status, 200, "another network");
    for spoofed in ["<b>x</b>", "1.2.3.4, 5.6.7.8", &"1".repeat(4_096)] {
        assert_eq!(refused(&guess(spoofed)), (401, Code::WrongSignIn), "none of an address");
    }
    for number in 0..21 {
        let body = json!({ "email": Person::stranger(stage).email });
        let expected = if number < 20 { 202 } else { 429 };
        assert_eq!(from("203.0.113.7", "reset", &body).status, expected, "{number}");
    }
}

fn parallel_guesses(stage: &Stage) {
    let other = Person::sign_up(stage);
    let looked_at = (0..5).map(|_| {
        let begun = Instant::now();
        assert_eq!(sign_in(stage, &other.email, "a wrong one").code(), Code::WrongSignIn);
        begun.elapsed()
    });
    let looked_at = looked_at.min().expect("five");
    let person = Person::sign_up(stage);
    let begun = Instant::now();
    let codes = std::thread::scope(|scope| {
        let guess = |_| {
            let (person, stage) = (&person, stage);
            scope.spawn(move || {
                let guess = |_| sign_in(stage, &person.email, "a wrong one").code();
                (0..20).map(guess).collect::<Vec<_>>()
            })
        };
        let guesses: Vec<_> = (0..50).map(guess).collect();
        guesses.into_iter().flat_map(|guess| guess.join().expect("answered")).collect::<Vec<_>>()
    });
    let took = begun.elapsed();
    let mut counted: BTreeMap<Code, usize> = BTreeMap::new();
    for code in codes {
        *counted.entry(code).or_default() += 1;
    }
    assert_eq!(counted, BTreeMap::from([(Code::WrongSignIn, 5), (Code::RateLimited, 995)]));
    assert!(
        took < looked_at * 500,
        "a thousand that are looked at take twice as long: {took:?}, {looked_at:?}"
    );
}

fn by_invitation(_: &Stage) {
    let closed = Stage::start_with("invitation", 8_932, &[("SIGN_UP", "invitation")]);
    let email = json!({ "email": Person::stranger(&closed).email });
    assert_eq!(refused(&ask(&closed, "sign-up", &email)), (403, Code::SignUpClosed));
    let finish = json!({ "token": "A".repeat(64), "newcomer": { "name": "Anna" } });
    assert_eq!(refused(&ask(&closed, "sign-up/finish", &finish)), (403, Code::SignUpClosed));
    assert_eq!(ask(&closed, "reset", &email).status, 202);
}
