//! A team: founding, inviting, roles, and how fast whoever is removed is out.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::http::Problem;
use protocol::http::workspace::{
    AuditChange, AuditPage, CustomRole, InvitationOffer, InvitationView, Joined, People, WorkspaceView,
};
use protocol::{
    AgentCommand, AgentFrame, ClientFrame, CloseCode, Code, Permission, Permissions, Role, SocketTarget,
    WorkspaceId,
};
use serde_json::json;
use tests::agent::{AgentLine, hello};
use tests::http::Answer;
use tests::visitor::VisitorLine;
use tests::{Agent, Case, Person, Received, Stage, Visitor, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS1 a signed-in person founds a workspace and is its owner", founding),
    ("WS12 two are invited and accept, one of them new", inviting),
    ("WS12 what is no invitation is a 404 that says nothing", bad_invitations),
    ("WS9 an agent cannot make themselves an admin", own_role),
    ("WS13 custom roles are made, given, redrawn and removed", custom_roles),
    ("WS14 a workspace is handed over, and its deletion can be stopped", ownership),
    ("AC1 a stranger's workspace and an absent one look the same", foreign_and_absent),
    ("AC7 whoever is removed is out of every socket within 5 s", removal),
    (
        "AP40 an account is deleted, and what it had open closes within 5 s, in every session",
        account_deletion,
    ),
    ("AC7 a socket that hibernates is closed as well", hibernation),
    ("AC7 another role closes the sockets, and the next ticket has it", demotion),
    ("AC7 a ticket that was given before the removal opens nothing", old_ticket),
];

/// A workspace of the stage's owner, with people in it.
struct Team {
    owner: Person,
    workspace: WorkspaceId,
}

impl Team {
    fn of_stage(stage: &Stage) -> Self {
        let agent = Agent::sign_in(stage);
        Self { owner: agent.person(), workspace: agent.workspace }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/workspaces/{}{rest}", self.workspace)
    }

    fn invite(&mut self, email: &str, role: &serde_json::Value) -> Answer {
        let path = self.path("/invitations");
        self.owner.post(&path, &json!({ "email": email, "role": role }))
    }

    /// Somebody new who has accepted an invitation.
    fn newcomer(&mut self, stage: &Stage, role: &serde_json::Value) -> Person {
        let mut person = Person::stranger(stage);
        let invited = self.invite(&person.email, role);
        assert_eq!(invited.status, 201, "{}", invited.body);
        let newcomer = json!({ "name": "Newcomer", "password": person.password() });
        let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
        let joined = person.post("/api/invitations/accept", &acceptance);
        assert_eq!(joined.status, 200, "{}", joined.body);
        assert_eq!(joined.json::<Joined>().workspace.id, self.workspace);
        person
    }

    fn view(&self, person: &Person) -> WorkspaceView {
        person.get(&self.path("")).json()
    }

    fn people(&self) -> People {
        self.owner.get(&self.path("/people")).json()
    }

    fn newest_changes(&self) -> Vec<AuditChange> {
        let page: AuditPage = self.owner.get(&self.path("/audit")).json();
        page.lines.into_iter().map(|line| line.change).collect()
    }
}

fn founding(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let founded = person.post("/api/workspaces", &json!({ "name": " Fernwood " }));
    assert_eq!(founded.status, 201, "{}", founded.body);
    let view: WorkspaceView = founded.json();
    assert_eq!((view.name.as_str(), view.role), ("Fernwood", Role::Owner));
    let team = Team { owner: person.clone(), workspace: view.id };
    assert_eq!(team.view(&person), view);
    let me: protocol::http::account::Me = person.get("/api/account/me").json();
    assert_eq!(me.workspaces.iter().map(|workspace| workspace.id).collect::<Vec<_>>(), [view.id]);
    let named = person.send("PATCH", &team.path(""), &json!({ "name": "Ferns" }));
    assert_eq!((named.status, named.json::<WorkspaceView>().name.as_str()), (200, "Ferns"));
    assert_eq!(
        team.newest_changes(),
        [AuditChange::Named { name: "Ferns".to_owned() }, AuditChange::Founded]
    );
    for (body, status) in [(json!({ "name": " " }), 400), (json!({ "name": "x", "owner": "me" }), 400)] {
        assert_eq!(person.post("/api/workspaces", &body).status, status, "{body}");
    }
    assert_eq!(Person::stranger(stage).post("/api/workspaces", &json!({ "name": "x" })).status, 401);
}

