//! Asks every operation of the REST API with every kind of key.

use protocol::api::{MessageId, Operation, Prefixed};
use protocol::{AgentId, ConversationId, FileId, Scope, Seq, SiteId, VisitorId};
use serde_json::{Value, json};
use tests::api::{Api, Call};
use tests::http::Answer;
use tests::{Desk, Person, Stage, random};

/// Every operation that the matrix asks; the router has these and no others.
pub(super) const BY_KEY: [Operation; Operation::ALL.len()] = Operation::ALL;

/// With what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// No key.
    Nobody,
    /// Something of a key's form that nobody made.
    MadeUp,
    /// A key that was revoked.
    Revoked,
    /// A key of somebody who was removed since.
    Orphan,
    /// A key for every scope but the one that is needed.
    Narrow,
    /// A key for every scope, of somebody who may do nothing with it since.
    Demoted,
    /// A key for every scope, of the owner.
    Good,
}

impl Caller {
    const ALL: [Self; 7] =
        [Self::Nobody, Self::MadeUp, Self::Revoked, Self::Orphan, Self::Narrow, Self::Demoted, Self::Good];

    const fn is_known(self) -> bool {
        matches!(self, Self::Narrow | Self::Demoted | Self::Good)
    }
}

/// Two workspaces with keys of every kind for the first.
struct World {
    home: Desk,
    away: Desk,
    revoked: String,
    orphan: String,
    demoted: String,
    narrow: Vec<(Scope, String)>,
    /// Somebody of the first who can be removed.
    colleague: String,
}

impl World {
    fn make(stage: &Stage) -> Self {
        let (mut home, away) = (desk(stage), desk(stage));
        let workspace = home.workspace;
        let all = Scope::ALL.map(Scope::name);
        let revoked = home.key(&all);
        let keys: Value = home.person.get(&format!("/api/workspaces/{workspace}/api-keys")).json();
        let newest = keys["keys"][0]["id"].as_str().expect("a key").to_owned();
        let path = format!("/api/workspaces/{workspace}/api-keys/{newest}");
        assert_eq!(home.person.send("DELETE", &path, &Value::Null).status, 204);
        let (orphan, agent) = key_of_admin(stage, &mut home);
        let path = format!("/api/workspaces/{workspace}/agents/{agent}");
        assert_eq!(home.person.send("DELETE", &path, &Value::Null).status, 204);
        let (demoted, agent) = key_of_admin(stage, &mut home);
        let draft = json!({ "name": "Nothing", "permissions": [] });
        let role: Value = home.person.post(&format!("/api/workspaces/{workspace}/roles"), &draft).json();
        let path = format!("/api/workspaces/{workspace}/agents/{agent}");
        let change = json!({ "role": { "custom": role["id"] } });
        assert_eq!(home.person.send("PATCH", &path, &change).status, 204);
        let others =
            |scope: Scope| Scope::ALL.into_iter().filter(move |other| *other != scope).map(Scope::name);
        let narrow = Scope::ALL.map(|scope| (scope, home.key(&others(scope).collect::<Vec<_>>())));
        let colleague = home.colleague(stage);
        Self { home, away, revoked, orphan, demoted, narrow: narrow.into(), colleague }
    }

    fn key(&self, caller: Caller, operation: Operation) -> Option<String> {
        let good = self.home.api.key.clone().expect("a key");
        match caller {
            Caller::Nobody => None,
            Caller::MadeUp => Some(format!("{}{}", &good[..40], "A".repeat(27))),
            Caller::Revoked => Some(self.revoked.clone()),
            Caller::Orphan => Some(self.orphan.clone()),
            Caller::Demoted => Some(self.demoted.clone()),
            Caller::Narrow => {
                self.narrow.iter().find(|(scope, _)| *scope == operation.scope()).map(|(_, key)| key.clone())
            }
            Caller::Good => Some(good),
        }
    }
}

pub(super) fn sweep(stage: &Stage) {
    let world = World::make(stage);
    for operation in BY_KEY {
        let mut unknown = None;
        for caller in Caller::ALL {
            let name = format!("{operation:?} by {caller:?}");
            let api = world.home.api.with_key(world.key(caller, operation).as_deref());
            let absent = ask(&api, operation, &nothing());
            let foreign = ask(&api, operation, &world.away.ids());
            let own = ask(&api, operation, &own(&world, operation));
            if has_id(operation) {
                same(&format!("{name}, foreign"), &absent, &foreign);
            }
            if !caller.is_known() {
                assert_eq!(absent.status, 401, "{name}: {}", absent.body);
                same(&name, &absent, &own);
                same(&format!("{name}, like nobody"), unknown.get_or_insert(absent), &own);
                continue;
            }
            let expected = match caller {
                Caller::Good => operation.success(),
                Caller::Demoted if needs_no_right(operation) => operation.success(),
                _ => 403,
            };
            assert_eq!(own.status, expected, "{name}, own: {}", own.body);
            if has_id(operation) {
                let expected = match caller {
                    Caller::Good => 404,
                    Caller::Demoted if needs_no_right(operation) => 404,
                    Caller::Demoted => absent.status,
                    _ => 403,
                };
                assert_eq!(absent.status, expected, "{name}, absent: {}", absent.body);
            }
        }
    }
}

