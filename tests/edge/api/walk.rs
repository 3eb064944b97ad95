//! Every operation, with every refusal that it is documented to have.

use std::collections::BTreeSet;

use protocol::api::{MessageId, Method, Operation, Prefixed};
use protocol::{AgentId, ConversationId, FileId, Seq, SiteId, VisitorId};
use serde_json::{Value, json};
use tests::api::{Api, Call};
use tests::http::request;
use tests::{Stage, random};

use super::desk;

/// Refusals that take a fault of ours, a flood or a hundred sites.
const NOT_HERE: [u16; 4] = [409, 429, 500, 503];

/// What an operation is sent when it is to be done to what has these ids.
pub(super) fn body(operation: Operation, ids: &[(&str, String)]) -> Option<Value> {
    let id = |wanted: &str| ids.iter().find(|(name, _)| *name == wanted).map(|(_, id)| id);
    match operation {
        Operation::CreateConversation => Some(json!({
            "site_id": id("site"), "contact": { "external_id": "user-1", "name": "Vera" }, "text": "Hello!",
        })),
        Operation::UpdateWorkspace => Some(json!({ "name": "Fernwood Plants" })),
        Operation::CreateSite => Some(json!({ "name": "Another shop" })),
        Operation::UpdateAgent => Some(json!({ "role": "agent" })),
        Operation::UpdateSite => Some(json!({ "greeting": "Good morning!" })),
        Operation::UpdateConversation => Some(json!({ "status": "resolved" })),
        Operation::CreateMessage => Some(json!({ "kind": "reply", "text": "It is on its way." })),
        Operation::UpdateMessage => Some(json!({ "text": "A very good customer." })),
        Operation::GetWorkspace
        | Operation::ListAgents
        | Operation::GetAgent
        | Operation::DeleteAgent
        | Operation::ListSites
        | Operation::GetSite
        | Operation::DeleteSite
        | Operation::RotateSiteKey
        | Operation::ListConversations
        | Operation::GetConversation
        | Operation::ListMessages
        | Operation::GetMessage
        | Operation::DeleteMessage
        | Operation::GetAttachment
        | Operation::ListContacts
        | Operation::GetContact
        | Operation::ListContactConversations
        | Operation::GetReport => None,
    }
}

/// Ids of things that are nowhere.
fn ids_of_nothing() -> Vec<(&'static str, String)> {
    let conversation = ConversationId::from_bytes(random());
    vec![
        ("site", Prefixed(SiteId::from_bytes(random())).to_string()),
        ("agent", Prefixed(AgentId::from_bytes(random())).to_string()),
        ("message", Prefixed(MessageId::of(conversation, Seq(1))).to_string()),
        ("conversation", Prefixed(conversation).to_string()),
        ("attachment", Prefixed(FileId::from_bytes(random())).to_string()),
        ("contact", Prefixed(VisitorId::from_bytes(random())).to_string()),
    ]
}

/// A request that is as it should be.
fn good<'a>(api: &'a Api, operation: Operation, ids: &[(&str, String)]) -> Call<'a> {
    let call = api.call(operation).at_all(ids);
    match body(operation, ids) {
        Some(body) => call.json(&body),
        None => call,
    }
}

