//! A conversation by mail: to its visitor, at an address that their site has proven, and nowhere else.

use std::time::Duration;

use protocol::http::{KnownSession, SessionAnswer, TranscriptMailed};
use protocol::{AgentCommand, Code, Codec};
use serde_json::{Value, json};
use tests::http::{Answer, post};
use tests::person::ReceivedMail;
use tests::{Agent, Case, Person, Stage, Visitor};

use crate::sites::Keeper;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("TR1 TR2 TR3 a known person has their conversation mailed to their proven address", mailed),
    ("TR1 nothing is mailed to an address that was only claimed, nor of another's conversation", refused),
];

fn ask(stage: &Stage, key: &str, conversation: &str, token: &str) -> Answer {
    let url = format!("{}/api/sites/{key}/conversations/{conversation}/transcript?lang=de", stage.base_url());
    let authorization = format!("Bearer {token}");
    post(&url, &[("Origin", "null"), ("Authorization", authorization.as_str())], "")
}

fn says(stage: &Stage, session: &KnownSession, text: &str) {
    let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, text);
}

fn known(keeper: &Keeper<'_>, jwt: &str) -> KnownSession {
    let answer: SessionAnswer = keeper.session("", &json!({ "proof": { "jwt": jwt } })).json();
    answer.known.expect("somebody known")
}

fn received(person: &Person) -> ReceivedMail {
    for _ in 0..100 {
        if let Some(mail) = person.mails().into_iter().next() {
            return mail;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no mail");
}

fn mailed(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let anna = Person::stranger(stage);
    let session = known(&keeper, &signer.token("anna", &json!({ "email": anna.email })));
    let id = session.conversation.to_string();
    let nothing = ask(stage, &keeper.key(), &id, &session.token);
    assert_eq!((nothing.status, nothing.code()), (400, Code::Empty), "nothing was said");
    says(stage, &session, "Which soil for a <cactus>?\nIt stands in the kitchen.");
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = agent.connect(session.conversation);
    agent.ask(&mut line, AgentCommand::Note { text: "She is in a hurry.".to_owned() });
    agent.ask(&mut line, AgentCommand::Message { text: "A sandy one.".to_owned() });

    let answer = ask(stage, &keeper.key(), &id, &session.token);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: TranscriptMailed = answer.json();
    assert!(told.to == anna.email);
    let mail = received(&anna);
    assert_eq!(mail.subject, "Deine Unterhaltung");
    for twin in [&mail.text, &mail.html] {
        let places = ["Which soil", "A sandy one."].map(|said| twin.find(said));
        assert!(places[0].is_some() && places[0] < places[1], "{twin}");
        assert!(!twin.contains("hurry"), "no note is in it");
    }
    assert!(mail.html.contains("&lt;cactus&gt;"));

    let again = ask(stage, &keeper.key(), &id, &session.token);
    assert_eq!((again.status, again.code()), (429, Code::RateLimited));
    assert_eq!(anna.mails().len(), 1);
}

fn refused(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let ben = Person::stranger(stage);
    let page = |user: &Value| keeper.session("", user).json::<SessionAnswer>();
    let forbidden = |conversation: &str, token: &str| {
        let answer = ask(stage, &keeper.key(), conversation, token);
        assert_eq!((answer.status, answer.code()), (403, Code::Forbidden));
    };

    // What the page says of an anonymous visitor, and of one whose proof says nothing of an address.
    let claimed = page(&json!({ "email": ben.email }));
    let id = claimed.conversation.to_string();
    let mut visitor = Visitor::of_session(stage, claimed.token.clone(), claimed.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Mail it to Ben.");
    forbidden(&id, &claimed.token);
    let jwt = signer.token("anna", &json!(null));
    let half = page(&json!({ "email": ben.email, "proof": { "jwt": jwt } })).known.expect("known");
    says(stage, &half, "And this.");
    forbidden(&half.conversation.to_string(), &half.token);

    // A proven address opens no conversation of somebody else's.
    let other = known(&keeper, &signer.token("ben", &json!({ "email": ben.email })));
    for conversation in [id.as_str(), &half.conversation.to_string()] {
        let answer = ask(stage, &keeper.key(), conversation, &other.token);
        assert_eq!((answer.status, answer.code()), (404, Code::NotFound));
    }
    says(stage, &other, "My own.");
    let (elsewhere, _) = Keeper::identified(stage, "optional");
    let own = other.conversation.to_string();
    let answer = ask(stage, &elsewhere.key(), &own, &other.token);
    assert_eq!((answer.status, answer.code()), (404, Code::NotFound), "another site's key");
    for bad in ["", "a.b", &other.token[..other.token.len() - 2]] {
        assert_eq!(ask(stage, &keeper.key(), &own, bad).status, 401, "{bad}");
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(ben.mails().is_empty(), "nobody was written to");
}
