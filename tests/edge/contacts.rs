//! Contacts: listed, looked for, looked at, and taken out as a file.

use protocol::http::contact::{ContactPage, ContactView};
use protocol::http::workspace::{AuditChange, AuditPage};
use protocol::{Code, Codec, VisitorId};
use serde_json::{Value, json};
use tests::agent::entry;
use tests::http::{Answer, request};
use tests::{Agent, Case, Stage, Visitor, random};

use crate::sites::{Keeper, known, with_token};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS51 WS52 contacts are found by name and by how sure it is who they are, and shown", found),
    ("WS53 WS54 contacts are taken out as a file without a formula, which the audit log tells", exported),
];

fn ask(stage: &Stage, agent: &Agent, method: &str, path: &str, body: &Value) -> Answer {
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    let url = format!("{}/api/workspaces/{}{path}", stage.base_url(), agent.workspace);
    request(method, &url, &headers, (method != "GET").then(|| body.to_string()).as_deref())
}

/// Somebody of whom the page says this comes and writes; the list has heard of them then.
fn says_hello(stage: &Stage, keeper: &Keeper<'_>, user: &Value) -> VisitorId {
    let answer = keeper.session("", user);
    let mut visitor = if user["proof"].is_null() {
        let session: protocol::http::SessionAnswer = answer.json();
        Visitor::of_session(stage, session.token, session.conversation)
    } else {
        known(stage, &answer)
    };
    let mut feed = keeper.agent.watch_feed().0;
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "hello");
    entry(&mut feed, visitor.conversation, |_| true);
    visitor.id()
}

fn found(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let (agent, site) = (&keeper.agent, keeper.site.id);
    let tag = format!("q{:08x}", u32::from_be_bytes(random()));
    let proof = signer.token("anna", &json!({ "name": format!("Anna {tag}"), "email": "anna@example.com" }));
    let anna = says_hello(stage, &keeper, &with_token(&proof));
    let ben =
        says_hello(stage, &keeper, &json!({ "name": format!("Ben {tag}"), "email": "ben@example.com" }));
    let nobody = says_hello(stage, &keeper, &json!(null));
    let list = |filter: Value| -> Vec<VisitorId> {
        let answer = ask(stage, agent, "POST", "/contacts", &json!({ "filter": filter }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json::<ContactPage>().contacts.into_iter().map(|contact| contact.visitor).collect()
    };
    assert_eq!(list(json!({ "site": site })), [nobody, ben, anna], "the most recently seen first");
    assert_eq!(list(json!({ "text": tag })), [ben, anna]);
    assert_eq!(list(json!({ "text": format!("anna {tag}") })), [anna]);
    for (acquaintance, right) in [("verified", anna), ("claimed", ben), ("anonymous", nobody)] {
        assert_eq!(list(json!({ "site": site, "acquaintance": acquaintance })), [right], "{acquaintance}");
    }
    let view: ContactView = ask(stage, agent, "GET", &format!("/contacts/{anna}"), &Value::Null).json();
    assert_eq!((view.contact.conversations, view.conversations.len()), (1, 1));
    let identity = view.contact.identity.expect("known");
    assert_eq!(identity.user.as_deref(), Some("anna"));
    assert!(identity.email.is_some_and(|email| email.is_verified && email.text == "anna@example.com"));
    for absent in [VisitorId::from_bytes(random()).to_string(), "nobody".to_owned()] {
        let answer = ask(stage, agent, "GET", &format!("/contacts/{absent}"), &Value::Null);
        assert_eq!((answer.status, answer.code()), (404, Code::NotFound), "{absent}");
    }
    let bad = ask(stage, agent, "POST", "/contacts", &json!({ "filter": { "acquaintance": "friend" } }));
    assert_eq!(bad.status, 400, "{}", bad.body);
}

fn exported(stage: &Stage) {
    let keeper = Keeper::identified(stage, "optional").0;
    let (agent, site) = (&keeper.agent, keeper.site.id);
    let formula = "=HYPERLINK(\"http://example.com\",\"x\")";
    says_hello(stage, &keeper, &json!({ "name": formula, "email": "eve@example.com" }));
    says_hello(stage, &keeper, &json!({ "name": "Zoë", "email": "zoe@example.com" }));
    says_hello(stage, &keeper, &json!(null));
    let wanted = json!({ "site": site });
    let file = ask(stage, agent, "POST", "/contacts/export", &wanted);
    assert_eq!(file.status, 200, "{}", file.body);
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"contacts.csv\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let text = file.body.strip_prefix('\u{feff}').expect("a byte order mark");
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(lines[0].starts_with("id,site,name,name_verified,email,"), "{text}");
    assert_eq!(lines.len(), 4, "{text}");
    assert!(lines[1..].is_sorted(), "by their ids: {text}");
    let name = &keeper.site.settings.config.name;
    assert!(text.contains(&format!(",{name},Zoë,false,zoe@example.com,false,,1,20")), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://example.com\"\",\"\"x\"\")\",false,eve@"), "{text}");
    assert!(text.contains(&format!(",{name},,,,,,1,20")), "{text}");

    let page: AuditPage = ask(stage, agent, "GET", "/audit", &Value::Null).json();
    let exports =
        page.lines.iter().filter(|line| line.change == AuditChange::ContactsExported { count: 3 }).count();
    assert_eq!(exports, 1, "{:?}", page.lines.first());

    // No page of another site can have it, and no address.
    let url = format!("{}/api/workspaces/{}/contacts/export", stage.base_url(), agent.workspace);
    let foreign = [
        ("Origin", "https://evil.example"),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    assert_eq!(request("POST", &url, &foreign, Some("{}")).status, 403);
    let form = [("Origin", stage.base_url()), ("Content-Type", "text/plain"), ("Cookie", &agent.cookie)];
    assert_eq!(request("POST", &url, &form, Some("{}")).status, 403);
    assert_eq!(request("GET", &url, &[("Cookie", agent.cookie.as_str())], None).status, 404);
}