pub(super) fn every_operation(stage: &Stage) {
    let mut desk = desk(stage);
    let narrow = desk.key(&["contacts:read"]);
    let other_narrow = desk.key(&["settings:read"]);
    let colleague = desk.colleague(stage);
    for operation in Operation::ALL {
        let mut ids = match operation {
            Operation::UpdateAgent | Operation::DeleteAgent => vec![("agent", colleague.clone())],
            Operation::UpdateMessage | Operation::DeleteMessage => desk.ids_with_note(),
            _ => desk.ids(),
        };
        if operation == Operation::DeleteSite {
            let made = good(&desk.api, Operation::CreateSite, &ids).done();
            ids[0].1 = made["id"].as_str().expect("an id").to_owned();
        }
        let narrow = if operation.scope() == protocol::Scope::ContactsRead { &other_narrow } else { &narrow };
        let mut seen = BTreeSet::from([operation.success()]);
        let mut see = |call: Call<'_>, status: u16| {
            let _ = call.expect(status);
            seen.insert(status);
        };
        see(good(&desk.api.with_key(None), operation, &ids), 401);
        see(good(&desk.api.with_key(Some(narrow)), operation, &ids), 403);
        see(good(&desk.api, operation, &ids).query("colour", "blue"), 422);
        if operation.path().contains('{') {
            see(good(&desk.api, operation, &ids_of_nothing()), 404);
            let malformed = ids.iter().map(|(name, _)| (*name, "nonsense".to_owned())).collect::<Vec<_>>();
            see(good(&desk.api, operation, &malformed), 404);
        }
        if body(operation, &ids).is_some() {
            let call = || desk.api.call(operation).at_all(&ids);
            see(call().text("application/json", "{"), 400);
            see(call().text("application/json", &format!("\"{}\"", "x".repeat(128 * 1024))), 413);
            see(call().text("text/plain", "{}"), 415);
            see(call().json(&json!({ "colour": "blue" })), 422);
            see(call().json(&json!([])), 422);
        }
        if operation.method() == Method::Patch {
            see(good(&desk.api, operation, &ids).header("If-Match", "\"other\""), 412);
        }
        let _ = good(&desk.api, operation, &ids).expect(operation.success());
        let documented: BTreeSet<u16> = desk.api.document().statuses(operation).into_iter().collect();
        let expected: BTreeSet<u16> =
            documented.into_iter().filter(|status| !NOT_HERE.contains(status)).collect();
        assert_eq!(seen, expected, "{operation:?}: every documented answer was seen");
    }
}

