//! Teams, and whether agents are there.

use protocol::http::team::TeamList;
use protocol::http::workspace::{AuditChange, AuditPage};
use protocol::{AvailabilityChoice, Code, FeedFrame, FeedRequest, Team};
use serde_json::{Value, json};
use tests::http::Answer;
use tests::{Agent, Case, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("TM1 TM3 teams are made, told, changed and removed by right", kept),
    ("AV4 what an agent chose to be is there on another day", chosen),
];

fn kept(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    let founded: Value = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let at = |rest: &str| format!("/api/workspaces/{}{rest}", founded["id"].as_str().expect("an id"));
    let me = founded["me"]["id"].clone();
    let mut agent = Person::stranger(stage);
    owner.post(&at("/invitations"), &json!({ "email": agent.email, "role": "agent" }));
    let newcomer = json!({ "name": "Ben", "password": agent.password() });
    let joined =
        agent.post("/api/invitations/accept", &json!({ "token": agent.token("join"), "newcomer": newcomer }));
    assert_eq!(joined.status, 200, "{}", joined.body);
    let (mut feed, _) = Agent::of(stage, &agent).watch_feed();

    let draft = |name: &str| json!({ "name": name, "members": [me] });
    let refused = agent.post(&at("/teams"), &draft("Support"));
    assert_eq!((refused.status, refused.code()), (403, Code::Forbidden));
    let support = made(&owner.post(&at("/teams"), &draft(" Support ")));
    assert_eq!((support.name.as_str(), support.members.len()), ("Support", 1));
    let told = feed.until(|frame| match frame {
        FeedFrame::Teams { teams } => teams.first().map(|entry| entry.team.clone()),
        _ => None,
    });
    assert_eq!(told, support);
    let taken = owner.post(&at("/teams"), &draft("SUPPORT"));
    assert_eq!((taken.status, taken.code()), (409, Code::Taken));
    let path = at(&format!("/teams/{}", support.id));
    let changed = made(&owner.send("PUT", &path, &json!({ "name": "Care", "members": [] })));
    assert_eq!((changed.name.as_str(), changed.members.len()), ("Care", 0));
    assert_eq!(agent.send("DELETE", &path, &Value::Null).status, 403);
    let list: TeamList = agent.get(&at("/teams")).json();
    assert_eq!(list.teams, [changed]);
    assert_eq!(owner.send("DELETE", &path, &Value::Null).status, 204);
    assert_eq!(owner.send("DELETE", &path, &Value::Null).status, 404);
    feed.until(|frame| matches!(frame, FeedFrame::Teams { teams } if teams.is_empty()).then_some(()));
    let page: AuditPage = owner.get(&at("/audit")).json();
    let changes: Vec<_> = page.lines.into_iter().map(|line| line.change).collect();
    for change in [
        AuditChange::TeamMade { name: "Support".to_owned() },
        AuditChange::TeamChanged { name: "Care".to_owned() },
        AuditChange::TeamRemoved { name: "Care".to_owned() },
        AuditChange::Refused { action: "make_team".to_owned() },
    ] {
        assert_eq!(changes.iter().filter(|other| **other == change).count(), 1, "{change:?}");
    }
}

fn chosen(stage: &Stage) {
    let mut owner = Person::sign_up(stage);
    owner.post("/api/workspaces", &json!({ "name": "Fernwood" }));
    let agent = Agent::of(stage, &owner);
    let (mut first, _) = agent.watch_feed();
    first.send(&FeedRequest::Choose(AvailabilityChoice::Away));
    first.until(|frame| (*frame == FeedFrame::Chosen(AvailabilityChoice::Away)).then_some(()));
    drop(first);
    let (mut again, _) = agent.watch_feed();
    let choice = again.until(|frame| match frame {
        FeedFrame::Chosen(choice) => Some(*choice),
        _ => None,
    });
    assert_eq!(choice, AvailabilityChoice::Away);
}

fn made(answer: &Answer) -> Team {
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.body);
    answer.json()
}
