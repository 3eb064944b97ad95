//! Conversations find their agents by themselves, and leave those who have gone.

use protocol::codec::Codec;
use protocol::http::assignment::Assignments;
use protocol::http::site::SiteView;
use protocol::http::workspace::{AuditChange, AuditPage};
use protocol::{AgentCommand, AgentId, AgentKind, Author, Code, Handling, PrivateKind, Seq};
use serde_json::{Value, json};
use tests::agent::{entry, events};
use tests::{Agent, Case, Person, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AS1 how conversations are given out is chosen by right and seen by all", chosen),
    (
        "AS2 AS5 AS6 what comes goes to who is online, and on to a colleague when they are gone",
        given_and_rescued,
    ),
];

/// A workspace with a site, its owner and an agent.
struct Shop {
    owner: Person,
    agent: Person,
    base: String,
    key: protocol::SiteKey,
}

impl Shop {
    fn found(stage: &Stage) -> Self {
        let mut owner = Person::sign_up(stage);
        let founded: Value = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
        let base = format!("/api/workspaces/{}", founded["id"].as_str().expect("an id"));
        let settings = json!({
            "config": { "name": "Shop", "accent": "#20705a", "greeting": "" },
            "allowed_origins": [],
            "allow_localhost": true,
        });
        let made = owner.post(&format!("{base}/sites"), &settings);
        assert_eq!(made.status, 201, "{}", made.body);
        let key = made.json::<SiteView>().keys.first().expect("a key").key;
        let mut agent = Person::stranger(stage);
        owner.post(&format!("{base}/invitations"), &json!({ "email": agent.email, "role": "agent" }));
        let newcomer = json!({ "name": "Ben", "password": agent.password() });
        let acceptance = json!({ "token": agent.token("join"), "newcomer": newcomer });
        let joined = agent.post("/api/invitations/accept", &acceptance);
        assert_eq!(joined.status, 200, "{}", joined.body);
        Self { owner, agent, base, key }
    }

    fn id_of(&self, person: &Person) -> AgentId {
        let view: Value = person.get(&self.base).json();
        view["me"]["id"].as_str().expect("an id").parse().expect("an agent's")
    }

    fn in_turn(&mut self) {
        let chosen = self.owner.send(
            "PUT",
            &format!("{}/assignments", self.base),
            &json!({ "way": "round_robin", "limit": 3 }),
        );
        assert_eq!(chosen.status, 204, "{}", chosen.body);
    }
}

fn chosen(stage: &Stage) {
    let mut shop = Shop::found(stage);
    shop.in_turn();
    let path = format!("{}/assignments", shop.base);
    let told: Assignments = shop.agent.get(&path).json();
    assert_eq!((told.workspace.limit, told.teams.len()), (Some(3), 0));
    let refused = shop.agent.send("PUT", &path, &json!({ "way": "by_hand", "limit": null }));
    assert_eq!((refused.status, refused.code()), (403, Code::Forbidden));
    let none = shop.owner.send("PUT", &path, &json!({ "way": "round_robin", "limit": 0 }));
    assert_eq!((none.status, none.code()), (400, Code::BadField));
    let page: AuditPage = shop.owner.get(&format!("{}/audit", shop.base)).json();
    let changes: Vec<_> = page.lines.into_iter().map(|line| line.change).collect();
    let set = AuditChange::AssignmentSet { team: None, assignment: told.workspace };
    assert_eq!(changes.iter().filter(|change| **change == set).count(), 1);
    assert!(changes.contains(&AuditChange::Refused { action: "set_assignment".to_owned() }));
}

fn given_and_rescued(stage: &Stage) {
    let mut shop = Shop::found(stage);
    shop.in_turn();
    let (ben, anna) = (shop.id_of(&shop.agent), shop.id_of(&shop.owner));
    let (mut feed, _) = Agent::of(stage, &shop.agent).watch_feed();
    let mut visitor = Visitor::arrive_at(stage, shop.key);
    let conversation = visitor.conversation;
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Is anybody there?");
    entry(&mut feed, conversation, |entry| entry.placement.assignee == Some(ben));
    let mut owner = Agent::of(stage, &shop.owner);
    let log = whole_log(&mut owner, conversation, 2);
    assert_eq!(log[1], (Author::System, assign(ben)), "by nobody's hand");

    // Who answered keeps it, however long they are gone; what waits goes on.
    let mut second = Visitor::arrive_at(stage, shop.key);
    let (mut second_line, _) = second.connect(Codec::Postcard, None);
    second.say(&mut second_line, "And for me?");
    let answered = second.conversation;
    entry(&mut feed, answered, |entry| entry.placement.assignee == Some(ben));
    let mut agent = Agent::of(stage, &shop.agent);
    let (mut agent_line, _) = agent.connect(answered);
    agent.ask(&mut agent_line, AgentCommand::Message { text: "For you, yes".to_owned() });
    drop(agent_line);
    entry(&mut feed, answered, |entry| {
        entry.preview.as_ref().is_some_and(|preview| preview.author != Author::Visitor)
    });
    let (mut others, _) = owner.watch_feed();
    drop(feed);
    entry(&mut others, conversation, |entry| entry.placement.assignee == Some(anna));
    let log = whole_log(&mut owner, conversation, 3);
    assert_eq!(log[2], (Author::System, assign(anna)));
    let kept = whole_log(&mut owner, answered, 3);
    assert_eq!(kept.len(), 3, "nothing happened to what was answered");

    let (_, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!(welcome.head, Seq(1), "visitors hear nothing of it");
}

fn assign(to: AgentId) -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(Handling::Assign { to: Some(to) }))
}

/// All that happened in a conversation, once that is so much, and who did it.
fn whole_log(
    agent: &mut Agent,
    conversation: protocol::ConversationId,
    count: usize,
) -> Vec<(Author, AgentKind)> {
    let (mut line, _) = agent.connect(conversation);
    events(&mut line, count).into_iter().map(|event| (event.author, event.kind)).collect()
}
