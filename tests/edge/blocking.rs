//! Visitors who are blocked: out within moments, by whatever token or proof, until they are let in again.

use std::time::Duration;

use protocol::http::SessionAnswer;
use protocol::http::blocking::{BlockView, BlockedList};
use protocol::http::workspace::{AuditChange, AuditPage};
use protocol::{CloseCode, Code, Codec};
use serde_json::json;
use tests::agent::entry;
use tests::http::{Answer, get, request};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Stage, Visitor};

use crate::pictures::until;
use crate::sites::{Keeper, closed_within_5_s, known, let_in, with_token};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("BV1 BV2 a blocked visitor is out within 5 s, and nothing of theirs opens anything", blocked),
    ("BV3 who has proven who they are stays out in every browser", proven),
];

fn ask(stage: &Stage, agent: &Agent, method: &str, path: &str) -> Answer {
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    let url = format!("{}/api/workspaces/{}{path}", stage.base_url(), agent.workspace);
    let answer = request(method, &url, &headers, (method != "GET").then_some("null"));
    assert_eq!(answer.status, 200, "{method} {path}: {}", answer.body);
    answer
}

/// What a visitor's token gets of their home.
fn home(stage: &Stage, visitor: &Visitor) -> u16 {
    let authorization = format!("Bearer {}", visitor.token);
    let url = format!("{}/api/visitor/conversations", stage.base_url());
    get(&url, &[("Origin", "null"), ("Authorization", authorization.as_str())]).status
}

fn blocked(stage: &Stage) {
    let out = Some(CloseCode::Forbidden.number());
    let agent = Agent::sign_in(stage);
    let mut feed = agent.watch_feed().0;
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "buy my watches");
    entry(&mut feed, visitor.conversation, |_| true);
    let mut other = Visitor::arrive(stage);
    let (mut other_line, _) = other.connect(Codec::Json, None);
    let path = format!("/blocked/{}", visitor.id());
    assert_eq!(ask(stage, &agent, "GET", &path).json::<BlockView>().block, None);

    let block: BlockView = ask(stage, &agent, "PUT", &path).json();
    assert_eq!(block.block.map(|block| block.by.name), Some(agent.me.profile.name.clone()));
    assert_eq!(closed_within_5_s(&mut line), out);
    assert_eq!(let_in(&visitor), Err(out));
    assert_eq!(home(stage, &visitor), 403);
    let url = format!("{}/api/visitor/session", stage.base_url());
    let session = |wish: &str| {
        let body = json!({ "site": stage.site_key(), "token": visitor.token, "conversation": wish });
        tests::http::post(&url, &[("Origin", PAGE_ORIGIN)], &body.to_string())
    };
    let again: SessionAnswer = session("").json();
    let again = Visitor::of_session(stage, again.token, again.conversation);
    assert_eq!((again.id(), let_in(&again)), (visitor.id(), Err(out)), "renewed, and as good as before");
    // Another conversation is none that they may begin.
    let further = session("new");
    assert_eq!((further.status, further.code()), (403, Code::Forbidden), "{}", further.body);
    other.say(&mut other_line, "still there");
    let (_, welcome) = agent.clone().connect(visitor.conversation);
    assert_eq!(welcome.head.0, 1, "agents still read it");

    let list: BlockedList = ask(stage, &agent, "GET", "/blocked").json();
    assert!(list.visitors.iter().any(|one| one.visitor == visitor.id()));
    let lifted: BlockView = ask(stage, &agent, "DELETE", &path).json();
    assert_eq!(lifted.block, None);
    until("they are let in again", || let_in(&visitor).is_ok());
    assert_eq!(home(stage, &visitor), 200);
    let page: AuditPage = ask(stage, &agent, "GET", "/audit").json();
    let changes: Vec<_> = page.lines.into_iter().map(|line| line.change).collect();
    for change in [
        AuditChange::VisitorBlocked { visitor: visitor.id() },
        AuditChange::VisitorUnblocked { visitor: visitor.id() },
    ] {
        assert_eq!(changes.iter().filter(|other| **other == change).count(), 1, "{change:?}");
    }
}

fn proven(stage: &Stage) {
    let out = Some(CloseCode::Forbidden.number());
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let come = |user: &str| keeper.session("", &with_token(&signer.token(user, &json!(null))));
    let mut anna = known(stage, &come("anna"));
    let mut feed = keeper.agent.watch_feed().0;
    let (mut line, _) = anna.connect(Codec::Json, None);
    anna.say(&mut line, "hello");
    entry(&mut feed, anna.conversation, |_| true);
    ask(stage, &keeper.agent, "PUT", &format!("/blocked/{}", anna.id()));
    assert_eq!(closed_within_5_s(&mut line), out);
    let elsewhere = come("anna");
    assert_eq!((elsewhere.status, elsewhere.code()), (403, Code::Forbidden), "a new proof, a new browser");
    assert_eq!(let_in(&known(stage, &come("ben"))), Ok(()));

    // One that was open without a word is told as well.
    let mut talkative = known(stage, &come("cleo"));
    let (mut first_line, _) = talkative.connect(Codec::Json, None);
    talkative.say(&mut first_line, "hello");
    entry(&mut feed, talkative.conversation, |_| true);
    let user = with_token(&signer.token("cleo", &json!(null)));
    let body = json!({ "site": keeper.key(), "token": "", "user": user, "conversation": "new" }).to_string();
    let url = format!("{}/api/visitor/session", stage.base_url());
    let silent = known(stage, &tests::http::post(&url, &[("Origin", PAGE_ORIGIN)], &body));
    assert_ne!(silent.conversation, talkative.conversation);
    let (mut silent_line, _) = silent.connect(Codec::Json, None);
    // It asks the workspace of its own accord, a moment after the welcome.
    std::thread::sleep(Duration::from_secs(1));
    ask(stage, &keeper.agent, "PUT", &format!("/blocked/{}", talkative.id()));
    assert_eq!(closed_within_5_s(&mut silent_line), out, "where nothing was said");
    assert_eq!(closed_within_5_s(&mut first_line), out);
    // A token that was just given is seated before the workspace is asked, and then sent away.
    until("nobody is let in", || let_in(&silent) == Err(out));
}
