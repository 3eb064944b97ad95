//! The Worker's log after everything that the other tests did to it. This comes last.

use std::net::IpAddr;

use protocol::codec::Codec;
use protocol::{ClientFrame, ServerFrame};
use serde_json::json;
use tests::http::{ADDRESS, get, post};
use tests::stage::PAGE_ORIGIN;
use tests::visitor::accepted;
use tests::{Case, Person, Stage, Visitor};
use tungstenite::Message;

use crate::sites::Keeper;

pub(crate) const CASES: &[Case<Stage>] =
    &[("LG1 no text, address or IP address is in the log, nor a secret", nothing_of_anybody)];

/// In every text that this test sends.
const MARK: &str = "quokka";

/// Whence it sends them.
const ELSEWHERE: &str = "2001:db8:90::7";

/// Whence it guesses.
const GUESSER: &str = "2001:db8:91::7";

/// Texts that other tests write, names that they give and addresses that they make.
const OF_OTHERS: [&str; 8] = [
    "private",
    "for our agents only",
    "still there?",
    "@example.com",
    "a password",
    "a wrong one",
    "Fernwood",
    "evil.example",
];

fn nothing_of_anybody(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let secrets = trouble(stage, &mut person);
    let log = std::fs::read_to_string(stage.state_dir().join("server.log")).expect("a log");
    // wrangler's own list of requests, with their paths, is not the Worker's doing.
    let of_worker = log.lines().filter(|line| !line.starts_with("[wrangler:info] "));
    let log = of_worker.collect::<Vec<_>>().join("\n");
    for line in [
        "refused: WrongSignIn",
        "refused: a workspace of others",
        "refused: too often: to sign in",
        "identity: a proof was not good",
        "refused: bad frames again and again, on a socket of ",
        "refused: a conversation of others, on a socket of ",
        "refused: too many names that do not exist",
        " signed in",
        " signed out",
        " sessions ended: ",
    ] {
        assert!(log.contains(line), "{line:?} is told to who watches the log");
    }
    for text in OF_OTHERS.into_iter().chain([MARK]).chain(secrets.iter().map(String::as_str)) {
        let line = log.lines().find(|line| line.contains(text));
        assert_eq!(line, None, "{text:?} is in the log");
    }
    let is_of_a_client = |word: &str| match word.parse() {
        Ok(IpAddr::V4(address)) => !address.is_loopback(),
        Ok(IpAddr::V6(address)) => !address.is_loopback() && !address.is_unspecified(),
        Err(_) => false,
    };
    for line in log.lines() {
        let words =
            line.split(|character: char| !(character.is_ascii_hexdigit() || ".:".contains(character)));
        let found = words.map(|word| word.trim_matches([':', '.'])).find(|word| is_of_a_client(word));
        assert_eq!(found, None, "an address is in the log: {line}");
    }
}

/// Says things, and does much of what is refused; returns what must not be told.
fn trouble(stage: &Stage, person: &mut Person) -> Vec<String> {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let message = visitor.message(&format!("{MARK} said"));
    line.send(&ClientFrame::Submit(message.clone()));
    accepted(&mut line, message.client_message_id);
    line.send_raw(Message::text(format!("{{\"v\":1,\"frame\":\"{MARK}\"}}")));
    line.until(|frame| matches!(frame, ServerFrame::Refused(_)).then_some(()));
    for _ in 0..2 {
        line.send_raw(Message::text(format!("{{\"v\":1,\"frame\":\"{MARK}\"}}")));
    }
    assert_eq!(line.until_closed(), Some(4400));
    let stranger = Visitor::arrive(stage);
    let mut foreign = stranger.open_to(visitor.conversation, Codec::Json).expect("open");
    foreign.send(&ClientFrame::Hello(stranger.hello(None)));
    assert_eq!(foreign.until_closed(), Some(4404));
    let guess = || {
        let url = format!("{}/api/sites/{MARK}/config", stage.base_url());
        get(&url, &[("Origin", PAGE_ORIGIN), (ADDRESS, GUESSER)]).status
    };
    assert!((0..22).any(|_| guess() == 429), "names are not guessed");

    let ask = |path: &str, body: &serde_json::Value| {
        let headers =
            [("Origin", stage.base_url()), ("Content-Type", "application/json"), (ADDRESS, ELSEWHERE)];
        post(&format!("{}/api/account/{path}", stage.base_url()), &headers, &body.to_string())
    };
    for number in 0..22 {
        let email = if number < 7 { person.email.clone() } else { Person::stranger(stage).email };
        let wrong = json!({ "email": email, "password": format!("{MARK} guessed") });
        assert!(matches!(ask("sign-in", &wrong).status, 401 | 429));
    }
    assert_eq!(ask("reset", &json!({ "email": format!("{MARK}@example.com") })).status, 202);
    let no_address = json!({ "email": MARK, "password": MARK });
    assert!(matches!(ask("sign-in", &no_address).status, 401 | 429));
    assert_eq!(ask("sign-in", &json!({ MARK: MARK })).status, 400);
    let token = "B".repeat(64);
    assert!(matches!(ask("sign-in-link/finish", &json!({ "token": token })).status, 404 | 429));
    let user = json!({ "id": MARK, "name": MARK, "email": MARK, "proof": { "jwt": MARK } });
    let (keeper, _) = Keeper::identified(stage, "optional");
    let session = json!({ "site": keeper.key(), "user": user });
    let url = format!("{}/api/visitor/session", stage.base_url());
    assert_eq!(post(&url, &[("Origin", PAGE_ORIGIN)], &session.to_string()).status, 200);
    let workspace = person.post("/api/workspaces", &json!({ "name": format!("{MARK} & Co") }));
    let workspace: serde_json::Value = workspace.json();
    let path = format!("/api/workspaces/{}/agents/{}", workspace["id"].as_str().unwrap_or_default(), MARK);
    assert_eq!(person.send("DELETE", &path, &json!({})).status, 404);
    let of_others = format!("/api/workspaces/{}", protocol::WorkspaceId::from_bytes(tests::random()));
    assert_eq!(person.get(&of_others).status, 404);
    let session = person.cookie.split_once('=').map(|(_, session)| session.to_owned());
    assert_eq!(person.clone().post("/api/account/sign-out", &json!({})).status, 204);
    [session.unwrap_or_default(), token, visitor.token, stage.setup_token()].into()
}
