//! Canned responses and macros: everybody's own, and those that everybody has.

use protocol::http::canned::{Canned, CannedList};
use protocol::http::workspace::{AuditChange, AuditPage, WorkspaceView};
use protocol::limits::MACRO_STEPS;
use protocol::{AgentId, Code};
use serde_json::{Value, json};
use tests::http::Answer;
use tests::{Case, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS30 canned responses are kept, shared by right, found, counted and removed", kept),
    ("MA1 MA2 MA4 macros are kept, shared by right, changed, counted and removed", macros),
];

fn kept(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let at = |rest: &str| format!("/api/workspaces/{}{rest}", view.id);
    let mut agent = Person::stranger(stage);
    owner.post(&at("/invitations"), &json!({ "email": agent.email, "role": "agent" }));
    let newcomer = json!({ "name": "Ben", "password": agent.password() });
    let joined =
        agent.post("/api/invitations/accept", &json!({ "token": agent.token("join"), "newcomer": newcomer }));
    assert_eq!(joined.status, 200, "{}", joined.body);

    let draft = |shortcode: &str, is_shared: bool| json!({ "shortcode": shortcode, "text": "Hello {{contact.name|there}}", "is_shared": is_shared });
    let refused = agent.post(&at("/canned"), &draft("hello", true));
    assert_eq!((refused.status, refused.code()), (403, Code::Forbidden), "sharing takes a right");
    let own: Canned = made(&agent.post(&at("/canned"), &draft(" Hello ", false)));
    assert_eq!((own.shortcode.as_str(), own.is_shared, own.used), ("hello", false, 0));
    let shared: Canned = made(&owner.post(&at("/canned"), &draft("hours", true)));
    assert_eq!(shortcodes(&agent, &at("/canned")), ["hello", "hours"]);
    assert_eq!(shortcodes(&owner, &at("/canned")), ["hours"], "another's own is nobody else's");
    let taken = agent.post(&at("/canned"), &draft("HOURS", false));
    assert_eq!((taken.status, taken.code()), (409, Code::Taken));
    let bad = agent.post(&at("/canned"), &draft("two words", false));
    assert_eq!((bad.status, bad.code()), (400, Code::BadField));

    let path = |id| at(&format!("/canned/{id}"));
    let text = json!({ "shortcode": "hours", "text": "We are open from nine to five." });
    assert_eq!(agent.send("PUT", &path(shared.id), &text).status, 403);
    assert_eq!(agent.send("DELETE", &path(shared.id), &Value::Null).status, 403);
    assert_eq!(owner.send("PUT", &path(own.id), &text).status, 404, "as if it were not there");
    let changed: Canned = made(&owner.send("PUT", &path(shared.id), &text));
    assert_eq!(changed.text, "We are open from nine to five.");
    for _ in 0..2 {
        assert_eq!(agent.send("POST", &at(&format!("/canned/{}/used", shared.id)), &Value::Null).status, 204);
    }
    let list: CannedList = owner.get(&at("/canned")).json();
    assert_eq!(list.responses.iter().map(|response| response.used).collect::<Vec<_>>(), [2]);

    assert_eq!(owner.send("DELETE", &path(shared.id), &Value::Null).status, 204);
    assert_eq!(agent.send("DELETE", &path(own.id), &Value::Null).status, 204);
    assert_eq!(shortcodes(&agent, &at("/canned")), [""; 0]);
    let page: AuditPage = owner.get(&at("/audit")).json();
    let changes: Vec<_> = page.lines.into_iter().map(|line| line.change).collect();
    let hours = || "hours".to_owned();
    for change in [
        AuditChange::CannedMade { shortcode: hours() },
        AuditChange::CannedChanged { shortcode: hours() },
        AuditChange::CannedRemoved { shortcode: hours() },
        AuditChange::Refused { action: "make_canned".to_owned() },
    ] {
        assert_eq!(changes.iter().filter(|other| **other == change).count(), 1, "{change:?}");
    }
}

fn macros(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let at = |rest: &str| format!("/api/workspaces/{}/canned{rest}", view.id);
    let draft = |name: &str, steps: Value| json!({ "shortcode": name, "text": "", "is_shared": true, "steps": steps });
    let refund = json!([
        { "say": "Hello {{contact.name|there}}" },
        { "note": "Paid back." },
        "assign_to_me",
        { "take": { "handle": { "label": "Refund" } } },
        { "take": { "handle": { "assign": { "to": AgentId::from_bytes([9; 16]) } } } },
        { "snooze_for": { "minutes": 90 } },
        { "take": "resolve" },
    ]);
    let one: Canned = made(&owner.post(&at(""), &draft(" Refund granted ", refund.clone())));
    assert_eq!((one.shortcode.as_str(), one.is_macro(), one.used), ("Refund granted", true, 0));
    assert_eq!(serde_json::to_value(&one.steps).expect("as JSON"), refund);

    let many = vec![json!("assign_to_me"); MACRO_STEPS + 1];
    let long = json!([{ "say": "x".repeat(4_000) }, { "note": "x" }]);
    for (name, steps, status, code) in [
        ("REFUND granted", refund.clone(), 409, Code::Taken),
        ("", refund.clone(), 400, Code::BadField),
        ("Again", json!([{ "take": "reopen" }]), 400, Code::BadField),
        ("Again", json!([{ "take": { "handle": { "snooze": { "until": 5 } } } }]), 400, Code::BadField),
        ("Again", json!([{ "snooze_for": { "minutes": 0 } }]), 400, Code::BadField),
        ("Again", json!([{ "say": " " }]), 400, Code::BadField),
        ("Again", json!(many), 413, Code::TooLarge),
        ("Again", long, 413, Code::TooLarge),
        ("Again", json!([{ "erase": null }]), 400, Code::BadFrame),
    ] {
        let refused = owner.post(&at(""), &draft(name, steps));
        assert_eq!((refused.status, refused.code()), (status, code), "{name}: {}", refused.body);
    }
    let response = json!({ "shortcode": "refund", "text": "Hello", "steps": [] });
    assert_eq!(owner.send("PUT", &at(&format!("/{}", one.id)), &response).status, 400, "a macro for good");
    let shorter = json!({ "shortcode": "Refund", "text": "", "steps": ["assign_to_me"] });
    let changed: Canned = made(&owner.send("PUT", &at(&format!("/{}", one.id)), &shorter));
    assert_eq!((changed.shortcode.as_str(), changed.steps.len()), ("Refund", 1));
    assert_eq!(owner.send("POST", &at(&format!("/{}/used", one.id)), &Value::Null).status, 204);
    let list: CannedList = owner.get(&at("")).json();
    assert_eq!(list.responses, [Canned { used: 1, ..changed }]);

    assert_eq!(owner.send("DELETE", &at(&format!("/{}", one.id)), &Value::Null).status, 204);
    let page: AuditPage = owner.get(&format!("/api/workspaces/{}/audit", view.id)).json();
    let changes: Vec<_> = page.lines.into_iter().map(|line| line.change).collect();
    for change in [
        AuditChange::MacroMade { name: "Refund granted".to_owned() },
        AuditChange::MacroChanged { name: "Refund".to_owned() },
        AuditChange::MacroRemoved { name: "Refund".to_owned() },
    ] {
        assert_eq!(changes.iter().filter(|other| **other == change).count(), 1, "{change:?}");
    }
}

fn shortcodes(person: &Person, path: &str) -> Vec<String> {
    let list: CannedList = person.get(path).json();
    list.responses.into_iter().map(|response| response.shortcode).collect()
}

fn made(answer: &Answer) -> Canned {
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.body);
    answer.json()
}
