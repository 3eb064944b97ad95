//! The end of a conversation by its visitor, and what they say of it after.

use protocol::limits::RATING_MS;
use protocol::{AgentCommand, Author, Code, PublicKind, Stars, Status, VisitorCommand};

use crate::scene::{Answer, Scene};

fn rate(stars: usize, comment: &str) -> VisitorCommand {
    VisitorCommand::Rate { stars: Stars::ALL[stars - 1], comment: comment.to_owned() }
}

/// What the visitor sees last.
fn last(scene: &Scene) -> (Author, PublicKind) {
    let event = scene.events.last().and_then(|event| event.for_visitor()).expect("public");
    (event.author, event.kind)
}

#[test]
fn cv15_a_visitor_ends_the_conversation_and_goes_on_by_writing() {
    let mut scene = Scene::new();
    assert_eq!(scene.visitor_asks(VisitorCommand::End), Err(Code::NotFound.into()), "nothing has begun");
    scene.visitor_says("hello").expect("accepted");
    let unread = scene.conversation.unread();
    let Answer { writes, .. } = scene.visitor_asks(VisitorCommand::End).expect("accepted");
    assert_eq!(writes.len(), 1);
    assert_eq!(last(&scene), (Author::Visitor, PublicKind::Resolved));
    assert_eq!(scene.conversation.status(), Status::Resolved);
    assert_eq!(scene.conversation.unread(), unread, "it is no message");
    let more = VisitorCommand::Message { text: "one more thing".to_owned() };
    scene.visitor_asks(more).expect("accepted");
    assert_eq!(scene.conversation.status(), Status::Open);
}

#[test]
fn cv16_a_conversation_is_rated_once_it_is_over_by_either_side() {
    for end_by_agent in [false, true] {
        let mut scene = Scene::new();
        assert_eq!(scene.visitor_asks(rate(5, "")), Err(Code::NotFound.into()));
        scene.visitor_says("hello").expect("accepted");
        assert_eq!(scene.visitor_asks(rate(5, "")), Err(Code::TooLate.into()), "it goes on");
        if end_by_agent {
            scene.agent_asks(AgentCommand::Resolve).expect("accepted");
        } else {
            scene.visitor_asks(VisitorCommand::End).expect("accepted");
        }
        assert_eq!(scene.visitor_asks(rate(4, "a\u{7}")), Err(Code::BadText.into()));
        let Answer { writes, .. } = scene.visitor_asks(rate(4, " Quick! ")).expect("accepted");
        assert_eq!(writes.len(), 1, "a rating opens nothing");
        assert_eq!(scene.conversation.status(), Status::Resolved);
        let (author, PublicKind::Rated(rating)) = last(&scene) else { panic!("a rating") };
        assert_eq!((author, rating.stars.number()), (Author::Visitor, 4));
        assert_eq!(rating.comment.map(String::from), Some("Quick!".to_owned()));
        scene.visitor_asks(rate(2, "")).expect("another opinion");
    }
}

#[test]
fn cv16_a_rating_comes_within_a_day_and_before_the_conversation_goes_on() {
    let mut scene = Scene::new();
    scene.visitor_says("hello").expect("accepted");
    scene.visitor_asks(VisitorCommand::End).expect("accepted");
    scene.stop_clock();
    scene.pass(RATING_MS);
    scene.visitor_asks(rate(3, "")).expect("still in time");
    scene.pass(1_000);
    assert_eq!(scene.visitor_asks(rate(3, "")), Err(Code::TooLate.into()));
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    scene.visitor_asks(rate(3, "")).expect("a new end");
    scene.agent_asks(AgentCommand::Reopen).expect("accepted");
    scene.pass(1_000);
    assert_eq!(scene.visitor_asks(rate(3, "")), Err(Code::TooLate.into()));
}