fn inviting(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let newcomer = team.newcomer(stage, &json!("agent"));
    assert_eq!(team.view(&newcomer).role, Role::Agent);

    let mut known = Person::sign_up(stage);
    assert_eq!(team.invite(&known.email, &json!("admin")).status, 201);
    let token = known.token("join");
    let offer: InvitationOffer = known.post("/api/invitations/look", &json!({ "token": token })).json();
    assert!(offer.has_account && offer.email == known.email);
    let as_new = json!({ "token": token, "newcomer": { "name": "Eve" } });
    let refused = Person::stranger(stage).post("/api/invitations/accept", &as_new);
    assert_eq!((refused.status, refused.code()), (409, Code::AlreadySetUp));
    let other = Person::sign_up(stage).post("/api/invitations/accept", &json!({ "token": token }));
    assert_eq!((other.status, other.code()), (403, Code::Forbidden), "another person's address");
    let nobody = Person::stranger(stage).post("/api/invitations/accept", &json!({ "token": token }));
    assert_eq!((nobody.status, nobody.code()), (401, Code::Unauthenticated));
    assert_eq!(known.post("/api/invitations/accept", &json!({ "token": token })).status, 200);
    assert_eq!(team.view(&known).role, Role::Admin);
    let again = known.post("/api/invitations/accept", &json!({ "token": token }));
    assert_eq!((again.status, again.code()), (404, Code::LinkExpired), "once");
    let taken = team.invite(&known.email, &json!("agent"));
    assert_eq!((taken.status, taken.code()), (409, Code::Taken));

    let guest = Person::stranger(stage);
    let invitation: InvitationView = team.invite(&guest.email, &json!("agent")).json();
    let token = guest.token("join");
    let too_soon = team.invite(&guest.email, &json!("agent"));
    assert_eq!((too_soon.status, too_soon.code()), (429, Code::RateLimited));
    assert!(team.people().invitations.contains(&invitation));
    let path = team.path(&format!("/invitations/{}", invitation.id));
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 204);
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 404);
    let look = Person::stranger(stage).post("/api/invitations/look", &json!({ "token": token }));
    assert_eq!((look.status, look.code()), (404, Code::LinkExpired));
}

fn bad_invitations(stage: &Stage) {
    let made_up = "A".repeat(64);
    for token in ["", "%20", " ", "null", &made_up[1..], &made_up, &format!("{made_up}A")] {
        for path in ["/api/invitations/look", "/api/invitations/accept"] {
            let body = json!({ "token": token, "newcomer": { "name": "Eve" } });
            let body = if path.ends_with("look") { json!({ "token": token }) } else { body };
            let answer = Person::stranger(stage).post(path, &body);
            assert_eq!(answer.status, 404, "{path} {token:?}");
            let problem = Problem { code: Code::LinkExpired, retry_after: None };
            assert_eq!(answer.json::<Problem>(), problem, "{path} {token:?}");
        }
    }
}

/// I21: an agent sends the role of an admin wherever there is a place for it, and where there is none.
fn own_role(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let mut agent = team.newcomer(stage, &json!("agent"));
    let me = team.view(&agent).me.id;
    let profile = json!({ "name": "Eve", "language": "en", "time_zone": "", "role": "admin" });
    assert_eq!(agent.send("PUT", "/api/account/profile", &profile).status, 400);
    let forbidden = |answer: Answer| assert_eq!((answer.status, answer.code()), (403, Code::Forbidden));
    let role = team.path(&format!("/agents/{me}"));
    forbidden(agent.send("PATCH", &role, &json!({ "role": "admin" })));
    assert_eq!(agent.send("PATCH", &role, &json!({ "role": "admin", "email": "x" })).status, 400);
    let second = Person::stranger(stage);
    let invitation = json!({ "email": second.email, "role": "admin" });
    forbidden(agent.post(&team.path("/invitations"), &invitation));
    let permissions = json!({ "name": "Boss", "permissions": ["own"] });
    forbidden(agent.post(&team.path("/roles"), &permissions));
    forbidden(agent.post(&team.path("/transfer"), &json!({ "to": me })));
    forbidden(agent.send("PATCH", &team.path(""), &json!({ "name": "Mine" })));
    forbidden(agent.get(&team.path("/audit")));
    assert_eq!(team.view(&agent).role, Role::Agent);
    let refused = |action: &str| AuditChange::Refused { action: action.to_owned() };
    let expected = ["set_name", "transfer", "make_role", "invite", "set_role"].map(refused);
    let page: AuditPage = team.owner.get(&team.path("/audit")).json();
    let theirs =
        page.lines.into_iter().filter(|line| line.actor.as_ref().is_some_and(|actor| actor.id == me));
    let changes: Vec<_> = theirs.map(|line| line.change).collect();
    assert_eq!(changes[..5], expected);
}

