//! What is mailed to whoever runs a workspace when something is changed on which its safety rests.

use protocol::http::workspace::WorkspaceView;
use serde_json::{Value, json};
use tests::person::ReceivedMail;
use tests::{Case, Person, Stage};

use crate::pictures::until;

pub(crate) const CASES: &[Case<Stage>] =
    &[("WS50 who runs a workspace hears by mail of what its safety rests on", guarded_changes)];

fn guarded_changes(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Quiet corner" })).json();
    let path = format!("/api/workspaces/{}", view.id);
    let [mut admin, agent] = ["admin", "agent"].map(|role| {
        let mut person = Person::stranger(stage);
        let invited =
            owner.post(&format!("{path}/invitations"), &json!({ "email": person.email, "role": role }));
        assert_eq!(invited.status, 201, "{}", invited.body);
        let newcomer = json!({ "name": "Newcomer", "password": person.password(), "language": "de" });
        let accepted = json!({ "token": person.token("join"), "newcomer": newcomer });
        assert_eq!(person.post("/api/invitations/accept", &accepted).status, 200);
        person
    });
    let key = json!({ "name": "Export", "scopes": ["conversations:read"] });
    let made = admin.post(&format!("{path}/api-keys"), &key);
    assert_eq!(made.status, 201, "{}", made.body);

    let told = |person: &Person, subject: &str| -> Vec<ReceivedMail> {
        person.mails().into_iter().filter(|mail| mail.subject == subject).collect()
    };
    let (english, german) = ("An API key was made", "Ein API-Schlüssel wurde erstellt");
    until("both hear of it", || told(&owner, english).len() == 1 && told(&admin, german).len() == 1);
    let mail = told(&owner, english).remove(0);
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains(&admin.email), "by whom: {twin}");
        assert!(twin.contains(&format!("{}/inbox/settings/audit", stage.base_url())), "{twin}");
        assert!(!twin.contains("Quiet corner") && !twin.contains("Export"), "nothing that somebody wrote");
    }
    // The same within a minute is in the audit log alone; another thing is mailed.
    assert_eq!(admin.post(&format!("{path}/api-keys"), &key).status, 201);
    let kept = owner.send("PUT", &format!("{path}/retention"), &json!({ "days": 90 }));
    assert_eq!(kept.status, 200, "{}", kept.body);
    until("of another thing as well", || {
        told(&owner, "How long conversations are kept was changed").len() == 1
    });
    assert_eq!((told(&owner, english).len(), told(&admin, german).len()), (1, 1));
    let log = owner.get(&format!("{path}/audit")).body;
    assert_eq!(log.matches("api_key_made").count(), 2, "{log}");
    let subjects: Vec<String> = agent.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects.len(), 1, "an agent had an invitation and nothing else: {subjects:?}");
    let before = owner.mails().len();
    assert_eq!(owner.send("PATCH", &path, &json!({ "name": "Fernwood" })).status, 200);
    assert_eq!(owner.post(&format!("{path}/deletion"), &Value::Null).status, 200);
    until("of the end", || told(&owner, "One of your workspaces will be deleted").len() == 1);
    assert_eq!(owner.mails().len(), before + 1, "a name is nobody's safety");
}
