//! Many strangers from one part of the network.

use protocol::codec::Codec;
use protocol::http::SessionAnswer;
use protocol::{ClientFrame, CloseCode, Code, Hello, Seq, ServerFrame, work};
use serde_json::{Value, json};
use tests::http::{ADDRESS, Answer, post, some_address};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage, Visitor};

use crate::sites::Keeper;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AC13 beyond thirty new visitors of one network each does some work", work_of_a_crowd),
    ("AC13 beyond three hundred new visitors the network waits, but for who is known", a_crowd_waits),
];

fn ask(stage: &Stage, address: &str, site: &str, token: &str, user: &Value) -> Answer {
    let body = json!({ "site": site, "token": token, "user": user }).to_string();
    let url = format!("{}/api/visitor/session", stage.base_url());
    post(&url, &[("Origin", PAGE_ORIGIN), (ADDRESS, address)], &body)
}

/// Comes as somebody new.
fn come(stage: &Stage, address: &str, site: &str) -> SessionAnswer {
    ask(stage, address, site, "", &Value::Null).json()
}

/// What becomes of a hello with a credential: the code that the socket is closed with, or `None` for a welcome.
fn hello(stage: &Stage, session: &SessionAnswer, credential: String) -> Option<u16> {
    let visitor = Visitor::of_session(stage, credential.clone(), session.conversation);
    let mut line = visitor.open(Codec::Json).expect("open");
    line.send(&ClientFrame::Hello(Hello { credential, ..visitor.hello(None) }));
    match line.receive() {
        tests::Received::Frame(ServerFrame::Welcome(_)) => None,
        _ => line.until_closed(),
    }
}

fn work_of_a_crowd(stage: &Stage) {
    let (keeper, _) = Keeper::identified(stage, "off");
    let (other_site, _) = Keeper::identified(stage, "off");
    let (site, address) = (keeper.key(), some_address());
    let first = come(stage, &address, &site);
    for number in 1..30 {
        assert!(!come(stage, &address, &site).work, "{number}");
    }
    let session = come(stage, &address, &site);
    assert!(session.work && !come(stage, &some_address(), &site).work, "of this network only");
    assert!(!come(stage, &address, &other_site.key()).work, "at this site only");

    let unauthenticated = Some(CloseCode::Unauthenticated.number());
    assert_eq!(hello(stage, &session, session.token.clone()), unauthenticated, "without the work");
    let number = work::search(session.conversation, 0, u64::MAX).expect("it is there");
    for wrong in ["", "x", "-1", "1e3", &(number + 1).to_string(), &format!("{number}.{number}")] {
        let credential = format!("{}.{wrong}", session.token);
        assert_eq!(hello(stage, &session, credential), unauthenticated, "{wrong}");
    }
    assert_eq!(hello(stage, &first, format!("{}.{number}", first.token)), unauthenticated, "it takes none");
    let mut visitor = Visitor::of_session(stage, format!("{}.{number}", session.token), session.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    assert_eq!(visitor.say(&mut line, "hello"), Seq(1));

    let again: SessionAnswer = ask(stage, &address, &site, &session.token, &Value::Null).json();
    assert_eq!((again.work, again.conversation), (true, session.conversation), "renewed, it still takes it");
    assert_eq!(hello(stage, &again, again.token.clone()), unauthenticated);
    assert_eq!(hello(stage, &again, format!("{}.{number}", again.token)), None);
    let kept: SessionAnswer = ask(stage, &address, &site, &first.token, &Value::Null).json();
    assert_eq!((kept.work, kept.conversation), (false, first.conversation));
}

fn a_crowd_waits(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let (site, address) = (keeper.key(), some_address());
    let first = come(stage, &address, &site);
    for number in 1..300 {
        assert_eq!(come(stage, &address, &site).work, number >= 30, "{number}");
    }
    let refused = ask(stage, &address, &site, "", &Value::Null);
    assert_eq!((refused.status, refused.code()), (429, Code::RateLimited));
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"), "the page can read why");
    let kept: SessionAnswer = ask(stage, &address, &site, &first.token, &Value::Null).json();
    assert_eq!(kept.conversation, first.conversation, "who has a token goes on");
    let proof = json!({ "proof": { "jwt": signer.token("user-1", &Value::Null) } });
    let known: SessionAnswer = ask(stage, &address, &site, "", &proof).json();
    assert!(known.known.is_some() && known.work, "who is known comes in; the anonymous token takes work");
    let session = known.known.expect("known");
    let visitor = Visitor::of_session(stage, session.token, session.conversation);
    let _ = visitor.connect(Codec::Json, None);
    assert!(!come(stage, &some_address(), &site).work, "others are not meant");
}