fn custom_roles(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let mut agent = team.newcomer(stage, &json!("agent"));
    let name = format!("Lead {}", protocol::TabId::from_bytes(random()));
    let draft = json!({ "name": name, "permissions": ["read_conversations", "manage_people"] });
    let path = team.path("/roles");
    let made = team.owner.post(&path, &draft);
    assert_eq!(made.status, 201, "{}", made.body);
    let role: CustomRole = made.json();
    assert_eq!(team.owner.post(&path, &draft).code(), Code::Taken);
    let own = json!({ "name": "Boss", "permissions": ["own"] });
    assert_eq!(team.owner.post(&path, &own).code(), Code::Forbidden);

    let id = team.view(&agent).me.id;
    let give = json!({ "role": { "custom": role.id } });
    assert_eq!(team.owner.send("PATCH", &team.path(&format!("/agents/{id}")), &give).status, 204);
    assert_eq!(team.view(&agent).permissions, role.permissions);
    let path = team.path(&format!("/roles/{}", role.id));
    let in_use = team.owner.send("DELETE", &path, &json!({}));
    assert_eq!((in_use.status, in_use.code()), (409, Code::InUse));
    let less = json!({ "name": name, "permissions": ["read_conversations"] });
    let redrawn = team.owner.send("PUT", &path, &less);
    assert_eq!((redrawn.status, redrawn.json::<CustomRole>().id), (200, role.id));
    let reading = Permissions::of(&[Permission::ReadConversations]);
    assert_eq!(team.view(&agent).permissions, reading);
    let leave = team.path(&format!("/agents/{id}"));
    assert_eq!(agent.send("DELETE", &leave, &json!({})).status, 204, "they leave");
    assert_eq!(agent.get(&team.path("")).status, 404);
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 204);
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 404);
}

fn ownership(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "To hand over" })).json();
    let mut team = Team { owner, workspace: view.id };
    let mut heir = team.newcomer(stage, &json!("agent"));
    let deletion = team.path("/deletion");
    assert_eq!(heir.post(&deletion, &json!({})).code(), Code::Forbidden);
    let begun: WorkspaceView = team.owner.post(&deletion, &json!({})).json();
    assert!(begun.deleted_at.is_some() && team.view(&heir).deleted_at == begun.deleted_at);
    assert_eq!(team.owner.send("DELETE", &deletion, &json!({})).json::<WorkspaceView>().deleted_at, None);

    let leave = team.path(&format!("/agents/{}", begun.me.id));
    assert_eq!(team.owner.send("DELETE", &leave, &json!({})).code(), Code::InUse);
    let to = team.view(&heir).me.id;
    let path = team.path("/transfer");
    let handed = team.owner.post(&path, &json!({ "to": to }));
    assert_eq!((handed.status, handed.json::<WorkspaceView>().role), (200, Role::Admin));
    assert_eq!(team.view(&heir).role, Role::Owner);
    assert_eq!(team.owner.post(&path, &json!({ "to": to })).code(), Code::Forbidden);
    let out = team.path(&format!("/agents/{}", begun.me.id));
    assert_eq!(heir.send("DELETE", &out, &json!({})).status, 204);
}

