//! Steps for several conversations at once: each conversation decides for itself, and answers the same again.

use std::collections::BTreeMap;

use protocol::codec::Codec;
use protocol::http::Problem;
use protocol::http::handling::{HandlingRound, RoundAnswer, RoundStep};
use protocol::limits::ROUND_STEPS;
use protocol::{
    AgentId, ClientMessageId, Code, ConversationId, FeedFrame, Handling, IndexEntry, Label, Seq, Status,
    Step, Timestamp,
};
use serde_json::json;
use tests::{Agent, Case, Person, Stage, Visitor, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS41 WS42 steps of several conversations are taken, each once, and refused one by one", taken),
    ("WS41 who may not answer visitors takes no step in any conversation", by_right),
];

fn taken(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let asked: Vec<ConversationId> = (0..2).map(|_| asked(stage)).collect();
    let (mut feed, _) = agent.watch_feed();
    let elsewhere = {
        let mut owner = Person::sign_up(stage);
        owner.post("/api/workspaces", &json!({ "name": "Elsewhere" }));
        Agent::of(stage, &owner)
    };
    let late = Label::parse("Late").expect("legal");
    let steps = vec![
        step(asked[0], Step::Resolve),
        step(asked[1], Step::Handle(Handling::Label(late.clone()))),
        step(asked[1], Step::Handle(Handling::Wait)),
        step(ConversationId::from_bytes(random()), Step::Resolve),
        step(asked[0], Step::Handle(Handling::Snooze { until: Timestamp(1) })),
    ];
    let wrong: Vec<_> = [None, None, None, Some(Code::NotFound), Some(Code::BadField)].to_vec();
    for _ in 0..2 {
        assert_eq!(codes(&ask(&agent, &steps)), wrong, "the same again");
    }
    // In whichever order.
    let mut told = BTreeMap::new();
    while told.len() < 2 {
        let is_done = |entry: &IndexEntry| {
            let done = [(asked[0], Status::Resolved), (asked[1], Status::Pending)];
            done.contains(&(entry.conversation, entry.status))
        };
        let entry = feed.until(|frame| match frame {
            FeedFrame::Changed(entry) if is_done(entry) => Some(entry.clone()),
            _ => None,
        });
        told.insert(entry.conversation, entry.placement.labels);
    }
    assert_eq!(told, BTreeMap::from([(asked[0], vec![]), (asked[1], vec![late])]));
    // Once each: the question, the label, and that it waits.
    let mut reader = Agent::sign_in(stage);
    let (_, welcome) = reader.connect(asked[1]);
    assert_eq!(welcome.head, Seq(3));

    let foreign = codes(&ask(&elsewhere, &[step(asked[0], Step::Reopen)]));
    assert_eq!(foreign, [Some(Code::NotFound)], "another workspace's");
    let conflict = RoundStep { step: Step::Reopen, ..steps[0].clone() };
    assert_eq!(codes(&ask(&agent, &[conflict])), [Some(Code::IdempotencyConflict)]);
    let too_many = vec![step(asked[0], Step::Resolve); ROUND_STEPS + 1];
    let path = format!("/api/workspaces/{}/handling", agent.workspace);
    let refused = agent.person().post(&path, &HandlingRound { steps: too_many });
    assert_eq!((refused.status, refused.code()), (Code::TooLarge.http_status(), Code::TooLarge));
}

fn by_right(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let mut owner = agent.person();
    let at = |rest: &str| format!("/api/workspaces/{}{rest}", agent.workspace);
    let name = format!("Reader {}", AgentId::from_bytes(random()));
    let role: serde_json::Value =
        owner.post(&at("/roles"), &json!({ "name": name, "permissions": ["read_conversations"] })).json();
    let mut reader = Person::stranger(stage);
    let invited =
        owner.post(&at("/invitations"), &json!({ "email": reader.email, "role": { "custom": role["id"] } }));
    assert_eq!(invited.status, 201, "{}", invited.body);
    let newcomer = json!({ "name": "Rita", "password": reader.password() });
    let joined = reader
        .post("/api/invitations/accept", &json!({ "token": reader.token("join"), "newcomer": newcomer }));
    assert_eq!(joined.status, 200, "{}", joined.body);
    let conversation = asked(stage);
    let steps = [step(conversation, Step::Resolve), step(conversation, Step::Handle(Handling::Wait))];
    assert_eq!(codes(&ask(&Agent::of(stage, &reader), &steps)), [Some(Code::Forbidden); 2]);
}

/// A conversation in which a visitor has asked something.
fn asked(stage: &Stage) -> ConversationId {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Is the fern in stock?");
    visitor.conversation
}

fn step(conversation: ConversationId, step: Step) -> RoundStep {
    RoundStep { conversation, client_message_id: ClientMessageId::from_bytes(random()), step }
}

fn ask(agent: &Agent, steps: &[RoundStep]) -> RoundAnswer {
    let path = format!("/api/workspaces/{}/handling", agent.workspace);
    let answer = agent.person().post(&path, &HandlingRound { steps: steps.to_vec() });
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn codes(answer: &RoundAnswer) -> Vec<Option<Code>> {
    answer.refused.iter().map(|refused| refused.map(|Problem { code, .. }| code)).collect()
}
