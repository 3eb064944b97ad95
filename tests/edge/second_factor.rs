//! A second factor that a workspace asks of everybody in it.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::http::account::Me;
use protocol::http::api_key::MadeApiKey;
use protocol::http::workspace::{AuditChange, AuditPage, Joined, WorkspaceView};
use protocol::{CloseCode, Code, SocketTarget, WorkspaceId};
use serde_json::{Value, json};
use tests::http::{Answer, get};
use tests::{Agent, Case, Person, Received, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS18 who has no second factor is out within 5 s, and in with one", kept_out),
    ("WS18 who asks for a second factor has one, proves it and manages the workspace", who_may),
    ("WS18 a key does nothing while its maker has no second factor", keys),
];

/// Within which whoever is kept out must be out of everything they had open.
const OUT_WITHIN: Duration = Duration::from_secs(5);

/// A workspace with a site and its owner, who has a second factor.
struct Team {
    owner: Person,
    workspace: WorkspaceId,
}

impl Team {
    fn found(stage: &Stage) -> Self {
        let mut owner = Person::sign_up(stage);
        let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
        Self { owner, workspace: view.id }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/workspaces/{}{rest}", self.workspace)
    }

    fn newcomer(&mut self, stage: &Stage, role: &str) -> Person {
        let mut person = Person::stranger(stage);
        let path = self.path("/invitations");
        let invited = self.owner.post(&path, &json!({ "email": person.email, "role": role }));
        assert_eq!(invited.status, 201, "{}", invited.body);
        let newcomer = json!({ "name": "Newcomer", "password": person.password() });
        let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
        let joined: Joined = person.post("/api/invitations/accept", &acceptance).json();
        assert_eq!(joined.workspace.id, self.workspace);
        person
    }

    /// A visitor who has written to a site of the workspace.
    fn visitor(&mut self, stage: &Stage) -> Visitor {
        let path = self.path("/sites");
        let site: Value = self
            .owner
            .post(
                &path,
                &json!({
                    "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "" },
                    "allowed_origins": [], "allow_localhost": true, "identity": "off",
                }),
            )
            .json();
        let key = site["keys"][0]["key"].as_str().expect("a key").parse().expect("a site's key");
        let mut visitor = Visitor::arrive_at(stage, key);
        let (mut line, _) = visitor.connect(Codec::Json, None);
        visitor.say(&mut line, "hello");
        visitor
    }

    fn require(&mut self) -> Answer {
        let path = self.path("/second-factor");
        self.owner.post(&path, &Value::Null)
    }

    fn stop(&mut self) -> Answer {
        let path = self.path("/second-factor");
        self.owner.send("DELETE", &path, &Value::Null)
    }

    fn newest_change(&self) -> AuditChange {
        let page: AuditPage = self.owner.get(&self.path("/audit")).json();
        page.lines.into_iter().next().expect("a line").change
    }
}

fn lacks_one(answer: &Answer) {
    assert_eq!((answer.status, answer.code()), (403, Code::SecondFactorMissing), "{}", answer.body);
}