fn foreign_and_absent(stage: &Stage) {
    let theirs = Team::of_stage(stage);
    let somebody = theirs.people().agents[0].agent.id;
    let mut person = Person::sign_up(stage);
    assert_eq!(person.post("/api/workspaces", &json!({ "name": "Mine" })).status, 201);
    let absent = WorkspaceId::from_bytes(random());
    let requests: &[(&str, &str, serde_json::Value)] = &[
        ("GET", "", json!({})),
        ("PATCH", "", json!({ "name": "x" })),
        ("POST", "/deletion", json!({})),
        ("DELETE", "/deletion", json!({})),
        ("POST", "/transfer", json!({ "to": somebody })),
        ("GET", "/people", json!({})),
        ("PATCH", &format!("/agents/{somebody}"), json!({ "role": "agent" })),
        ("DELETE", &format!("/agents/{somebody}"), json!({})),
        ("POST", "/invitations", json!({ "email": "eve@example.com", "role": "admin" })),
        ("DELETE", "/invitations/00000000000000000000000000000000", json!({})),
        ("POST", "/roles", json!({ "name": "x", "permissions": [] })),
        ("PUT", "/roles/00000000000000000000000000000000", json!({ "name": "x", "permissions": [] })),
        ("DELETE", "/roles/00000000000000000000000000000000", json!({})),
        ("GET", "/audit", json!({})),
    ];
    for (method, rest, body) in requests {
        let mut ask = |workspace: WorkspaceId| {
            let path = format!("/api/workspaces/{workspace}{rest}");
            let answer = if *method == "GET" { person.get(&path) } else { person.send(method, &path, body) };
            (answer.status, answer.body)
        };
        let foreign = ask(theirs.workspace);
        assert_eq!(foreign.0, 404, "{method} {rest}");
        assert_eq!(foreign, ask(absent), "{method} {rest}");
    }
}

/// A conversation with a message in it.
fn conversation(stage: &Stage) -> (Visitor, VisitorLine) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    (visitor, line)
}

fn removal(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let person = team.newcomer(stage, &json!("agent"));
    let mut agent = Agent::of(stage, &person);
    let (mut visitor, mut line) = conversation(stage);
    let (mut feed, _) = agent.watch_feed();
    let (mut first, _) = agent.connect(visitor.conversation);
    let (mut second, _) = agent.connect(visitor.conversation);

    let began = Instant::now();
    let path = team.path(&format!("/agents/{}", team.view(&person).me.id));
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 204);
    assert_eq!(feed.until_closed(), Some(CloseCode::Forbidden.number()));
    assert_eq!(first.until_closed(), Some(CloseCode::Forbidden.number()));
    assert_eq!(second.until_closed(), Some(CloseCode::Forbidden.number()));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    visitor.say(&mut line, "after that");
    assert!(!is_told(&mut first) && !is_told(&mut second), "nothing comes after the close");
    let gone = agent.ask_ticket(SocketTarget::Conversation(visitor.conversation));
    assert_eq!((gone.status, gone.code()), (404, Code::NotFound));
}

