//! Versions, rates, and the page.

use protocol::api::Operation;
use serde_json::{Value, json};
use tests::Stage;
use tests::api::Api;
use tests::http::get;

use super::desk;
use super::walk::body;

pub(super) fn versions(stage: &Stage) {
    let desk = desk(stage);
    let ids = desk.ids_with_note();
    for (show, change) in [
        (Operation::GetWorkspace, Operation::UpdateWorkspace),
        (Operation::GetSite, Operation::UpdateSite),
        (Operation::GetConversation, Operation::UpdateConversation),
        (Operation::GetMessage, Operation::UpdateMessage),
    ] {
        let tag = || {
            let shown = desk.api.call(show).at_all(&ids).expect(200);
            shown.header("etag").expect("a version").to_owned()
        };
        let ask = |expected: &str, status: u16| {
            let call = desk.api.call(change).at_all(&ids).header("If-Match", expected);
            call.json(&body(change, &ids).expect("a body")).expect(status)
        };
        let before = tag();
        assert_eq!(tag(), before, "{show:?}: looking changes nothing");
        let changed = ask(&before, 200);
        assert_eq!(changed.header("etag"), Some(tag().as_str()), "{change:?}");
        assert_ne!(tag(), before, "{change:?}");
        let refused = ask(&before, 412);
        assert_eq!(refused.json::<Value>()["code"], "precondition_failed", "{change:?}");
        for other in ["\"\"", "nonsense", &format!("W/{}", tag()), &before.to_uppercase()] {
            let _ = ask(other, 412);
        }
        for good in [&tag(), "*", &format!("{before}, {}", tag())] {
            let _ = ask(good, 200);
        }
    }
}

/// Somebody is given another role and removed, as far as the key may do the same itself.
pub(super) fn people(stage: &Stage) {
    let mut desk = desk(stage);
    let colleague = desk.colleague(stage);
    let draft = json!({ "name": "Reader", "permissions": ["read_conversations"] });
    let role = desk.person.post(&format!("/api/workspaces/{}/roles", desk.workspace), &draft);
    let role = format!("role_{}", role.json::<Value>()["id"].as_str().expect("a role"));
    let narrow = desk.key(&["agents:write", "settings:read"]);
    let narrow = desk.api.with_key(Some(&narrow));
    let give = |api: &Api, role: &str| {
        api.call(Operation::UpdateAgent).at("agent", &colleague).json(&json!({ "role": role })).send()
    };
    assert_eq!(give(&narrow, "agent").status, 403, "the key itself writes to nobody");
    let reader = give(&desk.api, &role);
    assert_eq!((reader.status, reader.json::<Value>()["role"].as_str()), (200, Some(role.as_str())));
    assert_eq!(give(&desk.api, "admin").status, 403);
    for nothing in ["owner", "Agent", &role.replace("role_", "agt_"), &format!("role_{}", "0".repeat(32))] {
        let refused = give(&desk.api, nothing);
        assert_eq!(
            (refused.status, refused.json::<Value>()["param"].as_str()),
            (422, Some("role")),
            "{nothing}"
        );
    }
    let owner = desk.api.call(Operation::DeleteAgent).at_all(&desk.ids()).expect(403);
    assert_eq!(owner.json::<Value>()["code"], "forbidden", "not even who made the key");
    let _ = desk.api.call(Operation::DeleteAgent).at("agent", &colleague).done();
    let _ = desk.api.call(Operation::GetAgent).at("agent", &colleague).expect(404);
}

pub(super) fn rates(stage: &Stage) {
    let mut desk = desk(stage);
    let key = desk.key(&["settings:read"]);
    let api = desk.api.with_key(Some(&key));
    let number = |answer: &tests::http::Answer, name: &str| -> u64 {
        answer.header(name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name}"))
    };
    let first = api.call(Operation::GetWorkspace).expect(200);
    assert_eq!(number(&first, "ratelimit-limit"), 600);
    assert!(number(&first, "ratelimit-remaining") < 600);
    // Several at a time: one after the other, a slow machine would not ask faster than the bucket fills.
    let ask =
        || (0..250).map(|_| api.call(Operation::GetWorkspace).send()).find(|answer| answer.status != 200);
    let refused: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().filter_map(|asked| asked.join().expect("all answered")).collect()
    });
    let refused = refused.first().expect("a limit");
    assert_eq!((refused.status, refused.json::<Value>()["code"].as_str()), (429, Some("rate_limited")));
    assert_eq!(number(refused, "ratelimit-remaining"), 0);
    assert!(number(refused, "retry-after") >= 1);
    let _ = desk.api.call(Operation::GetWorkspace).expect(200);
}

pub(super) fn page(stage: &Stage) {
    let page = get(&format!("{}/docs/api", stage.base_url()), &[]);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Porchlight API") && !page.body.contains("<script"));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    for operation in Operation::ALL {
        assert!(page.body.contains(operation.path()), "{operation:?}");
    }
    let style = page.body.split_once("href=\"/build/api/").and_then(|(_, rest)| rest.split_once('"'));
    let style = get(&format!("{}/build/api/{}", stage.base_url(), style.expect("a style sheet").0), &[]);
    assert_eq!(style.status, 200);
    let document = get(&format!("{}/api/openapi.json", stage.base_url()), &[]);
    assert_eq!(document.json::<Value>()["openapi"], json!("3.1.0"));
}
