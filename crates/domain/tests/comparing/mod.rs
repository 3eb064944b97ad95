//! Replies that were written before their author had seen what came before them.

use domain::access::Principal;
use domain::conversation::{Person, Request, Seat};
use domain::files::Upload;
use protocol::{
    AgentCommand, AgentId, ClientFrame, ClientMessageId, Code, Cursor, Epoch, File, FileId, FileName,
    Handling, MediaType, OutboxId, Priority, Saying, Seq, Submission, VisitorCommand,
};

use crate::scene::{EPOCH, Scene, agent_profile, agent_seat, visitor_seat};

const BEN: AgentId = AgentId::from_bytes([8; 16]);

fn seen(scene: &Scene, upto: u64) -> Option<Cursor> {
    let at = scene.conversation.stored_at(Person::System, Seq(upto)).unwrap_or_default();
    Some(Cursor { epoch: EPOCH, seq: Seq(upto), at })
}

/// A reply of somebody who has seen so much.
fn reply(seen: Option<Cursor>) -> AgentCommand {
    AgentCommand::Say { what: Saying::Message { text: "Yes, two.".to_owned() }, seen }
}

fn ben() -> Seat {
    let mut seat = agent_seat();
    if let Principal::Agent { profile, .. } = &mut seat.principal {
        profile.id = BEN;
    }
    seat
}

fn submission<C>(id: u8, command: C) -> Submission<C> {
    let client_message_id = ClientMessageId::from_bytes([id; 16]);
    Submission { client_message_id, outbox: OutboxId::from_bytes([id; 16]), number: 1, command }
}

/// A visitor and two agents who have said something.
fn talk() -> Scene {
    let mut scene = Scene::new();
    scene.visitor_says("Is the fern in stock?").expect("accepted");
    ben_asks(&mut scene, 200, AgentCommand::Message { text: "Let me look.".to_owned() });
    scene.agent_asks(AgentCommand::Message { text: "I am here as well.".to_owned() }).expect("accepted");
    scene
}

fn ben_asks(scene: &mut Scene, id: u8, command: AgentCommand) {
    scene.ask(&ben(), Request::Agent(ClientFrame::Submit(submission(id, command)))).expect("accepted");
}

fn visitor_asks(scene: &mut Scene, id: u8, command: VisitorCommand) {
    let submission = submission(id, command);
    scene.ask(&visitor_seat(), Request::Visitor(ClientFrame::Submit(submission))).expect("accepted");
}

/// Whether a reply is held that had seen all but what is done here.
fn is_held_after(act: impl FnOnce(&mut Scene)) -> bool {
    let mut scene = talk();
    let before = scene.conversation.head();
    act(&mut scene);
    let after = scene.conversation.head();
    assert!(after > before, "something happens");
    match scene.agent_asks(reply(seen(&scene, before.0))) {
        Ok(_) => false,
        Err(reject) => {
            assert_eq!(reject.code, Code::Overtaken);
            assert_eq!(scene.conversation.head(), after, "nothing is stored");
            true
        }
    }
}

#[test]
fn cv30_what_the_visitor_says_changes_or_ends_holds_a_reply() {
    let of = ClientMessageId::from_bytes([1; 16]);
    for command in [
        VisitorCommand::Message { text: "The big one.".to_owned() },
        VisitorCommand::Edit { of, text: "Is the big fern in stock?".to_owned() },
        VisitorCommand::Delete { of },
        VisitorCommand::End,
    ] {
        assert!(is_held_after(|scene| visitor_asks(scene, 100, command.clone())));
    }
}

#[test]
fn cv30_what_a_colleague_says_ends_or_hands_over_holds_a_reply() {
    let text = || "Two are left.".to_owned();
    for command in [
        AgentCommand::Message { text: text() },
        AgentCommand::Note { text: text() },
        reply(None).unseeing(),
        AgentCommand::Resolve,
        AgentCommand::Handle(Handling::Assign { to: Some(BEN) }),
    ] {
        assert!(is_held_after(|scene| ben_asks(scene, 100, command.clone())));
    }
    let of = ClientMessageId::from_bytes([100; 16]);
    assert!(
        is_held_after(|scene| {
            ben_asks(scene, 100, AgentCommand::Message { text: text() });
            ben_asks(scene, 101, AgentCommand::Delete { of });
        }),
        "also if it was taken back"
    );
}