fn account_deletion(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let mut person = team.newcomer(stage, &json!("agent"));
    let mut elsewhere = person.clone();
    let sign_in = json!({ "email": person.email, "password": person.password() });
    assert_eq!(elsewhere.post("/api/account/sign-in", &sign_in).status, 200);
    let deletion = |person: &Person| json!({ "email": person.email });
    let founded = person.post("/api/workspaces", &json!({ "name": "Own" }));
    let own = founded.json::<WorkspaceView>().id;
    let (mut here, mut there) = (Agent::of(stage, &person), Agent::of(stage, &elsewhere));
    let (visitor, _line) = conversation(stage);
    let (mut feed, _) = here.watch_feed();
    let (mut talk, _) = here.connect(visitor.conversation);
    let (mut other, _) = there.connect(visitor.conversation);

    let body = deletion(&person);
    let owner = person.post("/api/account/deletion", &body);
    assert_eq!((owner.status, owner.code()), (409, Code::InUse), "what they own would have nobody");
    let wrong = person.post("/api/account/deletion", &deletion(&team.owner));
    assert_eq!((wrong.status, wrong.code()), (400, Code::BadField), "another address");
    assert_eq!(team.view(&person).role, Role::Agent, "nothing was left");
    let heir = Person::sign_up(stage);
    let invited = json!({ "email": heir.email, "role": "admin" });
    assert_eq!(person.post(&format!("/api/workspaces/{own}/invitations"), &invited).status, 201);
    let mut heir = heir;
    let accept = json!({ "token": heir.token("join") });
    assert_eq!(heir.post("/api/invitations/accept", &accept).status, 200);
    let to = heir.get(&format!("/api/workspaces/{own}")).json::<WorkspaceView>().me.id;
    assert_eq!(person.post(&format!("/api/workspaces/{own}/transfer"), &json!({ "to": to })).status, 200);

    let began = Instant::now();
    let old = person.clone();
    assert_eq!(person.post("/api/account/deletion", &body).status, 204);
    for (what, code) in
        [("feed", feed.until_closed()), ("here", talk.until_closed()), ("there", other.until_closed())]
    {
        assert_eq!(code, Some(CloseCode::Forbidden.number()), "{what}");
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    for session in [&old, &elsewhere, &person] {
        assert_eq!(session.get("/api/account/me").status, 401);
    }
    let again = elsewhere.post("/api/account/sign-in", &sign_in);
    assert_eq!((again.status, again.code()), (401, Code::WrongSignIn));
    assert!(team.newest_changes().contains(&AuditChange::AccountDeleted));
    let gone = |people: People| people.agents.iter().all(|agent| agent.email != old.email);
    assert!(gone(team.people()) && gone(heir.get(&format!("/api/workspaces/{own}/people")).json()));
    let mail = |person: &Person| person.mails().first().map(|mail| mail.subject.clone());
    for _ in 0..50 {
        if mail(&old).as_deref() == Some("Your account was deleted") {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the address is told: {:?}", mail(&old));
}

/// Whether anything but the end comes on a socket.
fn is_told(line: &mut AgentLine) -> bool {
    matches!(line.receive_within(Duration::from_millis(300)), Some(Received::Frame(_)))
}

/// I23: after ten idle seconds an object sleeps while its sockets stay open.
fn hibernation(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let person = team.newcomer(stage, &json!("agent"));
    let mut agent = Agent::of(stage, &person);
    let (visitor, mut line) = conversation(stage);
    let (mut talk, _) = agent.connect(visitor.conversation);
    while let Some(received) = line.receive_within(Duration::from_secs(11)) {
        assert!(matches!(received, Received::Frame(_)), "{received:?}");
    }
    let began = Instant::now();
    let path = team.path(&format!("/agents/{}", team.view(&person).me.id));
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 204);
    assert_eq!(talk.until_closed(), Some(CloseCode::Forbidden.number()));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// I22: what an agent may not do any longer is refused on the sockets they had and on those they open then.
fn demotion(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let person = team.newcomer(stage, &json!("agent"));
    let mut agent = Agent::of(stage, &person);
    let (visitor, _line) = conversation(stage);
    let (mut talk, _) = agent.connect(visitor.conversation);
    let name = format!("Reader {}", protocol::TabId::from_bytes(random()));
    let draft = json!({ "name": name, "permissions": ["read_conversations"] });
    let path = team.path("/roles");
    let role: CustomRole = team.owner.post(&path, &draft).json();
    let path = team.path(&format!("/agents/{}", team.view(&person).me.id));
    let began = Instant::now();
    let change = json!({ "role": { "custom": role.id } });
    assert_eq!(team.owner.send("PATCH", &path, &change).status, 204);
    assert_eq!(talk.until_closed(), Some(CloseCode::Unauthenticated.number()));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    let (mut talk, _) = agent.connect(visitor.conversation);
    let message = agent.submission(AgentCommand::Message { text: "may I?".to_owned() });
    talk.send(&ClientFrame::Submit(message));
    let code = talk.until(|frame| match frame {
        AgentFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(code, Code::Forbidden);
}

fn old_ticket(stage: &Stage) {
    let mut team = Team::of_stage(stage);
    let person = team.newcomer(stage, &json!("agent"));
    let agent = Agent::of(stage, &person);
    let (visitor, _line) = conversation(stage);
    let ticket = agent.ticket(SocketTarget::Conversation(visitor.conversation));
    let feed_ticket = agent.ticket(SocketTarget::Feed);
    // A first socket says when the conversation has heard of the removal.
    let (mut talk, _) = agent.clone().connect(visitor.conversation);
    let path = team.path(&format!("/agents/{}", team.view(&person).me.id));
    assert_eq!(team.owner.send("DELETE", &path, &json!({})).status, 204);
    assert_eq!(talk.until_closed(), Some(CloseCode::Forbidden.number()));
    let mut line = agent.open(visitor.conversation, Codec::Postcard).expect("open");
    line.send(&ClientFrame::Hello(hello(ticket)));
    assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()));
    let mut feed = agent.open_feed(team.workspace).expect("open");
    feed.send(&protocol::FeedRequest::Hello(hello(feed_ticket)));
    assert_eq!(feed.until_closed(), Some(CloseCode::Unauthenticated.number()));
}
