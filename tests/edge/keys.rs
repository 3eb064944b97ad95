//! Keys of the REST API, as people make, see and end them.

use protocol::http::api_key::{ApiKeyList, ApiKeyView, MadeApiKey};
use protocol::http::workspace::{AuditChange, AuditPage, WorkspaceView};
use protocol::{Code, Scope, Scopes, WorkspaceId};
use serde_json::{Value, json};
use tests::http::{Answer, get, request};
use tests::{Case, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AK1 a key is told once, and from then on by its last characters only", told_once),
    ("AK3 what no key can be is refused, and no key comes of it", drafts),
    ("AK4 a key is ended once, and only where it is", ended),
    ("AK7 what is done with keys stands in the audit log", audit),
    ("AP7 keys are made and ended from our own page only", own_page),
];

/// Somebody with a workspace of their own.
struct Keeper {
    person: Person,
    workspace: WorkspaceId,
}

impl Keeper {
    fn arrive(stage: &Stage) -> Self {
        let mut person = Person::sign_up(stage);
        let view: WorkspaceView = person.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
        Self { person, workspace: view.id }
    }

    fn path(&self) -> String {
        format!("/api/workspaces/{}/api-keys", self.workspace)
    }

    fn try_to_make(&mut self, draft: &Value) -> Answer {
        let path = self.path();
        self.person.post(&path, draft)
    }

    fn make(&mut self, name: &str) -> MadeApiKey {
        let answer = self.try_to_make(&json!({ "name": name, "scopes": ["conversations:read"] }));
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        answer.json()
    }

    fn revoke(&mut self, key: &str) -> Answer {
        let path = format!("{}/{key}", self.path());
        self.person.send("DELETE", &path, &Value::Null)
    }

    fn list(&self) -> Vec<ApiKeyView> {
        let answer = self.person.get(&self.path());
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
        answer.json::<ApiKeyList>().keys
    }
}

fn told_once(stage: &Stage) {
    let mut keeper = Keeper::arrive(stage);
    assert!(keeper.list().is_empty());
    let made = keeper.make(" Weekly export ");
    assert!(made.secret.starts_with("sk_") && made.secret.len() == 67, "{} characters", made.secret.len());
    assert!(made.secret.ends_with(&made.key.hint) && made.key.hint.len() == 4);
    assert_eq!(made.key.name, "Weekly export");
    assert_eq!(made.key.scopes, Scopes::of(&[Scope::ConversationsRead]));
    assert_eq!((made.key.expires_at, made.key.last_used_at), (None, None));
    assert_eq!(keeper.list(), [made.key]);
    let body = keeper.person.get(&keeper.path()).body;
    assert!(!body.contains(&made.secret[..63]) && !body.contains("sk_"), "only its end is told");
    let other = keeper.make("Weekly export");
    assert_ne!(other.secret, made.secret);
}

fn drafts(stage: &Stage) {
    let mut keeper = Keeper::arrive(stage);
    let now = keeper.make("First").key.made_at.0;
    let (day, scopes) = (24 * 3_600_000, json!(["conversations:read"]));
    for (draft, status, code) in [
        (json!({ "name": " ", "scopes": scopes }), 400, Code::BadField),
        (json!({ "name": "x".repeat(81), "scopes": scopes }), 400, Code::BadField),
        (json!({ "name": "None", "scopes": [] }), 400, Code::BadField),
        (json!({ "name": "Over", "scopes": scopes, "expires_at": now - 1 }), 400, Code::BadField),
        (json!({ "name": "Far", "scopes": scopes, "expires_at": now + 3_651 * day }), 400, Code::BadField),
        (json!({ "name": "Unheard", "scopes": ["everything"] }), 400, Code::BadFrame),
        (json!({ "name": "Number", "scopes": 31 }), 400, Code::BadFrame),
        (json!({ "name": "More", "scopes": scopes, "made_by": "me" }), 400, Code::BadFrame),
        (json!({ "scopes": scopes }), 400, Code::BadFrame),
        (Value::Null, 400, Code::BadFrame),
    ] {
        let answer = keeper.try_to_make(&draft);
        assert_eq!((answer.status, answer.code()), (status, code), "{draft}: {}", answer.body);
    }
    assert_eq!(keeper.list().len(), 1);
    let timed = json!({ "name": "Timed", "scopes": scopes, "expires_at": now + 30 * day });
    let made: MadeApiKey = keeper.try_to_make(&timed).json();
    assert_eq!(made.key.expires_at.map(|at| at.0), Some(now + 30 * day));
}

fn ended(stage: &Stage) {
    let mut keeper = Keeper::arrive(stage);
    let mut neighbour = Keeper::arrive(stage);
    let (one, other) = (keeper.make("One").key, keeper.make("Other").key);
    let key = one.id.to_string();
    for absent in [neighbour.revoke(&key), keeper.revoke(&"0".repeat(32)), keeper.revoke("nonsense")] {
        assert_eq!((absent.status, absent.code()), (404, Code::NotFound));
    }
    assert_eq!(keeper.revoke(&key).status, 204);
    assert_eq!(keeper.revoke(&key).status, 404);
    assert_eq!(keeper.list(), [other]);
}

fn audit(stage: &Stage) {
    let mut keeper = Keeper::arrive(stage);
    let made = keeper.make("Export");
    assert_eq!(keeper.revoke(&made.key.id.to_string()).status, 204);
    let answer = keeper.person.get(&format!("/api/workspaces/{}/audit", keeper.workspace));
    assert!(!answer.body.contains(&made.secret) && !answer.body.contains(&made.key.hint));
    let lines = answer.json::<AuditPage>().lines;
    let changes: Vec<_> = lines.iter().take(2).map(|line| line.change.clone()).collect();
    let name = || "Export".to_owned();
    assert_eq!(
        changes,
        [AuditChange::ApiKeyRevoked { name: name() }, AuditChange::ApiKeyMade { name: name() }]
    );
}

fn own_page(stage: &Stage) {
    let mut keeper = Keeper::arrive(stage);
    let key = keeper.make("Kept").key.id;
    let url = format!("{}{}", stage.base_url(), keeper.path());
    let body = json!({ "name": "Foreign", "scopes": ["conversations:read"] }).to_string();
    let cookie = keeper.person.cookie.clone();
    for origin in ["https://shop.example", "null"] {
        let headers = [("Origin", origin), ("Content-Type", "application/json"), ("Cookie", cookie.as_str())];
        assert_eq!(request("POST", &url, &headers, Some(&body)).status, 403, "{origin}");
        assert_eq!(
            request("DELETE", &format!("{url}/{key}"), &headers, Some("null")).status,
            403,
            "{origin}"
        );
    }
    let text = [("Origin", stage.base_url()), ("Content-Type", "text/plain"), ("Cookie", cookie.as_str())];
    assert_eq!(request("POST", &url, &text, Some(&body)).status, 403);
    assert_eq!(get(&url, &[]).status, 401);
    assert_eq!(keeper.list().len(), 1);
}
