//! Canned responses: everybody's own, and those that everybody has.

use protocol::Code;
use protocol::http::canned::{Canned, CannedList};
use protocol::http::workspace::{AuditChange, AuditPage, WorkspaceView};
use serde_json::{Value, json};
use tests::http::Answer;
use tests::{Case, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] =
    &[("WS30 canned responses are kept, shared by right, found, counted and removed", kept)];

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

fn shortcodes(person: &Person, path: &str) -> Vec<String> {
    let list: CannedList = person.get(path).json();
    list.responses.into_iter().map(|response| response.shortcode).collect()
}

fn made(answer: &Answer) -> Canned {
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.body);
    answer.json()
}