fn kept_out(stage: &Stage) {
    let mut team = Team::found(stage);
    team.owner.set_up_second_factor();
    let visitor = team.visitor(stage);
    let mut without = team.newcomer(stage, "admin");
    let mut with = team.newcomer(stage, "agent");
    with.set_up_second_factor();
    let mut agent = Agent::of(stage, &without);
    let (mut feed, _) = agent.watch_feed();
    let (mut talk, _) = agent.connect(visitor.conversation);
    let old_ticket = agent.ticket(SocketTarget::Feed);
    let (mut other_feed, _) = Agent::of(stage, &with).watch_feed();

    let began = Instant::now();
    let view: WorkspaceView = team.require().json();
    assert_eq!((view.requires_second_factor, view.without_second_factor), (true, Some(1)));
    let again = Some(CloseCode::Unauthenticated.number());
    assert_eq!((feed.until_closed(), talk.until_closed()), (again, again));
    let took = began.elapsed();
    assert!(took < OUT_WITHIN, "{took:?}");
    assert_eq!(team.newest_change(), AuditChange::SecondFactorRequired { is_required: true });

    for path in ["", "/people", "/sites", "/audit", "/api-keys"] {
        lacks_one(&without.get(&team.path(path)));
    }
    for target in [SocketTarget::Feed, SocketTarget::Conversation(visitor.conversation)] {
        lacks_one(&agent.ask_ticket(target));
    }
    let mut late = agent.open_feed(team.workspace).expect("open");
    late.send(&protocol::FeedRequest::Hello(tests::agent::hello(old_ticket)));
    assert_eq!(late.until_closed(), again, "a ticket of before");
    lacks_one(&without.send("DELETE", &team.path("/second-factor"), &Value::Null));
    let me: Me = without.get("/api/account/me").json();
    assert_eq!(me.workspaces.len(), 1, "it is still theirs");
    assert_eq!(with.get(&team.path("/people")).status, 200);
    while let Some(news) = other_feed.receive_within(Duration::from_millis(300)) {
        assert!(!matches!(news, Received::Closed(_)), "who has one goes on");
    }

    without.set_up_second_factor();
    assert_eq!(without.get(&team.path("/people")).status, 200);
    let mut agent = Agent::of(stage, &without);
    drop(agent.watch_feed());
    drop(agent.connect(visitor.conversation));
    let view: WorkspaceView = team.owner.get(&team.path("")).json();
    assert_eq!(view.without_second_factor, Some(0));

    // Who switches it off is out again, and in again when it is no longer asked for.
    let (mut feed, _) = agent.watch_feed();
    assert_eq!(without.send("DELETE", "/api/account/second-factor", &json!({})).status, 204);
    assert_eq!(feed.until_closed(), again);
    lacks_one(&without.get(&team.path("")));
    let view: WorkspaceView = team.stop().json();
    assert!(!view.requires_second_factor);
    assert_eq!(team.newest_change(), AuditChange::SecondFactorRequired { is_required: false });
    assert_eq!(without.get(&team.path("")).status, 200);
}

fn who_may(stage: &Stage) {
    let mut team = Team::found(stage);
    lacks_one(&team.require());
    let mut agent = team.newcomer(stage, "agent");
    agent.set_up_second_factor();
    let path = team.path("/second-factor");
    for method in ["POST", "DELETE"] {
        let answer = agent.send(method, &path, &Value::Null);
        assert_eq!((answer.status, answer.code()), (403, Code::Forbidden), "{method}");
    }
    let mut admin = team.newcomer(stage, "admin");
    admin.set_up_second_factor();
    assert_eq!(admin.post(&path, &Value::Null).status, 200);
    lacks_one(&team.owner.get(&team.path("")));
    let leave = team.path(&format!("/agents/{}", agent_id(&team, &agent)));
    assert_eq!(agent.send("DELETE", "/api/account/second-factor", &json!({})).status, 204);
    lacks_one(&agent.get(&team.path("")));
    assert_eq!(agent.send("DELETE", &leave, &Value::Null).status, 204, "leaving stays possible");
}

fn agent_id(team: &Team, person: &Person) -> protocol::AgentId {
    person.get(&team.path("")).json::<WorkspaceView>().me.id
}

fn keys(stage: &Stage) {
    let mut team = Team::found(stage);
    team.owner.set_up_second_factor();
    let mut admin = team.newcomer(stage, "admin");
    let draft = json!({ "name": "Export", "scopes": ["settings:read"] });
    let made: MadeApiKey = admin.post(&team.path("/api-keys"), &draft).json();
    let authorization = format!("Bearer {}", made.secret);
    let ask = || {
        let url = format!("{}/api/v1/workspace", stage.base_url());
        get(&url, &[("Authorization", &authorization)])
    };
    assert_eq!(ask().status, 200);
    assert_eq!(team.require().status, 200);
    let refused = ask();
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(refused.json::<Value>()["code"], "forbidden");
    admin.set_up_second_factor();
    assert_eq!(admin.get(&team.path("")).status, 200);
    assert_eq!(ask().status, 200);
}