/// What everybody of a workspace sees.
const fn needs_no_right(operation: Operation) -> bool {
    matches!(operation.scope(), Scope::SettingsRead)
}

fn has_id(operation: Operation) -> bool {
    operation.path().contains('{')
}

/// Ids of things of the workspace; what is to be removed was made for it.
fn own(world: &World, operation: Operation) -> Vec<(&'static str, String)> {
    let mut ids = match operation {
        Operation::UpdateAgent | Operation::DeleteAgent => vec![("agent", world.colleague.clone())],
        Operation::UpdateMessage | Operation::DeleteMessage => world.home.ids_with_note(),
        _ => world.home.ids(),
    };
    if operation == Operation::DeleteSite {
        let call = world.home.api.call(Operation::CreateSite).json(&json!({ "name": "To go" }));
        ids[0].1 = call.done()["id"].as_str().expect("an id").to_owned();
    }
    ids
}

/// Ids of things that are nowhere.
fn nothing() -> Vec<(&'static str, String)> {
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

fn ask(api: &Api, operation: Operation, ids: &[(&str, String)]) -> Answer {
    let call = api.call(operation).at_all(ids).header("X-Request-Id", "matrix");
    let send = |call: Call<'_>, body: Value| call.json(&body).send();
    match operation {
        Operation::UpdateWorkspace => send(call, json!({ "name": "Fernwood" })),
        Operation::CreateSite => send(call, json!({ "name": "Shop" })),
        Operation::UpdateAgent => send(call, json!({ "role": "agent" })),
        Operation::UpdateSite => send(call, json!({ "greeting": "Hello!" })),
        Operation::CreateConversation => {
            let site = ids.iter().find(|(name, _)| *name == "site").map(|(_, id)| id);
            let contact = json!({ "external_id": "user-1" });
            send(call, json!({ "site_id": site, "contact": contact, "text": "Hello!" }))
        }
        Operation::UpdateConversation => send(call, json!({ "status": "open" })),
        Operation::CreateMessage => send(call, json!({ "kind": "note", "text": "Hello!" })),
        Operation::UpdateMessage => send(call, json!({ "text": "Hello there!" })),
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
        | Operation::GetReport => call.send(),
    }
}

/// Two answers tell nothing apart: the same status, headers and bytes, but for how much may still be asked.
fn same(name: &str, one: &Answer, other: &Answer) {
    assert_eq!((one.status, &one.body), (other.status, &other.body), "{name}");
    let headers = |answer: &Answer| {
        let mut headers = answer.headers.clone();
        headers
            .retain(|(name, _)| name != "date" && name != "ratelimit-remaining" && name != "ratelimit-reset");
        headers.sort();
        headers
    };
    assert_eq!(headers(one), headers(other), "{name}");
}

fn desk(stage: &Stage) -> Desk {
    let mut person = Person::sign_up(stage);
    let made = person.post("/api/workspaces", &json!({ "name": "Fernwood" }));
    let view: protocol::http::workspace::WorkspaceView = made.json();
    Desk::set_up(stage, person, view.id)
}

/// A key for everything, made by somebody who was invited as an admin, and who that is.
fn key_of_admin(stage: &Stage, desk: &mut Desk) -> (String, AgentId) {
    let workspace = desk.workspace;
    let mut person = Person::stranger(stage);
    let invitation = json!({ "email": person.email, "role": "admin" });
    let path = format!("/api/workspaces/{workspace}/invitations");
    assert_eq!(desk.person.post(&path, &invitation).status, 201);
    let newcomer = json!({ "name": "Somebody", "password": person.password() });
    let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
    assert_eq!(person.post("/api/invitations/accept", &acceptance).status, 200);
    let view: protocol::http::workspace::WorkspaceView =
        person.get(&format!("/api/workspaces/{workspace}")).json();
    let draft = json!({ "name": "Theirs", "scopes": Scope::ALL.map(Scope::name) });
    let made = person.post(&format!("/api/workspaces/{workspace}/api-keys"), &draft);
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = made.json();
    (made["secret"].as_str().expect("a key").to_owned(), view.me.id)
}
