//! How the team handles a conversation.

use domain::conversation::{Request, Send, Write};
use protocol::{
    AgentCommand, AgentId, AgentKind, Author, ClientFrame, Code, ConversationDigest, Handling, Label,
    Permission, Permissions, Placement, Priority, PrivateKind, PublicKind, Status, TeamId, Timestamp, limits,
};

use crate::scene::{Answer, Scene, agent_seat};

const BEN: AgentId = AgentId::from_bytes([8; 16]);

fn handle(step: Handling) -> AgentCommand {
    AgentCommand::Handle(step)
}

fn label(label: &str) -> Label {
    Label::parse(label).expect("legal")
}

fn begun() -> Scene {
    let mut scene = Scene::new();
    scene.visitor_says("hello").expect("accepted");
    scene
}

/// The kinds of the newest events, and whether Porchlight itself made them.
fn newest(scene: &Scene, count: usize) -> Vec<(bool, AgentKind)> {
    let newest = scene.events.iter().skip(scene.events.len() - count);
    newest.map(|event| (event.author == Author::System, event.kind.clone())).collect()
}

fn step(step: Handling) -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(step))
}

#[test]
fn cv18_a_conversation_is_assigned_and_visitors_hear_nothing_of_it() {
    let mut scene = begun();
    let public = scene.conversation.public_head();
    let assign = |to| handle(Handling::Assign { to });
    let Answer { writes, sends } = scene.agent_asks(assign(Some(BEN))).expect("accepted");
    assert_eq!(writes.len(), 1);
    assert!(sends.contains(&Send::Placement), "agents are told where it lies");
    assert_eq!(scene.conversation.placement().assignee, Some(BEN));
    assert_eq!(scene.digest().expect("begun").entry.placement.assignee, Some(BEN));
    assert!(scene.events.last().expect("stored").for_visitor().is_none());
    assert_eq!(scene.conversation.public_head(), public);
    let Answer { sends, .. } = scene.agent_asks(assign(Some(BEN))).expect("harmless");
    assert!(!sends.contains(&Send::Placement));
    scene.agent_asks(assign(None)).expect("accepted");
    assert_eq!(scene.conversation.placement(), Placement::default());
}

#[test]
fn qu5_a_conversation_goes_to_the_team_that_its_visitor_has_chosen_unless_somebody_has_handled_it() {
    let team = TeamId::from_bytes([5; 16]);
    let led = step(Handling::HandTo { team: Some(team) });
    let mut scene = Scene::new();
    scene.chosen_team = Some(team);
    let Answer { writes, .. } = scene.visitor_says("I want to return it").expect("accepted");
    assert!(
        matches!(writes[..], [Write::Begin { .. }, Write::Append(_), Write::Append(_)]),
        "at once (ST10)"
    );
    assert_eq!(newest(&scene, 1), [(true, led.clone())]);
    assert_eq!(scene.digest().expect("begun").entry.placement.team, Some(team));
    let Answer { writes, .. } = scene.visitor_says("The red one").expect("accepted");
    assert!(matches!(writes[..], [Write::Append(_)]), "with the first message alone");

    assert!(!Scene::new().is_led_to(team), "nothing was said");
    let mut scene = begun();
    let public = scene.conversation.public_head();
    assert!(scene.is_led_to(team));
    assert_eq!(newest(&scene, 1), [(true, led)]);
    assert_eq!(scene.digest().expect("begun").entry.placement.team, Some(team));
    assert_eq!(scene.conversation.public_head(), public, "visitors hear nothing of it");
    assert!(!scene.is_led_to(team), "once");
    let mut scene = begun();
    scene.agent_asks(handle(Handling::HandTo { team: None })).expect("accepted");
    assert!(!scene.is_led_to(team), "what a person does first stands");
}

#[test]
fn as6_the_workspace_gives_what_waits_by_an_event_of_nobody_and_once() {
    let mut scene = begun();
    let known = scene.digest().expect("begun");
    let public = scene.conversation.public_head();
    assert!(scene.is_given(&known, Some(BEN)));
    assert_eq!(newest(&scene, 1), [(true, step(Handling::Assign { to: Some(BEN) }))]);
    assert_eq!(scene.digest().expect("begun").entry.placement.assignee, Some(BEN));
    assert_eq!(scene.conversation.public_head(), public, "visitors hear nothing of it");
    assert!(!scene.is_given(&known, Some(BEN)), "told twice");
    let known = scene.digest().expect("begun");
    assert!(!scene.is_given(&known, Some(BEN)), "it is theirs");
    assert!(scene.is_given(&known, None), "taken back, since they are gone");
}

#[test]
fn as6_what_a_person_does_first_stands() {
    let assign = |to| handle(Handling::Assign { to });
    let mine = Some(AgentId::from_bytes([9; 16]));
    for done in [
        vec![assign(mine)],
        vec![assign(mine), assign(None)],
        vec![AgentCommand::Resolve],
        vec![handle(Handling::Wait)],
        vec![AgentCommand::Message { text: "hello".to_owned() }],
    ] {
        let mut scene = begun();
        let known = scene.digest().expect("begun");
        for command in done.clone() {
            scene.agent_asks(command).expect("accepted");
        }
        let before = scene.conversation.clone();
        assert!(!scene.is_given(&known, Some(BEN)), "{done:?}");
        assert_eq!(scene.conversation, before);
    }
}

#[test]
fn as6_what_a_visitor_says_meanwhile_does_not_hinder_it_and_another_life_of_the_log_does() {
    let mut scene = begun();
    let known = scene.digest().expect("begun");
    scene.visitor_says("are you there?").expect("accepted");
    let other = ConversationDigest { epoch: protocol::Epoch::from_bytes([0xee; 16]), ..known.clone() };
    assert!(!scene.is_given(&other, Some(BEN)));
    assert!(scene.is_given(&known, Some(BEN)));
}