#[test]
fn cv30_nothing_else_holds_a_reply() {
    let of = ClientMessageId::from_bytes([200; 16]);
    for command in [
        AgentCommand::Edit { of, text: "Let me see.".to_owned() },
        AgentCommand::Delete { of },
        AgentCommand::Handle(Handling::Assign { to: None }),
        AgentCommand::Handle(Handling::Assign { to: Some(agent_profile().id) }),
        AgentCommand::Handle(Handling::Prioritize(Priority::High)),
        AgentCommand::Handle(Handling::Wait),
    ] {
        assert!(!is_held_after(|scene| ben_asks(scene, 100, command.clone())));
    }
    for command in [
        AgentCommand::Message { text: "From my other tab.".to_owned() },
        AgentCommand::Note { text: "Ask Ben.".to_owned() },
        AgentCommand::Handle(Handling::Assign { to: Some(BEN) }),
    ] {
        assert!(!is_held_after(|scene| drop(scene.agent_asks(command.clone()).expect("accepted"))));
    }
}

#[test]
fn cv30_what_was_seen_holds_nothing() {
    let mut scene = talk();
    for text in ["The big one.", "With the blue pot.", "Please"] {
        scene.visitor_says(text).expect("accepted");
    }
    let head = scene.conversation.head().0;
    let held = scene.agent_asks(reply(seen(&scene, head - 1))).expect_err("one was not seen");
    assert_eq!(held.code, Code::Overtaken);
    scene.agent_asks(reply(seen(&scene, head))).expect("all were seen");
    scene.visitor_says("Thanks!").expect("accepted");
    scene.agent_asks(reply(None).unseeing()).expect("who says nothing of it is not compared");
}

#[test]
fn cv30_of_another_life_of_the_log_nothing_was_seen() {
    let mut scene = talk();
    let here = seen(&scene, scene.conversation.head().0).expect("a cursor");
    let elsewhere = Cursor { epoch: Epoch::from_bytes([6; 16]), ..here };
    let put_back = Cursor { at: here.at.plus(1), ..here };
    for seen in [None, Some(elsewhere), Some(put_back)] {
        assert_eq!(scene.agent_asks(reply(seen)).expect_err("held").code, Code::Overtaken);
    }
}

#[test]
fn cv30_a_reply_is_the_same_whatever_its_author_had_seen() {
    let mut scene = talk();
    let three = seen(&scene, 3);
    let submission = submission(50, reply(three));
    let mut ask = |submission| scene.ask(&agent_seat(), Request::Agent(ClientFrame::Submit(submission)));
    ask(submission.clone()).expect("accepted");
    for command in [reply(three), reply(None), reply(None).unseeing()] {
        let again = ask(Submission { command, ..submission.clone() }).expect("the first answer");
        assert_eq!(again.writes, []);
    }
    let other = AgentCommand::Say { what: Saying::Message { text: "No.".to_owned() }, seen: three };
    let refused = ask(Submission { command: other, ..submission });
    assert_eq!(refused.expect_err("another text").code, Code::IdempotencyConflict);
}

#[test]
fn cv30_a_held_reply_uses_no_number_and_can_be_sent_under_the_same_id() {
    let mut scene = talk();
    scene.visitor_says("The big one.").expect("accepted");
    let (three, four) = (seen(&scene, 3), seen(&scene, 4));
    let mut submission = scene.next_of_agent(reply(three));
    let mut ask = |submission: &Submission<AgentCommand>| {
        scene.ask(&agent_seat(), Request::Agent(ClientFrame::Submit(submission.clone())))
    };
    for _ in 0..2 {
        assert_eq!(ask(&submission).expect_err("held, however often").code, Code::Overtaken);
    }
    submission.command = reply(four);
    assert_eq!(ask(&submission).expect("sent anyway").writes.len(), 1);
}

#[test]
fn cv30_a_file_is_a_reply_as_well() {
    let (name, media) = (FileName::tidied("fern", MediaType::Pdf), MediaType::Pdf);
    let file = File { id: FileId::from_bytes([7; 16]), name, media, bytes: 5, picture: None };
    let mut scene = talk();
    let person = Person::Agent(agent_profile().id);
    scene.upload = Some(Upload { person, file: Some(file.clone()), claim: None });
    scene.visitor_says("The big one.").expect("accepted");
    let say = |seen| AgentCommand::Say { what: Saying::File(file.clone()), seen };
    assert_eq!(scene.agent_asks(say(seen(&scene, 3))).expect_err("held").code, Code::Overtaken);
    scene.agent_asks(say(seen(&scene, 4))).expect("accepted");
}
