//! What is one person's alone, asked for by another: it looks as what is nowhere does (SPEC AC1, AC9).

use protocol::codec::Codec;
use protocol::http::account::SessionList;
use protocol::http::canned::Canned;
use protocol::http::handling::{HandlingRound, RoundStep};
use protocol::http::passkey::{PasskeyList, PasskeySetup};
use protocol::{
    CannedId, ClientFrame, ClientMessageId, ConversationId, PasskeyId, SessionId, SiteKey, SocketTarget,
    Step, WorkspaceId,
};
use serde_json::{Value, json};
use tests::authenticator::make_passkey;
use tests::{Agent, Person, Stage, Visitor, random};

use super::frames::all_of;
use super::sweep::same;
use super::world::{Team, canned_draft};

/// Sessions and passkeys of one account, asked for by another.
pub(super) fn of_accounts(stage: &Stage) {
    let (mut anna, mut eve) = (Person::sign_up(stage), Person::sign_up(stage));
    let passkey = passkey_of(stage, &mut anna);
    let session = session_of(&anna);
    let (no_passkey, no_session) = (PasskeyId::from_bytes(random()), SessionId::from_bytes(random()));
    assert_ne!(passkey_of(stage, &mut eve), passkey, "who asks has one of her own");
    let named = json!({ "name": "Mine" });
    let cases = [
        ("DELETE", "sessions", session.to_string(), no_session.to_string(), Value::Null),
        ("PATCH", "passkeys", passkey.to_string(), no_passkey.to_string(), named),
        ("DELETE", "passkeys", passkey.to_string(), no_passkey.to_string(), Value::Null),
    ];
    let state = |person: &Person| {
        ["me", "passkeys", "sessions"].map(|path| person.get(&format!("/api/account/{path}")).body)
    };
    let before = state(&anna);
    for (method, things, foreign, absent, body) in cases {
        let mut ask = |id: &str| eve.send(method, &format!("/api/account/{things}/{id}"), &body);
        let (foreign, absent) = (ask(&foreign), ask(&absent));
        assert_eq!(absent.status, 404, "{method} {things}: {}", absent.body);
        same(&format!("{method} {things}"), &absent, &foreign);
    }
    assert_eq!(state(&anna), before, "nothing of hers has changed, and she is signed in");
    let renamed = anna.send("PATCH", &format!("/api/account/passkeys/{passkey}"), &json!({ "name": "Mine" }));
    assert_eq!(renamed.status, 204, "her own is found: {}", renamed.body);
}

/// Canned responses and private chats of one person, asked for by others of their workspace.
pub(super) fn within_a_workspace(stage: &Stage) {
    let mut home = Team::found(stage);
    let workspace = home.workspace;
    let canned = format!("/api/workspaces/{workspace}/canned");
    let own: Canned = home.admin.person.post(&canned, &canned_draft(false)).json();
    let with = [home.agent.agent];
    let chat = home.admin.begin_group(workspace, &with);
    let newcomer = home.agent.agent;
    let others = [home.owner.invite(stage, workspace, &json!("agent")), home.owner];
    for mut other in others {
        let text = json!({ "shortcode": "mine", "text": "Hello" });
        let things = |canned: CannedId, chat: ConversationId| {
            let chats = format!("/api/workspaces/{workspace}/private-chats/{chat}");
            [
                ("PUT", format!("/api/workspaces/{workspace}/canned/{canned}"), text.clone()),
                ("DELETE", format!("/api/workspaces/{workspace}/canned/{canned}"), Value::Null),
                ("POST", format!("/api/workspaces/{workspace}/canned/{canned}/used"), Value::Null),
                ("POST", format!("{chats}/members"), json!({ "agent": newcomer })),
                ("DELETE", format!("{chats}/members/me"), Value::Null),
                ("PUT", format!("{chats}/name"), json!({ "name": "Day" })),
                ("GET", format!("/api/workspaces/{workspace}/conversations/{chat}/answers"), Value::Null),
            ]
        };
        let (no_canned, no_chat) = (CannedId::from_bytes(random()), ConversationId::from_bytes(random()));
        for (foreign, absent) in things(own.id, chat).into_iter().zip(things(no_canned, no_chat)) {
            let name = format!("{} {}", foreign.0, foreign.1);
            let mut ask = |(method, path, body): (&str, String, Value)| {
                if method == "GET" {
                    other.person.get(&path)
                } else {
                    other.person.send(method, &path, &body)
                }
            };
            let (foreign, absent) = (ask(foreign), ask(absent));
            assert_eq!(absent.status, 404, "{name}: {}", absent.body);
            same(&name, &absent, &foreign);
        }
        handled(&mut other.person, workspace, chat);
        sockets(stage, &other.person, &home.site_key, chat);
    }
    let list = home.admin.person.get(&canned);
    assert!(list.body.contains(&own.id.to_string()), "it is still there: {}", list.body);
}

/// A step in many conversations at once is refused in a private chat as in none.
fn handled(person: &mut Person, workspace: WorkspaceId, chat: ConversationId) {
    let mut step_in = |conversation: ConversationId| {
        let client_message_id = ClientMessageId::from_bytes([7; 16]);
        let steps = vec![RoundStep { conversation, client_message_id, step: Step::Resolve }];
        person.post(&format!("/api/workspaces/{workspace}/handling"), &HandlingRound { steps })
    };
    let (foreign, absent) = (step_in(chat), step_in(ConversationId::from_bytes(random())));
    assert_eq!(absent.status, 200, "{}", absent.body);
    same("a step", &absent, &foreign);
}

/// Its socket is closed as that of a conversation that nobody has begun.
fn sockets(stage: &Stage, person: &Person, site_key: &SiteKey, chat: ConversationId) {
    let agent = Agent::of(stage, person);
    let heard = |conversation| {
        let ticket = agent.ticket(SocketTarget::Conversation(conversation));
        let mut line = agent.open(conversation, Codec::Json).expect("open");
        line.send(&ClientFrame::Hello(tests::agent::hello(ticket)));
        all_of(&mut line)
    };
    let nowhere = Visitor::arrive_at(stage, *site_key).conversation;
    assert_eq!(heard(chat), heard(nowhere), "a private chat of others");
}

/// Makes a passkey in somebody's account.
fn passkey_of(stage: &Stage, person: &mut Person) -> PasskeyId {
    let setup: PasskeySetup = person.post("/api/account/passkeys", &json!({})).json();
    let made = make_passkey(&setup, stage.base_url());
    let kept = person.post("/api/account/passkeys/finish", &made);
    assert!((200..300).contains(&kept.status), "{}", kept.body);
    let list: PasskeyList = person.get("/api/account/passkeys").json();
    list.passkeys.first().expect("a passkey").id
}

fn session_of(person: &Person) -> SessionId {
    let list: SessionList = person.get("/api/account/sessions").json();
    list.sessions.first().expect("a session").id
}