#[test]
fn cv18_who_may_not_answer_visitors_handles_nothing() {
    let mut scene = begun();
    let mut seat = agent_seat();
    if let domain::access::Principal::Agent { permissions, .. } = &mut seat.principal {
        *permissions = Permissions::of(&[Permission::ReadConversations, Permission::WriteNotes]);
    }
    let steps = [
        Handling::Assign { to: Some(BEN) },
        Handling::Wait,
        Handling::Snooze { until: scene.now().plus(60_000) },
        Handling::Open,
        Handling::Prioritize(Priority::High),
        Handling::Label(label("Billing")),
        Handling::Unlabel(label("Billing")),
    ];
    for step in steps {
        let mut submission = scene.next_of_agent(handle(step.clone()));
        submission.number = 1;
        let answer = scene.ask(&seat, Request::Agent(ClientFrame::Submit(submission)));
        assert_eq!(answer, Err(Code::Forbidden.into()), "{step:?}");
    }
}

#[test]
fn cv19_the_visitors_words_open_what_was_laid_aside() {
    for aside in [Handling::Wait, Handling::Snooze { until: Timestamp(1_790_000_900_000) }] {
        let mut scene = begun();
        let status = aside.status().expect("it stands otherwise");
        scene.agent_asks(handle(aside.clone())).expect("accepted");
        assert_eq!(scene.conversation.status(), status);
        assert_eq!(status.for_visitor(), Status::Open);
        scene.agent_asks(AgentCommand::Message { text: "we look into it".to_owned() }).expect("accepted");
        scene.agent_asks(AgentCommand::Note { text: "do we?".to_owned() }).expect("accepted");
        assert_eq!(scene.conversation.status(), status, "what agents say opens nothing");
        let before = scene.conversation.public_head();
        scene.visitor_says("and?").expect("accepted");
        assert_eq!(scene.conversation.status(), Status::Open);
        assert_eq!(scene.conversation.snoozed_until(), None);
        assert_eq!(newest(&scene, 2)[0], (true, step(Handling::Open)));
        assert_eq!(scene.conversation.public_head().0, before.0 + 1, "the visitor sees their message only");
    }
}

#[test]
fn cv19_what_is_over_is_opened_for_the_visitor_before_it_is_laid_aside() {
    let mut scene = begun();
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    scene.agent_asks(handle(Handling::Wait)).expect("accepted");
    let reopened = AgentKind::Public(PublicKind::Reopened);
    assert_eq!(newest(&scene, 2), [(true, reopened), (false, step(Handling::Wait))]);
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    assert_eq!(scene.conversation.status(), Status::Resolved);
}

#[test]
fn cv20_a_snoozed_conversation_comes_up_when_its_time_has_come_and_once() {
    let mut scene = begun();
    scene.stop_clock();
    let until = scene.now().plus(60_000);
    let snooze = |until| handle(Handling::Snooze { until });
    for wrong in [scene.now(), Timestamp(0), scene.now().plus(limits::SNOOZE_MS + 1)] {
        assert_eq!(scene.agent_asks(snooze(wrong)), Err(Code::BadField.into()));
    }
    scene.agent_asks(snooze(until)).expect("accepted");
    assert_eq!(scene.digest().expect("begun").entry.placement.snoozed_until, Some(until));
    scene.pass(59_999);
    assert!(!scene.comes_up(), "too early");
    scene.pass(3_600_001);
    assert!(scene.comes_up(), "however late");
    assert_eq!(newest(&scene, 1), [(true, step(Handling::Open))]);
    assert_eq!(scene.conversation.status(), Status::Open);
    assert!(!scene.comes_up(), "a second alarm");
}

#[test]
fn cv20_one_that_was_taken_up_resolved_or_snoozed_again_does_not_come_up() {
    for other in [handle(Handling::Open), handle(Handling::Wait), AgentCommand::Resolve] {
        let mut scene = begun();
        let until = scene.now().plus(60_000);
        scene.agent_asks(handle(Handling::Snooze { until })).expect("accepted");
        scene.agent_asks(other).expect("accepted");
        assert_eq!(scene.conversation.snoozed_until(), None);
        scene.pass(120_000);
        assert!(!scene.comes_up());
    }
    let mut scene = begun();
    for minutes in [1, 10] {
        let until = scene.now().plus(minutes * 60_000);
        scene.agent_asks(handle(Handling::Snooze { until })).expect("accepted");
    }
    scene.pass(120_000);
    assert!(!scene.comes_up(), "the later time counts");
}

#[test]
fn cv21_a_conversation_has_a_priority_and_up_to_twenty_labels() {
    let mut scene = begun();
    scene.agent_asks(handle(Handling::Prioritize(Priority::Urgent))).expect("accepted");
    for number in 0..limits::LABELS {
        scene.agent_asks(handle(Handling::Label(label(&format!("Label {number}"))))).expect("accepted");
    }
    let one_more = handle(Handling::Label(label("one more")));
    assert_eq!(scene.agent_asks(one_more.clone()), Err(Code::TooLarge.into()));
    scene.agent_asks(handle(Handling::Label(label("LABEL 3")))).expect("there already");
    scene.agent_asks(handle(Handling::Unlabel(label("label 0")))).expect("accepted");
    scene.agent_asks(one_more).expect("there is room");
    let placement = scene.conversation.placement();
    assert_eq!((placement.priority, placement.labels.len()), (Priority::Urgent, limits::LABELS));
}
