//! A workspace with something of everything that the API shows.

use std::time::{Duration, Instant};

use protocol::api::{Operation, Prefixed};
use protocol::codec::Codec;
use protocol::http::site::SiteView;
use protocol::http::workspace::WorkspaceView;
use protocol::{ConversationId, WorkspaceId};
use serde_json::{Value, json};

use super::Api;
use crate::agent::Agent;
use crate::file::Sender;
use crate::person::Person;
use crate::stage::Stage;
use crate::visitor::{Visitor, VisitorLine};

/// How long the index may take to hear of a conversation.
const PATIENCE: Duration = Duration::from_secs(20);

/// A workspace, a site, a conversation on it, and a key for all of it.
pub struct Desk {
    /// Somebody who may do everything there.
    pub person: Person,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// A program with a key for everything.
    pub api: Api,
    /// The site, as the API names it.
    pub site: String,
    /// The visitor of the conversation, in it.
    pub visitor: Visitor,
    /// Their socket.
    pub line: VisitorLine,
    /// The conversation, as the API names it.
    pub conversation: String,
    /// Its first message, as the API names it.
    pub message: String,
    /// A file in it, which only who made the key has, as the API names it.
    pub attachment: String,
    /// The visitor, as the API names them.
    pub contact: String,
    /// Who made the key, as the API names them.
    pub agent: String,
}

impl Desk {
    /// Everything of it, in a workspace of somebody who may make keys.
    ///
    /// # Panics
    /// If something cannot be made.
    #[must_use]
    pub fn set_up(stage: &Stage, mut person: Person, workspace: WorkspaceId) -> Self {
        let scopes = protocol::Scope::ALL.map(protocol::Scope::name);
        let api = Api::new(stage.base_url(), &make_key(&mut person, workspace, &scopes));
        let settings = json!({
            "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "Hello!" },
            "allowed_origins": [],
            "allow_localhost": true,
            "identity": "optional",
        });
        let made = person.post(&format!("/api/workspaces/{workspace}/sites"), &settings);
        assert_eq!(made.status, 201, "{}", made.body);
        let site: SiteView = made.json();
        let mut visitor = Visitor::arrive_at(stage, site.keys.first().expect("a key").key);
        let (mut line, _) = visitor.connect(Codec::Json, None);
        visitor.say(&mut line, "Where is my order?");
        let conversation = Prefixed(visitor.conversation).to_string();
        let found = wait_for(|| listed(&api, &conversation));
        let attachment = send_up(stage, &person, workspace, visitor.conversation);
        let first = api.call(Operation::ListMessages).at("conversation", &conversation).done();
        Self {
            workspace,
            site: Prefixed(site.id).to_string(),
            visitor,
            line,
            message: text(&first, "/data/0/id"),
            attachment,
            contact: text(&found, "/contact_id"),
            agent: text(&api.call(Operation::ListAgents).done(), "/data/0/id"),
            conversation,
            api,
            person,
        }
    }

    /// The ids of everything, by the names that paths have for them.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        vec![
            ("site", self.site.clone()),
            ("agent", self.agent.clone()),
            ("conversation", self.conversation.clone()),
            ("message", self.message.clone()),
            ("attachment", self.attachment.clone()),
            ("contact", self.contact.clone()),
        ]
    }

    /// The same, but that the message is a note that was written with the key.
    ///
    /// # Panics
    /// If it cannot be written.
    #[must_use]
    pub fn ids_with_note(&self) -> Vec<(&'static str, String)> {
        let draft = json!({ "kind": "note", "text": "A good customer." });
        let made = self.api.call(Operation::CreateMessage).at_all(&self.ids()).json(&draft).done();
        let mut ids = self.ids();
        ids.retain(|(name, _)| *name != "message");
        ids.push(("message", text(&made, "/id")));
        ids
    }

    /// Takes somebody in as an agent; returns who they are, as the API names them.
    ///
    /// # Panics
    /// If they cannot come in.
    pub fn colleague(&mut self, stage: &Stage) -> String {
        let mut person = Person::stranger(stage);
        let invitation = json!({ "email": person.email, "role": "agent" });
        let path = format!("/api/workspaces/{}/invitations", self.workspace);
        assert_eq!(self.person.post(&path, &invitation).status, 201);
        let newcomer = json!({ "name": "Ben", "password": person.password() });
        let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
        let joined = person.post("/api/invitations/accept", &acceptance);
        assert_eq!(joined.status, 200, "{}", joined.body);
        let view: WorkspaceView = person.get(&format!("/api/workspaces/{}", self.workspace)).json();
        Prefixed(view.me.id).to_string()
    }

    /// Makes another key.
    pub fn key(&mut self, scopes: &[&str]) -> String {
        make_key(&mut self.person, self.workspace, scopes)
    }
}

/// Sends a file up as somebody of the workspace does, who says it in no message.
fn send_up(stage: &Stage, person: &Person, workspace: WorkspaceId, conversation: ConversationId) -> String {
    let agent = Agent::of(stage, person);
    let sent = Sender::agent(stage, &agent, workspace, conversation).up("Order.txt", b"Two ferns, one pot.");
    Prefixed(sent.file().id).to_string()
}

/// The conversation in the list, once it is there.
fn listed(api: &Api, conversation: &str) -> Option<Value> {
    let list = api.call(Operation::ListConversations).done();
    let all = list.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
    all.into_iter().find(|found| found.get("id").is_some_and(|id| id == conversation))
}

/// Asks again and again until there is an answer.
///
/// # Panics
/// If there is none in time.
pub fn wait_for<T>(ask: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(Instant::now() < deadline, "nothing came");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn make_key(person: &mut Person, workspace: WorkspaceId, scopes: &[&str]) -> String {
    let draft = json!({ "name": "Tests", "scopes": scopes });
    let made = person.post(&format!("/api/workspaces/{workspace}/api-keys"), &draft);
    assert_eq!(made.status, 201, "{}", made.body);
    text(&made.json(), "/secret")
}

fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("{pointer} of {value}")).to_owned()
}