/// The document's paths and methods are those of the list that the routes are made from.
pub(super) fn nothing_else(stage: &Stage) {
    let api = Api::new(stage.base_url(), "");
    let mut documented = BTreeSet::new();
    let paths = api.document().value()["paths"].as_object().expect("paths").clone();
    for (path, methods) in &paths {
        for method in methods.as_object().expect("methods").keys() {
            documented.insert((method.to_uppercase(), path.clone()));
        }
    }
    let routed: BTreeSet<_> = Operation::ALL
        .map(|operation| (operation.method().name().to_owned(), operation.path().to_owned()))
        .into_iter()
        .collect();
    assert_eq!(documented, routed);
    for (method, path, status, code) in [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/sites/", 404, "not_found"),
        ("PUT", "/api/v1/workspace", 405, "method_not_allowed"),
        ("DELETE", "/api/v1/conversations", 405, "method_not_allowed"),
    ] {
        let answer = request(method, &format!("{}{path}", stage.base_url()), &[], None);
        let problem: Value = answer.json();
        assert_eq!((answer.status, problem["code"].as_str()), (status, Some(code)), "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.header("allow").is_some(), status == 405, "{method} {path}");
    }
}

/// Whatever is wrong with a request: without a key that is good it is answered as every other one.
pub(super) fn key_first(stage: &Stage) {
    let desk = desk(stage);
    let good_key = desk.api.key.clone().expect("a key");
    let other_workspace = format!("sk_{}", &good_key[3..].chars().rev().collect::<String>());
    let unknown = format!("{}{}", &good_key[..40], "A".repeat(27));
    for key in ["", "nonsense", "sk_", &other_workspace, &unknown, &good_key[..66]] {
        let api = desk.api.with_key(Some(key));
        let answers = [
            api.call(Operation::GetWorkspace).header("X-Request-Id", "same").expect(401),
            api.call(Operation::GetWorkspace)
                .header("X-Request-Id", "same")
                .query("colour", "blue")
                .expect(401),
            api.call(Operation::GetSite).header("X-Request-Id", "same").at("site", "nonsense").expect(401),
            api.call(Operation::CreateSite)
                .header("X-Request-Id", "same")
                .text("text/plain", "{")
                .expect(401),
            api.call(Operation::GetConversation)
                .header("X-Request-Id", "same")
                .at_all(&desk.ids())
                .expect(401),
        ];
        for answer in &answers {
            assert_eq!(answer.body, answers[0].body, "{key}");
            assert_eq!(answer.header("ratelimit-limit"), None, "{key}");
        }
    }
    let by_cookie = desk.person.get("/api/v1/workspace");
    assert_eq!(by_cookie.status, 401, "a session is no key");
    let in_address = format!("{}/api/v1/workspace?key={good_key}", stage.base_url());
    assert_eq!(request("GET", &in_address, &[], None).status, 401, "a key in an address is none");
    let lower = [("Authorization", format!("bearer {good_key}"))];
    let headers: Vec<(&str, &str)> = lower.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let address = format!("{}/api/v1/workspace", stage.base_url());
    assert_eq!(request("GET", &address, &headers, None).status, 200, "schemes have no case (RFC 9110)");
}

/// A request for another version is refused to whoever has a key.
pub(super) fn other_version(stage: &Stage) {
    let desk = desk(stage);
    let ask = |api: &Api, version: &str| {
        api.call(Operation::GetWorkspace).header("Api-Version", version).header("X-Request-Id", "same").send()
    };
    assert_eq!(ask(&desk.api, Operation::VERSION).status, 200);
    for version in ["2020-01-01", "", "latest"] {
        let refused = ask(&desk.api, version);
        let problem: Value = refused.json();
        assert_eq!((refused.status, problem["param"].as_str()), (422, Some("Api-Version")), "{version}");
    }
    let nobody = desk.api.with_key(None);
    assert_eq!(ask(&nobody, "2020-01-01").body, ask(&nobody, Operation::VERSION).body);
}

/// The field, the parameter or the header that is wrong stands in `param`.
pub(super) fn named_faults(stage: &Stage) {
    let desk = desk(stage);
    let param = |call: Call<'_>| {
        let problem: Value = call.at_all(&desk.ids()).expect(422).json();
        assert_eq!(problem["code"], "invalid_field");
        problem["param"].as_str().unwrap_or_default().to_owned()
    };
    let call = |operation| desk.api.call(operation);
    let site = |body: Value| param(call(Operation::CreateSite).json(&body));
    assert_eq!(site(json!({})), "name");
    assert_eq!(site(json!({ "name": 7 })), "name");
    assert_eq!(site(json!({ "name": " " })), "name");
    assert_eq!(site(json!({ "name": "x".repeat(81) })), "name");
    assert_eq!(site(json!({ "name": "Shop", "colour": "red" })), "colour");
    assert_eq!(site(json!({ "name": "Shop", "accent": "red" })), "accent");
    assert_eq!(site(json!({ "name": "Shop", "greeting": "x".repeat(301) })), "greeting");
    assert_eq!(site(json!({ "name": "Shop", "identity": "maybe" })), "identity");
    assert_eq!(site(json!({ "name": "Shop", "allowed_origins": ["nowhere"] })), "allowed_origins");
    assert_eq!(site(json!({ "name": "Shop", "allowed_origins": [7] })), "allowed_origins[0]");
    let twice = |operation, body: &str| param(call(operation).text("application/json", body));
    assert_eq!(twice(Operation::CreateSite, r#"{"name": "Shop", "name": "Shop"}"#), "name");
    let nested = r#"{"contact": {"external_id": "a", "external_id": "b"}}"#;
    assert_eq!(twice(Operation::CreateConversation, nested), "external_id");
    let message = |body: Value| param(call(Operation::CreateMessage).json(&body));
    assert_eq!(message(json!({ "text": "Hello" })), "kind");
    assert_eq!(message(json!({ "kind": "shout", "text": "Hello" })), "kind");
    assert_eq!(message(json!({ "kind": "note", "text": "\u{200b}" })), "text");
    assert_eq!(message(json!({ "kind": "note", "text": "a\u{7}" })), "text");
    assert_eq!(message(json!({ "kind": "note", "text": "x".repeat(16 * 1024 + 1) })), "text");
    let list = |name: &str, value: &str| param(call(Operation::ListConversations).query(name, value));
    for limit in ["0", "101", "-1", "+5", "five", "", "1e1"] {
        assert_eq!(list("limit", limit), "limit", "{limit}");
    }
    assert_eq!(list("order", "up"), "order");
    assert_eq!(list("status", "closed"), "status");
    assert_eq!(list("site", "pk_1"), "site");
    assert_eq!(list("cursor", "nonsense"), "cursor");
    assert_eq!(param(call(Operation::ListSites).query("limit", "5").query("limit", "6")), "limit");
    let key = |key: &str| {
        let call = call(Operation::CreateSite).header("Idempotency-Key", key);
        param(call.json(&json!({ "name": "Shop" })))
    };
    assert_eq!(key(&"k".repeat(256)), "Idempotency-Key");
    assert_eq!(key("two words"), "Idempotency-Key");
}
